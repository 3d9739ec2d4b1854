"""Who wrote a plain document, and which agency gave it: names out of the lines of its header and its end."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from newscrawl.extraction.metadata.agencies import agencies_in, find, is_agency
from newscrawl.extraction.metadata.name_shape import clean_name, has_given_name, is_name
from newscrawl.extraction.metadata.names import is_byline, parse_byline
from newscrawl.extraction.metadata.people import strip_label
from newscrawl.extraction.plain_text.signs import (
    EDGES,
    MAX_LINE,
    PIECES,
    Sign,
    named_twice,
    opens_byline,
    plain,
    sign,
    without_dates,
)
from newscrawl.widgets.rejoin import open_words

ARTICLES: Final = frozenset(("le", "la", "les", "the", "el", "los", "las", "der", "die", "das", "il", "lo"))
MAX_INITIALS: Final = 3
MAX_THANKS_WORDS: Final = 8
NEAR: Final = 2
"""Lines between a bare name and the headline, date line or byline that make it an author's."""


@dataclass(slots=True)
class Credits:
    """The people and the agency that lines name."""

    authors: list[str] = field(default_factory=list)
    source: str | None = None


def read_credits(
    texts: list[str], zone: list[int], language: str | None, *, headline: int | None = None, below: bool = False
) -> Credits:
    """Gather names and agency from the lines of a zone, in order.

    A name behind a "By" is an author; a name without one only if there is no other, with a common given name or beside
    a date, near a headline or date line, or right between these. ``below``: the zone is the end of the text.
    """
    found = Credits()
    bare: list[str] = []
    opened = False
    signs = {i: sign(texts[i], language) for i in zone}
    marks = [i for i, kind in signs.items() if kind in ("date", "byline", "source")]
    marks += [] if headline is None else [headline]
    for i in zone:
        text = plain(texts[i])
        kind = signs[i]
        if not kind:
            opened = opened and len(text) > MAX_LINE
            continue
        if opens_byline(text):
            opened = True
            continue
        people, agency = read_line(text, kind, language, bare=opened or kind in ("date", "name"))
        found.source = found.source or agency
        labelled = opened or strip_label(text) != text or kind == "byline" or named_twice(texts[i]) is not None
        people = [named_twice(name) or name for name in people if _is_person(name, labelled)]
        if labelled:
            found.authors += people
        elif below or any(abs(i - mark) <= NEAR for mark in marks):
            is_between = i - 1 == headline and signs.get(i + 1) == "date"
            bare += [name for name in people if has_given_name(name) or kind == "date" or is_between]
        opened = False
    found.authors = list(dict.fromkeys(found.authors or bare))
    return found


def read_line(text: str, kind: Sign, language: str | None, *, bare: bool) -> tuple[list[str], str | None]:
    """Return the names and the agency of a line; ``bare``: a name counts without a "By" before it."""
    rest = without_dates(text, language) if kind == "date" else text
    if is_byline(rest) or strip_label(rest) != rest:
        people, agency = parse_byline(rest)
    else:
        people, agency = _pieces(rest, bare=bare)
        if not people and agency is None and kind == "date":  # the date's label holds the name: "Posted by … on …"
            people, agency = parse_byline(rest if strip_label(text) == text else text)
    if kind == "source" and agency is None and agencies_in(text):
        agency = agencies_in(text)[0]
    return [name for name in people if agency is None or agency not in name], agency


def contributing(texts: list[str], below: list[int]) -> str | None:
    """Return the agency that a short line below the text thanks ("AFP contributed to this report.")."""
    for i in below:
        agencies = agencies_in(texts[i])
        others = [word for word in texts[i].split() if word[:1].isupper() and not is_agency(word.strip(EDGES))]
        if agencies and len(texts[i].split()) <= MAX_THANKS_WORDS and len(others) <= 1:
            return agencies[0]
    return None


def _pieces(text: str, *, bare: bool) -> tuple[list[str], str | None]:
    """Names and agency in the pieces of a line; ``bare``: a name counts without a "By" before it."""
    people: list[str] = []
    source: str | None = None
    for part in PIECES.split(text):
        piece = _without_open_end(part.strip(EDGES))
        if not piece:
            continue
        if is_byline(piece):
            found, agency = parse_byline(piece)
            people += found
            source = source or agency
        elif is_agency(piece):
            source = source or agencies_in(piece)[0]
        elif bare and is_name(name := clean_name(piece)):
            people.append(name)
    return people, source


def _without_open_end(text: str) -> str:
    """Return a piece without the preposition that led to the date behind it ("Posted by … on")."""
    head, _, last = text.rpartition(" ")
    return head if head and last.islower() and any(last in words for words in open_words().values()) else text


def _is_person(name: str, labelled: bool) -> bool:
    """Whether a name is a person's rather than a paper's: "The Gazette", "GAZETTE Brussels"."""
    first, _, rest = name.partition(" ")
    if find(name):
        return False
    if not labelled and first.casefold() in ARTICLES and " " not in rest:
        return False
    return not (len(first) > MAX_INITIALS and first.isupper() and rest and not rest.isupper())
