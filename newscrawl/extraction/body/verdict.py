"""Why a page is not an article: evidence of the page's shape, words and types, on pages with little prose of their own.

A paywalled teaser is an article, with its flag. Nothing here counts against a page whose text is an article's.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from newscrawl.extraction.body.entries import is_archive
from newscrawl.extraction.metadata.lexicon import load
from newscrawl.extraction.segments.page_shape import PageShape, count_words, shape
from newscrawl.parsing.json_ld import types
from newscrawl.parsing.structured import StructuredData
from newscrawl.parsing.tree import Element, text_of
from newscrawl.text.normalise import caseless_line
from newscrawl.urls.home import is_home_page

if TYPE_CHECKING:
    from newscrawl.extraction.metadata.metadata import Metadata

_LONG = 250
"""Words of prose from which a text is an article's, whatever else the page says."""
_SHORT = 120
_STUB = 20
_NOTHING = 12
_PROSE = 12
"""Words from which a block reads like a paragraph rather than a teaser or a label."""
_ENDS = frozenset(".!?…:。！？؟।")
_PARAGRAPH = 60
_NAME = 3
"""Words up to which a title names a section rather than an event."""
_PICTURES = 8
_MANY = 12
"""Links like headlines from which a page is a list."""
_CREDITED = ("article:published_time", "article:modified_time", "article:author", "datepublished", "parsely-pub-date")


@dataclass(frozen=True, slots=True)
class _Words:
    title: tuple[tuple[str, str], ...]
    text: tuple[tuple[str, str], ...]
    markup: tuple[tuple[str, str], ...]
    types: dict[str, str]


@cache
def _words() -> _Words:
    data = load("not_article")
    pairs: dict[str, list[tuple[str, str]]] = {"title": [], "text": [], "markup": []}
    for entry in data["phrase"]:
        pairs[entry["where"]] += [(word.casefold(), entry["reason_code"]) for word in entry["words"]]
    kinds = {name: entry["reason_code"] for entry in data["type"] for name in entry["names"]}
    return _Words(tuple(pairs["title"]), tuple(pairs["text"]), tuple(pairs["markup"]), kinds)


def reason_not_article(
    tree: Element, data: StructuredData, blocks_text: list[str], metadata: Metadata, url: str
) -> str | None:
    """Return why a page is not an article, or ``None`` for an article.

    ``blocks_text``: the texts of the extracted body. Reasons: ``empty``, ``block_page``, ``consent_wall``,
    ``soft_404``, ``login``, ``search_results``, ``section_front``, ``gallery``, ``video``, ``stub``.
    """
    if is_archive(tree, data, blocks_text):
        return "section_front"
    is_home = _is_home(url)
    enough = 4 * _LONG if is_home else _LONG
    prose = _prose(blocks_text, enough)
    if prose >= enough:
        return None
    dated = data.article is not None or any(name in data.meta for name in _CREDITED)
    if dated and prose >= _NOTHING and not is_home:
        return None
    page = shape(tree)
    if not dated and prose < _LONG and (reason := _says(tree, data, metadata, page, prose)):
        return reason
    if page.words < _NOTHING and prose < _NOTHING:
        return "block_page" if _marked(tree) else "empty"
    if is_home and page.teasers >= _MANY // 2 and data.article is None:
        return "section_front"
    if dated and prose >= _NOTHING:
        return None
    return _by_shape(data, page, blocks_text, prose, metadata, url)


def _prose(blocks: list[str], enough: int) -> int:
    """Return the words in blocks that read like paragraphs, counted until they are ``enough``."""
    prose = 0
    for block in blocks:
        count = count_words(block)
        if count >= 2 * _PROSE or (count >= _PROSE and block.rstrip(" \"'”’»)")[-1:] in _ENDS):
            prose += count
            if prose >= enough:
                break
    return prose


def _is_home(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return is_home_page(parts)


def _says(tree: Element, data: StructuredData, metadata: Metadata, page: PageShape, prose: int) -> str | None:
    """Return the reason that a page gives by its words; for one with little text, and without a date of its own."""
    titles = [tree.findtext(".//title") or "", metadata.headline or "", *data.meta.get("og:title", ())]
    titles += [text_of(element) for element in islice(tree.iter("h1", "h2"), 3)]
    heads = [caseless_line(title)[:150] for title in titles]
    text = caseless_line(page.text)
    in_title = {code for word, code in _words().title if any(_holds(head, word) for head in heads)}
    in_text = {code for word, code in _words().text if word in text}
    if "block_page" in in_title | in_text and prose < _SHORT:
        both = "block_page" in in_title and "block_page" in in_text
        if both or (page.words < _LONG and (_marked(tree) or "block_page" in in_text)) or page.words < 40:
            return "block_page"
        if _leads(heads, "block_page") and page.words < _SHORT and page.teasers < _MANY:
            return "block_page"
    consent = "consent_wall" in in_text and ("consent_wall" in in_title or _consent_share(text) >= 3)
    if consent and page.teasers < _MANY and (page.words < _SHORT or _consent_share(text) >= 3):
        return "consent_wall"
    if "soft_404" in in_title and prose < _SHORT and ("soft_404" in in_text or _leads(heads, "soft_404")):
        return "soft_404"
    if "soft_404" in in_text and prose < _STUB * 2:
        return "soft_404"
    if "search_results" in in_title and prose < _SHORT:
        return "search_results"
    if "login" in in_title and prose < _SHORT and (page.password or page.words < _SHORT):
        return "login"
    return None


def _by_shape(
    data: StructuredData, page: PageShape, blocks: list[str], prose: int, metadata: Metadata, url: str
) -> str | None:
    """Return the reason that links, pictures and types give."""
    kinds = {_words().types[name] for node in data.nodes for name in types(node) if name in _words().types}
    if prose < _SHORT and "gallery" in kinds:
        return "gallery"
    if _is_list(data, page, blocks, prose, metadata, url, "section_front" in kinds):
        return "section_front"
    total = sum(map(count_words, blocks))
    if prose < 2 * _STUB and total < 4 * _STUB and page.pictures >= _PICTURES and page.words < 2 * _LONG:
        return "gallery" if page.teasers < _MANY else "section_front" if total < _STUB else None
    if prose < 2 * _STUB and "video" in kinds:
        return "video"
    return "stub" if prose < _STUB and total < 2 * _STUB else None


def _is_list(
    data: StructuredData, page: PageShape, blocks: list[str], prose: int, metadata: Metadata, url: str, typed: bool
) -> bool:
    """Tell whether a page is a list of articles: many links like headlines, and no text under a headline of its own.

    Old pages have an article of 80 words among 200 links, so links alone tell nothing.
    """
    share = page.linked / page.words if page.words else 0.0
    article = "article" in (data.first("og:type") or "").lower()
    longest = max((count_words(block) for block in blocks), default=0)
    if article or page.teasers < _MANY or longest >= _PARAGRAPH:
        return False
    named = count_words(metadata.headline or "") <= _NAME
    if prose < 2 * _STUB:
        return share > 0.4 and (named or typed or prose < _NOTHING)
    folder = any(f"/{word}/" in f"{url.lower().rstrip('/')}/" for word in load("not_article")["folders"])
    return prose < 4 * _LONG and (typed or folder or (named and share > 0.45 and page.teasers * 20 > prose))


def _marked(tree: Element) -> bool:
    """Tell whether a page loads a challenge."""
    for element in islice(tree.iter("script", "iframe", "form", "div", "input", "link", "meta"), 200):
        for attribute in ("src", "action", "class", "id", "href"):
            value = (element.get(attribute) or "").lower()
            if value and any(word in value for word, _ in _words().markup):
                return True
        if element.tag == "script" and element.text and len(element.text) < 20_000:
            script = element.text.lower()
            if any(word in script for word, _ in _words().markup):
                return True
    return False


def _consent_share(text: str) -> int:
    """Return how many different phrases of consent notices stand in a text."""
    return sum(1 for word, code in _words().text if code == "consent_wall" and word in text)


def _leads(heads: list[str], code: str) -> bool:
    """Tell whether a title is little else than a phrase of ``code``."""
    phrases = [word for word, own in _words().title if own == code]
    return any(head and len(word) >= 0.4 * len(head) for head in heads for word in phrases if _holds(head, word))


def _holds(head: str, word: str) -> bool:
    """Tell whether a title holds a phrase, as words of its own where the script has words."""
    start = head.find(word)
    if start < 0:
        return False
    before, after = head[start - 1 : start], head[start + len(word) : start + len(word) + 1]
    return not word.isascii() or not (before.isalnum() or after.isalnum())
