"""The header of a plain document: standfirst, byline, dates, source, publisher, section.

Read off the lines between the headline and the text, and off the last lines, after the model has said which lines are
none of the article's text (`newscrawl.extraction.plain_text.roles`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import Final

from newscrawl.dates import is_date_line
from newscrawl.extraction.metadata.name_shape import is_name
from newscrawl.extraction.metadata.names import is_byline
from newscrawl.extraction.plain_text.credits import contributing, read_credits
from newscrawl.extraction.plain_text.signs import is_widget, sign

MAX_STANDFIRST: Final = 700
MAX_STANDFIRST_BLOCKS: Final = 2
MAX_SECTION_WORDS: Final = 3
ABOVE: Final = 12
"""Lines above the text in which a byline or date may stand."""
ABOVE_TITLE: Final = 3
PROSE_WORDS: Final = 28
BELOW: Final = 5
"""Lines below it."""
MOST: Final = 0.7
"""Share of a text behind which a signature may stand with nothing but leftovers and what is left of them below it."""
_DOMAIN: Final = re.compile(r"(?i)\A(?:www\.)?(.{2,60}?)\.(?:com?\.)?[a-z]{2,5}\Z")


@dataclass(slots=True)
class Header:
    """What the lines around a text say."""

    description: str | None = None
    authors: list[str] = field(default_factory=list)
    source: str | None = None
    publisher: str | None = None
    article_section: str | None = None
    standfirst: list[int] = field(default_factory=list)
    dates: list[int] = field(default_factory=list)


def above_text(texts: list[str], words: list[int]) -> range:
    """Return the lines before the first paragraph of prose, and those behind a caption or standfirst, as far as a
    header may reach."""
    prose = [i for i, count in enumerate(words) if count >= PROSE_WORDS] or [len(texts)]
    end = prose[0]
    for one, following in pairwise(prose[: MAX_STANDFIRST_BLOCKS + 1]):
        if len(texts[one]) > MAX_STANDFIRST:
            break
        if following - one - 1 in range(1, BELOW):
            end = following
            break
    return range(max(0, prose[0] - 2 * ABOVE), end)


def read_header(
    texts: list[str], leftover: list[bool], headline: int | None, language: str | None, signs: list[int] | None = None
) -> Header:
    """Read the lines around a text.

    ``leftover``: which lines are none of the text; ``headline``: the line that is the headline, if any; ``signs``: date
    lines and bylines that stand above the text.
    """
    header = Header()
    body = [i for i, gone in enumerate(leftover) if not gone and i != headline]
    first = body[0] if body else len(texts)
    start = headline + 1 if headline is not None else max(0, first - ABOVE)
    header.standfirst = _standfirst(texts, leftover, headline, language)
    first = next((i for i in body if i not in header.standfirst), len(texts))
    far = [i for i in signs or [] if i >= start or headline is None]
    zone = sorted({*range(start, first), *far} - set(header.standfirst))
    above = list(range(max(0, headline - ABOVE_TITLE), headline)) if headline is not None else []
    header.description = " ".join(texts[i] for i in header.standfirst) or None
    header.dates = [i for i in above + zone if sign(texts[i], language) == "date"]
    header.publisher = next((name for i in header.dates if (name := _publisher(texts[i], language))), None)
    _read_names(texts, [zone, above, *_ends(texts, body)], header, headline, language)
    if headline is not None and headline > 0:
        header.article_section = _section(texts[headline - 1], texts[headline])
    return header


def _ends(texts: list[str], body: list[int]) -> list[list[int]]:
    """The lines below the text, and those that cut off the last part of it: what is left of a list may stand there."""
    last = body[-1] + 1 if body else len(texts)
    sizes = list(accumulate(len(texts[i]) for i in body))
    pairs = zip(pairwise(body), sizes, strict=False)
    cuts = [one + 1 for (one, following), size in pairs if following > one + 1 and size >= MOST * sizes[-1]]
    return [list(range(start, min(start + BELOW, len(texts)))) for start in [last, *cuts]]


def _read_names(
    texts: list[str], places: list[list[int]], header: Header, headline: int | None, language: str | None
) -> None:
    """Read authors and agency off the lines below the headline, else above it, else below the text."""
    zone, above, *ends = places
    found = [read_credits(texts, lines, language, headline=headline) for lines in (zone, above)]
    for lines in ends:
        signed = [i for i in lines if sign(texts[i], language) in ("byline", "source")]
        if lines and sign(texts[lines[0]], language) == "name":  # a signature right under the last paragraph
            signed.insert(0, lines[0])
        found.append(read_credits(texts, signed, language, below=True))
    authors = ([name for name in one.authors if name != header.publisher] for one in found)
    header.authors = next((names for names in authors if names), [])
    header.source = next((one.source for one in found if one.source), None) or contributing(texts, ends[0])


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
    return text if fits and text[:1].isupper() and not is_widget(text) and not is_name(text) else None
