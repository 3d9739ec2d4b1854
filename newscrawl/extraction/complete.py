"""The one way for an article: a document in, its complete record out.

Middleware, library, add-on and reports are adapters around this function or one of its stages: `extract` (parse,
segment, score, assemble, strip the text, settle the dates), `complete` (the record's form).
"""

from __future__ import annotations

from dataclasses import replace

from newscrawl.extraction import Document, extract
from newscrawl.items import Article
from newscrawl.record.completion import complete


def complete_article(document: Document) -> Article:
    """Return the record of a document, as a crawl without store and site memory would write it; never raises."""
    return finish(extract(replace(document, article_only=True)).article)  # nobody is given the clean page


def finish(article: Article) -> Article:
    """Bring an extracted article into the record's form, in place; return it."""
    complete(article)
    if not article.blocks and article.not_article is None:
        article.not_article = "no text"
    return article
