"""How a calendar day is written: ``3 mai 2024``, ``May 3rd, 2024``, ``03/05/2024``, ``2024年5月3日`` and the like."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from newscrawl.dates.lexicon import DateLexicon, lexicon
from newscrawl.dates.text import Tokens
from newscrawl.dates.value import make_day

_ONE_OR_TWO = (1, 2)
_ORDINALS = frozenset(("st", "nd", "rd", "th", "er", "º", "ª", "°", "o", "a", "e", "re", "ro", "."))
_OF = frozenset(("de", "del", "of", "d", "'", ",", ".", "/", "-", "di", "m"))
_YEAR_MARKS = frozenset(("年", "년"))
_MONTH_MARKS = frozenset(("月", "월"))
_DAY_MARKS = frozenset(("日", "일", "号", "號"))
_SEPARATORS = frozenset("/-.|")


@dataclass(frozen=True, slots=True)
class DateConvention:
    """What decides what the text alone leaves open: the page's language, the order of its day and month."""

    language: str | None = None
    order: str = "dmy"
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """A day found, the token after it, and whether its day and month could be swapped."""

    day: dt.date
    end: int
    guessed: bool = False


def match_day(tokens: Tokens, i: int, reading: DateConvention) -> Day | None:
    """Return the day written at token ``i``, if one begins there."""
    if tokens.numbers[i] >= 0:
        if tokens.glued(i) and (tokens.word(i - 1) in "-/." and tokens.number(i - 2, (1, 2, 3, 4)) >= 0):
            return None  # the middle of a longer chain of numbers
        digits = tokens.ends[i] - tokens.starts[i]
        if digits == 4:
            return _year_first(tokens, i, reading)
        if digits <= 2:
            return _day_first(tokens, i, reading) or _numeric(tokens, i, reading)
        return None
    month = lexicon().month(tokens.words[i], reading.language)
    return _month_first(tokens, i, month) if month else None


def _found(year: int, month: int, date: int, end: int, guessed: bool = False) -> Day | None:
    if 2400 <= year <= 2600:
        year -= 543  # Buddhist era, as in Thailand
    day = make_day(year, month, date)
    return None if day is None else Day(day, end, guessed)


def _year_first(tokens: Tokens, i: int, reading: DateConvention) -> Day | None:
    year, sign = tokens.numbers[i], tokens.word(i + 1)
    if sign in _YEAR_MARKS:
        month, date = tokens.number(i + 2, _ONE_OR_TWO), tokens.number(i + 4, _ONE_OR_TWO)
        if tokens.word(i + 3) in _MONTH_MARKS and date > 0:
            return _found(year, month, date, i + 5 + (tokens.word(i + 5) in _DAY_MARKS))
        return None
    if sign in _SEPARATORS and tokens.number(i + 2, _ONE_OR_TWO) > 0:
        if tokens.word(i + 3) == sign and tokens.number(i + 4, _ONE_OR_TWO) > 0:
            end = i + 5 + (sign == "." and tokens.word(i + 5) == ".")
            return _found(year, tokens.numbers[i + 2], tokens.numbers[i + 4], end)
        return None
    j = i + 1
    while j < i + 4 and (tokens.word(j) in _OF or tokens.word(j) == "gada"):
        j += 1
    month = lexicon().month(tokens.word(j), reading.language)
    if month:  # 2025. január 13.
        k = j + 1 + (tokens.word(j + 1) in _OF)
        date = tokens.number(k, _ONE_OR_TWO)
        return _found(year, month, date, k + 1 + (tokens.word(k + 1) in (".", "d"))) if date > 0 else None
    date = tokens.number(j, _ONE_OR_TWO)
    month = lexicon().month(tokens.word(j + 2), reading.language) if date > 0 and tokens.word(j + 1) == "." else 0
    return _found(year, month, date, j + 3) if month else None  # 2021. gada 12. novembrī


def _day_first(tokens: Tokens, i: int, reading: DateConvention) -> Day | None:
    date, j = tokens.numbers[i], i + 1
    if tokens.word(j) in _ORDINALS:
        j += 1
    for _ in range(3):
        if tokens.word(j) not in _OF:
            break
        j += 1
    month = lexicon().month(tokens.word(j), reading.language)
    if not month:
        if tokens.word(j) != "thang":
            return None
        month, j = tokens.number(j + 1, _ONE_OR_TWO), j + 1
    j += 1
    if tokens.word(j) == "/" and lexicon().month(tokens.word(j + 1), reading.language):
        j += 2  # two names of one month, as in Arabic
    for _ in range(3):
        if tokens.word(j) not in _OF:
            break
        j += 1
    return _with_year(tokens, j, month, date)


def _with_year(tokens: Tokens, j: int, month: int, date: int) -> Day | None:
    year = tokens.number(j, (4,))
    if year >= 0:
        return _found(year, month, date, j + 1)
    year = tokens.number(j, (2,))
    if year >= 0 and tokens.word(j - 1) in ("'", "-", "/", ".") and tokens.word(j + 1) not in (":", "h", ".", "uhr"):
        return _found(2000 + year if year < 70 else 1900 + year, month, date, j + 1)
    return None


def _month_first(tokens: Tokens, i: int, month: int) -> Day | None:
    j = i + 1
    while j < i + 3 and tokens.word(j) in (".", "/", "-", "the"):
        j += 1
    date = tokens.number(j, _ONE_OR_TWO)
    if date < 0:
        return None
    j += 1
    if tokens.word(j) in _ORDINALS and tokens.word(j) != ".":
        j += 1
    for _ in range(2):
        if tokens.word(j) not in (",", ".", "of", "/", "-", "'"):
            break
        j += 1
    return _with_year(tokens, j, month, date)


def _numeric(tokens: Tokens, i: int, reading: DateConvention) -> Day | None:
    sign = tokens.word(i + 1)
    if sign not in _SEPARATORS:
        return None
    first, second = tokens.numbers[i], tokens.number(i + 2, _ONE_OR_TWO)
    if second < 0 or tokens.word(i + 3) != sign:
        return None
    year, end = tokens.number(i + 4, (4,)), i + 5
    chained = tokens.glued(i + 5) and tokens.glued(i + 6) and tokens.word(i + 5) in _SEPARATORS
    if chained and tokens.word(i + 5) != "-" and tokens.number(i + 6, (1, 2, 3, 4)) >= 0:
        return None  # a URL or a version, not a date
    if year < 0:
        year = tokens.number(i + 4, (2,)) if sign != "|" else -1
        if year < 0 or not tokens.glued(i + 4) or tokens.word(i + 5) in (":", "h"):
            return None
        if sign == "." and reading.language == "en" and max(len(tokens.raw(i)), len(tokens.raw(i + 2))) == 1:
            return None  # a version ("8.4.13"): English sets dots between padded numbers, if at all
        if reading.order == "ymd" and first > 12 and second <= 12 and year <= 31:
            return _found(2000 + first, second, year, end)
        year += 2000 if year < 70 else 1900
    if first > 12 or second > 12:
        date, month = (first, second) if first > 12 else (second, first)
        return _found(year, month, date, end)
    month_leads = reading.order == "mdy" and sign != "."
    date, month = (second, first) if month_leads else (first, second)
    return _found(year, month, date, end, guessed=first != second and sign != ".")


def reading_for(language: str | None, country: str | None, month_first: frozenset[str]) -> DateConvention:
    """Return the reading of a page: English is month first in some countries, other languages have one order."""
    words: DateLexicon = lexicon()
    parts = (language or "").replace("_", "-").split("-")
    name = {"nb": "no", "nn": "no"}.get(parts[0].lower(), parts[0].lower())
    if not country and len(parts) > 1 and len(parts[-1]) == 2:
        country = parts[-1].upper()
    order = words.orders.get(name, "dmy")
    if name == "en" and country:
        order = "mdy" if country in month_first else "dmy"
    elif not name and country in month_first:
        order = "mdy"
    return DateConvention(name or None, order, country)
