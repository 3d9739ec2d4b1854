"""Documents to articles: values in, values out."""

from __future__ import annotations

from newscrawl.extraction.document import Document, Extraction, Media

__all__ = ["Document", "Extraction", "Media", "extract"]


def extract(document: Document) -> Extraction:
    """Return the article of a document and its cleaned body; never raises on what a document holds."""
    if document.media == "html":
        from newscrawl.extraction.article import extract_html

        return extract_html(document)
    from newscrawl.extraction.plain_text.document import read_text

    return read_text(document)
