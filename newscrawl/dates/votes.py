"""Places that agree against one that stands alone."""

from __future__ import annotations

from newscrawl.dates.evidence import agrees
from newscrawl.dates.weigh import WeighedDate

_SCHEMA = ("json-ld", "microdata")
_SCHEMA_NAMES = frozenset(("datepublished", "date_published", "date-published"))
_VAGUE = 8
"""The rank from which on a ``<meta>`` does not say of what it is the date."""
_HEAD = 2
"""The rank up to which a line stands in the article's header."""
_ENOUGH = 2


def by_votes(readings: list[WeighedDate], modified: list[WeighedDate], zone: str | None) -> list[WeighedDate]:
    """Put first what two kinds of places say together, a line of the header among them, where the best stands alone.

    A ``<meta>`` that does not say of what it is the date gives way to schema.org's ``datePublished`` alone.

    ``readings``: the candidates of the publication, best first; ``modified``: those of the change, whose days win no
    vote. The row that the user gave is not outvoted, and a bare day or a time without zone outvotes no instant within a
    day of it, which may be the same moment in another zone.
    """
    if not readings or readings[0].candidate["source"] not in ("meta", "json-ld"):
        return readings
    best = readings[0]
    if not _voice(best) and (told := next((r for r in readings if _voice(r) == "schema"), None)):
        return [told, *(r for r in readings if r is not told)]
    if len(_voices(best, readings, zone)) >= _ENOUGH:
        return readings
    changed = {r.parsed.day for r in modified} - {best.parsed.day}
    for rival in readings[1:]:
        if rival.parsed.day in changed:
            continue
        if rival.parsed.relative or agrees(best.parsed, rival.parsed, zone) or not _voice(rival):
            continue
        vaguer = rival.parsed.time is None or (rival.parsed.offset is None and best.parsed.offset is not None)
        if vaguer and abs((rival.parsed.day - best.parsed.day).days) <= 1:
            continue
        voices = _voices(rival, readings, zone)
        if len(voices) >= _ENOUGH and "line" in voices:
            return [rival, *(r for r in readings if r is not rival)]
    return readings


def _voices(one: WeighedDate, readings: list[WeighedDate], zone: str | None) -> set[str]:
    """Return the kinds of places that say the same as a candidate, its own among them."""
    return {voice for r in readings if (r is one or agrees(one.parsed, r.parsed, zone)) and (voice := _voice(r))}


def _voice(reading: WeighedDate) -> str:
    """Return the kind of a candidate's place; empty where its word does not count."""
    candidate = reading.candidate
    source, rank = candidate["source"], candidate.get("rank", 0)
    if candidate["role"] == "published" and (
        (source in _SCHEMA and candidate["place"].endswith("datePublished"))
        or (source == "meta" and candidate["place"].casefold() in _SCHEMA_NAMES)
    ):
        return "schema"
    if source in _SCHEMA:
        return ""  # dateCreated and the like: the editing system's
    if source == "meta":
        return "meta" if rank < _VAGUE else ""
    if source in ("visible", "time"):
        return "line" if rank <= _HEAD else ""
    return source
