"""The header of a plain document: standfirst, byline, dates, source, publisher, section.

Read off the lines between the headline and the text, and off the last lines, after the model has said which lines are
none of the article's text (`newscrawl.extraction.plain_text.roles`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final, Literal

from newscrawl.dates import is_date_line
from newscrawl.dates.lines import leftovers
from newscrawl.dates.parse import reading
from newscrawl.dates.scan import scan
from newscrawl.extraction.metadata.agencies import agencies_in, is_agency
from newscrawl.extraction.metadata.name_shape import clean_name, is_name
from newscrawl.extraction.metadata.names import is_byline, parse_byline
from newscrawl.extraction.metadata.people import strip_label
from newscrawl.widgets.lexicon import default_lexicon
from newscrawl.widgets.rejoin import open_words

Sign = Literal["", "date", "byline", "name", "source"]

MAX_LINE: Final = 250
MAX_STANDFIRST: Final = 700
MAX_STANDFIRST_BLOCKS: Final = 2
MAX_SECTION_WORDS: Final = 3
MAX_THANKS_WORDS: Final = 8
ABOVE: Final = 12
"""Lines above the text in which a byline or date may stand."""
PROSE_WORDS: Final = 28
BELOW: Final = 5
"""Lines below it."""
_PIECES: Final = re.compile(r"\s{0,3}[|•·/\n]\s{0,3}|\s{1,3}[-–—]\s{1,3}|\s{0,3}[,:]\s{1,3}")
_DOMAIN: Final = re.compile(r"(?i)\A(?:www\.)?(.{2,60}?)\.(?:com?\.)?[a-z]{2,5}\Z")
_EDGES: Final = " \t.,;:|•·–—-*()[]"
_NAME: Final = "Xaver Yorick"
_OUTLET: Final = re.compile(
    r"([^\d|•·]{4,50}?)\s(?:pour|for|für|para|per|voor|för|dla)\s(?=[^\W_a-zà-ÿ])[^|•·:]{2,40}\Z"
)
ARTICLES: Final = frozenset(("le", "la", "les", "the", "el", "los", "las", "der", "die", "das", "il", "lo"))
MAX_INITIALS: Final = 3
MAX_PIECES: Final = 4
_WITH: Final = re.compile(
    r"\s(?:avec|with|mit|con|com|met)\s(?:l['’]|la\s|the\s|der\s)?([\w. -]{2,20})\Z", re.IGNORECASE
)
MAX_WITH_WORDS: Final = 7
_BARS: Final = re.compile(r"\s{1,3}[|•·]\s{1,3}")


@dataclass(slots=True)
class Header:
    """What the lines around a text say. ``taken``: lines that say it, with their sign."""

    description: str | None = None
    authors: list[str] = field(default_factory=list)
    source: str | None = None
    publisher: str | None = None
    article_section: str | None = None
    standfirst: list[int] = field(default_factory=list)
    dates: list[int] = field(default_factory=list)


def sign(text: str, language: str | None) -> Sign:
    """Tell what a line of a header is: a date line, a byline, an agency's credit, a bare name, or nothing of it."""
    if len(text) > MAX_LINE:
        return ""
    text = _plain(text)
    if is_date_line(text, language) or _is_dated(text, language):
        return "date"
    if is_agency(text.strip(_EDGES)) or _with_agency(text):
        return "source"
    if not _is_picture_credit(text) and (is_byline(text) or _opens_byline(text) or _begins_byline(text)):
        return "byline"
    return "name" if is_name(text.strip(_EDGES)) and not _is_widget(text) else ""


def above_text(texts: list[str], words: list[int]) -> range:
    """The lines before the first paragraph of prose, and those behind a standfirst, as far as a header may reach."""
    prose = [i for i, count in enumerate(words) if count >= PROSE_WORDS] or [len(texts)]
    first = prose[0]
    if len(prose) > 1 and prose[1] - first - 1 in range(1, BELOW) and len(texts[first]) <= MAX_STANDFIRST:
        return range(max(0, first - 2 * ABOVE), prose[1])
    return range(max(0, first - 2 * ABOVE), first)


def read_header(texts: list[str], leftover: list[bool], headline: int | None, language: str | None) -> Header:
    """Read the lines around a text.

    ``leftover``: which lines are none of the text; ``headline``: the line that is the headline, if any.
    """
    header = Header()
    body = [i for i, gone in enumerate(leftover) if not gone and i != headline]
    first = body[0] if body else len(texts)
    start = headline + 1 if headline is not None else max(0, first - ABOVE)
    header.standfirst = _standfirst(texts, leftover, headline, language)
    first = next((i for i in body if i not in header.standfirst), len(texts))
    zone = list(range(start, first))
    if headline is not None:  # a byline may stand above the headline
        zone = list(range(max(0, headline - 3), headline)) + zone
    last = body[-1] + 1 if body else len(texts)
    below = list(range(last, min(last + BELOW, len(texts))))
    header.description = " ".join(texts[i] for i in header.standfirst) or None
    header.dates = [i for i in zone if sign(texts[i], language) == "date"]
    _read_credits(texts, zone, header, language)
    if not header.authors or not header.source:
        ending = Header()
        signed = [i for i in below if sign(texts[i], language) in ("byline", "source")]
        if below and sign(texts[below[0]], language) == "name":  # a signature right under the last paragraph
            signed.insert(0, below[0])
        _read_credits(texts, signed, ending, language)
        header.authors = header.authors or ending.authors
        header.source = header.source or ending.source or _contributing(texts, below)
    if headline is not None and headline > 0:
        header.article_section = _section(texts[headline - 1], texts[headline])
    return header


def _standfirst(texts: list[str], leftover: list[bool], headline: int | None, language: str | None) -> list[int]:
    """The paragraphs between the headline and a byline or date line below it."""
    if headline is None:
        return []
    found: list[int] = []
    for i in range(headline + 1, min(headline + 1 + ABOVE, len(texts))):
        if sign(texts[i], language) in ("date", "byline", "source"):
            return found
        if leftover[i]:
            continue
        found.append(i)
        if len(found) > MAX_STANDFIRST_BLOCKS or len(texts[i]) > MAX_STANDFIRST:
            return []
    return []


def _read_credits(texts: list[str], zone: list[int], header: Header, language: str | None) -> None:
    """Gather names, agency and publisher from the lines of a zone, in order."""
    opened = False
    for i in zone:
        text = _plain(texts[i])
        kind = sign(texts[i], language)
        if i in header.standfirst or not kind:
            opened = opened and len(text) > MAX_LINE
            continue
        if _opens_byline(text):
            opened = True
            continue
        rest = _without_dates(text, language) if kind == "date" else text
        people, agency = (
            parse_byline(rest) if is_byline(rest) else _pieces(rest, bare=opened or kind in ("date", "name"))
        )
        if kind == "source" and agency is None and agencies_in(text):
            agency = agencies_in(text)[0]
        header.source = header.source or agency
        labelled = strip_label(text) != text
        header.authors += [name for name in people if name not in header.authors and _is_person(name, labelled)]
        if kind == "date" and (publisher := _publisher(text, language)):
            header.publisher = header.publisher or publisher
            header.authors = [name for name in header.authors if name != publisher]
        opened = False


def _contributing(texts: list[str], below: list[int]) -> str | None:
    """The agency that a short line below the text thanks ("AFP contributed to this report.")."""
    for i in below:
        agencies = agencies_in(texts[i])
        others = [word for word in texts[i].split() if word[:1].isupper() and not is_agency(word.strip(_EDGES))]
        if agencies and len(texts[i].split()) <= MAX_THANKS_WORDS and len(others) <= 1:
            return agencies[0]
    return None


def _pieces(text: str, *, bare: bool) -> tuple[list[str], str | None]:
    """Names and agency in the pieces of a line; ``bare``: a name counts without a "By" before it."""
    people: list[str] = []
    source: str | None = None
    for part in _PIECES.split(text):
        piece = _without_open_end(part.strip(_EDGES))
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


def _is_dated(text: str, language: str | None) -> bool:
    """Whether a line is a date with names, agencies and a reading time around it, and nothing else."""
    if not any(map(str.isdigit, text)) or not scan(text, reading(language, None)).moments:
        return False
    pieces = (piece.strip(_EDGES) for piece in _PIECES.split(_without_dates(text, language)))
    return all(not piece or _is_credit(piece, language) for piece in pieces)


def _is_credit(piece: str, language: str | None) -> bool:
    """Whether a piece of a date line is a name, an agency, a label or a reading time."""
    return (
        not leftovers(scan(piece, reading(language, None)))
        or is_byline(piece)
        or is_agency(piece)
        or is_name(clean_name(piece))
    )


def _opens_byline(text: str) -> bool:
    """Whether a line is the "By" of a byline whose name stands on the next line."""
    bare = text.rstrip(" :")
    return len(bare) <= 40 and strip_label(f"{bare} {_NAME}") == _NAME


def _without_dates(text: str, language: str | None) -> str:
    """Return a date line without its dates."""
    for moment in scan(text, reading(language, None)).moments[::-1]:
        text = f"{text[: moment.start]} | {text[moment.end :]}"
    return text


def _with_agency(text: str) -> bool:
    """Whether a short line names a paper and the agency whose text it used ("The Gazette with AFP")."""
    found = _WITH.search(text)
    return bool(found) and len(text.split()) <= MAX_WITH_WORDS and is_agency(found.group(1) if found else "")


def _begins_byline(text: str) -> bool:
    """Whether the first of a few pieces is a "By" with a name; behind it stand a desk, a place, a translator."""
    first, *others = _BARS.split(text)
    return 0 < len(others) < MAX_PIECES and is_byline(first) and strip_label(first) != first


def _plain(text: str) -> str:
    """Return a header's line without a colon behind its "By", an outlet behind its name, a button at its end."""
    text = _without_button(text)
    label, colon, rest = text.partition(":")
    if colon and _opens_byline(label.rstrip()):
        text = f"{label.rstrip()} {rest.lstrip()}"
    outlet = _OUTLET.match(text)
    return outlet.group(1) if outlet and (is_name(outlet.group(1)) or is_byline(outlet.group(1))) else text


def _is_person(name: str, labelled: bool) -> bool:
    """Whether a name is a person's rather than a paper's: "The Gazette", "GAZETTE Brussels"."""
    first, _, rest = name.partition(" ")
    if not labelled and first.casefold() in ARTICLES and " " not in rest:
        return False
    return not (len(first) > MAX_INITIALS and first.isupper() and rest and not rest.isupper())


def _is_picture_credit(text: str) -> bool:
    """Whether an agency and a name are put together as under a picture: "AFP/Jane Model"."""
    agency, slash, name = text.strip(_EDGES).partition("/")
    return bool(slash) and name[:1].isalpha() and bool(agencies_in(agency)) and len(agency.split()) == 1


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


def _is_widget(text: str) -> bool:
    """Whether a line has a widget's words."""
    return any(hit.strength in ("label", "strong", "button") for hit in default_lexicon().hits(text))


def _publisher(text: str, language: str | None) -> str | None:
    """The publication named behind the dates: ``… à 16:48 | La Gazette.fr``."""
    parts = [part.strip() for part in re.split(r"\s[|•·]\s", text)]
    last = parts[-1]
    if len(parts) < 2 or len(last) > 60 or is_byline(last) or is_date_line(last, language):
        return None
    found = _DOMAIN.match(last)
    return found.group(1) if found else last if last[:1].isupper() and not any(map(str.isdigit, last)) else None


def _section(text: str, headline: str) -> str | None:
    """The section above a headline: a few words, much shorter than it."""
    fits = len(text.split()) <= MAX_SECTION_WORDS and len(headline) > 2 * len(text) and text[-1:] not in "?!.:"
    return text if fits and text[:1].isupper() and not _is_widget(text) and not is_name(text) else None
