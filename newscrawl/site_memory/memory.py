"""The memory of one site: the pieces of its recent pages, and which of them are its boilerplate.

A piece that stands on many pages of a site is boilerplate, whatever its words, its markup and its language. Against it
speak: few pages; a small share of the site's pages (disclaimers, datelines, the paragraph that each report on one
affair repeats); pages that are the same article fetched, published or brought up to date twice, which count as one;
and being short and alone, as the headings of an article are.

The same whole body under several unlike headlines is nobody's: a list of teasers or a notice that was taken for the
article. It is known as such from its third headline on.

Times are counted in pages of the site, not by a clock. Only the latest `PAGES` pages count, so that a site that
changes is learned again; what was boilerplate is known for `KEPT_FOR` pages more, for archives that are read again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from typing import Final

from newscrawl.site_memory.pieces import MOST_PIECES, MemoryPiece, distinct
from newscrawl.site_memory.view import SiteView, Standing

PAGES: Final = 64
KEPT_FOR: Final = 2000
MOST_KNOWN: Final = 256
MOST_KEYS: Final = 8
ENOUGH: Final = 3
"""Minimum of pages before anything is removed."""
YOUNG: Final = 10
"""Below so many pages a site's share must be `YOUNG_SHARE`, from then on `SHARE`."""
YOUNG_SHARE: Final = 0.75
SHARE: Final = 0.6
NEW_PAGES: Final = 8
NEW_SHARE: Final = 0.85
"""A piece that came with a change of the site: on so many pages, nearly all of those since it came (until it went)."""
LINKED_PAGES: Final = 5
LINKED_SHARE: Final = 0.3
"""A piece with a link in it, which paragraphs that are repeated for the reader's sake rarely have."""
LABEL_SHARE: Final = 0.8
LINE_PAGES: Final = 5
LINE_SIZE: Final = 14
"""Pages, or letters, from which a short piece that is on nearly all pages may be removed by itself."""
SHORT: Final = 24
"""Letters below which a piece is judged by its neighbours."""
SAME_ARTICLE: Final = 0.8
SAME_TITLE: Final = 0.4
LIKE_TITLE: Final = 0.5


@dataclass(slots=True, eq=False)
class PageRecord:
    """The pieces of one page by their fingerprints.

    ``keys``: the URLs under which it was met; ``others``: headlines unlike ``title`` and each other under which it was.
    """

    keys: list[int]
    title: frozenset[int]
    pieces: dict[int, MemoryPiece]
    others: list[frozenset[int]] = field(default_factory=list)
    counters: dict[int, MemoryPiece] = field(default_factory=dict)
    """Those with a number, by their fingerprints without it."""

    def __post_init__(self) -> None:
        """Sort out the counters."""
        self.counters = {p.loose: p for p in self.pieces.values() if p.loose}


class SiteMemory:
    """The memory of one site; see the module for what it holds and when it forgets."""

    def __init__(self) -> None:
        self.pages: list[PageRecord] = []
        self.known: dict[int, int] = {}
        """Fingerprint of what is boilerplate → number of the page on which it last stood."""
        self.count = 0
        """Pages ever learned."""
        self._counts: Counter[int] = Counter()
        self._often: set[int] = set()
        self._view: SiteView | None = None

    def view(self, key: int = 0) -> SiteView:
        """Return what is known without the page that has the URL ``key``, which is no evidence against itself."""
        others = [page for page in self.pages if key not in page.keys]
        if len(others) < len(self.pages):
            return self._judge(others)
        if self._view is None:
            self._view = self._judge(others)
        return self._view

    def _foreign(self) -> frozenset[int]:
        """Return the fingerprints of bodies under several headlines; a page's own is but one of these."""
        return frozenset(m for page in self.pages if len(page.others) + 1 >= ENOUGH for m in page.pieces)

    def learn(self, key: int, title: frozenset[int], pieces: Iterable[MemoryPiece]) -> None:
        """Remember a page. ``title``: `newscrawl.site_memory.pieces.title_words` of its headline."""
        record = PageRecord([key], title, {p.mark: p for p in distinct(pieces)})
        if not record.pieces:
            return
        same = self._same_article(record)
        if same is None:
            self.count += 1
        else:
            self._drop(same)
            more = list(same.pieces.items())[: MOST_PIECES - len(record.pieces)]
            keys = list(dict.fromkeys([*same.keys, key]))[-MOST_KEYS:]
            others = [*same.others, same.title] if _is_unlike(title, same) and key not in same.keys else same.others
            record = PageRecord(keys, title or same.title, dict(more) | record.pieces, others[-MOST_KEYS:])
        self.add(record)
        self._note(record)

    def add(self, record: PageRecord) -> None:
        """Put a page at the end of the recent ones, as it is."""
        self.pages.append(record)
        for mark in record.pieces:
            self._counts[mark] += 1
            if self._counts[mark] >= ENOUGH:
                self._often.add(mark)
        while len(self.pages) > PAGES:
            self._drop(self.pages[0])
        self._view = None

    def _drop(self, record: PageRecord) -> None:
        self.pages.remove(record)
        for mark in record.pieces:
            self._counts[mark] -= 1
            if self._counts[mark] < ENOUGH:
                self._often.discard(mark)
            if not self._counts[mark]:
                del self._counts[mark]

    def _same_article(self, record: PageRecord) -> PageRecord | None:
        """Return the page that this one is another version of, by what both have that is no boilerplate."""
        for page in self.pages:
            if record.keys[0] in page.keys:
                return page
        known = self.view().known
        own = {m: p.size for m, p in record.pieces.items() if known.get(m) is not Standing.BOILERPLATE}
        shared = own.keys() & self._counts.keys()
        mass = sum(own.values())
        best, best_share = None, 0.0
        for page in self.pages if shared else ():
            both = sum(own[mark] for mark in shared if mark in page.pieces)
            if both < SAME_TITLE * mass and both < SAME_TITLE * sum(p.size for p in page.pieces.values()):
                continue
            whole = sum(p.size for m, p in page.pieces.items() if known.get(m) is not Standing.BOILERPLATE)
            share = both / max(min(mass, whole), 1)
            if share > best_share and share >= (SAME_TITLE if _alike(page.title, record.title) else SAME_ARTICLE):
                best, best_share = page, share
        return best

    def _note(self, record: PageRecord) -> None:
        """Keep what stands as boilerplate in the long memory, and drop from it what proved not to be, or is old."""
        for mark in record.pieces.keys() & self.known.keys():
            self.known[mark] = self.count
        view = self.view()
        for mark, standing in view.known.items():
            if standing is Standing.BOILERPLATE:
                self.known.setdefault(mark, self.count)
        for mark in [m for m, at in self.known.items() if m not in view.known or self.count - at > KEPT_FOR]:
            del self.known[mark]
        if len(self.known) > MOST_KNOWN:
            for mark in sorted(self.known, key=self.known.__getitem__)[:-MOST_KNOWN]:
                del self.known[mark]

    def _judge(self, pages: list[PageRecord]) -> SiteView:
        known: dict[int, Standing] = {}
        loose: dict[int, Standing] = {}
        where = {m: [(i, page.pieces[m]) for i, page in enumerate(pages) if m in page.pieces] for m in self._often}
        if len(pages) >= ENOUGH:
            known = _standings(pages, where, self.known)
            counters: dict[int, list[tuple[int, MemoryPiece]]] = {}
            for i, page in enumerate(pages):
                for mark, piece in page.counters.items():
                    counters.setdefault(mark, []).append((i, piece))
            often = {m: at for m, at in counters.items() if len(at) >= LINE_PAGES}
            loose = {m: min(s, Standing.LINE) for m, s in _standings(pages, often, ()).items()}
        for mark in self.known:
            if len(where.get(mark, ())) < ENOUGH:
                known[mark] = Standing.BOILERPLATE
        return SiteView(known, loose, self._foreign())


def _standings(
    pages: list[PageRecord], where: dict[int, list[tuple[int, MemoryPiece]]], known: Container[int]
) -> dict[int, Standing]:
    """Standing of those pieces that have one; ``where``: on which pages each stands; ``known``: what had one."""
    found = {}
    for mark, at in where.items():
        if len(at) >= ENOUGH:
            linked = sum(piece.linked for _, piece in at) * 2 > len(at)
            standing = _standing(len(pages), [i for i, _ in at], at[0][1].size, linked, mark in known)
            if standing:
                found[mark] = standing
    return found


def _standing(total: int, at: list[int], size: int, linked: bool, known: bool) -> Standing | None:
    """Standing of a piece on the pages numbered ``at`` of ``total``; what is known only has to stand as dense."""
    times, span = len(at), at[-1] - at[0] + 1
    share = times / total
    is_new = times >= NEW_PAGES and times >= NEW_SHARE * span
    is_still = known and times >= (LINKED_SHARE if linked else SHARE) * span
    is_often = times >= ENOUGH and share >= (YOUNG_SHARE if total < YOUNG else SHARE)
    is_promo = linked and times >= LINKED_PAGES and share >= LINKED_SHARE
    if size >= SHORT and (is_often or is_new or is_promo or is_still):
        return Standing.BOILERPLATE
    if size < SHORT and times >= ENOUGH and share >= LABEL_SHARE:
        return Standing.LINE if times >= LINE_PAGES or size >= LINE_SIZE else Standing.LABEL
    if size < SHORT and (is_often or is_new):
        return Standing.COMPANION
    return None


def _is_unlike(title: frozenset[int], page: PageRecord) -> bool:
    """Tell whether a headline shares hardly a word with any under which a page was met."""
    known = [page.title, *page.others]
    return bool(title) and all(other and not _alike(title, other) for other in known)


def _alike(one: frozenset[int], other: frozenset[int]) -> bool:
    return bool(one and other) and len(one & other) >= LIKE_TITLE * min(len(one), len(other))
