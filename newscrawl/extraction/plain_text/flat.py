"""Texts flattened to one line: sentences judged one by one, so that what asks the reader for something goes.

Nothing but whole sentences of a widget goes. A label without a full stop runs into the sentence behind it, and where
that begins cannot be told: there nothing goes.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from newscrawl.items import Block, Removal
from newscrawl.widgets.lexicon import LexiconHit, default_lexicon
from newscrawl.widgets.source_block import SourceBlock
from newscrawl.widgets.text_evidence import INDEX, LineEvidence, find_hits, read_evidence
from newscrawl.widgets.text_prior import ASKING

RULE: Final = "text/sentence"
MAX_BLOCKS: Final = 3
MIN_SENTENCES: Final = 8
MIN_CHARS: Final = 900
MAX_WORDS: Final = 32
MAX_BEFORE: Final = 14
MAX_AFTER: Final = 8
FOLLOWING: Final = frozenset(("consent", "newsletter"))
"""Kinds of sentences that go only behind another one that goes ("By signing up you agree …")."""
KINDS: Final = ASKING | {"paywall"}
_END: Final = re.compile(r"(?:[.!?…][\"”»’)\]]{0,2}\s+|[。！？][」』”]?)(?=\S)")
_GLUED: Final = re.compile(r"[a-zß-öø-ÿ]\s+[A-ZÀ-ÖØ-Þ]")


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, with the white space behind each.

    >>> sentences("The ferry sails. It is late!  ")
    ['The ferry sails. ', 'It is late!  ']
    """
    edges = [0, *(match.end() for match in _END.finditer(text)), len(text)]
    return [text[a:b] for a, b in pairwise(edges) if b > a]


def strip_flat(blocks: list[Block], language: str | None) -> tuple[list[Block], list[Removal]]:
    """Take widgets' sentences out of a text whose paragraphs are all on a line or two; other texts stay as they are."""
    if len(blocks) > MAX_BLOCKS:
        return blocks, []
    kept: list[Block] = []
    removed: list[Removal] = []
    for block in blocks:
        pieces = sentences(block["text"]) if len(block["text"]) >= MIN_CHARS else []
        gone = _judge(pieces, language) if len(pieces) >= MIN_SENTENCES else [False] * len(pieces)
        text = ""
        run: list[str] = []
        for piece, is_gone in zip(pieces, gone, strict=True):
            if is_gone:
                run.append(piece)
                continue
            removed += _removals(run, len(kept), len(text))
            run = []
            text += piece
        removed += _removals(run, len(kept), len(text.rstrip()))
        kept.append(block if not any(gone) else {**block, "text": text.rstrip()})
    return kept, removed


def _judge(pieces: list[str], language: str | None) -> list[bool]:
    """Return which sentences are a widget's, never all."""
    made = [SourceBlock(type="paragraph", text=piece.strip(), time=None) for piece in pieces]
    lines = read_evidence(made, language, find_hits(made))
    gone: list[bool] = []
    for line in lines:
        kinds = KINDS | FOLLOWING if gone and gone[-1] else KINDS
        gone.append(any(hit.kind in kinds and _is_whole(line, hit, language) for hit in line.hits))
    return gone if not all(gone) else [False] * len(gone)


def _is_whole(line: LineEvidence, hit: LexiconHit, language: str | None) -> bool:
    """Whether a sentence is an offer to the reader from its start to its end, and runs into no other one."""
    values = line.values
    if hit.strength != "strong" or not values[INDEX["final"]] or len(line.words) > MAX_WORDS:
        return False
    if values[INDEX["quotes"]] or not values[INDEX["address"]]:
        return False
    before, after = line.text[: hit.start], line.text[hit.end :]
    if len(before.split()) > MAX_BEFORE or len(after.split()) > MAX_AFTER:
        return False
    nouns = (language or "").startswith("de")
    return nouns or not _GLUED.search(after)


def _removals(run: list[str], block: int, offset: int) -> list[Removal]:
    """Return the removal of a run of sentences."""
    if not run:
        return []
    text = "".join(run).strip()
    hits = [hit for hit in default_lexicon().hits(text) if hit.strength == "strong"]
    kind = hits[0].kind if hits else "newsletter"
    return [
        {"kind": kind, "rule": RULE, "level": "text", "text": text, "before": block, "split": True, "offset": offset}
    ]
