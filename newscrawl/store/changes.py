"""What a publisher changed between two versions of an article."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from itertools import product
from typing import Final

from newscrawl.items import AddedBlock, Changes, FieldChange, RewrittenBlock
from newscrawl.store.article_text import COMPARED, ArticleText
from newscrawl.store.lines import Lines, digest
from newscrawl.text.word_diff import likeness

_ALIKE: Final = 0.5
"""Share of words that a rewritten block has in common with the one before; less, and it is another block."""
_PAIRS: Final = 2_000
"""Pairs of blocks of one passage that are compared; in longer ones each with the block at its place."""


def changes_between(before: ArticleText, after: ArticleText, old: Lines, new: Lines) -> Changes:
    """Return the fields that differ, and the blocks added, removed and rewritten.

    ``old``, ``new``: the versions' lines. Blocks that one version keeps and the other removed as widgets are no change
    of the publisher's.
    """
    fields = {
        name: FieldChange(before=before.fields.get(name), after=after.fields.get(name))
        for name in COMPARED
        if before.fields.get(name) != after.fields.get(name)
    }
    made = Changes(fields=fields, added=[], removed=[], rewritten=[])
    hashes = [digest(text) for text in before.blocks], [digest(text) for text in after.blocks]
    for a, b, c, d in _passages(*hashes):
        gone = [i for i in range(a, b) if hashes[0][i] not in new.gone]
        come = [j for j in range(c, d) if not _was_there(hashes[1][j], old, new)]
        pairs = _rewritten([before.blocks[i] for i in gone], [after.blocks[j] for j in come])
        for i, j in sorted((gone[m], come[n]) for m, n in pairs):
            texts = before.blocks[i], after.blocks[j]
            made["rewritten"].append(RewrittenBlock(index=j, before_index=i, before=texts[0], after=texts[1]))
        kept = {gone[m] for m, _ in pairs}, {come[n] for _, n in pairs}
        made["removed"] += [AddedBlock(index=i, text=before.blocks[i]) for i in gone if i not in kept[0]]
        made["added"] += [AddedBlock(index=j, text=after.blocks[j]) for j in come if j not in kept[1]]
    return made


def our_doing(before: ArticleText, after: ArticleText, old: Lines, new: Lines) -> frozenset[int]:
    """Return the hashes of the blocks that `changes_between` takes for no change of the publisher's."""
    were, are = ({digest(text) for text in version.blocks} for version in (before, after))
    return frozenset((were - are) & new.gone) | {line for line in are - were if _was_there(line, old, new)}


def _passages(old: list[int], new: list[int]) -> Iterator[tuple[int, int, int, int]]:
    for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield a, b, c, d


def _was_there(line: int, old: Lines, new: Lines) -> bool:
    """Tell whether a block stood in the earlier version, though a widget stood in it or it was taken for one."""
    undone = new.mended.get(line, frozenset())
    return line in old.gone or not undone.isdisjoint(old.kept) or not undone.isdisjoint(old.gone)


def _rewritten(gone: list[str], come: list[str]) -> list[tuple[int, int]]:
    """Return which of the blocks that are gone became which of those that came, the most alike first."""
    if len(gone) * len(come) <= _PAIRS:
        candidates = list(product(range(len(gone)), range(len(come))))
    else:
        candidates = [(n, n) for n in range(min(len(gone), len(come)))]
    scored = sorted(((likeness(gone[m], come[n]), -m, -n) for m, n in candidates), reverse=True)
    pairs: list[tuple[int, int]] = []
    for score, m, n in scored:
        if score < _ALIKE:
            break
        if all(-m != other and -n != partner for other, partner in pairs):
            pairs.append((-m, -n))
    return pairs
