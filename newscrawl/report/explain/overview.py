"""What a person needs of one text among many: what went, between what, and how the text begins and ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Final

from newscrawl.report.explain.folder import Explained
from newscrawl.report.explain.model import ShownText, in_place

_CONTEXT: Final = 110
_EDGE: Final = 2
"""Blocks shown of a text's beginning and of its end, where most of what should have gone is left."""


@dataclass(frozen=True, slots=True)
class Taken:
    """Removals that stood together, with the end of the text before them and the beginning of the text behind."""

    removals: list[dict[str, Any]]
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Overview:
    """One text of a folder. ``problem`` says why there is none; ``kept`` and ``gone`` count characters."""

    name: str
    problem: str = ""
    record: dict[str, Any] = field(default_factory=dict)
    kept: int = 0
    gone: int = 0
    taken: list[Taken] = field(default_factory=list)

    @property
    def removed(self) -> list[dict[str, Any]]:
        """The removals of the text."""
        return list(self.record.get("removed", ()))

    @property
    def share(self) -> float:
        """Share of the text's characters that went."""
        return self.gone / max(1, self.gone + self.kept)

    @property
    def edges(self) -> tuple[list[str], list[str]]:
        """The first and the last blocks, none of them twice."""
        texts = [block["text"] for block in self.record.get("blocks", [])]
        return texts[:_EDGE], texts[max(_EDGE, len(texts) - _EDGE) :]


def overview_of(explained: Explained) -> Overview:
    """Return the overview of a document."""
    if explained.explanation is None:
        return Overview(explained.name, explained.problem)
    record = explained.explanation.record
    return Overview(
        explained.name,
        record=record,
        kept=sum(len(block["text"]) for block in record["blocks"]),
        gone=sum(len(removal["text"]) for removal in record["removed"]),
        taken=list(_taken(list(in_place(record["blocks"], record["removed"])), record["removed"])),
    )


def _taken(steps: list[ShownText], removed: list[dict[str, Any]]) -> Iterator[Taken]:
    at = 0
    for is_removal, group in groupby(steps, key=lambda step: step.removal is not None):
        run = list(group)
        if is_removal:
            before = steps[at - 1].text if at else ""
            behind = at + len(run)
            after = steps[behind].text if behind < len(steps) else ""
            yield Taken([removed[s.removal] for s in run if s.removal is not None], _end(before), _beginning(after))
        at += len(run)


def most_first(found: Iterable[Overview]) -> list[Overview]:
    """Return what needs a look first: what could not be read, what is not an article, then by the share that went."""
    return sorted(found, key=lambda o: (not o.problem, not o.record.get("not_article"), -o.share, o.name))


def summary(found: list[Overview]) -> str:
    """Return how many texts there are, and what was taken from them by kind."""
    removals = [removal for overview in found for removal in overview.removed]
    kinds = Counter(removal["kind"] for removal in removals)
    parts = [f"{len(found)} documents", f"{sum(bool(o.removed) for o in found)} with removals"]
    if not_articles := sum(bool(o.record.get("not_article")) for o in found):
        parts.append(f"{not_articles} not articles")
    if problems := sum(bool(o.problem) for o in found):
        parts.append(f"{problems} not read")
    told = ", ".join(f"{kind} {count}" for kind, count in kinds.most_common())
    return f"{', '.join(parts)}. Removed: {len(removals)}{f' ({told})' if told else ''}."


def rules(found: list[Overview]) -> list[tuple[str, int, str]]:
    """Return each rule that took something, how often, and its longest take: where a rule errs it errs often."""
    by_rule: dict[str, list[str]] = {}
    for overview in found:
        for removal in overview.removed:
            by_rule.setdefault(removal["rule"], []).append(removal["text"])
    counted = ((rule, len(texts), max(texts, key=len)) for rule, texts in by_rule.items())
    return sorted(counted, key=lambda row: (-row[1], row[0]))


def _end(text: str) -> str:
    return text if len(text) <= _CONTEXT else f"… {text[-_CONTEXT:].lstrip()}"


def _beginning(text: str) -> str:
    return text if len(text) <= _CONTEXT else f"{text[:_CONTEXT].rstrip()} …"
