"""The claims of a crawl in a store shared by several programs."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from newscrawl.store.entry import StoreEntry

if TYPE_CHECKING:
    from newscrawl.store.store import Store

LONGEST_WAIT = 90.0
"""Timeout in seconds for another run's claim: longer than a claim is valid."""
_LOOK = 5.0
"""Seconds between two checks whether the other run was killed on this machine."""


class Claiming:
    """Holds an article's URLs from its decision until its line is durable and committed.

    The URLs are its own and its canonical one. In a store that is not shared nothing is claimed.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self.run: int | None = None
        """The run's number in the store."""
        self._uses: Counter[str] = Counter()
        self._done: list[StoreEntry] = []

    @property
    def held(self) -> bool:
        """Tell whether anything is claimed."""
        return bool(self._uses)

    async def hold(self, entry: StoreEntry, is_ending: Callable[[], bool] = lambda: False) -> bool:
        """Claim an article; wait where another run has it. Return whether it is held: if not, skip it.

        A crawl that ``is_ending`` does not wait longer than a claim usually lasts.

        Raises `newscrawl.exceptions.StoreError`, and `OSError` where an output that a kill left open cannot be
        finished.
        """
        if self.run is None or not self.store.is_shared:
            return True
        pause, waited, look = 0.05, 0.0, _LOOK / 2
        while not self._take(entry):
            if waited >= LONGEST_WAIT or (waited >= _LOOK and is_ending()):
                return False
            if waited >= look:
                from newscrawl.output.recovery import finish_left_open

                finish_left_open(self.store)
                look = waited + _LOOK
            await asyncio.sleep(pause)
            waited += pause
            pause = min(pause * 1.5, 1.0)
        return True

    def _take(self, entry: StoreEntry) -> bool:
        keys = _keys(entry)
        wanted = {key for key in keys if not self._uses[key]}
        if wanted and not (self.run is not None and self.store.claims.take(self.run, wanted)):
            return False
        self._uses.update(keys)
        return True

    def done(self, entry: StoreEntry) -> None:
        """Register that no line of an article will be written; its claims are released with the next commit."""
        if self._uses:
            self._done.append(entry)

    def given_back(self, written: Iterable[StoreEntry]) -> set[str]:
        """Return the URLs to release in the transaction that commits ``written``."""
        if not self._uses:
            return set()
        keys = [key for entry in (*written, *self._done) for key in _keys(entry)]
        self._done.clear()
        self._uses.subtract(keys)
        free = {key for key in keys if self._uses[key] <= 0}
        for key in free:
            del self._uses[key]
        return free


def _keys(entry: StoreEntry) -> set[str]:
    return {entry.key} | ({entry.canonical} if entry.canonical is not None else set())
