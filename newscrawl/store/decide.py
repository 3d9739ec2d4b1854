"""New, changed or unchanged: what an article is to those who have its earlier versions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, Protocol

from newscrawl.items import Changes
from newscrawl.store.changes import changes_between, our_doing
from newscrawl.store.entry import StoreEntry
from newscrawl.store.lines import Lines, only_moved
from newscrawl.store.similarity import Sketch, is_copy

if TYPE_CHECKING:
    from newscrawl.store.store import Store

Kind = Literal["new", "changed", "unchanged"]


class Earlier(Protocol):
    """An earlier version: of the store, or of a line that is not durable yet."""

    @property
    def key(self) -> str:
        """The canonical form of its URL."""

    @property
    def article(self) -> int | None:
        """The article's number in the store."""

    @property
    def version(self) -> int:
        """Its newest version."""

    @property
    def content_hash(self) -> str | None:
        """The hash of its text."""

    @property
    def headline(self) -> str | None:
        """Its headline."""

    @property
    def lines(self) -> Lines:
        """Its lines."""

    @property
    def sketch(self) -> Sketch:
        """Its sketch."""


@dataclass(frozen=True, slots=True)
class StoreDecision:
    """What is to become of an article: ``entry`` as it is to be written, unless it is unchanged."""

    kind: Kind
    entry: StoreEntry
    changes: Changes | None = None
    """What differs from the version before, where that is known."""


class Undecided(Protocol):
    """Lines that are decided on and not durable yet, looked up as the store is."""

    def find(self, key: str) -> StoreEntry | None:
        """Return the newest entry of a canonical URL."""

    def copied_by(self, entry: StoreEntry) -> str | None:
        """Return the URL of an entry that ``entry`` copies."""


def decide(entry: StoreEntry, store: Store, waiting: Undecided) -> StoreDecision:
    """Decide on an article by what the store knows and by what is about to be written."""
    if not store.enabled:
        return StoreDecision("new", entry.as_version(1))
    earlier = _earlier(entry, store, waiting)
    if earlier is not None:
        kind = compare(entry, earlier)
        is_old_capture = kind == "changed" and _is_old_capture(entry, earlier, store)
        if kind == "unchanged" or is_old_capture:
            return StoreDecision("unchanged", entry.as_version(earlier.version, earlier.article))
        changed = entry.as_version(earlier.version + 1, earlier.article)
        changed = changed.as_version(changed.version, changed.article, _copied(changed, store, waiting))
        return StoreDecision("changed", *_compared(changed, earlier, store))
    return StoreDecision("new", entry.as_version(1, None, _copied(entry, store, waiting)))


def compare(entry: StoreEntry, earlier: Earlier) -> Kind:
    """Tell whether the publisher changed the text; blocks that our rules now remove, or no longer do, are no change."""
    if entry.content_hash == earlier.content_hash or only_moved(earlier.lines, entry.lines):
        return "unchanged"
    return "changed"


def _earlier(entry: StoreEntry, store: Store, waiting: Undecided) -> Earlier | None:
    """Return the earlier version: at the same URL, or at one that shares its canonical URL with this one.

    The page's word is taken only where the texts resemble each other or have one headline: many pages name a section
    as their canonical URL, or another article.
    """
    known = store.articles.find(entry.key)
    found: list[Earlier | None] = [waiting.find(entry.key), known if known and known.article is not None else None]
    for other in found:
        if other is not None and (other is known or other.key == entry.key or _is_same(entry, other)):
            return other
    named = entry.canonical or entry.key  # it was read under another URL, and this is its canonical one
    if named == entry.key:  # which was looked up above
        other = found[0] or store.articles.find_named(named)
    else:
        other = waiting.find(named) or store.articles.find_by_canonical(named)
    return other if other is not None and _is_same(entry, other) else None


def _is_same(entry: StoreEntry, other: Earlier) -> bool:
    if other.content_hash == entry.content_hash or is_copy(entry.sketch, other.sketch):
        return True
    return other.headline is not None and other.headline == entry.headline


def _is_old_capture(entry: StoreEntry, earlier: Earlier, store: Store) -> bool:
    """Tell whether this is an old version met again, as when an archive is read once more."""
    if entry.fetched is None or earlier.article is None:
        return False
    fetched = getattr(earlier, "last_fetched", None)
    is_older = fetched is not None and entry.fetched <= fetched
    return is_older and store.articles.has_version(earlier.article, entry.content_hash)


def _copied(entry: StoreEntry, store: Store, waiting: Undecided) -> str | None:
    return store.articles.copied_by(entry) or waiting.copied_by(entry)


def _compared(entry: StoreEntry, earlier: Earlier, store: Store) -> tuple[StoreEntry, Changes | None]:
    """Return the entry, and what differs from the earlier version, where the store keeps texts and has that one."""
    if not store.texts.are_kept or entry.text is None:
        return entry, None
    text = earlier.text if isinstance(earlier, StoreEntry) else None
    if text is None and earlier.article is not None:
        kept = store.texts.newest(earlier.article)
        text = kept[1] if kept is not None and kept[0] == earlier.version else None
    if text is None:
        return entry, None
    versions = text, entry.text, earlier.lines, entry.lines
    return replace(entry, text=replace(entry.text, ours=our_doing(*versions))), changes_between(*versions)
