"""Titles as text: compared, and rid of the site's name."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable
from functools import cache, lru_cache

from newscrawl.extraction.metadata.function_words import function_words
from newscrawl.extraction.metadata.lexicon import load
from newscrawl.parsing.values import plain
from newscrawl.text.kept_patterns import compiled
from newscrawl.text.normalise import caseless_words, collapse, title_key, visible
from newscrawl.text.scripts import CJK, KHMER, LAO, MYANMAR, THAI

_DOMAIN = re.compile(r"(?:www\.)?[\w-]{2,60}\.(?:[a-z]{2,3}\.)?[a-z]{2,6}", re.IGNORECASE)
_PARTING = re.compile(r"[|ᅵ│｜–—:·-]")
"""A sign that all of `_LAST_PART` have: most titles have none."""
_LAST_PART = re.compile(r"\s?[|ᅵ│｜]\s?|\s[-–—:·]\s|(?<=[^\W\d_])-(?=[^\W\d_])")
_UNSPACED = compiled(f"[{THAI}{LAO}{MYANMAR}{KHMER}{CJK}]")
"""Letters of scripts without spaces between words."""
_LEFT_OVER = re.compile(r"\A(?:[-–—|:·•,]\s{1,9}){1,9}|(?:(?<!\s)\s{1,9}[-–—|:·•,]){1,9}\Z")
_MAX = 1_000
_REMEMBERED = 256
"""Titles whose words are kept: those of a page are compared several times over."""


def tidy(text: object, *, markup: bool = True) -> str:
    """Return a title on one line; ``""`` for what is no text.

    ``markup``: it comes from a value, in which character references and stray tags may stand, and not from the page.
    """
    if not isinstance(text, str):
        return ""
    return plain(text[:_MAX]) if markup else collapse(visible(text[:_MAX]))


def likeness(a: str, b: str) -> float:
    """Return from 0 to 1 how far two titles have the same words; unspaced scripts count by characters."""
    x, y = _bag(a), _bag(b)
    if not x or not y:
        return 0.0
    shared = len(x & y)
    return 0.5 * shared / min(len(x), len(y)) + 0.5 * shared / max(len(x), len(y))


def shares_word(a: str, b: str) -> bool:
    """Tell whether two titles have a word in common that means something."""
    return bool((_bag(a) & _bag(b)) - function_words())


def without_ends(title: str) -> str:
    """Return ``title`` without the signs that a kicker or a site's name left behind.

    >>> without_ends("- Snow in May")
    'Snow in May'
    """
    return _LEFT_OVER.sub("", title.strip()).strip()


@lru_cache(_REMEMBERED)
def _bag(text: str) -> frozenset[str]:
    words = caseless_words(text)
    if not text.isascii() and _UNSPACED.search(text):
        return frozenset({c for w in words for c in w})
    return frozenset(words)


@cache
def _separators() -> re.Pattern[str]:
    words = load("headline")
    spaced = "|".join(sorted(map(re.escape, words["separators"]), key=len, reverse=True))
    glued = "|".join(map(re.escape, words["glued"]))
    return re.compile(rf"\s(?:{spaced})\s|(?:{glued})\s?|(?:,|:)\s")


def without_site(title: str, names: Iterable[str]) -> str:
    """Return ``title`` without the site's name at its end or start.

    ``names`` are those the site goes by; what looks like a domain at the end goes too.

    >>> without_site("Snow in May | The Example Times", ["Example Times"])
    'Snow in May'
    """
    keys = {title_key(name) for name in names} - {""}
    pattern = _separators()
    for _ in range(3):
        cuts = list(pattern.finditer(title))
        if not cuts:
            break
        for cut in cuts[:: len(cuts) - 1 or 1][::-1] if len(cuts) > 1 else cuts:
            tail, head = title[cut.end() :], title[: cut.start()]
            strong = cut.group().strip() not in {",", ":"}
            if head and _is_site(tail, keys, strong):
                title = head.split("_")[0] if cut.group().strip() == "_" and _UNSPACED.search(head) else head
                break
            own = strong or (len(head.split()) > 1 and cut.group().strip() == ":")
            if own and tail and _is_site(head, keys, strong):
                title = tail
                break
        else:
            break
    return title.strip(" \t-–—|·•ᅵ")


def _is_site(part: str, keys: set[str], strong: bool) -> bool:
    own = title_key(part)
    if not own:
        return True
    if own in keys or any(own in {f"the{k}", f"{k}com", f"{k}de"} or k == f"the{own}" for k in keys):
        return True
    if not strong:
        return False
    if _DOMAIN.fullmatch(part.strip()) and len(part.split()) == 1:
        return True
    near = any(len(k) >= 4 and (k in own or (own in k and len(own) >= 4)) for k in keys)
    return near and len(part.split()) <= 5


def without_section(title: str, sections: Iterable[str]) -> str:
    """Return ``title`` without the section at its end, if what stands behind its last separator is one's whole name.

    >>> without_section("Snow in May | Weather", ["Weather"])
    'Snow in May'
    """
    for _ in range(2):
        if not _PARTING.search(title):
            break
        cut = deque(_LAST_PART.finditer(title), maxlen=1)
        tail = title_key(title[cut[0].end() :]) if cut and cut[0].start() else ""
        if not tail or all(title_key(name) != tail for name in sections):
            break
        title = title[: cut[0].start()]
    return title
