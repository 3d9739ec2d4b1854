"""Names of people and organisations out of a byline or an author's field: split, and rid of all that is no name."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from newscrawl.extraction.metadata.agencies import find
from newscrawl.extraction.metadata.lexicon import lexicon
from newscrawl.extraction.metadata.name_shape import EDGES, clean_name, has_given_name, is_account, is_name, is_unspaced
from newscrawl.extraction.metadata.organizations import is_organization, printed

MAX_LINE: Final = 400
_PAIR: Final = 2
_SIGNS: Final = r"[\u200b-\u200f\u2060\ufeff\xad*†©•►▶✍®™✉]+"
_NOISE: Final = re.compile(
    r"[^\s()<>]{1,64}@[^\s()<>]{1,100}|(?:https?://|www\.)[^\s()<>]{1,300}|(?<!\S)@\w{1,40}|" + _SIGNS
)
_NO_NAME: Final = re.compile(_SIGNS)
_BRACKETS: Final = re.compile(r"\([^()]{0,120}\)|\[[^\[\]]{0,120}\]|（[^（）]{0,120}）|【[^【】]{0,120}】")
_SEPARATORS: Final = re.compile(r"\s?[;|/•·\n、，；‧∙]\s?|\s[-–—]\s|,(?!\s?(?:jr|sr|ii|iii)\b)\s?", re.IGNORECASE)
_SEPARATING: Final = re.compile(r"[;|/•·\n、，；‧∙–—,-]")
"""A sign that all separators have: most texts have none, and a set of signs is searched for at a tenth of the cost."""
_REPORTED_FROM: Final = re.compile(r"(?:^|\s?[／/╱、,，|｜]\s?|\s)[^\s／/╱、,，|｜]{0,8}(?:報導|报道|報道|專電|专电)\Z")
_KOREAN_OTHERS: Final = re.compile(r"\s외\s?\d{1,2}명")
_SITE: Final = re.compile(
    r"\b[\w-]{1,60}\.(?:com|net|org|de|fr|es|it|pt|nl|be|ch|at|pl|info|eu|co|uk|ru|news|tv)\b", re.I
)


class Named(NamedTuple):
    """Who a text names as author."""

    people: list[str]
    organizations: list[str]


def split_authors(text: str, publisher: str | list[str] | None = None) -> list[str]:
    """Return the people that ``text`` names, in order, each once.

    ``text`` is a byline or an author's field; no labels, titles, roles, e-mail addresses, handles, agencies or
    newsrooms come out, and not ``publisher`` (the names of the publication).

    >>> split_authors("Von Max Muster und Dr. Eva Beispiel (dpa)")
    ['Max Muster', 'Eva Beispiel']
    """
    return read_names(text, [publisher] if isinstance(publisher, str) else publisher or []).people


def read_names(text: str, houses: list[str]) -> Named:
    """Return the people and the organisations that a byline or an author's field names, each once, in order.

    >>> read_names("Anna Sample, Example News Desk", [])
    Named(people=['Anna Sample'], organizations=['Example News Desk'])
    """
    people, organizations = _read_names(text, tuple(houses))
    return Named(list(people), list(organizations))


@lru_cache(maxsize=256)
def _read_names(text: str, houses: tuple[str, ...]) -> Named:
    line = without_report(tidy(text))
    if not line or len(line) > MAX_LINE or any(_SITE.search(found) for found in _BRACKETS.findall(text[:MAX_LINE])):
        return Named([], [])
    line = strip_label(line)
    if whole := _whole(line, houses):
        return Named([], [whole])
    parts = [part for piece in _pieces(line) for part in _without_place(piece)]
    if len(parts) == 2 and "," in line and all(" " not in p and not is_unspaced(p) for p in parts):
        parts = [f"{parts[1]} {parts[0]}"]
    names: list[str] = []
    organizations: list[str] = []
    for at, part in enumerate(parts):
        name = "" if at and _is_chair(part) else clean_name(part)
        if name and not is_organization(name, houses) and _begins_like_name(name):
            names.append(name)
        elif organization := printed(part, houses):
            organizations.append(organization)
    if any(map(is_name, names)) and len(parts) > 1:
        names = [name for name in names if is_name(name) or is_unspaced(name)]
    elif any(len(name.split()) > 1 for name in names) and len(parts) > 1:
        names = [name for name in names if (" " in name or is_unspaced(name)) and not name.startswith("The ")]
    if any(not is_account(name) for name in names):
        names = [name for name in names if not is_account(name)]
    return Named(list(dict.fromkeys(names)), list(dict.fromkeys(organizations)))


def _whole(line: str, houses: Sequence[str]) -> str:
    """Return a line that is one organisation's name; one with a joiner in it may name several authors."""
    if not is_organization(line, houses) or (_SEPARATORS.search(line) and len(line.split()) > 1):
        return ""
    joined = lexicon().joiners.search(f" {line.casefold()} ")
    return "" if joined or is_name(line) else printed(line, houses)


def _begins_like_name(name: str) -> bool:
    """Tell whether a text begins with a capital or a particle ("van den Berg"), or is one word, perhaps an account."""
    first = name.split()[0]
    plain = first == name or first in lexicon().particles or not first.isalpha()
    return not name[:1].islower() or plain or (has_given_name(name) and len(name.split()) == _PAIR)


def _is_chair(part: str) -> bool:
    """Tell whether a later part says what the person before it is: several words, one of them a role."""
    words = [word.strip(".,").casefold() for word in part.split()]
    return len(words) > 1 and any(word in lexicon().roles for word in words)


def tidy(text: str) -> str:
    """Return ``text`` on one line, without URLs, handles and signs that are no part of a name."""
    if "&" in text:
        text = html.unescape(text)
    text = unicodedata.normalize("NFC", text[: 2 * MAX_LINE])
    if "@" in text or "://" in text or "www." in text:  # few lines: each word is then read up to its end
        text = _NOISE.sub(" ", text)
    elif "*" in text or not text.isascii():
        text = _NO_NAME.sub(" ", text)
    return " ".join(text.split()).strip(EDGES.replace(".", ""))


def without_report(line: str) -> str:
    """Return a Chinese byline without the place that is reported from; a newsroom's own name stays.

    >>> without_report("王小明／台北報導")
    '王小明'
    """
    return line if line.isascii() or line in lexicon().staff else _REPORTED_FROM.sub("", line)


def strip_label(line: str) -> str:
    """Return ``line`` without the "By" at its start, whatever its language."""
    for _ in range(2):
        found = (
            lexicon().by.match(line.casefold())
            if len(line) == len(line.casefold())
            else lexicon().by.match(line.lower())
        )
        if not found or found.end() >= len(line):
            break
        rest = line[found.end() :].lstrip()
        is_word = len(rest.split()) < 2 and not is_unspaced(rest) and not find(rest)
        if is_word and not found["colon"] and "：" not in found.group():
            break
        line = rest
    return line


def _pieces(line: str) -> list[str]:
    """Split a line at whatever joins names; an agency that is joined with "avec" or "mit" goes with what follows."""
    words = lexicon()
    folded = line.casefold() if len(line.casefold()) == len(line) else line.lower()
    joined = words.agency_joiner.search(folded)
    if joined and joined.start() > 0:
        rest = line[joined.end() :]
        if find(rest) or " " in joined.group().strip():
            line = line[: joined.start()]
        elif is_name(clean_name(rest.split(",")[0])):
            line = f"{line[: joined.start()]} / {rest}"
    line = _BRACKETS.sub(" ", line)
    line = (line if line.isascii() else _KOREAN_OTHERS.sub("", line)).replace("(", " ")
    pieces: list[str] = []
    for part in _SEPARATORS.split(line) if _SEPARATING.search(line) else [line]:
        folded = part.casefold() if len(part.casefold()) == len(part) else part.lower()
        position = first.end() - 2 if not part[:1].isupper() and (first := words.joiners.match(f" {folded} ")) else 0
        for found in words.joiners.finditer(folded):
            pieces.append(part[position : found.start()])
            position = found.end()
        pieces += _weakly_joined(part[position:])
    return [piece for piece in pieces if piece.strip(EDGES)]


def _weakly_joined(part: str) -> list[str]:
    """Split at joiners of one letter ("y", "e", "i"), which stand in names too, where both sides are full names."""
    for found in lexicon().weak_joiners.finditer(part):
        left, right = part[: found.start()], part[found.end() :]
        if all(sum(1 for w in side.split() if w[:1].isupper()) >= 2 for side in (left, right)):
            return [left, *_weakly_joined(right)]
    return [part]


def _without_place(piece: str) -> list[str]:
    """Cut off where someone writes from ("in Berlin"), if a full name stands before it."""
    for found in lexicon().place.finditer(piece):
        left = piece[: found.start()].split()
        if sum(1 for w in left if w[:1].isupper()) >= 2 and piece[found.end() : found.end() + 1].isupper():
            return [piece[: found.start()]]
    return [piece]
