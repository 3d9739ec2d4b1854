"""Label each line of a rendered page by its role, told by the page's truth and by its markup."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import lxml.html

from newscrawl.dates import is_date_line
from newscrawl.extraction.metadata.agencies import is_agency
from newscrawl.extraction.metadata.names import is_byline
from training.align import label, words

ROLES = (
    "paragraph", "heading", "list_item", "quote", "headline", "standfirst", "byline", "date_line", "source", "caption",
    "leftover",
)  # fmt: skip
BODY = ROLES[:4]

MARKUP = {
    "heading": "//h2|//h3|//h4|//h5|//h6",
    "list_item": "//li",
    "quote": "//blockquote",
    "caption": "//figcaption|//*[contains(@class, 'caption')]",
}
MAX_MARKED = 4_000
MAX_SIGN = 250
ABOVE, BELOW = 15, 6
"""Lines above and below the body in which bylines, date lines and sources stand."""
GRAM = 3


@dataclass(slots=True)
class Truth:
    """What is known of a page: its body or passages of it, its header, and the texts of some of its elements."""

    body: str = ""
    inside: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    headline: str | None = None
    standfirst: str | None = None
    authors: list[str] = field(default_factory=list)
    marked: dict[str, list[str]] = field(default_factory=dict)


def truth_of(row: dict[str, Any], page: str) -> Truth:
    """Return what a row of truth and the page's own markup say."""
    truth = row["truth"]
    structured = truth.get("structured") or {}
    summary = structured.get("summary") if isinstance(structured, dict) else None
    body, headline = truth.get("body") or "", truth.get("title") or truth.get("headline")
    if truth.get("whole"):  # text and headline in one
        first, _, body = body.partition("\n")
        headline = headline or first
    return Truth(
        body, truth.get("with") or [], truth.get("without") or [], headline, " ".join(summary or []) or None,
        truth.get("authors") or [], marked_texts(page),
    )  # fmt: skip


def marked_texts(page: str) -> dict[str, list[str]]:
    """Return the texts of headings, list items, quotes and captions of a page."""
    try:
        tree = lxml.html.fromstring(page.encode("utf-8", "replace"), parser=lxml.html.HTMLParser(encoding="utf-8"))
    except (ValueError, lxml.etree.LxmlError):
        return {}
    found = {name: [element.text_content() for element in tree.xpath(path)] for name, path in MARKUP.items()}
    return {name: [text for text in texts if 0 < len(text) < MAX_MARKED] for name, texts in found.items()}


def label_lines(lines: list[str], truth: Truth, language: str | None) -> list[str | None]:
    """Return the role of each line; ``None`` where the truth does not tell, and for lines without words."""
    filled = [i for i, line in enumerate(lines) if words(line)]
    texts = [lines[i].strip() for i in filled]
    marks = label(texts, truth.body) if truth.body else _passages(texts, truth)
    roles: list[str | None] = [_plain(mark) for mark in marks]
    marked = {name: _Known(found) for name, found in truth.marked.items()}
    for i, (text, role) in enumerate(zip(texts, roles, strict=True)):
        if role == "paragraph":
            roles[i] = next((name for name in BODY[1:] if name in marked and marked[name].holds(text)), role)
        elif role == "leftover" and "caption" in marked and marked["caption"].holds(text):
            roles[i] = "caption"
    _label_header(texts, roles, truth, language)
    out: list[str | None] = [None] * len(lines)
    for i, role in zip(filled, roles, strict=True):
        out[i] = role
    return out


def _plain(mark: float | None) -> str | None:
    return None if mark is None else "paragraph" if mark else "leftover"


def _passages(texts: list[str], truth: Truth) -> list[float | None]:
    """Labels where only passages of a page are known, what must be in its text and what must not."""
    sides = [(1.0, truth.inside, _Known(truth.inside)), (0.0, truth.outside, _Known(truth.outside))]
    out: list[float | None] = []
    for text in texts:
        flat = " ".join(text.split())
        marks = (mark for mark, found, known in sides if known.holds(text) or any(part in flat for part in found))
        out.append(next(marks, None))
    return out


class _Known:
    """Texts, in which lines are looked up: by their runs of words, or whole where they are shorter than a run."""

    def __init__(self, texts: Iterable[str]) -> None:
        flat = [words(text) for text in texts]
        self.runs = {run for own in flat for run in _runs(own)}
        self.whole = {tuple(own) for own in flat}

    def holds(self, text: str) -> bool:
        """Tell whether nearly all of a line stands in one of the texts."""
        own = words(text)
        runs = _runs(own)
        known = sum(run in self.runs for run in runs)
        return known >= 0.9 * len(runs) if runs else tuple(own) in self.whole


def _runs(own: list[str]) -> list[tuple[str, ...]]:
    return [tuple(own[i : i + GRAM]) for i in range(len(own) - GRAM + 1)]


def _label_header(texts: list[str], roles: list[str | None], truth: Truth, language: str | None) -> None:
    """Label headline, standfirst, byline, date line and source among the lines around the body."""
    body = [i for i, role in enumerate(roles) if role in BODY]
    first, last = (body[0], body[-1]) if body else (0, len(texts) - 1)
    top = _mark_headline(texts, roles, truth.headline, first)
    standfirst = _Known([truth.standfirst] if truth.standfirst else [])
    authors = [name for author in truth.authors if (name := " ".join(words(author)))]
    near = [*range(max(0, min(top, first - ABOVE)), first), *range(last + 1, min(last + 1 + BELOW, len(texts)))]
    for i in near:
        if roles[i] not in (None, "leftover", "caption"):
            continue
        if i < first and len(words(texts[i])) > GRAM and standfirst.holds(texts[i]):
            roles[i] = "standfirst"
        elif sign := _sign(texts[i], authors, language):
            roles[i] = sign


def _mark_headline(texts: list[str], roles: list[str | None], headline: str | None, first: int) -> int:
    """Label the lines of the headline nearest above the body, and return its first line (else the body's)."""
    own = words(headline or "")
    if not own:
        return first
    for i in range(first, -1, -1):
        joined: list[str] = []
        for k in range(i, min(i + 4, len(texts))):
            joined += words(texts[k])
            if joined == own:
                roles[i : k + 1] = ["headline"] * (k + 1 - i)
                return i
            if len(joined) >= len(own):
                break
    return first


def _sign(text: str, authors: list[str], language: str | None) -> str | None:
    """Return the role of a line that says who, when or from where."""
    if len(text) > MAX_SIGN:
        return None
    if is_agency(text.strip(" .()[]-–—")):
        return "source"
    flat = " ".join(words(text))
    if any(name in flat and len(flat) <= len(name) + 60 for name in authors) or is_byline(text):
        return "byline"
    return "date_line" if is_date_line(text, language) else None
