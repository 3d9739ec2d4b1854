"""The headline: what the reader sees over the article, confirmed by what the page says of itself."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice
from urllib.parse import urlsplit

from newscrawl.extraction.metadata.lexicon import load
from newscrawl.extraction.metadata.masthead import blog_titles, mastheads
from newscrawl.extraction.metadata.section import section_names
from newscrawl.extraction.metadata.titles import (
    likeness,
    shares_word,
    tidy,
    without_ends,
    without_section,
    without_site,
)
from newscrawl.parsing.structured import StructuredData
from newscrawl.parsing.tree import Element, text_of
from newscrawl.parsing.xpath import elements
from newscrawl.text.normalise import title_key

_HEADINGS = elements(
    "//h2[not(ancestor::a or ancestor::nav or .//a)] | //h3[not(ancestor::a or ancestor::nav)] | //h1//*[not(self::a)]"
    " | //h2//span[not(ancestor::a)] | //*[@itemprop='headline'][not(self::meta)] | //h2[.//a][not(ancestor::li)]"
)
_CUT = re.compile(r"\s[|–—:·-]\s|\s?\|\s?")
_METAS = ("headline", "hdl", "parsely-title", "sailthru.title", "dc.title", "dcterms.title", "citation_title")
"""``<meta>`` that name the headline itself, where JSON-LD does not."""
_MAX_H1 = 20
_PIECE = 3
"""Letters from which an element's text is no initial."""
_NEAR = 4
_NAME_WORDS = 6
"""Words beyond which a site's name is none, but the headline in the wrong place."""
_MAX_HEADINGS = 200
_LIKE = 0.4
"""Likeness from which a heading counts as the one that the page's metadata means."""
_CLEARLY = 0.2
"""How much more a later heading must be like the metadata than an earlier one that is."""
_SHORTEST = 8
"""Letters below which a title is too short to be found again by its letters."""


def headline(tree: Element, data: StructuredData, names: list[str], page: str = "") -> str | None:
    """Return the article's headline without site name, section or kicker, or ``None``.

    ``names`` are those the site goes by, ``page`` is the page's URL. The visible ``h1`` wins where title,
    og:title or JSON-LD confirm it; then a heading that they word alike; then the only ``h1`` that is no masthead,
    where they say nothing of it.
    """
    return without_ends(_headline(tree, data, names, page) or "") or None


def _headline(tree: Element, data: StructuredData, names: list[str], page: str) -> str | None:
    article = data.article or {}
    given = (
        article.get("headline") or article.get("name") or next(filter(None, map(data.first, _METAS)), None),
        data.first("og:title"),
        data.first("twitter:title"),
        next((text_of(e) for e in tree.iter("title")), ""),
    )
    titles = list(islice(tree.iter("h1"), _MAX_H1))
    names = [name for name in names if len(name.split()) <= _NAME_WORDS]
    own = [text for one in given[:3] if title_key(text := tidy(one)) not in map(title_key, names)]
    names += mastheads(titles, tidy(given[3]), own, page)
    names += [text for text in blog_titles(tree, titles, tidy(given[3])) if text not in names]
    sections = [*section_names(data), *_folders(page)]
    ld, og, twitter, title = (without_section(without_site(tidy(one), names), sections) for one in given)
    said = [t for t in (ld, og, twitter, title) if t]
    hidden: list[str] = []
    shown: list[str] = []
    for element in titles:
        wording = without_section(_wording(element, said), [*sections, *names])
        (hidden if _aside(element) else shown).append(wording)
    h1 = _confirmed([text for text in shown if text], said, names)
    if h1:
        return h1
    own = [*data.microdata.get("headline", ())[:1], og, ld, twitter, *_shortened(og), *_shortened(title), title]
    visible = _visible(tree, [t for t in own if t])
    if visible:
        return visible
    if lone := _unsaid([text for text in shown if text], said, names):
        return lone
    if said:
        return ld or og or title or twitter
    return next((text for text in [*shown, *hidden] if text), None)


def _unsaid(shown: list[str], said: list[str], names: list[str]) -> str | None:
    """Return the only ``h1`` that is no site's name, where the page's titles share no word with it or are one alone."""
    sites = {title_key(name) for name in names}
    own = [text for text in shown if title_key(text) not in sites]
    if len(own) != 1:
        return None
    return own[0] if len(said) <= 1 or not any(shares_word(own[0], other) for other in said) else None


def _wording(element: Element, said: list[str]) -> str:
    """Return the text of a heading, without its kicker where the metadata name the headline without it."""
    full, own = tidy(_joined(element), markup=False), heading_text(element)
    keys = {title_key(text): text for text in said}
    for text in (own, full):
        if given := keys.get(title_key(text)):
            return given if text.isupper() or (":" in given and ":" not in text) else text
    for part in (element.text, *(text_of(child) for child in element), *(child.tail for child in element)):
        if part and title_key(part) in keys and 2 * len(part) > len(full):
            return tidy(part)  # a date, a byline or a label stands in the heading too
    return max((own, full), key=lambda text: max((likeness(text, other) for other in said), default=0.0))


def heading_text(element: Element) -> str:
    """Return the text of a heading on one line, without kicker, badges and what only screen readers read."""
    return tidy(_joined(element, skip=True), markup=False).lstrip(" :–—|") or tidy(text_of(element), markup=False)


def _joined(element: Element, skip: bool = False) -> str:
    """Return the text below ``element``, blocks set apart; with ``skip`` without its kickers."""
    pieces: list[str] = []
    stack: list[tuple[Element, bool]] = [(element, True)]
    while stack:
        node, opening = stack.pop()
        if not opening:
            _append(pieces, node.tail)
            continue
        if node is not element:
            stack.append((node, False))
            if node.tag in {"script", "style", "svg", "button"} or (skip and (_is_kicker(node) or _is_small(node))):
                pieces.append(" ")
                continue
        if node.tag in {"br", "div", "p"}:
            pieces.append(" ")
        _append(pieces, node.text)
        if len(node):
            stack.extend((child, True) for child in node.iterchildren(reversed=True))
    return "".join(pieces)


def _append(pieces: list[str], text: str | None) -> None:
    """Append a text, set apart from the one before where two words would run together at an element's border."""
    before = next((piece for piece in pieces[::-1] if piece), "")
    if text and len(before) > _PIECE and (before[-1:].islower() or before[-1:] == ":") and text[:1].isupper():
        pieces.append(" ")
    pieces.append(text or "")


def _is_small(node: Element) -> bool:
    """Tell whether ``node`` is small print below a headline: its byline, its subtitle."""
    small = node.tag == "small" or "small" in (node.get("class") or "").split()
    before = node.getprevious()
    return small and before is not None and (before.tag == "br" or not _is_small(before))


@cache
def _words(kind: str) -> tuple[str, ...]:
    return tuple(load("headline")[kind])


def _named(node: Element, kind: str) -> bool:
    """Tell whether the class, id or test id of ``node`` holds a word of ``kind`` (``headline.toml``)."""
    names = " ".join(filter(None, (node.get(a) for a in ("class", "id", "data-testid", "itemprop")))).lower()
    return bool(names) and any(name in names for name in _words(kind))


def _is_kicker(node: Element) -> bool:
    """Tell whether the names of ``node``, or of its data, say that it is a kicker."""
    return _named(node, "kicker_names") or any(
        word in name for name in map(str, node.keys()) if name.startswith("data-") for word in _words("kicker_data")
    )


def _aside(element: Element) -> bool:
    """Tell whether an ``h1`` is no headline for readers: the end of a breadcrumb, a title for search engines."""
    for level, node in enumerate([element, *element.iterancestors()]):
        if node.tag in {"body", "main", "article"}:
            return False
        if node.tag in {"nav", "footer", "noscript", "dialog"} or (level < _NEAR and _named(node, "aside_names")):
            return True
    return False


def _confirmed(seen: list[str], said: list[str], names: list[str]) -> str | None:
    """Return the ``h1`` that the metadata confirm best; without any but a ``<title>``, the only one."""
    sites = {title_key(name) for name in names}
    best, text = 0.0, None
    for candidate in seen:
        if title_key(candidate) in sites:
            continue
        score = max((likeness(candidate, other) for other in said), default=0.0)
        if score > best + (_CLEARLY if best >= _LIKE else 0.0):
            best, text = score, candidate
    if text is not None and (best >= _LIKE or not said):
        return text
    return next((candidate for candidate in seen if title_key(candidate) not in sites), None) if not said else None


def _visible(tree: Element, wanted: list[str]) -> str | None:
    """Return the title among ``wanted`` that stands on the page as a heading or a heading's part.

    Where one is the other with a kicker before it, it is the one without.
    """
    keys = {title_key(text): text for text in wanted[::-1] if len(title_key(text)) > _SHORTEST}
    if not keys:
        return None
    found: dict[str, Element] = {}
    for element in _HEADINGS(tree)[:_MAX_HEADINGS]:
        if (own := title_key(tidy(text_of(element), markup=False))) in keys:
            found.setdefault(own, element)
    if not found:
        return None
    first = next(own for own in keys if own in found)
    shortest = min((own for own in found if first.endswith(own)), key=len)
    bare = heading_text(found[shortest])
    return keys[shortest] if title_key(bare) == shortest or not shortest.endswith(title_key(bare)) else bare


def _shortened(title: str) -> list[str]:
    """Return what is left of a title when the part behind its last separator is taken off."""
    cuts = list(_CUT.finditer(title))
    return [title[: cuts[-1].start()]] if cuts else []


def _folders(page: str) -> list[str]:
    """Return the names of the folders of a URL, which are often sections."""
    try:
        folders = urlsplit(page).path.split("/")[1:-1]
    except ValueError:
        return []
    return [name for folder in folders if (name := folder.replace("-", " ")).replace(" ", "").isalpha()]
