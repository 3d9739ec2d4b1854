"""The running text of a page by the boxes it stands in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from newscrawl.extraction.segments.elements import FLAGS
from newscrawl.extraction.segments.model import Segment
from newscrawl.widgets.rejoin import CLOSERS

_LINKED: Final = 4
"""A text of which one part in so many or more is linked is a list of links rather than prose."""
_DENSE: Final = 20
"""Signs from which a sentence of Chinese or Japanese is taken for prose."""
_APART: Final = FLAGS["figcaption"] | FLAGS["footer"] | FLAGS["nav"]


def prose_groups(segments: list[Segment]) -> Iterator[list[int]]:
    """Yield the paragraphs in boxes of the same kind: tag and names, the parent's too, below one grandparent."""
    groups: dict[tuple[object, ...], list[int]] = {}
    for i in _prose(segments):
        frame = segments[i].frame
        upper = frame.parent or frame
        key = (frame.tag, frame.names, upper.tag, upper.names, (upper.parent or upper).index)
        groups.setdefault(key, []).append(i)
    yield from groups.values()


def prose_kinds(segments: list[Segment]) -> Iterator[list[int]]:
    """Yield the paragraphs in boxes of the same kind at the same depth, wherever on the page these stand.

    A guide's chapters stand in boxes side by side, and the models lose heart from one to the next.
    """
    kinds: dict[tuple[object, ...], list[int]] = {}
    for i in _prose(segments):
        frame = segments[i].frame
        upper = frame.parent or frame
        kinds.setdefault((frame.tag, frame.names, upper.tag, upper.names, frame.depth), []).append(i)
    yield from kinds.values()


def _prose(segments: list[Segment]) -> Iterator[int]:
    """Yield the places of running text that is no list of links, control, caption or program."""
    for i, item in enumerate(segments):
        if (
            (item.prose or is_dense(item.text))
            and not item.control
            and item.link_chars * _LINKED < len(item.text)
            and not item.frame.flags & _APART
            and item.frame.tag != "pre"
        ):
            yield i


def is_dense(text: str) -> bool:
    """Tell whether a text is a sentence of a script that says with one sign what others say with a word."""
    return len(text) >= _DENSE and not text.isascii() and text.rstrip(CLOSERS)[-1:] in "。！？"
