"""Bylines on the page: elements marked or named as the author's, and lines after the headline that begin with "By"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from lxml.html import HtmlElement

from newscrawl.extraction.metadata.lexicon import lexicon
from newscrawl.extraction.metadata.markup import means, under, words
from newscrawl.extraction.metadata.names import agencies_in, parse_byline
from newscrawl.extraction.metadata.people import is_name, same_name, split_authors

_TAGS = (
    "p", "div", "span", "a", "address", "li", "section", "header", "strong", "b", "em", "i", "h1", "h2", "h3", "h4",
    "h5", "h6", "small", "ul", "cite", "dd", "dt", "figure", "font", "aside",
)  # fmt: skip
_NEXT = 200
"""Elements after the headline among which a bare "By …" line is looked for."""
_LEVELS = 5
"""How far up the names of what stands around an element are asked."""
_LABEL = 24
_PARAGRAPH = 110
"""Characters that make a paragraph one of the text, before which a name in bold is the author's."""
_FEW = 6
_MAX_ELEMENTS = 15_000
_MAX_BYLINE = 240
_MAX_TOKENS = 30
_MAX_NAMES = 600
_MAX_NAMED = 300
_MAX_LINE = 120
_AUTHOR_LINK = re.compile(
    r"/(?:author|autor|auteur|autore|contributor|journalist|people|profile|staff|writer|reporter|person|team)s?\b"
    r"|/(?:by|av|von)/|autoren?[-/]",
    re.IGNORECASE,
)
_AUTHOR_PAGE = re.compile(
    r"/(?:author|autor|auteur|autore|contributor|journalist|staff|writer|reporter)s?/", re.IGNORECASE
)
_LATER_BY = re.compile(r"\s[Bb]y\s(?=[^\W\d_])")
_SPLIT_WORD = re.compile(r"[a-z]+|[^a-z]+")


@dataclass(slots=True)
class Credits:
    """People in order, and agencies, as one kind of evidence gives them."""

    people: list[str] = field(default_factory=list)
    agencies: list[str] = field(default_factory=list)

    def add(self, value: str, house: list[str], strict: bool = False) -> None:
        """Add the people and agencies that a field names; ``strict``: full names only."""
        self._add_people([name for name in split_authors(value, house) if not strict or is_name(name)])
        self.agencies += [name for name in agencies_in(value) if name not in self.agencies]

    def add_line(self, line: str, house: list[str]) -> None:
        """Add the people and the agency that a byline as it stands on the page names."""
        if later := _LATER_BY.search(line):
            line = line[later.start() + 1 :]
        people, source = parse_byline(line)
        if not people:
            people = _after_label(line)
        if not people and (label := lexicon().by.match(line.lower())) and len(line.split()) == 2:
            people = [line[label.end() :].strip()]
        self._add_people([name for person in people for name in split_authors(person, house)])
        if source and source not in self.agencies:
            self.agencies.append(source)

    def _add_people(self, people: list[str]) -> None:
        for name in people:
            if not any(same_name(name, other) for other in self.people):
                self.people.append(name)


def _after_label(line: str) -> list[str]:
    """Return the people named after a label within a line ("Politics by Anna Sample")."""
    tokens = line.split()[:_MAX_TOKENS]
    for i in range(1, len(tokens) - 1):
        rest = " ".join(tokens[i:])
        if lexicon().by.match(rest.lower()):
            return [name for name in parse_byline(rest)[0] if is_name(name)]
    return []


@dataclass(slots=True)
class _Found:
    """Elements that may name the author: marked so, named so, lines below the ``h1``, links, labels."""

    marked: list[HtmlElement] = field(default_factory=list)
    named: list[HtmlElement] = field(default_factory=list)
    lines: list[HtmlElement] = field(default_factory=list)
    links: list[HtmlElement] = field(default_factory=list)
    labels: list[HtmlElement] = field(default_factory=list)


def from_page(tree: HtmlElement, house: list[str]) -> list[Credits]:
    """Return who the page shows as the author, the surest evidence first.

    Elements marked as the author's (``rel``, ``itemprop``), those named so, lines below the headline that begin with
    "By", what follows a label ("Author"), links to an author's page below the headline, boxes about the author.
    """
    found = _collect(tree)
    return [
        _of_marked(found.marked, house),
        _of_named(found.named, house),
        _of_lines(found.lines, house),
        _of_labels(found.labels, house),
        _of_author_links(found.links, house),
        _of_boxes(found.named, house),
    ]


def _collect(tree: HtmlElement) -> _Found:
    """Walk the page once."""
    found = _Found()
    by, label_words = lexicon().by, frozenset(words("written_by"))
    left, opened = 0, False
    for element in islice(tree.iter(*_TAGS), _MAX_ELEMENTS):
        if element.tag == "h1":
            left = left or _NEXT
            continue
        if (element.tag == "a" and "author" in (element.get("rel") or "").split()) or (
            "author" in (element.get("itemprop") or "")
        ):
            found.marked.append(element)
        given = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('data-testid') or ''}"
        if len(given) > 2 and means(given[:_MAX_NAMES], "byline"):
            found.named.append(element)
        start = (element.text or "").strip()
        if 1 < len(start) <= _LABEL and start.rstrip(" :").casefold() in label_words:
            found.labels.append(element)
        if left > 0:
            left -= 1
            opened = opened or (element.tag == "p" and len(start) > _PARAGRAPH)
            if (start and by.match(f"{start[:40].lower()} ")) or (not opened and _emphasised(element)):
                found.lines.append(element)
            if element.tag == "a" and _AUTHOR_PAGE.search((element.get("href") or "")[:300]):
                found.links.append(element)
    return found


def _emphasised(element: HtmlElement) -> bool:
    """Tell whether a paragraph is a name in bold type and nothing else."""
    if element.tag != "p" or len(element) != 1 or element[0].tag not in {"strong", "b", "em"}:
        return False
    around = f"{element.text or ''}{element[0].tail or ''}".strip()
    return not around and all(
        not part.endswith(".") and is_name(part.strip()) for part in element[0].text_content()[:_MAX_LINE].split("/")
    )


def _of_marked(marked: list[HtmlElement], house: list[str]) -> Credits:
    found = Credits()
    for element in marked[:40]:
        if _foreign(element) or under(element, "author_box", _LEVELS):
            continue
        name = next((e for e in element.iter() if e.get("itemprop") == "name"), element)
        value = _first_part(name) if name.tag != "meta" else name.get("content") or ""
        if len(value) <= _MAX_BYLINE:
            found.add(value, house, strict=True)
    return found


def _of_named(named: list[HtmlElement], house: list[str]) -> Credits:
    found = Credits()
    taken: set[HtmlElement] = set()
    for element in named[:_MAX_NAMED]:
        if any(above in taken for above in element.iterancestors()):
            continue
        line = _joined(element)
        if not 3 < len(line) <= _MAX_BYLINE or _foreign(element) or under(element, "author_box", _LEVELS):
            continue
        taken.add(element)
        for name in _links(element):
            found.add(name, house, strict=True)
        if not found.people:
            found.add_line(line, house)
        if found.people or len(taken) >= _FEW:
            break
    return found


def _foreign(element: HtmlElement) -> bool:
    """Tell whether what stands around an element says that it is no byline of the article."""
    return under(element, "no_byline_near", 1) or under(element, "no_byline", _LEVELS)


def _links(element: HtmlElement) -> Iterator[str]:
    """Yield the texts of links to an author's page."""
    for link in element.iter("a"):
        if _AUTHOR_LINK.search((link.get("href") or "")[:300]):
            yield _first_part(link)


def _of_lines(lines: list[HtmlElement], house: list[str]) -> Credits:
    found = Credits()
    for element in lines:
        line = _joined(element)
        if 5 < len(line) <= _MAX_LINE and not _foreign(element):
            found.add_line(line, house)
            if found.people:
                break
    return found


def _of_labels(labels: list[HtmlElement], house: list[str]) -> Credits:
    """Return who stands behind an element that says "Author" and nothing else."""
    found = Credits()
    for element in labels:
        if len(element) or _foreign(element):
            continue
        after = (element.tail or "").strip(" :\n\t")
        if not after and (other := element.getnext()) is not None and isinstance(other.tag, str):
            after = _first_part(other)
        if after and len(after) <= _MAX_LINE:
            found.add(after, house, strict=True)
        if found.people:
            break
    return found


def _of_author_links(links: list[HtmlElement], house: list[str]) -> Credits:
    """Return who the first link to an author's page below the headline names, and its neighbours."""
    found = Credits()
    around: HtmlElement | None = None
    for element in links:
        if found.people and element.getparent() is not around:
            break
        if not _foreign(element) and not under(element, "author_box", _LEVELS):
            found.add(_first_part(element), house, strict=True)
            around = element.getparent()
    return found


def _of_boxes(named: list[HtmlElement], house: list[str]) -> Credits:
    """Return whom a box about the author names, if there is one box only or all name the same."""
    found = Credits()
    for element in named[:_MAX_NAMED]:
        if _foreign(element) or not under(element, "author_box", _LEVELS):
            continue
        for piece in _joined(element).split(" | ")[:_FEW]:
            if is_name(piece):
                found.add(piece, house, strict=True)
                break
    return found if len(found.people) == 1 else Credits()


def _first_part(element: HtmlElement) -> str:
    """Return the text of an element up to where another element's begins: a name without the role below it."""
    parts = _joined(element).split(" | ")
    return parts[0] if is_name(parts[0]) else " ".join(parts)


_GLUE = {
    "by",
    "and",
    "und",
    "et",
    "y",
    "e",
    "og",
    "och",
    "en",
    "von",
    "par",
    "por",
    "di",
    "av",
    "af",
    "door",
    "&",
    "i",
    "ja",
}


def _joined(element: HtmlElement) -> str:
    """Return an element's text with a bar between its parts, so that names in neighbouring elements stay apart."""
    line = ""
    for piece in element.itertext():
        part = " ".join(str(piece).split())
        if not part or len(line) > _MAX_BYLINE:
            continue
        words_before = line.casefold().rsplit(" ", 1)[-1].rstrip(":")
        close = not line or line[-1] in ",;|:" or part[0] in ",;|" or {part.casefold(), words_before} & _GLUE
        line = f"{line} {part}" if close else f"{line} | {part}"
    return line.strip()
