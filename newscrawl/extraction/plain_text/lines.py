"""Plain text or Markdown to blocks: paragraphs unwrapped, headings told, each with its source lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from newscrawl.extraction.plain_text.signs import sign
from newscrawl.extraction.plain_text.wrapping import Wrapping, first_word, indentation, wrapping_of
from newscrawl.parsing.markdown import TABLE_RULE, BlockType, MarkdownLine, read_line
from newscrawl.widgets.lexicon import default_lexicon
from newscrawl.widgets.rejoin import CLOSERS, FINAL, should_join
from newscrawl.widgets.source_block import SourceBlock

NEWLINES: Final = re.compile(r"\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
SETEXT: Final = re.compile(r" {0,3}(?:={3,}|-{3,})[ \t]*\Z")
MAX_HEADING: Final = 100
MAX_HEADER_LINE: Final = 160
MIN_REQUEST: Final = 0.6
CJK: Final = "\u2e80"
"""From here on characters stand without spaces between them."""
GLUED_HEAD: Final = 200
_GLUED: Final = re.compile(r"(?<=[a-zà-öø-ÿ]{3})(?=[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ'’])")
_ENDED_BY_CREDIT: Final = re.compile(
    r"(?:[.!?…][\"”»]?\s{0,2}(?:[—–|•]|--?\s)|©|\([Cc]\))\s{0,2}"
    r"[^\W\d_a-zß-öø-ÿ][\w.'’-]{0,30}(?:[\s/,&]{1,3}[^\W\d_a-zß-öø-ÿ][\w.'’-]{0,30}){0,5}\s{0,3}\Z"
)
"""A caption's end: a name behind a dash or a copyright sign, and nothing more."""
MAX_HEADING_WORDS: Final = 14
MIN_PROSE: Final = 90
MIN_SENTENCE: Final = 8
OPENERS: Final = "\"“«„'‘»"
NO_HEADING: Final = FINAL.replace("?", "").replace("!", "").replace("？", "").replace("！", "") + ",;:，；：、-–—"


@dataclass(slots=True)
class _Open:
    """A block whose lines are still being gathered; put together once, so that long ones take linear time."""

    type: BlockType
    pieces: list[str]
    raws: list[str]
    bold: bool

    def add(self, text: str, line: str) -> None:
        """Add a line that goes on with the block's paragraph."""
        self.pieces[-1], text = _unwrapped(self.pieces[-1], text)
        self.pieces.append(text)
        self.raws.append(line)
        self.bold = False

    def tail(self) -> str:
        """Return the end of the text so far."""
        return "".join(self.pieces[-8:])

    def close(self) -> SourceBlock:
        """Return the block."""
        return {"type": self.type, "text": "".join(self.pieces), "time": None, "raw": "\n".join(self.raws)}


def read_blocks(text: str) -> list[SourceBlock]:
    """Return the blocks of a document.

    ``raw`` holds a block's source lines, with a line break before them where a blank line stood, so that
    ``raw[0] == "\\n"`` tells a new group of lines.
    """
    lines = NEWLINES.sub("\n", text).split("\n")
    wrapping = wrapping_of(lines)
    found: list[_Open] = []
    gap = True
    previous = ""
    for line in lines:
        if not line.strip():
            gap = True
            continue
        read = read_line(line)
        last = found[-1] if found else None
        if not read.text:
            if last is not None and not gap and (SETEXT.match(line) or TABLE_RULE.match(line)):
                if SETEXT.match(line) and last.type == "paragraph" and len(last.raws) == 1:
                    last.type = "heading"
                last.raws.append(line)
            gap = True
            previous = ""
            continue
        may_go_on = not gap and previous and last is not None and read.type in ("paragraph", last.type)
        if may_go_on and last is not None and _goes_on(previous, line, last, read, wrapping):
            last.add(read.text, line)
        else:
            found.append(_Open(read.type, [read.text], ["\n" + line if gap else line], read.bold))
        previous = "" if read.type == "heading" else line
        gap = False
    blocks = [one.close() for one in found]
    _mark_headings(blocks, [one.bold for one in found], wrapping)
    return blocks


def unglue(block: SourceBlock) -> SourceBlock:
    """Return a block as it is searched for words: a label that runs into the title behind it is set apart."""
    head = block["text"][:GLUED_HEAD]
    apart = _GLUED.sub(" ", head)
    return block if apart == head else SourceBlock(**{**block, "text": apart + block["text"][GLUED_HEAD:]})


def _goes_on(previous: str, line: str, last: _Open, read: MarkdownLine, wrapping: Wrapping) -> bool:
    """Whether a line is the rest of the paragraph that the line before it belongs to."""
    if read.type == "list_item" or _is_label(read.text):
        return False
    is_dated = len(last.raws) == 1 and len(previous) <= MAX_HEADER_LINE and sign(previous, None) == "date"
    if is_dated and sign(f"{previous.strip()} {read.text}", None) != "date":
        return False
    if wrapping.goes_on(previous, line, first_word(line)):
        return True
    first = next((c for c in read.text if c.isalnum()), "")
    return (
        read.type == "paragraph"
        and first.islower()
        and not is_dated
        and not (read.text.startswith(tuple(OPENERS)) and previous.rstrip().endswith((",", ":")))  # a quotation apart
        and len(last.tail().split()) > 3
        and not _ENDED_BY_CREDIT.search(previous)
        and should_join(last.tail(), read.text)
    )


def _is_label(text: str) -> bool:
    """Whether a line is a widget's label or request and little else: no rest of a sentence, though it would fit."""
    least = {"label": 1.0, "strong": MIN_REQUEST}
    return text[:1].isupper() and any(
        hit.start == 0 and hit.end >= least[hit.strength] * len(text)
        for hit in default_lexicon().hits(text)
        if hit.strength in least
    )


def _unwrapped(left: str, right: str) -> tuple[str, str]:
    """Two lines of a paragraph as they are put together: without the hyphen at the end, or with a space between."""
    if len(left) > 2 and left[-1] == "-" and left[-2].islower() and right[:1].islower() and " " not in left[-3:]:
        return left[:-1], right
    if left[-1:] >= CJK and right[:1] >= CJK:
        return left, right
    return left, f" {right}"  # the line was broken at a space, also before » and : in French


def _mark_headings(blocks: list[SourceBlock], bolds: list[bool], wrapping: Wrapping) -> None:
    """Sub-headings of a text without markup: a short line by itself between a paragraph and a paragraph."""
    for i, block in enumerate(blocks[:-1]):
        text, following = block["text"], blocks[i + 1]
        if block["type"] != "paragraph" or len(text) > MAX_HEADING or len(text.split()) > MAX_HEADING_WORDS:
            continue
        if text[-1] in NO_HEADING or text[0].islower() or not (_starts(block) and _starts(following)):
            continue
        if wrapping.aligned and _stands_out(block, following):
            block["type"] = "heading"
            continue
        before = blocks[i - 1] if i else None
        after_prose = before is None or before["type"] != "paragraph" or _is_prose(before["text"])
        before_prose = following["type"] == "paragraph" and len(following["text"]) >= MIN_PROSE
        if bolds[i] or (after_prose and before_prose and not (text[0] in OPENERS and text[-1] in CLOSERS)):
            block["type"] = "heading"


def _is_prose(text: str) -> bool:
    """Whether a paragraph is long, or ends a sentence that a box may have cut it from."""
    return len(text) >= MIN_PROSE or (text.rstrip(CLOSERS).endswith(tuple(FINAL)) and len(text.split()) >= MIN_SENTENCE)


def _starts(block: SourceBlock) -> bool:
    return block.get("raw", "\n").startswith("\n")


def _stands_out(block: SourceBlock, following: SourceBlock) -> bool:
    """Whether a block begins left of the paragraph below it, as headings do in the dumps of text browsers."""
    own, other = (indentation(one["raw"].lstrip("\n")) for one in (block, following))
    return own < other and following["type"] == "paragraph" and _is_prose(following["text"])
