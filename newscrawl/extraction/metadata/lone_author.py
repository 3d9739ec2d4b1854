"""The only name, or the only list of names, that a page marks as its author's."""

from __future__ import annotations

from newscrawl.extraction.metadata.byline_labels import is_others
from newscrawl.extraction.metadata.byline_pieces import BylinePiece
from newscrawl.extraction.metadata.credited import Credits
from newscrawl.extraction.metadata.lexicon import lexicon
from newscrawl.extraction.metadata.name_shape import has_given_name, is_name, same_name
from newscrawl.text.normalise import title_key

_MOST = 6


def lone_name(places: list[list[BylinePiece]], house: list[str], others: list[str]) -> Credits:
    """Return the one person that texts marked as an author's name, or those of one place; nobody where others do, too.

    ``places``: the texts of each place on the page. ``others``: who did something else.
    """
    named = [credits for pieces in places if (credits := _named(pieces, house))]
    if any(same_name(name, other) for credits in named for name in credits.people for other in others):
        return Credits()
    people = {title_key(name) for credits in named for name in credits.people}
    return named[0] if len(people) == 1 or len(named) == 1 else Credits()


def _named(pieces: list[BylinePiece], house: list[str]) -> Credits:
    found = Credits()
    for piece in pieces:
        text = piece.text
        credits = Credits()
        if lexicon().by.match(f"{text.lower()} "):
            credits.add_line(text, house)
        elif not is_others(text):
            credits.add(text, house, strict=True)
        found.add_people([name for name in credits.people if is_name(name) and has_given_name(name)])
    return found if len(found.people) <= _MOST else Credits()
