"""The pieces of a page as fetched, each with its part, its place and the models' score."""

from __future__ import annotations

import math
from typing import Any

from newscrawl.extraction import Document
from newscrawl.extraction.article import read_page, score_page
from newscrawl.extraction.segments.elements import is_heading
from newscrawl.extraction.segments.model import Frame
from newscrawl.report.explain.model import Part, ReportPiece
from newscrawl.text.normalise import squeeze

_DEEP = 4
_NAME = 60


def pieces_of(document: Document, removed: list[dict[str, Any]]) -> list[ReportPiece]:
    """Return the pieces of an HTML page; none for a document of another kind."""
    if document.media != "html":
        return []
    page = score_page(read_page(document))
    indices = align([segment.text for segment in page.segments], removed)
    return [
        ReportPiece(
            segment.text,
            _part(role.value),
            place_of(segment.frame),
            1 / (1 + math.exp(-max(-30.0, min(30.0, float(logit))))),
            is_heading(segment),
            index,
        )
        for segment, logit, role, index in zip(page.segments, page.logits, page.roles, indices, strict=True)
    ]


def _part(value: str) -> Part:
    return value  # type: ignore[return-value]


def place_of(frame: Frame | None) -> str:
    """Return the innermost elements around a piece with their id or class: ``article > div#nl > p``."""
    steps: list[str] = []
    while frame is not None and len(steps) < _DEEP and frame.tag != "body":
        element = frame.element
        name = element.get("id") or ""
        step = f"{frame.tag}#{name}" if name else ".".join([frame.tag, *(element.get("class") or "").split()[:2]])
        steps.append(step[:_NAME])
        frame = frame.parent
    return " > ".join(reversed(steps)) or "body"


def align(texts: list[str], removed: list[dict[str, Any]]) -> list[int | None]:
    """Return for each text of a page the index of the removal that logs it; both are in reading order.

    >>> align(["Menu", "One.", "Sign up", "Now", "Two."], [{"text": "Sign up\\nNow"}])
    [None, None, 0, 0, None]
    """
    found: list[int | None] = [None] * len(texts)
    squeezed = [squeeze(text) for text in texts]
    cursor = 0
    for index, removal in enumerate(removed):
        wanted = squeeze(removal["text"])
        places = range(cursor, len(texts))
        start = next((at for at in places if _end(squeezed, at, wanted)[1] == ""), None)
        if start is None:
            start = next((at for at in places if len(squeezed[at]) > 1 and squeezed[at] in wanted), None)
        if start is not None:
            cursor, _ = _end(squeezed, start, wanted)
            found[start:cursor] = [index] * (cursor - start)
    return found


def _end(texts: list[str], at: int, wanted: str) -> tuple[int, str]:
    """Return where the run of texts from ``at`` ends that stand in ``wanted`` one behind the other, and its rest."""
    while wanted and at < len(texts) and texts[at] and texts[at] in wanted:
        wanted = wanted[wanted.index(texts[at]) + len(texts[at]) :]
        at += 1
    return at, wanted
