"""Pages of entries: archives, categories and blogs' front pages, whose body is many articles' beginnings."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.html import HtmlElement

from newscrawl.parsing.structured import StructuredData
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
_HEAD = 60


def is_archive(tree: HtmlElement, data: StructuredData, blocks: list[str]) -> bool:
    """Tell whether the body is put together from several entries, each under a linked headline of its own."""
    if data.article is not None or "article" in (data.first("og:type") or "").lower():
        return False
    body = tree.find("body")
    if body is None:
        return False
    names = frozenset(name_tokens(body.get("class") or ""))
    if names & _SINGLE:
        return False
    heads = {collapse(block)[:_HEAD]: len(block) for block in blocks}
    sizes = []
    for entry in _entries(body):
        text = collapse(entry.text_content())
        size = sum(size for head, size in heads.items() if head in text)
        if size:
            sizes.append(size)
    least = _LEAST if names & _ARCHIVES else _BARE
    return len(sizes) >= least and max(sizes) <= _LARGEST_SHARE * sum(sizes)


def _entries(body: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the innermost elements called an entry whose headline is a link."""
    for element in body.iter("article", "div", "li", "section"):
        if element.tag != "article" and _NAMES.isdisjoint((element.get("class") or "").lower().split()):
            continue
        heading = next(element.iter(*_HEADINGS), None)
        if heading is None:
            continue
        link = heading if heading.getparent().tag == "a" else next(heading.iter("a"), None)
        if link is not None and next(element.iterdescendants("article"), None) is None:
            yield element
