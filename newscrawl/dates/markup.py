"""All dates of a page: `collect`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

from newscrawl.dates.candidate import DateCandidate, Role
from newscrawl.dates.context import DateSurroundings, kinds, names_of, role_of
from newscrawl.dates.lines import dateline, is_date_line, line_dates
from newscrawl.dates.page import DateElement, PageLayout, look_over
from newscrawl.dates.parse import parse_date, reading
from newscrawl.dates.prose import in_caption, within_sentence
from newscrawl.dates.scan import scan
from newscrawl.dates.scripts import script_dates
from newscrawl.dates.tags import candidate, json_ld_dates, meta_dates, url_day
from newscrawl.parsing.structured import StructuredData
from newscrawl.parsing.tree import Element
from newscrawl.text.normalise import collapse

_LINE: Final = 180
_BEFORE: Final = 60
"""Elements before the headline that still belong to the article's header."""
_BLOCKS: Final = frozenset(("body", "main", "section", "table", "ul", "ol", "form", "html"))
_ATTRIBUTES: Final = ("datetime", "content", "data-datetime", "title")
_HEADINGS: Final = ("h1", "h2", "h3")
_SHORT: Final = 60
_STANDFIRST: Final = 8
"""Elements from the first paragraph on, which is often the standfirst, that may still hold the date line."""
_FEW: Final = 2
"""Elements from the first paragraph on beyond which the last one is no standfirst."""
_NEAR: Final = 40
"""Elements below the headline that are its own lines."""
_MAX_LINES: Final = 40
_CLIMB: Final = 8
_MAX_PIECES: Final = 60
_SURE: Final = 2
_OUTSKIRTS: Final = 7
_WITHIN: Final = "within the body"
_BELOW: Final = "below the body"
_TOLD: Final = 30
"""Characters of label and date from which on they are a sentence, and no word of a list of dates."""


def collect(tree: Element, data: StructuredData, url: str, *, title: str | None = None) -> list[DateCandidate]:
    """Return every date of a page with what it is the date of, before anything is removed from the tree.

    ``title``: the headline where it is known already. Dates of comments, teasers and other articles are skipped.
    """
    titles = [title or "", *data.meta.get("og:title", ())[:1]]
    if data.article is not None and isinstance(data.article.get("headline"), str):
        titles.append(data.article["headline"])
    if not any(titles):
        head = tree.find(".//title")
        titles.append((head.text or "") if head is not None else "")
    found = json_ld_dates(data) + meta_dates(data)
    page = look_over(tree, titles, head_only=_given(found, tree.get("lang")))
    found += _page_dates(page, url, tree.get("lang"))
    if not any(c["role"] != "modified" for c in found):
        found += script_dates(tree) or _sole_day(_page_dates(page, url, tree.get("lang"), by_links_only=True))
    return found + url_day(url)


def _sole_day(found: list[DateCandidate]) -> list[DateCandidate]:
    """Return dates of a page's outskirts: to be trusted only where all name one day."""
    days = {parsed.day for c in found if (parsed := parse_date(c["raw"]))}
    return [{**c, "rank": _OUTSKIRTS} for c in found] if len(days) == 1 else []


def _given(found: list[DateCandidate], language: str | None) -> bool:
    """Tell whether tags of the article itself give the date of publication."""
    sure = [c["raw"] for c in found if c["role"] == "published" and c.get("rank", 0) <= _SURE]
    return any(parse_date(raw, language=language) for raw in sure[:4])


def _page_dates(
    page: PageLayout, url: str, language: str | None, *, by_links_only: bool = False
) -> list[DateCandidate]:
    """Return the dates in a page's text and ``<time>``. ``by_links_only``: names do not make a frame another's."""
    surroundings, found = DateSurroundings(page.own(), url), list[DateCandidate]()
    seen: set[tuple[Element, bool]] = set()
    for hit in sorted(page.hits, key=lambda h: abs(h.order - page.headline_at)):
        near = page.headline is not None and 0 < hit.order - page.headline_at < _NEAR
        near = near and hit.order < page.body_from
        belonging = surroundings.of(hit.element, near=near, by_links_only=by_links_only)
        if belonging == "foreign":
            continue
        line_element = _line_of(hit.element)
        key = (hit.element if hit.is_time else line_element, hit.is_time)
        if key in seen:
            continue
        seen.add(key)
        if len(seen) > _MAX_LINES:
            break
        zone, rank = _zone(page, hit)
        if belonging == "boilerplate":
            zone, rank = f"{zone}, in a frame", max(rank + 2, 3)
        line = _text(line_element)
        if hit.is_time:
            found += _time_dates(hit.element, line, zone, rank, language)
            continue
        if not is_date_line(line, language) and (in_caption(hit.element) or within_sentence(hit.element)):
            continue
        named = "date" in kinds(names_of(line_element)) or "date" in kinds(names_of(hit.element))
        opens = page.body_from <= hit.order <= page.body_from + 3 and not is_date_line(line, language)
        opening = opening_dates(hit.element, line, language) if opens else []
        if opening or len(line) > _LINE * 2:
            found += opening or _piece_dates(hit, zone, rank, language) or _told_dates(hit, zone, rank, language)
            continue
        if page.headline is not None and zone.startswith(_WITHIN) and not named and role_of(hit.element) == "unknown":
            # what stands within the text is told there, and no date of the article, unless it says so
            found += [one for one in line_dates(line, zone, rank, language) if one["role"] != "unknown"]
            continue
        dates: list[DateCandidate] = []
        alone = rank < 3 or named or is_date_line(line, language)
        if alone or len(line) <= _SHORT:
            dates = line_dates(line, zone, rank - (1 if named and 0 < rank < 3 else 0), language, loose=named)
            dates = [one for one in dates if alone or one["role"] != "unknown"]
        dates = _named_role(hit.element, dates, zone, rank, language)
        if not dates and len(text := _text(hit.element)) <= _SHORT and text != line:
            dates = line_dates(text, zone, rank, language, loose=named)
        found += dates or _piece_dates(hit, zone, rank, language) or _told_dates(hit, zone, rank, language)
    return unique(_own(found))


def _own(found: list[DateCandidate]) -> list[DateCandidate]:
    """Return the candidates without those that nothing says to be the article's own.

    Several days below the text are a list, a table or the headings of a chronicle.
    """
    below = [c for c in found if c["role"] == "unknown" and c["source"] == "visible" and c["place"].startswith(_BELOW)]
    days = {parsed.day for c in below if (parsed := parse_date(c["raw"]))}
    return [c for c in found if c not in below] if len(days) > 1 else found


def _told_dates(hit: DateElement, zone: str, rank: int, language: str | None) -> list[DateCandidate]:
    """Return the date of a sentence that tells when the article was published ("This entry was posted on …")."""
    if zone.startswith(_WITHIN):
        return []
    text = _text(hit.element)
    first = next(iter(scan(text, reading(language, None)).moments), None)
    told = first is not None and first.role == "published" and first.start == 0 and first.end > _TOLD
    return [candidate("published", "visible", text[: first.end], zone, rank)] if first and told else []


def _piece_dates(hit: DateElement, zone: str, rank: int, language: str | None) -> list[DateCandidate]:
    """Return the dates of a date line that stands within a longer element, parted from it by line breaks alone."""
    piece = collapse(hit.piece)
    if rank >= 3 or len(piece) > _SHORT or not is_date_line(piece, language):
        return []
    return line_dates(piece, zone, rank, language)


def opening_dates(element: Element, line: str, language: str | None) -> list[DateCandidate]:
    """Return the date a first paragraph opens with, in its text or on a line of its own before a break."""
    first = collapse(element.text or "")
    if element.text and len(first) <= _SHORT and first != line and is_date_line(first, language):
        return line_dates(first, "dateline", 2, language, loose=True)
    return dateline(line, language)


def _named_role(
    element: Element, dates: list[DateCandidate], zone: str, rank: int, language: str | None
) -> list[DateCandidate]:
    """Return an element's date with the role that the element's name gives, where its line says nothing of the role."""
    role = role_of(element)
    if role == "unknown" or any(one["role"] != "unknown" for one in dates):
        return dates
    own = line_dates(_text(element), zone, rank, language, loose=True)
    return [candidate(role, "visible", one["raw"], zone, rank) for one in own] or dates


def unique(candidates: list[DateCandidate]) -> list[DateCandidate]:
    """Return the candidates without those that repeat an earlier one word for word."""
    seen: dict[tuple[str, str, str], DateCandidate] = {}
    for one in candidates:
        seen.setdefault((one["role"], one["source"], one["raw"]), one)
    return list(seen.values())


def _zone(page: PageLayout, hit: DateElement) -> tuple[str, int]:
    """Return the name of the place and its rank."""
    if page.headline is not None and hit.order < page.headline_at - _BEFORE:
        return "before the head", 5
    if hit.order < page.body_from:
        return ("below the headline", 0) if hit.order > page.headline_at else ("above the headline", 1)
    ended = hit.order > page.body_to and page.body_to - page.body_from >= _FEW
    if hit.order <= page.body_from + _STANDFIRST and not ended:
        return "below the standfirst", 2
    if hit.order <= page.body_to:
        return _WITHIN, 4
    return _BELOW, 3


def _line_of(element: Element) -> Element:
    """Return the largest element around a date that is still one short line."""
    current = element
    for _ in range(_CLIMB):
        parent = current.getparent()
        if parent is None or parent.tag in _BLOCKS or len(parent) > 12:
            return current
        length = 0
        for count, text in enumerate(parent.itertext("*")):
            length += len(text) if not text.isspace() else 1
            if length > _LINE or count > _MAX_PIECES:
                return current
        if current.tag not in _HEADINGS and next(parent.iter(*_HEADINGS), None) is not None:
            return current
        current = parent
    return current


def _text(element: Element) -> str:
    pieces: Iterator[Any] = islice(element.itertext("*"), _MAX_PIECES)
    return " ".join(" ".join(t for t in pieces if not t.isspace())[:600].split())


def _time_dates(element: Element, line: str, zone: str, rank: int, language: str | None) -> list[DateCandidate]:
    """Read a ``<time>`` or ``itemprop`` element: its attribute, else its text; its role by its names, else its line."""
    raw = next((value for name in _ATTRIBUTES if (value := element.get(name))), "")
    text = _text(element)
    given = parse_date(raw, language=language) if raw else None
    if given is None:
        return line_dates(line or text, zone, rank, language, loose=True)
    source = "microdata" if element.get("itemprop") else "time"
    role: Role = role_of(element)
    if role == "unknown":
        parent = element.getparent()
        role = role_of(parent) if parent is not None and len(parent) <= 2 else "unknown"
    moments = scan(line, reading(language, None)).moments if len(line) <= _LINE * 2 else []
    if role == "unknown":
        labelled = [m.role for m in moments if m.parsed is not None and abs((m.parsed.day - given.day).days) <= 1]
        role = labelled[0] if labelled and len(set(labelled)) == 1 else "unknown"
    name = element.get("itemprop") or element.get("class") or ""
    found = [candidate(role, source, raw, f"{element.tag}.{name.split()[0] if name.split() else zone}", rank)]
    return found + [candidate(m.role, "visible", line[m.start : m.end], zone, rank) for m in moments]
