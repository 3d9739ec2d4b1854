"""Anomalies of a site: a field no longer found, a rule that removes far more, a confidence that drops.

Judged by tallies of past runs. Articles of a run are few, so the newest runs are combined until there are enough
to judge, and held against all runs before those.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt
from typing import Any, Final, Literal

ERRORS: Final = 4.0
"""Standard errors that a drop must exceed: one site in some thousand runs passes by chance."""
LEAST_SHARE: Final = 0.05
"""Minimum share of an article's text, on average, for an alarm on a rule."""
BODY: Final = "article_body"
"""Stands for the pages of which an article came at all."""


@dataclass(frozen=True, slots=True)
class AlarmBounds:
    """``articles``: fewest that are judged, now and before; ``drop``: share of its usual coverage that a field lost;
    ``times``: how many times its usual share a rule took; ``unsure``: how far the usual confidence dropped."""

    articles: int = 20
    drop: float = 0.5
    times: float = 10.0
    unsure: float = 0.15


@dataclass(slots=True)
class Tally:
    """What pages of a site gave: ``pages`` read, ``fields``: articles by field that has a value, ``taken``: by removal
    rule, the sum over articles of the share of the text that it took. ``sure``: the articles that have a confidence,
    the sum of these, and of their squares. ``program``: who counted."""

    pages: int = 0
    articles: int = 0
    fields: dict[str, int] = field(default_factory=dict)
    taken: dict[str, float] = field(default_factory=dict)
    program: str = ""
    sure: tuple[float, float, float] = (0.0, 0.0, 0.0)

    def add(self, present: Iterable[str], taken: Mapping[str, int], kept: int, confidence: float | None = None) -> None:
        """Count an article: fields that have a value, characters by removal rule and of its text, its confidence."""
        self.pages += 1
        self.articles += 1
        for name in present:
            self.fields[name] = self.fields.get(name, 0) + 1
        whole = kept + sum(taken.values())
        for rule, length in taken.items():
            if whole > 0:
                self.taken[rule] = self.taken.get(rule, 0.0) + length / whole
        if confidence is not None:
            count, total, squares = self.sure
            self.sure = count + 1, total + confidence, squares + confidence**2

    def figures(self) -> dict[str, Any]:
        """Return it as plain values, which `read_tally` reads."""
        taken = {rule: round(share, 4) for rule, share in sorted(self.taken.items())}
        return {"pages": self.pages, "articles": self.articles, "fields": dict(sorted(self.fields.items()))} | {
            "taken": taken,
            "program": self.program,
            "sure": [round(value, 4) for value in self.sure],
        }


@dataclass(frozen=True, slots=True)
class Alarm:
    """What is unusual: ``name`` of a field or rule, its coverage or share (or the mean confidence) ``before`` and
    ``now``, of ``articles``."""

    kind: Literal["silent", "field", "rule", "confidence"]
    name: str = ""
    before: float = 0.0
    now: float = 0.0
    articles: int = 0

    def sentence(self) -> str:
        """Return it in words.

        >>> Alarm("field", "authors", 0.96, 0.04, 25).sentence()
        'authors was found on 96 % of pages, now on 4 % (of 25)'
        """
        if self.kind == "silent":
            return "fell silent: nothing new for unusually long"
        if self.kind == "confidence":
            return f"the confidence was {self.before:.2f} on average, now {self.now:.2f} (of {self.articles} articles)"
        before, now = f"{self.before:.2g}" if self.before < 0.01 else f"{self.before:.0%}", f"{self.now:.0%}"
        before, now = before.replace("%", " %"), now.replace("%", " %")
        if self.kind == "field":
            return f"{self.name} was found on {before} of pages, now on {now} (of {self.articles})"
        return f"the rule {self.name} took {before} of the text, now {now} (of {self.articles} articles)"


def read_tally(figures: Any) -> Tally:
    """Return a tally from what `Tally.figures` gave; what has another form counts as nothing.

    >>> read_tally({"pages": 3, "articles": "two", "fields": None}).pages
    3
    """
    if not isinstance(figures, Mapping):
        return Tally()
    return Tally(
        _number(figures.get("pages")),
        _number(figures.get("articles")),
        {name: _number(count) for name, count in _items(figures.get("fields"))},
        {rule: float(share) for rule, share in _items(figures.get("taken")) if isinstance(share, int | float)},
        str(figures.get("program") or ""),
        _sums(figures.get("sure")),
    )


def _number(value: Any) -> int:
    return value if type(value) is int and value > 0 else 0


def _sums(value: Any) -> tuple[float, float, float]:
    """Return count, sum and sum of squares; of figures that a former version stored, nothing."""
    if isinstance(value, list) and len(value) == 3 and all(type(part) in (int, float) and part >= 0 for part in value):
        return float(value[0]), float(value[1]), float(value[2])
    return 0.0, 0.0, 0.0


def _items(value: Any) -> Iterable[tuple[str, Any]]:
    return [(name, item) for name, item in value.items() if isinstance(name, str)] if isinstance(value, Mapping) else []


def judge(now: Tally, past: Sequence[Tally], bounds: AlarmBounds) -> list[Alarm]:
    """Return the alarms of a run; ``past``: tallies of runs before, the newest first."""
    if not now.pages:
        return []
    recent, earlier = _split(now, past, bounds.articles)
    alarms = [*_fields(recent, earlier, bounds)]
    same = [tally for tally in earlier if tally.program == now.program]
    if recent[0].articles:
        own = [tally for tally in recent if tally.program == now.program]
        alarms += [*_rules(own, same, bounds), *_confidence(own, same, bounds)]
    return alarms


def _split(now: Tally, past: Sequence[Tally], enough: int) -> tuple[list[Tally], list[Tally]]:
    recent, pages = [now], now.pages
    for number, tally in enumerate(past):
        if pages >= enough:
            return recent, list(past[number:])
        recent.append(tally)
        pages += tally.pages
    return recent, []


def _fields(recent: Sequence[Tally], earlier: Sequence[Tally], bounds: AlarmBounds) -> Iterator[Alarm]:
    names = dict.fromkeys([BODY, *sorted({name for tally in earlier for name in tally.fields})])
    for name in names:
        found, of = _coverage(recent, name)
        found_before, of_before = _coverage(earlier, name)
        if min(of, of_before) < max(1, bounds.articles):
            continue
        before, now = found_before / of_before, found / of
        chance = sqrt(before * (1 - before) / of)
        if now <= before * (1 - bounds.drop) and before - now > ERRORS * chance:
            yield Alarm("field", name, round(before, 3), round(now, 3), of)


def _coverage(tallies: Sequence[Tally], name: str) -> tuple[int, int]:
    articles = sum(tally.articles for tally in tallies)
    if name == BODY:
        return articles, sum(tally.pages for tally in tallies)
    return sum(tally.fields.get(name, 0) for tally in tallies), articles


def _rules(recent: Sequence[Tally], earlier: Sequence[Tally], bounds: AlarmBounds) -> Iterator[Alarm]:
    of, of_before = (sum(tally.articles for tally in tallies) for tallies in (recent, earlier))
    if min(of, of_before) < max(1, bounds.articles):
        return
    for rule in sorted({rule for tally in recent for rule in tally.taken}):
        now = sum(tally.taken.get(rule, 0.0) for tally in recent) / of
        before = sum(tally.taken.get(rule, 0.0) for tally in earlier) / of_before
        if now > LEAST_SHARE and now >= bounds.times * before:
            yield Alarm("rule", rule, round(before, 5), round(now, 3), of)


def _confidence(recent: Sequence[Tally], earlier: Sequence[Tally], bounds: AlarmBounds) -> Iterator[Alarm]:
    (of, total, _), (of_before, total_before, squares) = _all_sums(recent), _all_sums(earlier)
    if min(of, of_before) < max(1, bounds.articles):
        return
    before, now = total_before / of_before, total / of
    chance = sqrt(max(squares / of_before - before**2, 0.0) / of)
    if before - now >= bounds.unsure and before - now > ERRORS * chance:
        yield Alarm("confidence", "", round(before, 3), round(now, 3), int(of))


def _all_sums(tallies: Sequence[Tally]) -> tuple[float, float, float]:
    count, total, squares = (sum(tally.sure[part] for tally in tallies) for part in range(3))
    return count, total, squares
