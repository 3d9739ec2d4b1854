"""What elements are to the text in them: inline or block, heading, control, hidden, and what their names speak of."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from newscrawl.extraction.segments.model import Frame, Segment
from newscrawl.extraction.segments.role import MARK
from newscrawl.widgets.markup import is_for_screen_readers, is_tooltip, marks, tokens_and_marks, trained_bit

SKIPPED: Final = frozenset(
    """script style noscript template svg math head iframe object embed canvas audio video map datalist""".split()
)
INLINE: Final = frozenset(
    """a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd mark meter nobr output q rb rp rt ruby s
    samp small span strike strong sub sup time tt u var wbr img picture source label input o:p""".split()
)
PARAGRAPHS: Final = frozenset("p li h1 h2 h3 h4 h5 h6 dd dt td figcaption".split())
HEADINGS: Final = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
NAMED: Final = ("class", "id", "name", "action", "data-component", "data-testid", "data-type", "data-module")
_NAMED: Final = frozenset(NAMED)
CONTROLS: Final = frozenset("button select option textarea label input optgroup".split())
_FLAGGED: Final = (
    "article main section aside nav header footer form figure figcaption table ul ol dl blockquote".split()
)
FLAGS: Final = {tag: 1 << bit for bit, tag in enumerate(_FLAGGED)}
HIDDEN: Final = 1 << 15
UNTOLD: Final = 1 << 16
"""Hidden from screen readers, and with that often from all: no figure of the models."""
MARKED: Final = 1 << 17
"""With a mark of an earlier cleaning: no figure of the models, either."""
_MOST_TAGS: Final = 200
_MOST_NAMES: Final = 5_000
"""Tags, and names of elements of each, that are remembered at the most."""
_HIDDEN_STYLE: Final = re.compile(r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden", re.I)


class Naming:
    """What an element's tag and names say, whatever page and place they stand in."""

    __slots__ = (
        "all_marks", "flag", "is_control", "is_custom", "is_inline", "is_soft", "is_tooltip", "is_unseen", "marks",
        "signature", "tokens",
    )  # fmt: skip

    def __init__(self, tag: str, names: str) -> None:
        self.tokens, self.marks = tokens_and_marks(names)
        self.all_marks = self.marks | marks(tag) if "-" in tag else self.marks
        self.signature = f"{tag}.{names}"
        self.flag = FLAGS.get(tag, 0)
        self.is_inline = tag in INLINE
        self.is_custom = "-" in tag
        self.is_control = tag in CONTROLS
        self.is_tooltip = tag == "span" and is_tooltip(names)
        self.is_soft = (bool(self.marks & _soft_marks()) and not self.is_control) or self.is_tooltip
        self.is_unseen = self.is_inline and is_for_screen_readers(names)
        """Within a paragraph it is read out and not shown."""


NAMINGS: Final[dict[str, dict[str, Naming]]] = {}
"""Those of the elements of earlier pages, by tag and names: a site has the same on each."""


def naming_of(tag: str, names: str) -> Naming:
    """Return what tag and names say, and keep it."""
    if len(NAMINGS) > _MOST_TAGS:
        NAMINGS.clear()
    of_tag = NAMINGS.setdefault(tag, {})
    if len(of_tag) > _MOST_NAMES:
        of_tag.clear()
    naming = of_tag.get(names)
    if naming is None:
        naming = of_tag[names] = Naming(tag, names)
    return naming


def names_of(given: list[tuple[str, str]]) -> str:
    """Return the names among an element's attributes, in one order."""
    if len(given) == 1:
        return given[0][1] if given[0][0] in _NAMED else ""
    named = [item for item in given if item[0] in _NAMED]
    if len(named) < 2:
        return named[0][1] if named else ""
    attributes = dict(named)
    return " ".join([attributes[name] for name in NAMED if name in attributes])


def flags_of(given: list[tuple[str, str]]) -> int:
    """Return the flags that an element has by its attributes."""
    flags = 0
    for name, value in given:
        if name == "hidden" or (name == "style" and "n" in value and _HIDDEN_STYLE.search(value[:300])):
            flags |= HIDDEN
        elif name == "aria-hidden" and value == "true":
            flags |= UNTOLD
        elif name == MARK:
            flags |= MARKED
    return flags


@cache
def _soft_marks() -> int:
    """Return marks of inline elements that are split off their paragraph, to be judged by themselves."""
    return sum(trained_bit(kind) for kind in ("newsletter", "related", "ad", "social", "comment", "donation", "follow"))


def in_tooltip(item: Segment) -> bool:
    """Tell whether a segment stands in an inline element that unfolds over a word of the text."""
    at: Frame | None = item.frame
    while at is not None and at.tag in INLINE:
        if naming_of(at.tag, at.signature[len(at.tag) + 1 :]).is_tooltip:
            return True
        at = at.parent
    return False


def is_heading(item: Segment) -> bool:
    """Tell whether a segment stands in a heading element."""
    return item.frame.tag in HEADINGS or (item.frame.parent is not None and item.frame.parent.tag in HEADINGS)
