"""Pages of entries: archives, categories and blogs' front pages, whose body is many articles' beginnings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newscrawl.parsing.structured import StructuredData
from newscrawl.parsing.tree import Element, text_of
from newscrawl.text.normalise import collapse
from newscrawl.widgets.markup import name_tokens

_HEADINGS = ("h1", "h2", "h3", "h4")
_ARCHIVES = frozenset(("archive", "category", "tag", "search", "blog"))
_SINGLE = frozenset(("single", "singular", "postid"))
_NAMES = frozenset(("hentry", "post", "entry"))
_LEAST = 3
_BARE = 5
"""Entries from which a page without a telling name is an archive."""
_LARGEST_SHARE = 0.5
_TEASER = 200
_ALL = 0.9
"""Characters of a teaser at most, and the share of the body that teasers in a list make up where it is no text."""
_HEAD = 60


def is_archive(tree: Element, data: StructuredData, blocks: list[str]) -> bool:
    """Tell whether the body is put together from several entries or teasers, each under a linked headline."""
    if data.article is not None or "article" in (data.first("og:type") or "").lower():
        return False
    body = tree.find("body")
    if body is None:
        return False
    names = frozenset(name_tokens(body.get("class") or ""))
    if names & _SINGLE:
        return False
    heads = {collapse(block)[:_HEAD]: len(block) for block in blocks}
    sizes = _sizes(_entries(body), heads)
    least = _LEAST if names & _ARCHIVES else _BARE
    if len(sizes) >= least and max(sizes) <= _LARGEST_SHARE * sum(sizes):
        return True
    teasers = _sizes(_teasers(body), heads)
    return len(teasers) >= _BARE and max(teasers) <= _TEASER and sum(teasers) >= _ALL * sum(heads.values())


def _sizes(entries: Iterable[Element], heads: dict[str, int]) -> list[int]:
    """Return the characters of the body in each entry that has some; ``heads``: a block's size by its beginning."""
    texts = (collapse(text_of(entry)) for entry in entries)
    sizes = (sum(size for head, size in heads.items() if head in text) for text in texts)
    return [size for size in sizes if size]


def _entries(body: Element) -> Iterator[Element]:
    """Yield the innermost elements called an entry whose headline is a link."""
    for element in body.iter("article", "div", "li", "section"):
        if element.tag != "article" and not _is_entry((element.get("class") or "").lower()):
            continue
        if _has_linked_headline(element) and next(element.iterdescendants("article"), None) is None:
            yield element


def _is_entry(names: str) -> bool:
    """Tell whether one of an element's names is an entry's; few have a part of one."""
    return ("entry" in names or "post" in names) and not _NAMES.isdisjoint(names.split())


def _teasers(body: Element) -> list[Element]:
    """Return the items of lists whose headline is a link."""
    found: dict[Element, bool] = {}
    for heading in body.iter(*_HEADINGS):  # fewer than items
        for item in heading.iterancestors("li"):
            if item in found:
                break
            found[item] = _is_linked(heading)
    return [item for item, linked in found.items() if linked]


def _has_linked_headline(entry: Element) -> bool:
    heading = next(entry.iter(*_HEADINGS), None)
    return heading is not None and _is_linked(heading)


def _is_linked(heading: Element) -> bool:
    parent = heading.getparent()
    return (parent is not None and parent.tag == "a") or next(heading.iter("a"), None) is not None
