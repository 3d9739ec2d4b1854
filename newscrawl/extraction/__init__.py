"""Documents to articles: values in, values out."""

from __future__ import annotations

import gc

from newscrawl.extraction.document import Document, Extraction, Media

__all__ = ["Document", "Extraction", "Media", "extract"]


def extract(document: Document) -> Extraction:
    """Return the article of a document and its cleaned body; never raises on what a document holds.

    The collector of cycles is paused meanwhile, where it runs: a page makes tens of thousands of objects that are freed
    without it, and with Python's own thresholds it would look at each of them up to three times.
    """
    collects = gc.isenabled()
    try:
        gc.disable()
        return _extract(document)
    finally:
        if collects:
            gc.enable()


def _extract(document: Document) -> Extraction:
    if document.media == "html":
        from newscrawl.extraction.article import extract_html

        return extract_html(document)
    from newscrawl.extraction.plain_text.document import read_text

    return read_text(document)
