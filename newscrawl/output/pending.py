"""Articles decided on but not durable yet; look-ups treat them as known."""

from __future__ import annotations

from collections.abc import Iterator

from newscrawl.store.entry import StoreEntry
from newscrawl.store.similarity import is_copy


class Waiting:
    """Entries decided on and not committed yet, by canonical URL and by sketch."""

    def __init__(self) -> None:
        self._by_key: dict[str, list[StoreEntry]] = {}
        self._by_sketch: dict[int, list[StoreEntry]] = {}

    def __len__(self) -> int:
        return sum(map(len, self._by_key.values()))

    def add(self, entry: StoreEntry) -> None:
        """Add an entry."""
        for key in _keys(entry):
            self._by_key.setdefault(key, []).append(entry)
        for number in entry.sketch.keys:
            self._by_sketch.setdefault(number, []).append(entry)

    def remove(self, entry: StoreEntry) -> None:
        """Remove an entry."""
        for key in _keys(entry):
            _take(self._by_key, key, entry)
        for number in entry.sketch.keys:
            _take(self._by_sketch, number, entry)

    def find(self, key: str) -> StoreEntry | None:
        """Return the newest version under a canonical URL."""
        found = self._by_key.get(key)
        return max(found, key=lambda entry: entry.version) if found else None

    def copied_by(self, entry: StoreEntry) -> str | None:
        """Return the URL of an entry of another article that ``entry`` copies."""
        for number in entry.sketch.keys:
            for other in self._by_sketch.get(number, ()):
                if other.key != entry.key and is_copy(entry.sketch, other.sketch):
                    return other.duplicate_of or other.url
        return None


def _keys(entry: StoreEntry) -> Iterator[str]:
    yield entry.key
    if entry.canonical is not None and entry.canonical != entry.key:
        yield entry.canonical


def _take(index: dict, key: object, entry: StoreEntry) -> None:  # type: ignore[type-arg]
    found = index.get(key, [])
    found[:] = [other for other in found if other is not entry]
    if not found:
        index.pop(key, None)
