"""How a time of day is written: ``16:48``, ``16h48``, ``8:59 pm``, ``18.16 Uhr``, ``오후 3:20``, ``0339 GMT``."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from newscrawl.dates.grammar import DateConvention
from newscrawl.dates.lexicon import lexicon
from newscrawl.dates.text import Tokens
from newscrawl.dates.zones import read_zone

_HALVES = frozenset(("en", "ja", "ko", "zh"))
_HOUR_MARKS = frozenset(("時", "时", "點", "点", "시"))
_MINUTE_MARKS = frozenset(("分", "분"))
_SECOND_MARKS = frozenset(("秒", "초"))


@dataclass(frozen=True, slots=True)
class Clock:
    """A time found, the zone that follows it (offset or IANA name, else ``""``) and the token after both."""

    time: dt.time
    zone: str
    end: int


def match_time(tokens: Tokens, i: int, reading: DateConvention, *, expected: bool) -> Clock | None:
    """Return the time written at token ``i``. ``expected``: after a date or "at", so that ``18.16`` may be a time."""
    words = lexicon()
    half, j = "", i
    if tokens.numbers[i] < 0:
        j, half = _half(tokens, i, reading)
        if half and tokens.words[i].isascii() and tokens.word(j + 1) != ":":
            return None  # "am 3. Februar": Latin letters stand before a clock only, as in "AM 10:30"
    hour = tokens.number(j, (1, 2))
    if hour < 0:
        return _military(tokens, j, reading)
    if tokens.glued(j) and tokens.glued(j - 1) and tokens.word(j - 1) in (":", "."):
        return None
    minute, second, k, sure = _parts(tokens, j, reading)
    sure = sure or bool(half)
    if not half:
        k, half = _half(tokens, k, reading)
        sure = sure or bool(half)
    if not sure:
        marks = words.match("hour_marks", tokens, k)
        dotted = tokens.word(j + 1) == "." and k > j + 1
        zoned = read_zone(tokens, k, reading.country)[1] if tokens.word(k) not in ("+", "-") else 0
        if not (marks and (expected or dotted)) and not (dotted and (expected or zoned)):
            return None
        k += marks
    elif size := words.match("hour_marks", tokens, k):
        k += size
    if half:
        if hour > 12 and half == "am":
            return None
        hour = hour % 12 + (12 if half == "pm" else 0) if hour <= 12 else hour
    if hour > 23 or minute > 59:
        return None
    gap = 1 if tokens.word(k) == "(" and read_zone(tokens, k + 1, reading.country)[1] else 0
    zone, size = read_zone(tokens, k + gap, reading.country)
    if zone and tokens.word(k) in ("+", "-") and tokens.number(k + 1, (4,)) >= 1900 and tokens.word(k) == "-":
        zone, size = "", 0  # "08:01 - 2024", not an offset
    end = k + gap + size if size else k
    return Clock(dt.time(hour, minute, min(second, 59)), zone, end + (gap and tokens.word(end) == ")"))


def _parts(tokens: Tokens, j: int, reading: DateConvention) -> tuple[int, int, int, bool]:
    """Minute, second, the token after them, and whether the form alone says that this is a time."""
    sign = tokens.word(j + 1)
    if sign in (":", "h", "u", "ч") and (sign != "u" or tokens.glued(j + 1)):
        minute = tokens.number(j + 2, (2,))
        if minute >= 0 and (sign == ":" or tokens.glued(j + 2) or sign == "h"):
            k, second = j + 3, 0
            if tokens.word(k) == ":" and tokens.glued(k + 1) and tokens.number(k + 1, (2,)) >= 0:
                second, k = tokens.number(k + 1, (2,)), k + 2
                if tokens.word(k) in (".", ",") and tokens.glued(k + 1) and tokens.numbers[k + 1] >= 0:
                    k += 2
            elif sign == "h" and tokens.glued(k) and lexicon().match("minute_marks", tokens, k):
                k += 1
            return minute, second, k, True
        return 0, 0, j + 1, False
    if sign in _HOUR_MARKS:
        minute, k, second = 0, j + 2, 0
        if tokens.number(k, (1, 2)) >= 0 and tokens.word(k + 1) in _MINUTE_MARKS:
            minute, k = tokens.numbers[k], k + 2
            if tokens.number(k, (1, 2)) >= 0 and tokens.word(k + 1) in _SECOND_MARKS:
                second, k = tokens.numbers[k], k + 2
        return minute, second, k, True
    if sign == "." and tokens.glued(j + 1) and tokens.glued(j + 2) and tokens.number(j + 2, (2,)) >= 0:
        k, second = j + 3, 0
        if tokens.word(k) == "." and tokens.glued(k + 1):
            second = tokens.number(k + 1, (2,))
            if second < 0 or tokens.number(k + 1, (4,)) >= 0:
                return 0, 0, j + 1, False
            k += 2
        return tokens.numbers[j + 2], second, k, False
    return 0, 0, j + 1, False


def _half(tokens: Tokens, k: int, reading: DateConvention) -> tuple[int, str]:
    """Return the half of the day at ``k``, in English, Chinese, Japanese or Korean, else in the page's language."""
    for kind in ("am", "pm"):
        size, languages = lexicon().match_in(kind, tokens, k)
        if size and (reading.language in languages or (languages & _HALVES and reading.language != "de")):
            end = k + size
            return end + (tokens.word(end) == "." and size > 1), kind
    return k, ""


def _military(tokens: Tokens, j: int, reading: DateConvention) -> Clock | None:
    four = tokens.number(j, (4,))
    if four < 0 or four // 100 > 23 or four % 100 > 59 or tokens.word(j + 1) in ("+", "-"):
        return None
    zone, size = read_zone(tokens, j + 1, reading.country)
    return Clock(dt.time(four // 100, four % 100), zone, j + 1 + size) if zone else None
