"""Two logs of removals become one, in reading order, with places in the final blocks."""

from __future__ import annotations

from typing import NamedTuple

from newscrawl.items import Removal


class Place(NamedTuple):
    """Where a block went: the index of the final block, and the offset of its text there (0 where it begins it).

    Of a block that was taken, the place of what follows it; ``split`` then says that this is in mid-sentence.
    """

    block: int
    offset: int
    split: bool
    taken: bool


def merge_removals(earlier: list[Removal], places: list[Place], later: list[tuple[int, Removal]]) -> list[Removal]:
    """Merge the removals of an earlier pass with those of a later one.

    ``earlier``: their ``before`` and ``offset`` are those of the blocks that the later pass got. ``places``: where
    each of these blocks went, and one more for the end. ``later``: the later pass's own removals, each with the index
    of the first block taken.
    """
    ordered: list[tuple[tuple[int, int], Removal]] = []
    last = len(places) - 1
    for removal in earlier:
        index = min(max(removal["before"], 0), last)
        ordered.append(((index, 2 if removal["split"] else 0), moved(removal, places[index])))
    ordered += [((first, 1), removal) for first, removal in later]
    return [removal for _, removal in sorted(ordered, key=lambda entry: entry[0])]


def moved(removal: Removal, place: Place) -> Removal:
    """Return a removal whose ``before`` was the block that went to ``place``."""
    out: Removal = {**removal, "before": place.block}
    if removal["split"] and removal["offset"] is not None and not place.taken:
        out["offset"] = removal["offset"] + place.offset
    elif place.split:
        out["split"], out["offset"] = True, place.offset
    else:
        out["split"], out["offset"] = False, None
    return out


def compose(first: list[Place], second: list[Place]) -> list[Place]:
    """Return where the blocks of a first pass are after a second pass over what the first one left."""
    out = []
    for place in first:
        then = second[min(place.block, len(second) - 1)]
        split = then.split or (place.split and not then.taken)
        offset = then.offset if then.taken else then.offset + place.offset
        out.append(Place(then.block, offset, split, place.taken or then.taken))
    return out
