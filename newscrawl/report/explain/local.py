"""Explanations of documents on this machine, after all steps that a crawl takes."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from newscrawl.extraction import Document, extract
from newscrawl.extraction.complete import finish
from newscrawl.extraction.confidence import doubts_of
from newscrawl.report.explain.model import Explanation
from newscrawl.report.explain.pieces import pieces_of


def explain(document: Document) -> Explanation:
    """Return the explanation of a document."""
    found = extract(document)
    record = asdict(finish(found.article))
    return Explanation(record, pieces_of(document, record["removed"]), doubts_of(found.signals))


def recorded(record: dict[str, Any]) -> Explanation:
    """Return the explanation of a line of output, which says all that can be said without the page."""
    return Explanation(record)
