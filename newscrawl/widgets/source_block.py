"""A block of a text together with the lines it was read from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NotRequired, cast

from newscrawl.items import Block


class SourceBlock(Block):
    """A `Block` that may know its source; never part of a record.

    ``raw`` holds the source lines, with a line break before them where a blank line stood: ``raw[0] == "\\n"`` tells a
    new group of lines. A block without it is a group of its own.
    """

    raw: NotRequired[str]


def with_source(blocks: Sequence[Block]) -> list[SourceBlock]:
    """Return blocks for functions that look at the source where there is one."""
    return cast("list[SourceBlock]", blocks)
