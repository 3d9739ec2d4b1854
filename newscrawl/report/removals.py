"""What was stripped, by kind and by rule, with examples."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

_EXAMPLES = 4
_LONGEST = 280
_SITES = 10_000


@dataclass(slots=True)
class RemovalRule:
    """Removals of one kind by one rule; ``examples``: text and number of its article."""

    kind: str
    rule: str
    level: str
    count: int = 0
    characters: int = 0
    split: int = 0
    sites: set[str] = field(default_factory=set)
    examples: list[tuple[str, int]] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)


_MOVED = frozenset({"byline", "date_line", "caption"})


def is_moved(removal: Mapping[str, Any]) -> bool:
    """Return whether a removal is no widget: a byline, date line or caption, which has a field of its own."""
    return removal["kind"] in _MOVED


class Removals:
    """Counts removals as records come by."""

    def __init__(self) -> None:
        self.rules: dict[tuple[str, str, str], RemovalRule] = {}
        self.count = 0
        self.moved = 0
        self.characters = 0
        self.kept = 0
        self.articles = 0
        self.mended = 0

    def add(self, record: dict[str, Any], number: int, site: str) -> None:
        """Count the removals of the record of that number."""
        self.kept += sum(len(block["text"]) for block in record["blocks"])
        self.articles += bool(record["removed"])
        for removal in record["removed"]:
            key = (removal["kind"], removal["rule"], removal["level"])
            rule = self.rules.get(key)
            if rule is None:
                rule = self.rules[key] = RemovalRule(*key)
            size = len(removal["text"])
            rule.count += 1
            rule.characters += size
            rule.split += removal["split"]
            self.count += 1
            self.moved += is_moved(removal)
            self.characters += size
            self.mended += removal["split"]
            if len(rule.sites) < _SITES:
                rule.sites.add(site)
            if len(rule.examples) < _EXAMPLES:
                text = removal["text"] if size <= _LONGEST else f"{removal['text'][:_LONGEST]}…"
                if text not in rule.seen:
                    rule.seen.add(text)
                    rule.examples.append((text, number))

    def kinds(self) -> list[tuple[str, int, int]]:
        """Return kind, count and characters, the most frequent first."""
        table: dict[str, list[int]] = {}
        for rule in self.rules.values():
            entry = table.setdefault(rule.kind, [0, 0])
            entry[0] += rule.count
            entry[1] += rule.characters
        return sorted(((kind, *counts) for kind, counts in table.items()), key=lambda entry: -entry[1])  # type: ignore[misc]

    def by_rule(self) -> list[RemovalRule]:
        """Return the rules, the most frequent first."""
        return sorted(self.rules.values(), key=lambda rule: (-rule.count, rule.kind, rule.rule))
