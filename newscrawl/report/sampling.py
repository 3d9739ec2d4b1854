"""Which articles stand whole in the page: all of them where they are few, else a sample that is the same each time."""

from __future__ import annotations

import hashlib
import heapq
from typing import Any

_OF_A_SITE = 3


class Sample:
    """Keeps at most about ``size`` records: some of every site, those with removals three times as often as others.

    Of those with a low confidence, at which a person looks first, more are kept the lower it is.

    The choice rests on a hash of the URL, so a report made again shows the same articles.
    """

    def __init__(self, size: int) -> None:
        self.size = size
        self._heap: list[tuple[float, int, dict[str, Any]]] = []
        self._sites: dict[str, list[tuple[float, int, dict[str, Any]]]] = {}

    def add(self, number: int, record: dict[str, Any], site: str) -> None:
        """Offer the record of that number."""
        if self.size <= 0:
            return
        draw = int.from_bytes(
            hashlib.sha256(f"{record['url']} {number}".encode("utf-8", "replace")).digest()[:6], "big"
        )
        sure = record["confidence"]
        rank = draw / 2**48 / (3 if record["removed"] else 1) * (1.0 if sure is None else max(sure, 0.01) ** 3)
        entry = (-rank, number, record)
        _push(self._heap, entry, self.size)
        own = self._sites.get(site)
        if own is None:
            if (len(self._sites) + 1) * _OF_A_SITE > self.size:
                return
            own = self._sites[site] = []
        _push(own, entry, _OF_A_SITE)

    def records(self) -> dict[int, dict[str, Any]]:
        """Return the records chosen by number; those of every site first, then the rest, ``size`` in all."""
        chosen: dict[int, dict[str, Any]] = {}
        for own in self._sites.values():
            chosen |= {number: record for _, number, record in own}
        for _, number, record in sorted(self._heap, reverse=True):
            if len(chosen) >= self.size:
                break
            chosen[number] = record
        return dict(sorted(chosen.items()))


def _push(heap: list[tuple[float, int, dict[str, Any]]], entry: tuple[float, int, dict[str, Any]], size: int) -> None:
    if len(heap) < size:
        heapq.heappush(heap, entry)
    elif entry[0] > heap[0][0]:
        heapq.heapreplace(heap, entry)
