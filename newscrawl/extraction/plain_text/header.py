"""The header of a plain-text document: headline, standfirst, byline, date lines, publisher, section.

A first line is a headline, and the next a standfirst, only with further evidence of a header: a byline, a date line, a
source, a Markdown title, or the row's own headline.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from newscrawl.dates import is_date_line
from newscrawl.extraction.metadata.names import is_byline, parse_byline
from newscrawl.extraction.metadata.titles import key
from newscrawl.items import Block
from newscrawl.widgets.lexicon import default_lexicon

MAX_LINES: Final = 8
MAX_HEADLINE: Final = 250
MAX_STANDFIRST: Final = 700
MAX_SECTION_WORDS: Final = 3
BAR: Final = re.compile(r"\s[|•·]\s")
DOMAIN: Final = re.compile(r"(?i)\A(?:www\.)?(.{2,60}?)\.(?:com?\.)?[a-z]{2,5}\Z")
TITLE: Final = re.compile(r"\n? {0,3}#[ \t]|[^\n]{1,300}\n={3,}", re.MULTILINE)


@dataclass(slots=True)
class Header:
    """What stood above the body; ``size`` is the number of blocks that it took."""

    headline: str | None = None
    description: str | None = None
    authors: list[str] = field(default_factory=list)
    source: str | None = None
    publisher: str | None = None
    article_section: str | None = None
    size: int = 0


def read_header(blocks: list[Block], language: str | None, headline: str | None = None) -> Header:
    """The header of a document; ``headline`` is the one that the row gives."""
    texts = [block["text"] for block in blocks[:MAX_LINES]]
    signs = [_sign(text, language) for text in texts]
    header = Header(headline=headline)
    known = next((i for i, text in enumerate(texts[:3]) if headline and key(text) == key(headline)), None)
    titled = known is not None or bool(
        blocks and TITLE.match(blocks[0].get("raw", "")) and len(texts[0]) <= MAX_HEADLINE
    )
    end = _end(texts, signs, titled, known or 0)
    if not end:
        return header
    free = [i for i in range(end) if not signs[i]]
    if known is None and headline and free:
        return Header(headline=headline)
    if free and known is None and len(free) > 1 and _is_section(texts[free[0]], texts[free[1]]):
        header.article_section = texts[free.pop(0)]
    if free:
        header.headline = headline or texts[known if known is not None else free[0]]
        free = [i for i in free if i > (known if known is not None else free[0])]
    if free:
        header.description = " ".join(texts[i] for i in free)
    for i in range(end):
        if signs[i]:
            _credit(texts[i], signs[i], header)
    header.size = end
    return header


def _sign(text: str, language: str | None) -> str:
    if len(text) > MAX_HEADLINE:
        return ""
    if is_date_line(text, language):
        return "date"
    return "byline" if is_byline(text) else ""


def _end(texts: list[str], signs: list[str], titled: bool, title: int) -> int:
    """The number of blocks that are header: up to the last sign, with nothing but a title and a standfirst between."""
    end, prose = 0, 0
    for i, (text, sign) in enumerate(zip(texts, signs, strict=True)):
        if sign:
            end = i + 1
            continue
        prose += 1
        if prose > 3 or len(text) > MAX_STANDFIRST or (prose == 1 and len(text) > MAX_HEADLINE) or _is_widget(text):
            break
        if end and prose > 1 and i > end + 1:
            break
    free = [i for i in range(end) if not signs[i]]
    if (
        free
        and (texts[free[0]][-1] in ".;," and not texts[free[0]].endswith("…") and len(texts[free[0]].split()) > 12)
        and not titled
    ):
        return 0
    if end and not free:
        following = texts[end] if end < len(texts) else ""
        return end + 1 if _may_be_title(following, texts[end + 1 : end + 2]) else end
    return max(end, title + 1 if titled else 0)


def _may_be_title(text: str, following: list[str]) -> bool:
    return (
        0 < len(text) <= 160
        and text[-1] not in ".,;:"
        and bool(following)
        and len(following[0]) > len(text)
        and not _is_widget(text)
    )


def _is_widget(text: str) -> bool:
    return any(hit.strength in ("label", "strong", "lead") for hit in default_lexicon().hits(text))


def _is_section(text: str, following: str) -> bool:
    return len(text.split()) <= MAX_SECTION_WORDS and len(following) > 2 * len(text) and text[-1] not in "?!.:"


def _credit(text: str, sign: str, header: Header) -> None:
    parts = [part.strip() for part in BAR.split(text)]
    for part in parts:
        people, agency = parse_byline(part) if sign == "byline" or is_byline(part) else ([], None)
        header.authors += [name for name in people if name not in header.authors]
        header.source = header.source or agency
    last = parts[-1]
    if sign == "date" and len(parts) > 1 and not is_byline(last) and not is_date_line(last) and len(last) <= 60:
        found = DOMAIN.match(last)
        header.publisher = header.publisher or (found.group(1) if found else last)
