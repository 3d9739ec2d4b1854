"""The only name that a page marks as an author's."""

from __future__ import annotations

from newscrawl.extraction.metadata.byline_labels import is_others
from newscrawl.extraction.metadata.byline_lines import BylinePiece
from newscrawl.extraction.metadata.credited import Credits
from newscrawl.extraction.metadata.lexicon import lexicon
from newscrawl.extraction.metadata.name_shape import has_given_name, is_name


def lone_name(pieces: list[BylinePiece], house: list[str]) -> Credits:
    """Return the one person that texts marked as an author's name, or nobody where they name several."""
    found = Credits()
    for piece in pieces:
        text = piece.text
        credits = Credits()
        if lexicon().by.match(f"{text.lower()} "):
            credits.add_line(text, house)
        elif not is_others(text):
            credits.add(text, house, strict=True)
        found.add_people([name for name in credits.people if is_name(name) and has_given_name(name)])
    return found if len(found.people) == 1 else Credits()
