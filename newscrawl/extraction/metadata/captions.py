"""Captions of pictures, with the credit apart."""

from __future__ import annotations

import re

from newscrawl.extraction.metadata.agencies import find
from newscrawl.extraction.metadata.lexicon import lexicon
from newscrawl.extraction.metadata.markup import says
from newscrawl.extraction.metadata.name_shape import is_name
from newscrawl.parsing.tree import Element
from newscrawl.parsing.xpath import elements
from newscrawl.text.normalise import collapse

_CAPTIONS = elements(".//figcaption | .//*[contains(@class, 'aption')]")
_INLINE = ("span", "small", "cite", "div", "p", "em", "i", "a", "strong")
_TAIL = re.compile(
    r"(?:\s[|•·–—/]\s|[.!?…”\"]\s|\s?[(\[]|\s?©|\s?\(c\)|^)([^()\[\]|•©]{2,90})[)\]]?\.?\s?\Z", re.IGNORECASE
)
_START = re.compile(r"(?<![\w-])[^\W\d_]")
_FEW = 6
"""Words up to which what names an agency is its credit."""
_MAX_DEPTH = 20
_MAX_CAPTION = 1_500
_MAX_CREDIT = 150
_EDGES = " |·•–—/,;:"


def caption_of(figure: Element) -> tuple[str | None, str | None]:
    """Return a figure's caption and its credit: by an element of its own, else by how it is set off in the caption."""
    boxes = _CAPTIONS(figure)
    box = boxes[0] if boxes else None
    caption = _line(box) if box is not None else ""
    credit = ""
    for element in figure.iter(*_INLINE):
        if element is not box and says(element, "credit") and 1 < len(own := _line(element)) <= _MAX_CREDIT:
            credit = own
            break
    if credit:
        caption = caption.replace(credit, " ").strip() if credit != caption else ""
        caption = collapse(caption)
    else:
        caption, credit = split_credit(caption)
    credit = clean_credit(credit)
    return caption.strip(_EDGES)[:_MAX_CAPTION] or None, credit or None


def split_credit(caption: str) -> tuple[str, str]:
    """Return a caption's text and the credit at its end, which may be ``""``.

    >>> split_credit("Snow on the hills. Photo: Anna Sample/AFP")
    ('Snow on the hills.', 'Anna Sample/AFP')
    """
    position = caption.find("©", max(len(caption) - _MAX_CREDIT, 0))
    if position < 0:
        position = _label(caption)
    if position >= 0:
        return caption[:position].rstrip(_EDGES + "(["), clean_credit(caption[position:].split("|")[0])
    found = _TAIL.search(caption[-200:])
    if not found:
        return caption, ""
    tail = found.group(1).strip()
    opening = found.group()[: found.start(1) - found.start()]
    bracketed = "(" in opening or "[" in opening
    owned = bool(find(tail)) and len(tail.split()) <= _FEW
    if "(c)" in opening.lower() or owned or (bracketed and is_name(tail)):
        head = caption[: len(caption) - len(found.group())] + opening.rstrip(" ([|•·–—/").removesuffix("(c").strip()
        return head.strip(), clean_credit(tail)
    return caption, ""


def _label(caption: str) -> int:
    """Return where a credit's label with a colon stands near the end of a caption, or -1."""
    words = lexicon()
    start = max(len(caption) - _MAX_CREDIT, 0)
    for found in _START.finditer(caption, start):
        rest = f"{caption[found.start() : found.start() + 40].lower()} "
        for pattern in (words.photo, words.source):
            label = pattern.match(rest)
            if label and (label["colon"] or ":" in label.group() or "：" in label.group()):
                return found.start()
    return -1


def clean_credit(credit: str) -> str:
    """Return a credit without its label, the brackets around it and the copyright sign.

    >>> clean_credit("(Foto: © Max Muster/dpa)")
    'Max Muster/dpa'
    """
    words = lexicon()
    credit = credit.strip()
    for _ in range(3):
        credit = credit.strip(_EDGES).removeprefix("©").removeprefix("(c)").removeprefix("Copyright").strip(_EDGES)
        if credit[:1] + credit[-1:] in {"()", "[]"}:
            credit = credit[1:-1]
        label = words.photo.match(f"{credit.lower()} ") or words.source.match(f"{credit.lower()} ")
        if label and label.end() < len(credit):
            credit = credit[label.end() :]
    credit = credit.strip(_EDGES)
    return (credit if "(" in credit else credit.rstrip(")"))[:200]


def _line(element: Element) -> str:
    return collapse(" ".join(_pieces(element)))


def _pieces(element: Element, depth: int = 0) -> list[str]:
    """Return the texts of an element without its buttons'."""
    pieces = [element.text or ""]
    for child in element:
        if child.tag != "button" and depth < _MAX_DEPTH:
            pieces += _pieces(child, depth + 1)
        pieces.append(child.tail or "")
    return pieces
