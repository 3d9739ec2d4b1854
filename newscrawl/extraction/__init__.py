"""HTML to article: values in, values out."""

from __future__ import annotations

from newscrawl.extraction.document import Document, Extraction
from newscrawl.extraction.encoding import decode
from newscrawl.items import Article, Block

__all__ = ["Document", "Extraction", "extract"]


def extract(document: Document) -> Extraction:
    """Return the article of a document and its cleaned body (a placeholder for the real pass)."""
    import trafilatura

    text, _ = decode(document.body, document.content_type)
    if document.media == "html":
        text = trafilatura.extract(text, include_comments=False, include_tables=False) or "" if text.strip() else ""
    blocks = [Block(type="paragraph", text=line, time=None) for line in text.splitlines() if line.strip()]
    article = Article(url=document.url, blocks=blocks, fetched_at=document.fetched_at)
    article.headline = document.facts.get("headline")
    if not blocks:
        article.not_article = "no text"
    return Extraction(article, text.encode("utf-8", "replace"))
