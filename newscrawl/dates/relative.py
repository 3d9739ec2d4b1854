"""Dates that count back from the moment the page was fetched: "2 hours ago", "il y a 3 jours", "heute um 12:19 Uhr"."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from newscrawl.dates.lexicon import lexicon
from newscrawl.dates.text import Tokens
from newscrawl.dates.value import ParsedDate, make_day
from newscrawl.dates.zones import zone_of

_EXACT = {"second": 1, "minute": 60, "hour": 3600}
_NAMED_DAYS = (("today", 0), ("yesterday", 1), ("day_before_yesterday", 2))


@dataclass(frozen=True, slots=True)
class Relative:
    """How far back: ``seconds``, or whole ``days``; both ``None`` for weeks and more, which name no day."""

    end: int
    seconds: int | None = None
    days: int | None = None
    month_day: tuple[int, int] | None = None
    named: bool = False
    """"today", "8 January" and the like, which are plain words where no time follows."""


def match_relative(tokens: Tokens, i: int, begins: frozenset[str]) -> Relative | None:
    """Return the relative date written at token ``i``, if one begins there.

    ``begins``: the kinds of phrase that the word can begin.
    """
    words, is_number = lexicon(), tokens.numbers[i] >= 0
    for kind, days in _NAMED_DAYS:
        if kind in begins and (size := words.match(kind, tokens, i)):
            return Relative(i + size, days=days, named=True)
    if "now" in begins and (size := words.match("now", tokens, i)):
        return Relative(i + size, seconds=0)
    if (is_number or "month" in begins) and (found := _without_year(tokens, i)):
        return found
    if "before" in begins:
        size, languages = words.match_in("before", tokens, i)
        if size:
            found = _amount(tokens, i + size, languages)
            if found is None:
                return None
            end = found.end + words.match("after", tokens, found.end)
            return Relative(end, found.seconds, found.days)
    found = _amount(tokens, i, None) if is_number or "one" in begins else None
    if found is None:
        return None
    size = words.match("after", tokens, found.end)
    return Relative(found.end + size, found.seconds, found.days) if size else None


def _without_year(tokens: Tokens, i: int) -> Relative | None:
    """Return a day and month alone, as sites write them in the year they are of."""
    words, first = lexicon(), tokens.number(i, (1, 2))
    if first > 0:
        j = i + 1 + (tokens.word(i + 1) == ".")
        if tokens.word(i + 1) in ("月", "월") and tokens.number(i + 2, (1, 2)) > 0:
            if tokens.word(i + 3) in ("日", "일"):
                return Relative(i + 4, month_day=(first, tokens.numbers[i + 2]), named=True)
            return None
        month = words.month(tokens.word(j))
        return Relative(j + 1 + (tokens.word(j + 1) == "."), month_day=(month, first), named=True) if month else None
    month = words.month(tokens.word(i))
    j = i + 1 + (tokens.word(i + 1) == ".")
    date = tokens.number(j, (1, 2)) if month else -1
    if date > 0 and tokens.word(j + 1) not in (":", ".", "h"):
        return Relative(j + 1, month_day=(month, date), named=True)
    return None


def _amount(tokens: Tokens, i: int, languages: frozenset[str] | None) -> Relative | None:
    words = lexicon()
    total, days, j, exact = 0, 0, i, True
    for _ in range(2):
        count, size = tokens.number(j, (1, 2, 3)), 1
        if count < 0:
            count, size = 1, words.match("one", tokens, j)
            if not size and not (languages and languages & words.bare_units):
                break
        named, length = words.unit(tokens, j + size)
        if languages is not None:
            named = {k: v for k, v in named.items() if k in languages}
        if not named:
            break
        unit = next(iter(named.values()))
        j += size + length
        j += tokens.word(j) == "."
        if unit in _EXACT:
            total += count * _EXACT[unit]
        elif unit == "day":
            days += count
        else:
            exact = False
        if (
            tokens.word(j) in (",", "and", "et", "und", "y", "e", "i", "og", "och")
            and tokens.number(j + 1, (1, 2)) >= 0
        ):
            j += 1
    if j == i:
        return None
    if not exact:
        return Relative(j)
    return Relative(j, days=days) if days else Relative(j, seconds=total)


def resolve(found: Relative, time: dt.time | None, fetched: dt.datetime | None, zone: str | None) -> ParsedDate | None:
    """Return the date a relative one means for a page fetched at ``fetched`` (aware); ``None`` if that is unknown."""
    if fetched is None:
        return None
    local = zone_of(zone) if zone and zone[0] not in "+-" else None
    here = fetched.astimezone(local or dt.UTC)
    try:
        if found.month_day is not None:
            return _latest(found.month_day, time, here.date())
        if found.seconds is not None and time is None:
            at = (here - dt.timedelta(seconds=found.seconds)).replace(second=0, microsecond=0)
            return ParsedDate(at.date(), at.time(), at.utcoffset(), "given", relative=True)
        if found.days is not None:
            return ParsedDate((here - dt.timedelta(days=found.days)).date(), time, relative=True)
    except OverflowError:
        pass
    return None


def _latest(month_day: tuple[int, int], time: dt.time | None, here: dt.date) -> ParsedDate | None:
    """Return the last such day that is not in the future."""
    for year in (here.year, here.year - 1):
        day = make_day(year, *month_day)
        if day is not None and day <= here + dt.timedelta(days=1):
            return ParsedDate(day, time, relative=True)
    return None
