"""The mark by which a newsroom ends its copy: no part of the text."""

from __future__ import annotations

import re

from newscrawl.extraction.metadata.lexicon import load
from newscrawl.extraction.segments.model import Segment
from newscrawl.extraction.segments.role import Role

_BETWEEN = re.compile(r"[(\[<*~–—-]{1,3}\s?([^\W_]{1,8})\s?[)\]>*~–—-]{1,3}")


def take_out_end_mark(segments: list[Segment], roles: list[Role]) -> None:
    """Take the end mark out of the body, in place, where it is the last line."""
    last = next((i for i in range(len(roles) - 1, -1, -1) if roles[i] is Role.BODY), -1)
    if last > 0 and is_end_mark(segments[last].text):
        roles[last] = Role.OUT


def is_end_mark(text: str) -> bool:
    """Tell whether a line is an end mark.

    >>> is_end_mark("(END)"), is_end_mark("-30-"), is_end_mark("The end")
    (True, True, False)
    """
    known = load("end_marks")
    word = _BETWEEN.fullmatch(text)
    return text in known["signs"] or (word is not None and word.group(1).casefold() in known["words"])
