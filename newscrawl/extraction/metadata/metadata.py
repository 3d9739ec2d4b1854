"""Everything about an article but its body and its dates, put together."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from newscrawl.extraction.metadata.accessible import is_accessible_for_free
from newscrawl.extraction.metadata.canonical import canonical_url
from newscrawl.extraction.metadata.description import description
from newscrawl.extraction.metadata.headline import headline
from newscrawl.extraction.metadata.images import images
from newscrawl.extraction.metadata.keywords import keywords
from newscrawl.extraction.metadata.language import declared, normalise
from newscrawl.extraction.metadata.publisher import publisher, site_names
from newscrawl.extraction.metadata.rights import from_page
from newscrawl.extraction.metadata.section import article_section
from newscrawl.extraction.metadata.titles import tidy
from newscrawl.items import Image, Right
from newscrawl.parsing.structured import StructuredData
from newscrawl.parsing.tree import Element, text_of


@dataclass(slots=True)
class Metadata:
    """The fields of `newscrawl.items.Article` that the page's head and boilerplate give; meanings as there.

    ``description`` is the page's own; a standfirst set apart in the body is the body extraction's to find.
    """

    canonical_url: str | None = None
    headline: str | None = None
    description: str | None = None
    publisher: str | None = None
    article_section: str | None = None
    keywords: list[str] = field(default_factory=list)
    in_language: str | None = None
    images: list[Image] = field(default_factory=list)
    is_accessible_for_free: bool | None = None
    rights: list[Right] = field(default_factory=list)
    site_names: list[str] = field(default_factory=list)
    """The names that may stand beside a title as the site's; no field of the article."""


def describe(
    tree: Element,
    data: StructuredData,
    url: str,
    *,
    facts: dict[str, Any],
    final_url: str | None,
    source_text: str | None = None,
) -> Metadata:
    """Return a page's metadata; the tree is left as it is. Never raises on a page's content.

    ``url`` is the URL requested, ``final_url`` where redirects led. ``facts`` (a feed's or row's ``headline`` and
    ``in_language``) fill what the page does not say. ``source_text``: the page's markup, if it is at hand.
    ``in_language`` is as declared: see `language.check`.
    """
    page = final_url or url
    names = site_names(data, page)
    house = publisher(data, tidy(next((text_of(e) for e in tree.iter("title")), "")), page)
    title = headline(tree, data, names, page) or tidy(facts.get("headline")) or None
    return Metadata(
        canonical_url=canonical_url(tree, data, url, final_url),
        headline=title,
        description=description(data, title, names),
        publisher=house,
        article_section=article_section(data, names),
        keywords=keywords(data),
        in_language=declared(tree, data) or normalise(facts.get("in_language")),
        images=images(tree, data, page),
        is_accessible_for_free=is_accessible_for_free(tree, data, source_text),
        rights=from_page(data),
        site_names=names,
    )
