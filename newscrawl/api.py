"""The library: pages and texts to articles, without a crawl."""

from __future__ import annotations

from typing import Any

from newscrawl.dates import parse_date
from newscrawl.extraction import Document
from newscrawl.extraction.complete import complete_article
from newscrawl.items import Article

__all__ = ["clean_document", "clean_html", "clean_text", "parse_date"]


def clean_html(
    page: str | bytes,
    *,
    url: str = "",
    content_type: str | None = None,
    fetched_at: str | None = None,
) -> Article:
    """Return the article of an HTML page, as `scrapy crawl` would write it.

    ``page``: the page as fetched; the encoding of bytes is detected (``content_type``, the header's value, helps).
    ``url`` makes URLs in the page absolute and hints at its country. ``fetched_at`` (ISO 8601) is the reference of "2
    hours ago", and no date lies after it. Where the page is not an article, ``not_article`` holds the reason. Never
    raises on any content of a page.

    >>> page = '''<html lang="en"><head><meta property="article:published_time" content="2024-05-03T08:30:00+01:00">
    ... </head><body><article><h1>Ferry sails again</h1>
    ... <p>The ferry of Wexmouth sails again, the council said on Friday after long months of repairs.</p>
    ... <div class="newsletter"><p>Sign up for our daily newsletter</p><input type="email"></div>
    ... <p>The first crossing leaves on Monday at six in the morning, and tickets are free all week.</p>
    ... <p>Fishermen had asked for it since the bridge was closed to lorries in the spring of last year.</p>
    ... </article></body></html>'''
    >>> article = clean_html(page, url="https://wexmouth-gazette.example/ferry")
    >>> article.headline, article.date_published, len(article.blocks)
    ('Ferry sails again', '2024-05-03T08:30:00+01:00', 3)
    >>> [(removal["kind"], removal["before"]) for removal in article.removed]
    [('newsletter', 1)]
    """
    if isinstance(page, str):
        page, content_type = page.encode("utf-8", "replace"), "text/html; charset=utf-8"
    return clean_document(Document(url=url, body=page, content_type=content_type, fetched_at=fetched_at))


def clean_text(
    text: str,
    *,
    url: str = "",
    headline: str | None = None,
    language: str | None = None,
    date_published: str | None = None,
    fetched_at: str | None = None,
    markdown: bool = False,
) -> Article:
    """Return the article of a text that was extracted elsewhere, with the remaining widgets removed.

    Known facts (``headline``, ``language`` as BCP 47, ``date_published`` in any form) take precedence over those in the
    text. ``markdown``: the text is Markdown. Never raises on any content of a text.

    >>> text = '''The ferry of Wexmouth sails again, the council said on Friday after months of repairs.
    ...
    ... READ MORE: Bridge closed to lorries
    ...
    ... The first crossing leaves on Monday at six in the morning, and tickets are free all week.'''
    >>> article = clean_text(text, language="en", date_published="3 May 2024")
    >>> len(article.blocks), article.date_published
    (2, '2024-05-03')
    >>> [removal["text"] for removal in article.removed]
    ['READ MORE: Bridge closed to lorries']
    """
    known: dict[str, Any] = {"headline": headline, "in_language": language, "date_published": date_published}
    return clean_document(
        Document(
            url=url,
            body=text.encode("utf-8", "replace"),
            media="markdown" if markdown else "text",
            content_type="text/plain; charset=utf-8",
            fetched_at=fetched_at,
            facts={name: value for name, value in known.items() if value is not None},
        )
    )


def clean_document(document: Document) -> Article:
    """Return the article of a document after all steps of a crawl: extraction, text, dates, check."""
    return complete_article(document)
