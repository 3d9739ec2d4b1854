"""Take blocks out of a text: what is left is put together again where a sentence was broken."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from newscrawl.items import Block, Removal
from newscrawl.widgets.merge import Place
from newscrawl.widgets.rejoin import join, should_join
from newscrawl.widgets.source_block import SourceBlock


class TakenOut(NamedTuple):
    """``removed`` and ``places`` as `newscrawl.widgets.merge.merge_removals` takes them."""

    blocks: list[Block]
    removed: list[tuple[int, Removal]]
    places: list[Place]


def take_out(
    blocks: Sequence[SourceBlock | Block],
    gone: list[bool],
    language: str | None,
    describe: Callable[[list[int]], tuple[str, str]],
) -> TakenOut:
    """Return the blocks that are not ``gone``, without their ``raw``, and what went: a removal for each run of blocks.

    ``describe`` gives the kind and the rule of a run of indices. The blocks given are not changed.
    """
    kept: list[Block] = []
    removed: list[tuple[int, Removal]] = []
    places: list[Place] = []
    run: list[int] = []

    for i, block in enumerate(blocks):
        if gone[i]:
            run.append(i)
            continue
        if run and kept and _is_broken(blocks[run[0] - 1], kept[-1], block, language):
            offset, kept[-1]["text"] = join(kept[-1]["text"], block["text"], language)
            kept[-1]["type"] = "paragraph" if kept[-1]["type"] == "heading" else kept[-1]["type"]
            place = Place(len(kept) - 1, offset, True, False)
        else:
            kept.append({"type": block["type"], "text": block["text"], "time": block.get("time")})
            place = Place(len(kept) - 1, 0, False, False)
        if run:
            _close(run, place, places, removed, _removal(_texts(blocks, run), place, *describe(run)))
        places.append(place)
    end = Place(len(kept), 0, False, False)
    if run:
        _close(run, end, places, removed, _removal(_texts(blocks, run), end, *describe(run)))
    return TakenOut(kept, removed, [*places, end])


def _texts(blocks: Sequence[SourceBlock | Block], run: list[int]) -> list[str]:
    return [blocks[k]["text"] for k in run]


def _close(
    run: list[int], place: Place, places: list[Place], removed: list[tuple[int, Removal]], removal: Removal
) -> None:
    """End a run of blocks that went, in front of a place.

    No function within `take_out`: compiled, such a one is part of a cycle, and the texts stay until it is collected.
    """
    places.extend([place._replace(taken=True)] * len(run))
    removed.append((run[0], removal))
    run.clear()


def _is_broken(source: SourceBlock | Block, left: Block, right: Block, language: str | None) -> bool:
    """Tell whether what went stood in the middle of a sentence; ``source`` is the block before it as it was read.

    A line of plain text may look like a heading for want of a full stop; one that is marked as a heading is one.
    """
    if right["type"] in ("heading", "list_item") or left.get("time") != right.get("time"):
        return False
    first = next((c for c in right["text"] if c.isalpha()), "")
    if left["type"] == "heading" and (not first.islower() or str(source.get("raw", "#")).lstrip("\n").startswith("#")):
        return False
    return should_join(left["text"], right["text"], language)


def _removal(texts: list[str], place: Place, kind: str, rule: str) -> Removal:
    return {
        "kind": kind,
        "rule": rule,
        "level": "text",
        "text": "\n".join(texts),
        "before": place.block,
        "split": place.split,
        "offset": place.offset if place.split else None,
    }
