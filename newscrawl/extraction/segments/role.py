"""The parts that segments of a page play."""

from __future__ import annotations

from enum import Enum
from typing import Final

MARK: Final = "data-newscrawl"
"""The attribute by which a cleaned page says what its elements are (`newscrawl.extraction.body.clean_marks`)."""
PARTED: Final = "parted"
"""Its value at an empty inline element in place of one that was taken out."""


class Role(Enum):
    """Part of a segment; the value is the ``kind`` under which it is logged where it is dropped within the article."""

    BODY = "body"
    HEADLINE = "headline"
    STANDFIRST = "standfirst"
    BYLINE = "byline"
    DATE = "date_line"
    CAPTION = "caption"
    BOILERPLATE = "furniture"
    RULED = "ruled"
    OUT = "out"

    __hash__ = object.__hash__  # in C: each segment's role is looked up in sets many times
