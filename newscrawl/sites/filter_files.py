"""The operator's filter lists, ready for a host."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from newscrawl.sites.filter_list import FilterList, parse_filter_list
from newscrawl.sites.selectors import SelectorIndex


@lru_cache(maxsize=8)
def read_filter_list(path: str, changed: int) -> FilterList:
    """Return the list in a file, read once a process; ``changed``, its time of change, is part of the cache's key.

    A file that cannot be read is an empty list: that it can was checked before the crawl.
    """
    try:
        text = Path(path).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return FilterList()
    return parse_filter_list(text, Path(path).stem)


@lru_cache(maxsize=8)
def general_index(path: str, changed: int) -> SelectorIndex:
    """Return the rules for all hosts."""
    return SelectorIndex(read_filter_list(path, changed).general)


@lru_cache(maxsize=256)
def host_index(path: str, changed: int, host: str) -> tuple[SelectorIndex | None, frozenset[str]]:
    """Return the rules for a host and those above it, and the selectors of which it is spared."""
    filters = read_filter_list(path, changed)
    own = [rule for name in suffixes(host) for rule in filters.by_host.get(name, ())]
    spared: set[str] = set().union(*(filters.spared.get(name, ()) for name in suffixes(host)))
    return (SelectorIndex(own) if own else None), frozenset(spared)


def suffixes(host: str) -> Iterator[str]:
    """Yield a host and those above it.

    >>> list(suffixes("news.example.co.uk"))
    ['news.example.co.uk', 'example.co.uk', 'co.uk']
    """
    parts = host.split(".")
    for start in range(max(len(parts) - 1, 1)):
        yield ".".join(parts[start:])
