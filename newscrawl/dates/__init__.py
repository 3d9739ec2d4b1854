"""Text and markup to instants: candidates from everywhere, one choice by stated rules, evidence for it.

Pure: no clock, no network. The moment of the fetch and the site's zone are given by the caller.
"""

from newscrawl.dates.candidate import DateCandidate, Role, Source
from newscrawl.dates.country import country_of
from newscrawl.dates.decide import DateDecision, decide
from newscrawl.dates.known import known_dates
from newscrawl.dates.lines import collect_text, is_date_line
from newscrawl.dates.markup import collect
from newscrawl.dates.parse import parse_date
from newscrawl.dates.value import ParsedDate

__all__ = [
    "DateCandidate",
    "DateDecision",
    "ParsedDate",
    "Role",
    "Source",
    "collect",
    "collect_text",
    "country_of",
    "decide",
    "is_date_line",
    "known_dates",
    "parse_date",
]
