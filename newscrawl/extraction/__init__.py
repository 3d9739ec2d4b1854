"""Documents to articles: values in, values out."""

from __future__ import annotations

import gc
from typing import Final

from newscrawl.extraction.document import Document, Extraction, Media

_OFTEN: Final = 10_000
"""Objects more, after which a collector of cycles comes often: Python's own comes after 700 or 2,000."""

__all__ = ["Document", "Extraction", "Media", "extract"]


def extract(document: Document) -> Extraction:
    """Return the article of a document and its cleaned body; never raises on what a document holds.

    The collector of cycles is paused meanwhile, where it comes often: a page makes tens of thousands of objects that
    are freed without it, and with Python's own thresholds it would look at each of them up to three times. Where it
    comes seldom, as in a crawl, it would only come after the page instead, and hold up the event loop.
    """
    if not gc.isenabled() or gc.get_threshold()[0] > _OFTEN:
        return _extract(document)
    try:
        gc.disable()
        return _extract(document)
    finally:
        gc.enable()


def _extract(document: Document) -> Extraction:
    if document.media == "html":
        from newscrawl.extraction.article import extract_html

        return extract_html(document)
    from newscrawl.extraction.plain_text.document import read_text

    return read_text(document)
