"""Sites against their own history: which fell silent, and which changed."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from newscrawl.report.facts import COVERED, Facts
from newscrawl.report.timeline import day_of

_ENOUGH = 10
_DROP = 0.4
_SILENT_DAYS = 3
_SILENT_TIMES = 4


@dataclass(slots=True)
class Site:
    """What is known of one site. ``notes``: what its operator should look at, in sentences."""

    name: str
    facts: list[Facts] = field(default_factory=list)
    days: Counter[dt.date] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)

    def add(self, facts: Facts) -> None:
        """Count an article."""
        self.facts.append(facts)
        if (day := day_of(facts.day)) is not None:
            self.days[day] += 1

    @property
    def articles(self) -> int:
        """How many articles there are."""
        return len(self.facts)

    @property
    def first(self) -> dt.date | None:
        """The first day of publication."""
        return min(self.days, default=None)

    @property
    def last(self) -> dt.date | None:
        """The last day of publication."""
        return max(self.days, default=None)

    def coverage(self, bit: int) -> float:
        """Return the share of articles that have a field."""
        return sum(facts.fields >> bit & 1 for facts in self.facts) / max(1, len(self.facts))


def note_silence(site: Site, newest: dt.date | None) -> None:
    """Note a site whose last article lies longer back than its own rhythm explains, as seen from ``newest``."""
    if newest is None or site.last is None or site.days.total() < _ENOUGH or len(site.days) < 3:
        return
    order = sorted(site.days)
    gap = median((after - before).days for before, after in pairwise(order))
    quiet = (newest - site.last).days
    if quiet > max(_SILENT_DAYS, _SILENT_TIMES * gap):
        site.notes.append(f"silent for {quiet} days; before, the usual gap was {gap:g} {'day' if gap == 1 else 'days'}")


def note_change(site: Site) -> None:
    """Note what is different in the newer half of a site's articles: fields, length, removals."""
    dated = sorted((facts for facts in site.facts if facts.day), key=lambda facts: facts.day)
    half = len(dated) // 2
    if half < _ENOUGH or dated[0].day == dated[-1].day:
        return
    before, after = dated[:half], dated[half:]
    for bit, name in enumerate(COVERED):
        was, is_now = (sum(f.fields >> bit & 1 for f in part) / len(part) for part in (before, after))
        if was - is_now >= _DROP:
            site.notes.append(f"{name} fell from {was:.0%} to {is_now:.0%} of the articles")
    was_words, words = (median(f.words for f in part) for part in (before, after))
    if words < was_words / 2 or words > was_words * 2:
        site.notes.append(f"the usual length went from {was_words:g} to {words:g} words")
    was_removed, removed = (sum(f.removed for f in part) / len(part) for part in (before, after))
    if abs(removed - was_removed) >= 2 and (removed < was_removed / 2 or removed > was_removed * 2):
        site.notes.append(f"removals went from {was_removed:.1f} to {removed:.1f} an article")
