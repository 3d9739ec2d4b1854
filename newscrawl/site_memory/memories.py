"""The memories of all sites of a crawl: those in use, the rest as bytes, and a store behind them where there is one."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Protocol

from newscrawl.site_memory.codec import dumps, loads
from newscrawl.site_memory.memory import SiteMemory
from newscrawl.site_memory.pieces import MemoryPiece, hashed, title_words
from newscrawl.site_memory.view import SiteView
from newscrawl.urls.site import page_key, site_of

logger = logging.getLogger(__name__)

IN_USE = 256
"""Sites whose memory is open: at most 64 pages each, some 0.2 to 0.4 MB."""
AT_REST = 2000
"""Sites remembered as bytes without a store, some 25 kB each."""
SAVE_EVERY = 16


class MemoryStore(Protocol):
    """Where the memories of sites are kept between runs: bytes by site, nothing more."""

    def load_memory(self, site: str) -> bytes | None:
        """Return what was saved last for ``site``."""

    def save_memories(self, saved: Mapping[str, bytes]) -> None:
        """Replace the data of each site."""


class BoundedStore:
    """A `MemoryStore` in this process that forgets the sites not met for longest."""

    def __init__(self, most: int = AT_REST) -> None:
        self.most = most
        self._saved: OrderedDict[str, bytes] = OrderedDict()

    def load_memory(self, site: str) -> bytes | None:
        """Return what was saved last for ``site``."""
        return self._saved.get(site)

    def save_memories(self, saved: Mapping[str, bytes]) -> None:
        """Keep the data of each site."""
        for site, data in saved.items():
            self._saved[site] = data
            self._saved.move_to_end(site)
        while len(self._saved) > self.most:
            self._saved.popitem(last=False)


class SiteMemories:
    """Memories of sites by the URLs of their pages.

    What a page is judged by is what was learned before it is done, in the order in which pages get done: which of a
    site's pages are its first three depends on that order, and with several workers on their timing. From the fourth
    on it makes no difference to boilerplate that all pages have. Sites do not depend on each other at all.
    """

    def __init__(self, store: MemoryStore | None = None, *, in_use: int = IN_USE) -> None:
        self.store: MemoryStore = store or BoundedStore()
        self._outlives = store is not None
        self.in_use = in_use
        self._open: OrderedDict[str, SiteMemory] = OrderedDict()
        self._unsaved: dict[str, int] = {}

    def view(self, url: str) -> SiteView | None:
        """Return what the page ``url`` is judged by; ``None`` where it belongs to no site."""
        site = site_of(url)
        return self._memory(site).view(_key(url)) if site else None

    def learn(self, url: str, headline: str | None, pieces: Iterable[MemoryPiece]) -> None:
        """Remember an article's pieces."""
        site = site_of(url)
        if not site:
            return
        self._memory(site).learn(_key(url), title_words(headline), pieces)
        self._unsaved[site] = self._unsaved.get(site, 0) + 1
        if self._unsaved[site] >= SAVE_EVERY and not isinstance(self.store, BoundedStore):
            self._save([site])

    def close(self) -> None:
        """Save what was not saved yet, where anybody can read it afterwards."""
        if self._outlives:
            self._save(list(self._unsaved))

    def _memory(self, site: str) -> SiteMemory:
        memory = self._open.get(site)
        if memory is None:
            memory = self._open[site] = self._load(site)
            if len(self._open) > self.in_use:
                oldest = next(iter(self._open))
                self._save([oldest])
                del self._open[oldest]
        self._open.move_to_end(site)
        return memory

    def _load(self, site: str) -> SiteMemory:
        data = self.store.load_memory(site)
        if data is None:
            return SiteMemory()
        try:
            return loads(data)
        except ValueError as error:
            logger.warning("the memory of %s cannot be read and is learned again: %s", site, error)
            return SiteMemory()

    def _save(self, sites: Iterable[str]) -> None:
        if saved := {site: dumps(self._open[site]) for site in sites if self._unsaved.pop(site, 0)}:
            self.store.save_memories(saved)


@lru_cache(maxsize=256)
def _key(url: str) -> int:
    return hashed(page_key(url))
