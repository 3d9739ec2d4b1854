"""What a single line of a header is: a date line, a byline, an agency's credit, a bare name, or nothing of it."""

from __future__ import annotations

import re
from typing import Final, Literal

from newscrawl.dates import is_date_line
from newscrawl.dates.lines import leftovers
from newscrawl.dates.parse import reading
from newscrawl.dates.scan import scan
from newscrawl.extraction.metadata.agencies import agencies_in, is_agency
from newscrawl.extraction.metadata.name_shape import clean_name, has_given_name, is_name
from newscrawl.extraction.metadata.names import is_byline
from newscrawl.extraction.metadata.people import strip_label
from newscrawl.widgets.lexicon import default_lexicon

Sign = Literal["", "date", "byline", "name", "source"]

MAX_LINE: Final = 250
EDGES: Final = " \t.,;:|•·–—-*()[]"
PIECES: Final = re.compile(r"\s{0,3}[|•·/\n]\s{0,3}|\s{1,3}[-–—]\s{1,3}|\s{0,3}[,:]\s{1,3}")
_NAME: Final = "Xaver Yorick"
_OUTLET: Final = re.compile(
    r"([^\d|•·]{4,50}?)\s(?:pour|for|für|para|per|voor|för|dla)\s(?=[^\W_a-zà-ÿ])[^|•·:]{2,40}\Z"
)
_WITH: Final = re.compile(
    r"\s(?:avec|with|mit|con|com|met)\s(?:l['’]|la\s|the\s|der\s)?([\w. -]{2,20})\Z", re.IGNORECASE
)
MAX_WITH_WORDS: Final = 7
MAX_PIECES: Final = 4
MAX_ROLE_WORDS: Final = 30
MAX_BEHIND_TWICE: Final = 3
MAX_SECTION_WORDS: Final = 4
_BARS: Final = re.compile(r"\s{1,3}[|•·]\s{1,3}")
_GLUE: Final = re.compile(r"(?<=[^\W\d_A-ZÀ-ÖØ-Þ])(?=[A-ZÀ-ÖØ-Þ][^\W\d_A-ZÀ-ÖØ-Þ])|(?<=[^\W\d_])(?=\d{1,4}[./-]\d)")
"""Where two elements of a page may have run into each other."""
_TWICE: Final = re.compile(r"(\S{1,30}(?: \S{1,30}){1,3}) \1(?: |\Z)")


def sign(text: str, language: str | None) -> Sign:
    """Tell what a line of a header is: a date line, a byline, an agency's credit, a bare name, or nothing of it."""
    if len(text) > MAX_LINE:
        return ""
    text = plain(text)
    if is_date_line(text, language) or _is_dated(text, language) or _has_section(text, language):
        return "date"
    if is_agency(text.strip(EDGES)) or _with_agency(text):
        return "source"
    if not _is_picture_credit(text) and (
        is_byline(text) or opens_byline(text) or _begins_byline(text) or _introduces(text)
    ):
        return "byline"
    return "name" if is_name(text.strip(EDGES)) and not is_widget(text) else ""


def plain(text: str) -> str:
    """Return a header's line without a colon behind its "By", an outlet behind its name, a button at its end.

    What ran into each other is set apart, and a name that stands twice (for a picture and for its link) stands once.
    """
    text = _unglued(_without_button(text))
    label, colon, rest = text.partition(":")
    if colon and opens_byline(label.rstrip()):
        text = f"{label.rstrip()} {rest.lstrip()}"
    text = named_twice(text) or text
    outlet = _OUTLET.match(text)
    return outlet.group(1) if outlet and (is_name(outlet.group(1)) or is_byline(outlet.group(1))) else text


def named_twice(text: str) -> str | None:
    """Return the name with which a line begins two times, with little else behind it.

    >>> named_twice("Jane Model Jane Model Reporter")
    'Jane Model'
    """
    twice = _TWICE.match(text)
    if twice is None or not is_name(twice.group(1)) or len(text[twice.end() :].split()) > MAX_BEHIND_TWICE:
        return None
    return twice.group(1)


def without_dates(text: str, language: str | None) -> str:
    """Return a date line without its dates."""
    for moment in scan(text, reading(language, None)).moments[::-1]:
        text = f"{text[: moment.start]} | {text[moment.end :]}"
    return text


def opens_byline(text: str) -> bool:
    """Tell whether a line is the "By" of a byline whose name stands on the next line."""
    bare = text.rstrip(" :")
    return len(bare) <= 40 and strip_label(f"{bare} {_NAME}") == _NAME


def is_widget(text: str) -> bool:
    """Tell whether a line has a widget's words."""
    return any(hit.strength in ("label", "strong", "button") for hit in default_lexicon().hits(text))


def _is_dated(text: str, language: str | None) -> bool:
    """Whether a line is a date with names, agencies and a reading time around it, and nothing else."""
    if not any(map(str.isdigit, text)) or not scan(text, reading(language, None)).moments:
        return False
    pieces = (piece.strip(EDGES) for piece in PIECES.split(without_dates(text, language)))
    return all(not piece or _is_credit(piece, language) for piece in pieces)


def _has_section(text: str, language: str | None) -> bool:
    """Whether a line is a day in full and the few words of a section behind it ("3 May 2024 Peace and Security")."""
    if not text[:1].isdigit():
        return False
    moments = scan(text, reading(language, None)).moments
    if len(moments) != 1 or moments[0].start or moments[0].parsed is None:
        return False
    rest = text[moments[0].end :]
    words = rest.split()
    return (
        rest[:1] == " "
        and words[0][:1].isupper()
        and len(words) <= MAX_SECTION_WORDS
        and not any(map(str.isdigit, rest))
        and (rest[-1].isalpha())
    )


def _is_credit(piece: str, language: str | None) -> bool:
    """Whether a piece of a date line is a name, an agency, a label or a reading time."""
    return (
        not leftovers(scan(piece, reading(language, None)))
        or is_byline(piece)
        or is_agency(piece)
        or is_name(clean_name(piece))
    )


def _with_agency(text: str) -> bool:
    """Whether a short line names a paper and the agency whose text it used ("The Gazette with AFP")."""
    found = _WITH.search(text)
    return bool(found) and len(text.split()) <= MAX_WITH_WORDS and is_agency(found.group(1) if found else "")


def _begins_byline(text: str) -> bool:
    """Whether the first of a few pieces is a "By" with a name; behind it stand a desk, a place, a translator."""
    first, *others = _BARS.split(text)
    return 0 < len(others) < MAX_PIECES and is_byline(first) and strip_label(first) != first


def _introduces(text: str) -> bool:
    """Whether a line is a "By" with a name and what that person is ("By Jane Model, a teacher in Leeds")."""
    name, comma, role = strip_label(text).partition(", ")
    is_role = role[:1].islower() and len(role.split()) <= MAX_ROLE_WORDS and role[-1].isalpha()
    return bool(comma) and len(name) + len(role) + 2 < len(text) and is_role and is_name(name) and has_given_name(name)


def _is_picture_credit(text: str) -> bool:
    """Whether an agency and a name are put together as under a picture: "AFP/Jane Model"."""
    agency, slash, name = text.strip(EDGES).partition("/")
    return bool(slash) and name[:1].isalpha() and bool(agencies_in(agency)) and len(agency.split()) == 1


def _unglued(text: str) -> str:
    """Return a line with its label, name and date set apart where they ran into each other ("byJane ModelUpdated")."""
    for at in [match.start() for match in _GLUE.finditer(text)][::-1]:
        left, right = text[:at], text[at:]
        if opens_byline(left) or _opens_dates(right):
            text = f"{left} {right}"
    return text


def _opens_dates(text: str) -> bool:
    """Whether a text begins with a date, or with a word such as "Published" and no other word behind it."""
    items = scan(text, reading(None, None)).items
    return bool(items) and (
        items[0].kind == "day" or (items[0].kind == "label" and (len(items) < 2 or items[1].kind != "word"))
    )


def _without_button(text: str) -> str:
    """Return a line without the follow button or the count of comments behind a name."""
    words = text.split()
    for size in range(min(3, len(words) - 1), 0, -1):
        tail = " ".join(words[-size:])
        if words[-1].isalpha() and _is_button(tail):
            return text[: text.rstrip().rindex(words[-size])].rstrip()
    return text


def _is_button(text: str) -> bool:
    """Whether a text is a button of social networks or comments, and nothing else."""
    hits = default_lexicon().hits(text)
    return any(hit.kind in ("follow", "social", "comment") and hit.start == 0 and hit.end >= len(text) for hit in hits)
