"""Date lines in text: telling them from prose, and taking their dates."""

from __future__ import annotations

import re
from functools import lru_cache

from newscrawl.dates.candidate import DateCandidate
from newscrawl.dates.parse import reading
from newscrawl.dates.scan import Item, Scan, scan
from newscrawl.dates.tags import candidate

LONGEST_DATE_LINE = 220
_LONGEST_WITHOUT_DIGIT = 40
_MAX_REST = {False: 12, True: 24}
"""Words beside its dates that a line may have, without and with a name that says it is a date line."""
_SENTENCE_ENDS = frozenset(".!?…。")
_BARS = frozenset("|·/●»⋅•∙◦~")
_HEADER_LINES = 16
_FOOTER_LINES = 4
_PROSE = 320
_MAX_NAME_WORDS = 7
_DATELINE = 90
_DATELINE_ENDS = (" - ", " – ", " — ", "—", ") ", "). ", ": ")
_DIGIT = re.compile(r"\d")
_PARTICLES = frozenset(
    ("de", "du", "des", "di", "da", "del", "von", "van", "der", "la", "le", "and", "et", "und", "y", "e", "for", "of")
)


@lru_cache(maxsize=1024)
def is_date_line(line: str, language: str | None = None) -> bool:
    """Tell whether a line is only a date line: dates, their labels, and at most a byline, site name or reading time.

    >>> is_date_line("Publié le 30/04/2024 - 16:00"), is_date_line("Posted on September 21, 2020 by Jane Roe")
    (True, True)
    >>> is_date_line("On May 14, 2025 the council voted to close both bridges.")
    False
    """
    line = line.strip()
    if not line or len(line) > (LONGEST_DATE_LINE if _DIGIT.search(line) else _LONGEST_WITHOUT_DIGIT):
        return False
    result = scan(line, reading(language, None))
    kinds = {item.kind for item in result.items}
    if not result.moments and not ("time" in kinds and "label" in kinds):
        return False
    rest = leftovers(result)
    if not rest:
        return True
    if len(rest) > _MAX_NAME_WORDS or not (kinds & {"label", "by"} or apart(result, rest)):
        return False
    if any(item.kind == "number" for item in rest):
        return False
    return all(_name_like(result, item) for item in rest)


def leftovers(result: Scan) -> list[Item]:
    """Return the words and numbers of a line that belong to no date, label or other standing phrase of a date line."""
    return [item for item in result.items if item.kind in ("word", "number") and not _reading_time(result, item)]


def _reading_time(result: Scan, item: Item) -> bool:
    """Tell whether a number stands before a standing phrase, as in "3 minute read"."""
    if item.kind != "number":
        return False
    position = result.items.index(item)
    return any(other.kind == "boilerplate" for other in result.items[position + 1 : position + 3])


def apart(result: Scan, rest: list[Item]) -> bool:
    """Tell whether a bar or dot sets the other words, a site's name or section, off from the dates."""
    part, parts = 0, {}
    for item in result.items:
        part += item.kind == "sign" and result.tokens.words[item.start] in _BARS
        parts[item.start] = part
    dated = {parts[item.start] for item in result.items if item.kind in ("day", "time", "relative")}
    return part > 0 and not any(parts[item.start] in dated for item in rest)


def _name_like(result: Scan, item: Item) -> bool:
    raw = result.tokens.raw(item.start)
    if raw[:1].isupper() or not (raw[:1].islower()):
        return True
    before = result.tokens.word(item.start - 1)
    return result.tokens.words[item.start] in _PARTICLES or (
        before in (".", "@", "'") and result.tokens.glued(item.start)
    )


def line_dates(
    line: str, place: str, rank: int, language: str | None = None, *, loose: bool = False
) -> list[DateCandidate]:
    """Return the dates of one line; none of prose. ``loose``: its place or name says that it is a date line."""
    result = scan(line, reading(language, None))
    moments = result.moments
    if not moments:
        return []
    rest = leftovers(result)
    if len(rest) > _MAX_REST[loose] or (not loose and _is_prose(result, rest) and not apart(result, rest)):
        return []
    return [candidate(m.role, "visible", line[m.start : m.end], place, rank) for m in moments]


def dateline(paragraph: str, language: str | None = None) -> list[DateCandidate]:
    """Return the date a first paragraph opens with: ``PARIS, 12 mai 2020 (AFP) - …``, ``(18.01.2018) …``.

    >>> [c["raw"] for c in dateline("VIENNA, 12 May 2020 – The ministers of the alliance meet again in autumn.")]
    ['12 May 2020']
    """
    head = paragraph[:_DATELINE]
    if head[:1].isdigit():
        first = next(iter(scan(head, reading(language, None)).moments), None)
        if first is not None and first.start == 0 and first.parsed is not None and first.parsed.time is not None:
            return [candidate("unknown", "visible", head[: first.end], "dateline", 2)]
    cuts = [head.find(mark) for mark in _DATELINE_ENDS]
    cut = min((c for c in cuts if c > 5), default=0)
    if not cut or not _DIGIT.search(head[:cut]):
        return []
    if paragraph[0] == "(" or ")" not in head[:cut] or "(" in head[:cut]:
        return line_dates(head[:cut], "dateline", 2, language)
    return []


def _is_prose(result: Scan, rest: list[Item]) -> bool:
    """Tell whether the words around a date are a sentence rather than names and sections."""
    ends = result.tokens.text.rstrip()[-1:] in _SENTENCE_ENDS
    small = sum(not _name_like(result, item) for item in rest)
    return small > 2 or (ends and len(rest) > 3)


def collect_text(lines: list[str], language: str | None = None) -> list[DateCandidate]:
    """Return the dates of a plain-text document: of its header lines, else of a dateline, else of its last lines.

    >>> line = "Modifié le 08/07/2017 à 09:05 - Publié le 07/07/2017 à 16:48 | La Gazette.fr"
    >>> [(c["role"], c["raw"]) for c in collect_text(["Title", line])]
    [('modified', 'Modifié le 08/07/2017 à 09:05'), ('published', 'Publié le 07/07/2017 à 16:48')]
    """
    filled = [stripped for line in lines if (stripped := line.strip())]
    found: list[DateCandidate] = []
    header = 0
    for line in filled[:_HEADER_LINES]:
        if len(line) > _PROSE:
            break
        header += 1
        if _DIGIT.search(line) and len(line) <= LONGEST_DATE_LINE and is_date_line(line, language):
            found += line_dates(line, "header line", 0, language, loose=True)
    if not found and header < len(filled):
        found += dateline(filled[header], language)
    if not found:
        for line in filled[-_FOOTER_LINES:]:
            if _DIGIT.search(line) and is_date_line(line, language):
                found += line_dates(line, "last lines", 3, language, loose=True)
    return found
