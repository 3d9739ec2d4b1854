"""What a page looks like from afar: how much text, how many links that read like headlines, how many pictures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from newscrawl.parsing.tree import Element, text_of
from newscrawl.text.kept_patterns import compiled
from newscrawl.text.scripts import EAST_ASIAN, THAI

_SKIPPED: Final = {"script", "style", "noscript", "template", "svg", "head", "select", "option", "iframe"}
_UNSPACED: Final = compiled(f"[{EAST_ASIAN}{THAI}]")
_MIN_TEASER: Final = 4
"""Words from which a link reads like a headline rather than a menu's entry."""
_MAX_ELEMENTS: Final = 20_000


def count_words(text: str) -> int:
    """Return the number of words; two signs of a script without spaces count as one."""
    unspaced = 0 if text.isascii() else len(_UNSPACED.findall(text))
    return unspaced // 2 + len(text.split()) if unspaced else len(text.split())


@dataclass(slots=True)
class PageShape:
    """Counts over a page.

    ``words`` of visible text, ``linked`` of them in links, ``teasers``: links like headlines, ``pictures``: images,
    ``password``: whether there is a field for one, ``articles``: ``<article>`` elements, ``text``: its beginning.
    """

    words: int = 0
    linked: int = 0
    teasers: int = 0
    pictures: int = 0
    password: bool = False
    articles: int = 0
    text: str = ""


def shape(tree: Element, sample: int = 6_000) -> PageShape:
    """Measure a page; ``text`` holds the first ``sample`` characters of its visible text."""
    found = PageShape()
    pieces: list[str] = []
    in_links: list[str] = []
    shown: list[str] = []
    size = 0
    body = tree.find("body")
    stack: list[tuple[Element, bool]] = [(body if body is not None else tree, False)]
    seen = 0
    targets: set[str] = set()
    while stack:
        element, linked = stack.pop()
        tag = element.tag
        seen += 1
        if seen > _MAX_ELEMENTS:
            break
        if isinstance(tag, str) and tag not in _SKIPPED:
            if tag == "img":
                found.pictures += 1
            elif tag == "article":
                found.articles += 1
            elif tag == "input" and element.get("type") == "password":
                found.password = True
            elif tag == "a" and not linked:
                linked = True
                if (
                    count_words(text_of(element)[:300]) >= _MIN_TEASER
                    and (target := element.get("href") or "") not in targets
                ):
                    targets.add(target)
                    found.teasers += 1
            texts = [element.text]
            if len(element):
                children = list(element)
                texts += [child.tail for child in children]
                stack.extend([(child, linked) for child in children[::-1]])
            for text in texts:
                if text and not text.isspace():
                    pieces.append(text)
                    if linked:
                        in_links.append(text)
                    if size < sample:
                        shown.append(text)
                        size += len(text)
    found.words, found.linked = _count_all(pieces), _count_all(in_links)
    found.text = " ".join(" ".join(shown).split())[:sample]
    return found


def _count_all(texts: list[str]) -> int:
    """Return the number of words in all texts: at once where no script needs a look at each."""
    if any(not text.isascii() and _UNSPACED.search(text) for text in texts):
        return sum(map(count_words, texts))
    return len("\n".join(texts).split())
