"""Which articles a person should look at first, and why."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from typing import Any

from newscrawl.report.removals import is_moved

_MODELS = ("model/", "text/lines", "memory/")
_LONG = 40
"""Words of one removal beyond which it may have been prose."""
_SHARE = 0.25
_SHORT = 80
_SURE = 0.9
"""Confidence from which an article is not doubtful."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """How doubtful an article is, 0 to 1, and why, in phrases."""

    score: float
    reasons: tuple[str, ...]


def doubt_of(record: dict[str, Any]) -> Doubt:
    """Return the doubts of a record: by its ``confidence``, else by what was removed.

    >>> block = {"text": "The ferry sails again."}
    >>> taken = {"kind": "other", "rule": "model/segments", "text": "one two " * 30, "split": True}
    >>> doubt_of({"blocks": [block], "removed": [taken]}).reasons
    ('92% of the text was removed', '60 words were removed at once', 'a removal broke a sentence', '4 words are left')
    """
    removed = [removal for removal in record["removed"] if not is_moved(removal)]
    kept, gone = (sum(len(part["text"]) for part in parts) for parts in (record["blocks"], removed))
    found: list[tuple[float, str]] = []
    if (share := gone / max(1, kept + gone)) > _SHARE:
        found.append((share / 2, f"{share:.0%} of the text was removed"))
    longest = max((len(r["text"].split()) for r in removed if r["rule"].startswith(_MODELS)), default=0)
    if longest >= _LONG:
        found.append((0.3, f"{longest} words were removed at once"))
    if any(removal["split"] for removal in removed):
        found.append((0.1, "a removal broke a sentence"))
    words = sum(len(block["text"].split()) for block in record["blocks"])
    if removed and words < _SHORT:
        found.append((0.1, f"{words} {'word is' if words == 1 else 'words are'} left"))
    reasons = tuple(why for _, why in found)
    confidence = record.get("confidence")
    if isinstance(confidence, int | float):
        return Doubt(1 - confidence if confidence < _SURE else 0.0, (f"confidence {confidence:.2f}", *reasons))
    return Doubt(min(1.0, sum(weight for weight, _ in found)), reasons)


class Doubtful:
    """Keeps the most doubtful records, none twice."""

    def __init__(self, most: int = 3) -> None:
        self.most = most
        self._heap: list[tuple[float, int, Doubt, dict[str, Any]]] = []
        self._hashes: set[str] = set()

    def add(self, number: int, record: dict[str, Any]) -> None:
        """Offer the record of that number."""
        if record["not_article"] or record["duplicate_of"] or record["content_hash"] in self._hashes:
            return
        doubt = doubt_of(record)
        if not doubt.score or (len(self._heap) >= self.most and doubt.score <= self._heap[0][0]):
            return
        self._hashes.add(record["content_hash"])
        heapq.heappush(self._heap, (doubt.score, -number, doubt, record))
        if len(self._heap) > self.most:
            heapq.heappop(self._heap)

    def ranked(self) -> list[tuple[int, Doubt, dict[str, Any]]]:
        """Return number, doubt and record, the most doubtful first."""
        return [(-number, doubt, record) for _, number, doubt, record in sorted(self._heap, reverse=True)]
