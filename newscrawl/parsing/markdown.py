"""Markdown to types and text: one source line (or run of lines) at a time."""

from __future__ import annotations

import html
import re
from typing import Final, Literal, NamedTuple

from newscrawl.text.normalise import INVISIBLE

BlockType = Literal["paragraph", "heading", "list_item", "quote"]

CLOSING: Final = " \t#"
HEADING: Final = re.compile(r" {0,3}(#{1,6})[ \t]++(.*+)\Z")
BULLET: Final = re.compile(r"[ \t]{0,12}([-*+•·▪◦‣●■►▶→]|\d{1,2}[.)])[ \t]+(?=\S)")
MARK_BULLETS: Final = "-*+•·▪◦‣●■►▶→"
QUOTE: Final = re.compile(r" {0,3}>(?!>)[ >]{0,8}")
RULE: Final = re.compile(r"[\s\-_*=+~#.·•|:<>]*\Z")
TABLE_RULE: Final = re.compile(r"[\s|]{0,9}:?-{3,}:?(?:[ \t|]{1,9}:?-{1,}:?){0,40}[\s|]{0,9}\Z")
IMAGE: Final = re.compile(r"!\[([^\]\n]{0,300})\]\([^)\n]{0,2000}\)")
LINK: Final = re.compile(
    r"\[([^\[\]\n]{0,500})\]"
    r"\(([^()\s]{0,2000}(?:\([^()\s]{0,200}\)[^()\s]{0,200})?)(?:[ \t]{1,3}[\"'][^\"'\n]{0,200}[\"'])?\)"
)
REFERENCE: Final = re.compile(r"\[([^\[\]\n]{1,300})\]\[[^\[\]\n]{0,80}\]")
AUTOLINK: Final = re.compile(r"<(https?://[^<>\s]{1,2000}|[\w.+-]{1,64}@[\w.-]{1,100})>")
TAG: Final = re.compile(
    r"</?(?:a|abbr|b|big|br|center|cite|code|div|em|font|h[1-6]|hr|i|img|li|mark|ol|p|q|s|small|span|strong|sub|sup|u|ul)"
    r"(?:[ \t/][^<>\n]{0,1000})?>",
    re.IGNORECASE,
)
STRONG: Final = re.compile(r"(?<![\w*])(\*\*\*|\*\*|___|__)(?=[^\s*_])([^\n]{0,2000}?[^\s])\1(?![\w*])")
EMPHASIS: Final = re.compile(r"(?<![\w*_\\])([*_])(?=[^\s*_])([^*_\n]{0,2000}?[^\s*_])\1(?![\w*_])")
CODE: Final = re.compile(r"(`{1,3})([^`\n]{1,500})\1")
ESCAPE: Final = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])")
SPACES: Final = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000\x0b\x0c]{1,}")
UNFIT: Final = INVISIBLE | dict.fromkeys([*range(0x09), *range(0x0E, 0x20), 0x7F])
PRIVATE: Final = 0xE000
"""Escaped characters are kept apart from markup in the private use area."""
RESTORED: Final = {PRIVATE + code: code for code in range(0x21, 0x7F)}
MAX_STRONG: Final = 200
TELLING: Final = "[*_`<\\&"


class MarkdownLine(NamedTuple):
    """A line read: ``linked`` is the share of its text that is link text, ``bold`` that all of it is bold."""

    type: BlockType
    text: str
    linked: float
    bold: bool
    marked: bool


def read_line(line: str) -> MarkdownLine:
    """Read one line of text or Markdown; ``text`` is empty where the line is markup alone."""
    block: BlockType = "paragraph"
    body = line
    if RULE.match(body.translate(UNFIT)):
        return MarkdownLine("paragraph", "", 0.0, False, True)
    if found := QUOTE.match(body):
        block, body = "quote", body[found.end() :]
    if found := HEADING.match(body):
        block, body = "heading", found.group(2).rstrip(CLOSING)
    elif (found := BULLET.match(body)) and found.group(1) in MARK_BULLETS:
        block, body = "list_item", body[found.end() :]
        if inner := HEADING.match(body):
            body = inner.group(2).rstrip(CLOSING)
    marked = block != "paragraph"
    if body.strip().startswith("|") and body.count("|") > 1:
        body, marked = " ".join(cell.strip() for cell in body.strip().strip("|").split("|")), True
    text, linked, bold = inline(body)
    return MarkdownLine(block, text, linked, bold, marked or linked > 0 or bold)


def inline(text: str) -> tuple[str, float, bool]:
    """Return the text without inline markup, the share of it that was link text, and whether all of it was bold."""
    linked = 0
    bold = False
    text = text.translate(UNFIT)
    if any(mark in text for mark in TELLING):
        text = ESCAPE.sub(lambda found: chr(PRIVATE + ord(found.group(1))), text)
        text = IMAGE.sub("", text)
        for _ in range(2):
            for found in LINK.finditer(text):
                linked += len(found.group(1).strip(" *_"))
            text = LINK.sub(r"\1", text)
        text = REFERENCE.sub(r"\1", text)
        text = AUTOLINK.sub(r"\1", text)
        text = TAG.sub(" ", text) if "<" in text else text
        if 1 < text.count("**") + text.count("__") <= MAX_STRONG:
            bold = bool(STRONG.fullmatch(text.strip()))
            text = STRONG.sub(r"\2", text)
        text = EMPHASIS.sub(r"\2", text)
        text = CODE.sub(r"\2", text) if "`" in text else text
        text = html.unescape(text) if "&" in text else text
        text = text.translate(RESTORED)
    text = SPACES.sub(" ", text).strip()
    return text, min(1.0, linked / len(text)) if text else 0.0, bold
