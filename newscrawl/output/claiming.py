"""The claims that a crawl holds in a store which several programs share."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable

from newscrawl.store.entry import StoreEntry
from newscrawl.store.store import Store

PATIENCE = 90.0
"""Seconds that another run's claim is waited for: longer than a claim is good for."""
_LOOK = 5.0
"""Seconds between two looks whether the other run was killed on this machine."""


class Claiming:
    """Holds an article's addresses from its decision until its line is durable and remembered.

    The addresses are its own and the one it names as canonical. In a store that is not shared nothing is claimed.
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
        """Claim an article; where another run has it, wait. Tell whether it is held: if not, leave it alone.

        A crawl that ``is_ending`` does not wait longer than a claim usually takes.

        Raises `newscrawl.exceptions.StoreError`, and `OSError` where what a kill left cannot be finished.
        """
        if self.run is None or not self.store.is_shared:
            return True
        pause, waited, look = 0.05, 0.0, _LOOK / 2
        while not self._take(entry):
            if waited >= PATIENCE or (waited >= _LOOK and is_ending()):
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
        """Hear that no line of an article is to come; its claims are given back with the next commit."""
        if self._uses:
            self._done.append(entry)

    def given_back(self, written: Iterable[StoreEntry]) -> set[str]:
        """Return the addresses to be given back in the transaction that remembers ``written``."""
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
