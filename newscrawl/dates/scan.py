"""Reads a line: which dates stand in it, which is the publication and which the update, and what else there is."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final, Literal

from newscrawl.dates.candidate import Role
from newscrawl.dates.clock import Clock, match_time
from newscrawl.dates.grammar import DateConvention, Day, match_day
from newscrawl.dates.lexicon import lexicon
from newscrawl.dates.relative import Relative, match_relative, resolve
from newscrawl.dates.text import Tokens, tokenise
from newscrawl.dates.value import ParsedDate
from newscrawl.dates.zones import with_zone

LONGEST: Final = 600
"""Characters of a line that are read; no date line is longer."""

Kind = Literal[
    "day", "relative", "time", "label", "other", "weekday", "join", "by", "boilerplate", "sign", "number", "word"
]


class Item:
    """A piece of the line: tokens ``start`` up to ``end``. No dataclass, whose ``__init__`` is never compiled."""

    __slots__ = ("clock", "day", "end", "kind", "relative", "role", "start")

    def __init__(
        self,
        kind: Kind,
        start: int,
        end: int,
        day: Day | None = None,
        relative: Relative | None = None,
        clock: Clock | None = None,
        role: Role = "unknown",
    ) -> None:
        self.kind: Kind = kind
        self.start = start
        self.end = end
        self.day = day
        self.relative = relative
        self.clock = clock
        self.role: Role = role


@dataclass(frozen=True, slots=True)
class Moment:
    """A date of the line: ``start`` and ``end`` in characters, its label included. ``parsed`` is ``None`` where it is
    relative and the moment of the fetch is not known."""

    parsed: ParsedDate | None
    role: Role
    start: int
    end: int


@dataclass(slots=True)
class Scan:
    """A line as read: its items in order, and the dates made of them."""

    tokens: Tokens
    items: list[Item] = field(default_factory=list)
    moments: list[Moment] = field(default_factory=list)


def read_items(tokens: Tokens, reading: DateConvention) -> list[Item]:
    """Split the line into dates, times, labels, words of glue and the rest."""
    known = lexicon().begins
    items: list[Item] = []
    i, expected, total = 0, False, len(tokens.words)
    while i < total:
        word = tokens.words[i]
        begins = known.get(word, _NOTHING)
        if not begins and tokens.numbers[i] < 0:
            is_word = word[:1].isalpha()
            items.append(Item("word" if is_word else "sign", i, i + 1))
            expected = expected and not is_word
            i += 1
            continue
        item = _item_at(tokens, i, reading, expected, begins) or _plain_item_at(tokens, i, begins)
        if item.kind not in ("sign", "weekday"):
            expected = item.kind in ("day", "relative", "join", "label")
        items.append(item)
        i = item.end
    return items


_NOTHING: Final = frozenset[str]()
_LABELS: Final = frozenset(("modified", "published", "other"))
_HALVES: Final = frozenset(("am", "pm"))
_PHRASES: tuple[tuple[Kind, str], ...] = (
    ("weekday", "weekdays"), ("by", "by"), ("join", "join"), ("boilerplate", "boilerplate"),
)  # fmt: skip


def _item_at(tokens: Tokens, i: int, reading: DateConvention, expected: bool, begins: frozenset[str]) -> Item | None:
    """Return what of a date begins at a token; ``begins``: the kinds of phrase that its word can begin."""
    is_number = tokens.numbers[i] >= 0
    if "weekdays" in begins and (size := _weekday_before_day(tokens, i, reading)):
        return Item("weekday", i, i + size)
    if (is_number or "month" in begins) and (day := match_day(tokens, i, reading)):
        return Item("day", i, day.end, day=day)
    if not _LABELS.isdisjoint(begins) and (label := _label_at(tokens, i)):
        return label
    if (is_number or not _HALVES.isdisjoint(begins)) and (clock := match_time(tokens, i, reading, expected=expected)):
        return Item("time", i, clock.end, clock=clock)
    if found := match_relative(tokens, i, begins):
        return Item("relative", i, found.end, relative=found)
    return None


def _label_at(tokens: Tokens, i: int) -> Item | None:
    words = lexicon()
    modified, published = words.match("modified", tokens, i), words.match("published", tokens, i)
    if (other := words.match("other", tokens, i)) > max(modified, published):
        return Item("other", i, i + other)
    if modified or published:
        role: Role = "modified" if modified >= published else "published"
        return Item("label", i, i + max(modified, published), role=role)
    return None


def _plain_item_at(tokens: Tokens, i: int, begins: frozenset[str]) -> Item:
    """Return a weekday, a word that goes with a date, or what is none of a date."""
    longest = 0
    kind: Kind = "word"
    if begins:
        words = lexicon()
        for name, phrases in _PHRASES:
            if phrases in begins and (size := words.match(phrases, tokens, i)) > longest:
                kind, longest = name, size
    if not longest and tokens.numbers[i] >= 0:
        kind = "number"
    elif not longest and not tokens.words[i][:1].isalpha():
        kind = "sign"
    return Item(kind, i, i + max(longest, 1))


def _weekday_before_day(tokens: Tokens, i: int, reading: DateConvention) -> int:
    """Tokens of a weekday that could be a month as well ("mar."), where a whole day follows it; 0 for none."""
    if tokens.numbers[i] >= 0 or not lexicon().month(tokens.words[i]):
        return 0
    size = lexicon().match("weekdays", tokens, i)
    j = i + size
    while size and j < i + size + 2 and tokens.word(j) in (".", ","):
        j += 1
    return size if size and j < len(tokens) and tokens.numbers[j] >= 0 and match_day(tokens, j, reading) else 0


def scan(text: str, reading: DateConvention, fetched: dt.datetime | None = None, zone: str | None = None) -> Scan:
    """Read a line. ``fetched`` (aware) and ``zone`` (IANA) serve relative dates only.

    What is returned is not to be changed: a line is read several times, and remembered.
    """
    return _scan(text[:LONGEST], reading, fetched, zone)


@lru_cache(maxsize=512)
def _scan(text: str, reading: DateConvention, fetched: dt.datetime | None, zone: str | None) -> Scan:
    tokens = tokenise(text)
    result = Scan(tokens, read_items(tokens, reading))
    _Assembly(result, fetched, zone).run()
    return result


class _Assembly:
    """Puts days, times and labels together."""

    def __init__(self, result: Scan, fetched: dt.datetime | None, zone: str | None) -> None:
        self.result, self.fetched, self.zone = result, fetched, zone
        self.label: Item | None = None
        self.times: list[Item] = []
        self.open = False  # the last moment may still take a time
        self.gap = 0
        self.other = False  # a label of something else stands before what follows

    def run(self) -> None:
        for item in self.result.items:
            match item.kind:
                case "label":
                    self.leave_times()
                    both = self.label is not None and self.label.role != item.role and item.start - self.label.end <= 1
                    self.label = Item("label", self.label.start, item.end) if both and self.label else item
                    self.open, self.gap = False, 0
                case "other":
                    self.leave_times()
                    self.label, self.open, self.other = None, False, True
                case "time":
                    self.take_time(item)
                case "day" | "relative":
                    self.take_day(item)
                case "sign" | "weekday" | "join":
                    pass
                case _:
                    self.leave_times()
                    self.open = False
                    self.gap += 1
                    if self.gap > 8:
                        self.label = None
        self.leave_times()
        self.trailing_labels()

    def add(self, parsed: ParsedDate | None, start: int, end: int, role: Role | None = None) -> None:
        if self.other:
            self.other = False
            return
        label, tokens = self.label, self.result.tokens
        first = label.start if label and role is None else start
        role = role or (label.role if label else "unknown")
        if parsed is not None:
            parsed = replace(parsed, role=role)
        self.result.moments.append(Moment(parsed, role, tokens.starts[first], tokens.ends[end - 1]))
        self.label, self.gap = None, 0

    def take_day(self, item: Item) -> None:
        clock, start = None, item.start
        if self.times:
            clock, start = self.times[0].clock, self.times[0].start
            self.times = []
        plain = item.relative is not None and item.relative.named and clock is None and not self.time_follows(item)
        if plain and not (self.label and self.gap == 0):
            self.gap += 1
            return
        before = len(self.result.moments)
        self.add(self.parsed(item, clock), start, item.end)
        self.open = clock is None and len(self.result.moments) > before
        self.last = item

    def time_follows(self, item: Item) -> bool:
        items = self.result.items
        for later in items[items.index(item) + 1 :]:
            if later.kind in ("time", "sign", "join", "weekday"):
                if later.kind == "time":
                    return True
            else:
                return False
        return len(items) <= 3 and item.relative is not None and item.relative.month_day is None

    def parsed(self, item: Item, clock: Clock | None) -> ParsedDate | None:
        time = clock.time if clock else None
        if item.relative:
            parsed = resolve(item.relative, time, self.fetched, self.zone)
        else:
            parsed = ParsedDate(item.day.day, time, guessed=item.day.guessed) if item.day else None
        return with_zone(parsed, clock.zone, "given") if parsed and clock and clock.zone else parsed

    def take_time(self, item: Item) -> None:
        if not self.open:
            self.times.append(item)
            return
        last = self.result.moments.pop()
        parsed = self.parsed(self.last, item.clock)
        if parsed is not None:
            parsed = replace(parsed, role=last.role)
        self.result.moments.append(replace(last, parsed=parsed, end=self.result.tokens.ends[item.end - 1]))
        self.open = False

    def leave_times(self) -> None:
        """A time without a day: behind the label of an update it is one on the day named before."""
        times, self.times = self.times, []
        moments = self.result.moments
        if not times or not self.label or not moments or moments[-1].parsed is None:
            return
        clock, before = times[0].clock, moments[-1]
        if clock is None or before.parsed is None:
            return
        parsed = replace(before.parsed, time=clock.time, offset=None, time_zone=None, role=self.label.role)
        if clock.zone:
            parsed = with_zone(parsed, clock.zone, "given")
        elif before.parsed.offset is not None:
            parsed = replace(parsed, offset=before.parsed.offset, time_zone=before.parsed.time_zone)
        end = self.result.tokens.ends[times[0].end - 1]
        moments.append(Moment(parsed, self.label.role, before.start, end))
        self.label = None

    def trailing_labels(self) -> None:
        """Labels behind their dates, as in Japanese: only where the first date has none and the last label no date."""
        moments, items = self.result.moments, self.result.items
        if self.label is None or not moments or moments[0].role != "unknown":
            return
        starts, ends = self.result.tokens.starts, self.result.tokens.ends
        labels = [item for item in items if item.kind == "label"]
        changed, taken = [], 0
        for n, moment in enumerate(moments):
            limit = moments[n + 1].end if n + 1 < len(moments) else LONGEST + 1
            after = next((x for x in labels if moment.end <= starts[x.start] < limit), None)
            if after is None:
                changed.append(moment)
                continue
            parsed = replace(moment.parsed, role=after.role) if moment.parsed else None
            changed.append(Moment(parsed, after.role, max(moment.start, taken), ends[after.end - 1]))
            taken = starts[after.end] if after.end < len(starts) else ends[after.end - 1]
        self.result.moments = changed
