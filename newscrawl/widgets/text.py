"""Widgets out of text: whole blocks of lines, links lines, labels; broken sentences are put together again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from newscrawl.items import Block, Removal
from newscrawl.widgets.kind import name_piece
from newscrawl.widgets.merge import compose, moved
from newscrawl.widgets.series import keep_series
from newscrawl.widgets.source_block import SourceBlock, with_source
from newscrawl.widgets.take_out import TakenOut, take_out
from newscrawl.widgets.text_context import group_numbers, matrix
from newscrawl.widgets.text_decode import decode, look
from newscrawl.widgets.text_evidence import (
    INDEX,
    MASS,
    Hits,
    LineEvidence,
    find_hits,
    is_at_home,
    mass_of,
    most_mass,
    own_language,
    read_evidence,
)
from newscrawl.widgets.text_fill import fill
from newscrawl.widgets.text_prior import priors

HTML_BIAS: Final = 2.5
"""Log odds more that a line needs where the widgets of the markup are gone already."""
HTML_MASS: Final = 2.0
RULE: Final = "text/lines"
MAX_BLOCKS: Final = 20_000
MAX_PASSES: Final = 3


def strip_blocks(
    blocks: list[Block], *, language: str | None = None, from_html: bool = False
) -> tuple[list[Block], list[Removal]]:
    """Take the widgets out of a text's blocks.

    Returns the blocks that stay (``raw`` gone, broken sentences mended) and what was taken, in reading order, with
    ``before``, ``split`` and ``offset`` as in docs/fields.md. ``from_html``: only what is clear, since the widgets that
    the markup tells are gone. The blocks given are not changed.
    """
    stripped = strip(blocks, language=language, from_html=from_html)
    return stripped.blocks, [removal for _, removal in stripped.removed]


def strip(blocks: list[Block], *, language: str | None = None, from_html: bool = False) -> TakenOut:
    """As `strip_blocks`, with what `merge_removals` needs to keep the places of earlier removals right.

    What stays is looked at again until nothing more goes, so that cleaning the cleaned changes nothing.
    """
    return until_stable(with_source(blocks), lambda given: _pass(given, language, from_html))


def until_stable(blocks: list[SourceBlock], once: Callable[[list[SourceBlock]], TakenOut]) -> TakenOut:
    """Take out of a text what ``once`` takes, then what it takes of the rest, until nothing more goes."""
    done = once(blocks)
    for _ in range(MAX_PASSES):
        if not done.removed and not any("raw" in block for block in blocks):
            break
        again = once(with_source(done.blocks))
        if not again.removed:
            break
        done = _after(done, again)
    return done


def _after(first: TakenOut, second: TakenOut) -> TakenOut:
    """Two passes as one: the removals of both in reading order, places from the first's blocks to the second's."""
    given = {place.block: i for i, place in list(enumerate(first.places))[::-1] if not place.taken}
    removed = [(at, moved(removal, second.places[removal["before"]])) for at, removal in first.removed]
    removed += [(given.get(at, 0), removal) for at, removal in second.removed]
    return TakenOut(second.blocks, sorted(removed, key=lambda entry: entry[0]), compose(first.places, second.places))


def _pass(blocks: list[SourceBlock], language: str | None, from_html: bool) -> TakenOut:
    read = blocks[:MAX_BLOCKS]
    hits = find_hits(read)
    lines: list[LineEvidence] = []
    gone: list[bool] = []
    if read and (not from_html or _may_go(read, hits, language)):
        lines = read_evidence(read, language, hits)
        gone = judge(read, lines, language, from_html)
    gone += [False] * (len(blocks) - len(gone))
    return take_out(blocks, gone, language, lambda run: name_run(run, lines))


def _may_go(blocks: list[SourceBlock], hits: list[Hits], language: str | None) -> bool:
    """Tell whether the words of any block of a page are a widget's: of others nothing goes."""
    own = own_language(language)
    return most_mass(hits) >= HTML_MASS and any(
        _is_told(found, mass_of(block["text"], found, own), own)
        for block, found in zip(blocks, hits, strict=True)
        if found
    )


def judge(blocks: list[SourceBlock], lines: list[LineEvidence], language: str | None, from_html: bool) -> list[bool]:
    """Return which blocks are a widget's."""
    if from_html and not any(line.mass >= HTML_MASS for line in lines):
        return [False] * len(blocks)
    logits = look(blocks, matrix(blocks, lines)) + np.array(priors(lines, language), dtype=np.float32)
    groups = group_numbers(blocks)
    gone = decode(logits, groups, HTML_BIAS if from_html else 0.0)
    if any(gone):
        gone = fill(gone, logits, lines, groups)
    if from_html:
        own = own_language(language)
        gone = [is_gone and _is_told(line.hits, line.mass, own) for is_gone, line in zip(gone, lines, strict=True)]
    if any(gone):
        gone = keep_series(gone, blocks, lines)
    if all(gone):
        return [False] * len(gone)
    return gone


def _is_told(hits: Hits, mass: float, own: str) -> bool:
    """Tell whether a line's words are a widget's in its own language."""
    return mass >= HTML_MASS and any(is_at_home(hit, own) and MASS[hit.strength] >= HTML_MASS for hit in hits)


def name_run(run: list[int], lines: list[LineEvidence]) -> tuple[str, str]:
    """Return kind and rule of a run of lines."""
    texts = [lines[i].text for i in run]
    size = sum(map(len, texts)) or 1
    linked = sum(lines[i].values[INDEX["linked"]] * len(lines[i].text) for i in run) / size
    stubs = int(sum(lines[i].values[INDEX["stub"]] for i in run))
    kind, rule = name_piece(texts, 0, stubs, linked, RULE)
    return kind, rule.replace("markup/", "text/")
