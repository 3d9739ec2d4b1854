"""Plain text or Markdown to blocks: paragraphs unwrapped, headings told, each with its source lines."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from newscrawl.items import Block
from newscrawl.parsing.markdown import TABLE_RULE, read_line
from newscrawl.widgets.rejoin import CLOSERS, FINAL, join, should_join

NEWLINES: Final = re.compile(r"\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
SETEXT: Final = re.compile(r" {0,3}(?:={3,}|-{3,})[ \t]*\Z")
MIN_WIDTH: Final = 40
MAX_WIDTH: Final = 130
MIN_PAIRS: Final = 4
WRAPPED_SHARE: Final = 0.85
MAX_HEADING: Final = 100
MAX_HEADING_WORDS: Final = 14
MIN_PROSE: Final = 90
MIN_SENTENCE: Final = 8
OPENERS: Final = "\"“«„'‘»"
NO_HEADING: Final = FINAL.replace("?", "").replace("!", "").replace("？", "").replace("！", "") + ",;:，；：、-–—"


def read_blocks(text: str) -> list[Block]:
    """The blocks of a document. ``raw`` holds a block's source lines, with a line break before them where a blank line
    stood, so that ``raw[0] == "\\n"`` tells a new group of lines.
    """
    lines = NEWLINES.sub("\n", text).split("\n")
    width = wrap_width(lines)
    blocks: list[Block] = []
    gap = True
    bolds: list[bool] = []
    previous = ""
    for line in lines:
        if not line.strip():
            gap = True
            continue
        read = read_line(line)
        if not read.text:
            if blocks and not gap and (SETEXT.match(line) or TABLE_RULE.match(line)):
                if SETEXT.match(line) and blocks[-1]["type"] == "paragraph" and blocks[-1]["raw"].rfind("\n") < 1:
                    blocks[-1]["type"] = "heading"
                blocks[-1]["raw"] += "\n" + line
            gap = True
            previous = ""
            continue
        last = blocks[-1] if blocks else None
        plain = last is not None and not gap and read.type == "paragraph" and bool(previous)
        if last is not None and plain and _goes_on(previous, line, last, read.text, width):
            last["raw"] += "\n" + line
            last["text"] = _unwrap(last["text"], read.text)
            bolds[-1] = False
        else:
            raw = "\n" + line if gap else line
            blocks.append({"type": read.type, "text": read.text, "time": None, "raw": raw})
            bolds.append(read.bold)
        previous = "" if read.type == "heading" else line
        gap = False
    _mark_headings(blocks, bolds)
    return blocks


def wrap_width(lines: list[str]) -> int:
    """The column at which a document's paragraphs are broken by hand, or 0 where they are not.

    Told by the line breaks: the next line's first word would not have fitted into the line before.
    """
    width = max((len(line.rstrip()) for line in lines), default=0)
    if not MIN_WIDTH <= width <= MAX_WIDTH:
        return 0
    pairs = [(a.rstrip(), b.split(None, 1)[0]) for a, b in pairwise(lines) if a.strip() and b.strip()]
    wrapped = sum(len(a) + 1 + len(b) > width for a, b in pairs)
    return width if len(pairs) >= MIN_PAIRS and wrapped >= WRAPPED_SHARE * len(pairs) else 0


def _goes_on(previous: str, line: str, last: Block, text: str, width: int) -> bool:
    """Whether a line is the rest of the paragraph that the line before it belongs to."""
    if width:
        return len(previous.rstrip()) + 1 + len(line.split(None, 1)[0]) > width
    first = next((c for c in text if c.isalpha()), "")
    return first.islower() and len(last["text"].split()) > 3 and should_join(last["text"], text)


def _unwrap(left: str, right: str) -> str:
    if len(left) > 2 and left[-1] == "-" and left[-2].islower() and right[:1].islower() and " " not in left[-3:]:
        return left[:-1] + right
    return join(left, right)[1]


def _mark_headings(blocks: list[Block], bolds: list[bool]) -> None:
    """Sub-headings of a text without markup: a short line by itself between a paragraph and a paragraph."""
    for i, block in enumerate(blocks[:-1]):
        text, following = block["text"], blocks[i + 1]
        if block["type"] != "paragraph" or len(text) > MAX_HEADING or len(text.split()) > MAX_HEADING_WORDS:
            continue
        if text[-1] in NO_HEADING or text[0].islower() or not (_starts(block) and _starts(following)):
            continue
        before = blocks[i - 1] if i else None
        after_prose = before is None or before["type"] != "paragraph" or _is_prose(before["text"])
        before_prose = following["type"] == "paragraph" and len(following["text"]) >= MIN_PROSE
        if bolds[i] or (after_prose and before_prose and not (text[0] in OPENERS and text[-1] in CLOSERS)):
            block["type"] = "heading"


def _is_prose(text: str) -> bool:
    """Whether a paragraph is long, or ends a sentence that a box may have cut it from."""
    return len(text) >= MIN_PROSE or (text.rstrip(CLOSERS).endswith(tuple(FINAL)) and len(text.split()) >= MIN_SENTENCE)


def _starts(block: Block) -> bool:
    return block.get("raw", "\n").startswith("\n")
