"""What an explanation holds, for the terminal and the page alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from newscrawl.items import Block, Removal
from newscrawl.sites.site_files import SiteFiles

Part = Literal["body", "headline", "standfirst", "byline", "date_line", "caption", "out"]


@dataclass(frozen=True, slots=True)
class ReportPiece:
    """A run of text of the page as it was fetched.

    ``place``: the elements it stands in (``article > div.nl-inline > p``). ``chance``: how likely it is article text,
    by the models, 0 to 1. ``removal``: index in the record's ``removed``, where it was logged there.
    """

    text: str
    part: Part
    place: str
    chance: float
    heading: bool = False
    removal: int | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """A record (the contract's fields by name) and, for an HTML page, its pieces in reading order.

    ``doubts``: the main reasons why its confidence is lower than usual.
    ``sites``: where the reasons of site rules stand.
    """

    record: dict[str, Any]
    pieces: list[ReportPiece] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    sites: SiteFiles | None = None

    @property
    def confidence(self) -> str:
        """The confidence in words, ``""`` where the record has none."""
        value = self.record["confidence"]
        return "" if value is None else "; ".join([f"{value:.2f}", *self.doubts])


class ShownText(NamedTuple):
    """One step through an article in reading order: a piece of a block, or the removal of that index.

    ``first`` and ``last`` are false where a removal cuts the block's text before or behind this piece.
    """

    block: Block | None
    text: str
    removal: int | None = None
    first: bool = True
    last: bool = True


def in_place(blocks: list[Block], removed: list[Removal]) -> Iterator[ShownText]:
    """Walk through an article with its removals where they stood.

    >>> block = {"type": "paragraph", "text": "Talks, now delicate, go on.", "time": None}
    >>> box = {"text": "Sign up", "before": 0, "split": True, "offset": 11}
    >>> [shown.text for shown in in_place([block], [box])]
    ['Talks, now ', 'Sign up', 'delicate, go on.']
    """
    at: dict[int, list[int]] = {}
    for index, removal in enumerate(removed):
        at.setdefault(min(max(removal["before"], 0), len(blocks)), []).append(index)
    for number, block in enumerate(blocks):
        cuts = []
        for index in at.get(number, ()):
            offset = removed[index]["offset"] if removed[index]["split"] else None
            if offset is None:
                yield ShownText(None, removed[index]["text"], index)
            else:
                cuts.append((min(max(offset, 0), len(block["text"])), index))
        start = 0
        for offset, index in sorted(cuts):
            if offset > start:
                yield ShownText(block, block["text"][start:offset], first=start == 0, last=False)
            yield ShownText(None, removed[index]["text"], index)
            start = max(start, offset)
        if start < len(block["text"]):
            yield ShownText(block, block["text"][start:], first=start == 0)
    for index in at.get(len(blocks), ()):
        yield ShownText(None, removed[index]["text"], index)
