"""Several pages of one article put together to one."""

from __future__ import annotations

from newscrawl.items import Article
from newscrawl.text.normalise import caseless_words

_LONG = 40
_NEW = 0.2
"""Share of a page's text that has to be new: below it, the page is the one before again."""
_NO_PAGE = frozenset(("block_page", "consent_wall", "soft_404", "login", "search_results", "section_front", "empty"))


def follows(first: Article, page: Article) -> bool:
    """Tell whether ``page`` goes on with the article ``first``: the same headline or canonical URL, and new text.

    A headline may have the number of its page behind it.
    """
    if page.not_article in _NO_PAGE or not page.blocks:
        return False
    canonical = first.canonical_url or first.url
    if not _same_headline(first.headline, page.headline) and page.canonical_url != canonical:
        return False
    seen = {block["text"] for block in first.blocks}
    size = sum(len(block["text"]) for block in page.blocks)
    new = sum(len(block["text"]) for block in page.blocks if block["text"] not in seen)
    return new >= _NEW * size


def _same_headline(one: str | None, other: str | None) -> bool:
    a, b = (caseless_words((text or "")[:500]) for text in (one, other))
    if len(a) > len(b):
        a, b = b, a
    if not a or b[: len(a)] != a:
        return False
    rest = b[len(a) :]
    return not rest or (len(rest) <= 4 and len(a) > 1 and any(word.isdecimal() for word in rest))


def _texts(article: Article) -> set[str]:
    return {block["text"] for block in article.blocks if len(block["text"]) >= _LONG}


def join(first: Article, page: Article) -> None:
    """Put the text, pictures and removals of ``page`` behind those of ``first``, in place.

    A paragraph of some length that ``first`` has already (a standfirst on each page) and the headline are not put in
    twice. Removals point to the joined blocks. What only one of the two knows (authors, keywords, dates) is kept.
    """
    seen = _texts(first)
    start = len(first.blocks)
    places: list[int] = []
    kept: list[bool] = []
    for block in page.blocks:
        places.append(len(first.blocks))
        again = block["text"] in seen or (block["type"] == "heading" and block["text"] == first.headline)
        kept.append(not again)
        if not again:
            first.blocks.append(block)
    places.append(len(first.blocks))
    for removal in page.removed:
        before = min(max(removal["before"], 0), len(page.blocks))
        removal = {**removal, "before": places[before]}
        if removal["split"] and (before >= len(kept) or not kept[before]):
            removal["split"], removal["offset"] = False, None
        first.removed.append(removal)
    if start < len(first.blocks):
        first.article_body = "\n".join(block["text"] for block in first.blocks)
    if first.confidence is not None and page.confidence is not None:
        first.confidence = min(first.confidence, page.confidence)  # as sure as of the page that is least so
    known = {image["url"] for image in first.images}
    first.images += [image for image in page.images if image["url"] not in known]
    first.rights += [right for right in page.rights if right not in first.rights]
    first.authors = first.authors or page.authors
    first.author_organizations = first.author_organizations or page.author_organizations
    first.keywords = first.keywords or page.keywords
    first.source = first.source or page.source
    if not any(first.date_evidence.values()):
        first.date_published, first.date_modified = page.date_published, page.date_modified
        first.date_evidence = page.date_evidence
