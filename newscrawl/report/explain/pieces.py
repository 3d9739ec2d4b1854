"""The pieces of a page as fetched, each with its part, its place and the models' score."""

from __future__ import annotations

import math
from typing import Any

from newscrawl.extraction import Document
from newscrawl.extraction.article import judge
from newscrawl.extraction.metadata import metadata
from newscrawl.extraction.segments.model import Frame
from newscrawl.extraction.segments.segment import is_heading
from newscrawl.parsing.encoding import decode
from newscrawl.parsing.structured import read
from newscrawl.parsing.tree import parse
from newscrawl.report.explain.model import Part, ReportPiece

_DEEP = 4
_NAME = 60


def pieces_of(document: Document, removed: list[dict[str, Any]]) -> list[ReportPiece]:
    """Return the pieces of an HTML page; none for a document of another kind."""
    if document.media != "html":
        return []
    text, _ = decode(document.body, document.content_type)
    tree = parse(text)
    data = read(tree)
    about = metadata.describe(tree, data, document.url, facts=document.facts, final_url=document.final_url)
    segments, margins, roles = judge(text, tree, data, about, document.final_url or document.url)
    indices = align([segment.text for segment in segments], removed)
    return [
        ReportPiece(
            segment.text,
            _part(role.value),
            place_of(segment.frame),
            1 / (1 + math.exp(-max(-30.0, min(30.0, float(margin))))),
            is_heading(segment),
            index,
        )
        for segment, margin, role, index in zip(segments, margins, roles, indices, strict=True)
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
    cursor = 0
    for index, removal in enumerate(removed):
        start = cursor
        for line in removal["text"].split("\n"):
            at = next((i for i in range(start, len(texts)) if texts[i] == line), None)
            if at is None:
                at = next((i for i in range(start, len(texts)) if len(texts[i]) > 1 and texts[i] in line), None)
            if at is None:
                break
            found[at] = index
            start = at + 1
            while start < len(texts) and texts[start] != line and len(texts[start]) > 20 and texts[start] in line:
                found[start] = index
                start += 1
        cursor = start
    return found
