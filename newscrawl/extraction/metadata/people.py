"""Names of people out of a byline or an author's field: split, and rid of all that is no name."""

from __future__ import annotations

import html
import re
import unicodedata

from newscrawl.extraction.metadata.agencies import find, is_agency
from newscrawl.extraction.metadata.lexicon import lexicon

MAX_LINE = 400
_MAX_NAME = 60
_MAX_TOKENS = 7
_NOISE = re.compile(
    r"[^\s()<>]{1,64}@[^\s()<>]{1,100}|(?:https?://|www\.)[^\s()<>]{1,300}|(?<!\S)@\w{1,40}|[\u200b-\u200f\u2060\ufeff\xad*†©•►▶✍]+"
)
_BRACKETS = re.compile(r"\([^()]{0,120}\)|\[[^\[\]]{0,120}\]|（[^（）]{0,120}）|【[^【】]{0,120}】")
_SEPARATORS = re.compile(r"\s?[;|/•·\n、，；‧∙]\s?|\s[-–—]\s|,(?!\s?(?:jr|sr|ii|iii)\b)\s?", re.IGNORECASE)
_KOREAN_OTHERS = re.compile(r"\s외\s?\d{1,2}명")
_DOMAIN = re.compile(
    r"\b[\w-]{1,60}\.(?:com|net|org|de|fr|es|it|pt|nl|be|ch|at|pl|info|eu|co|uk|ru|news|tv)\b", re.IGNORECASE
)
_KEY = re.compile(r"[a-z_]{2,30}(?:\.[a-z_]{2,30}){2,5}")
"""The name of a template's variable, left where a person's name should stand."""
_EDGES = ' \t\r\n.,;:-–—/|&"“”„«»<>_~·•'


def split_authors(text: str, publisher: str | list[str] | None = None) -> list[str]:
    """Return the people that ``text`` names, in order, each once.

    ``text`` is a byline or an author's field; no labels, titles, roles, e-mail addresses, handles, agencies or
    newsrooms come out, and not ``publisher`` (the names of the publication).

    >>> split_authors("Von Max Muster und Dr. Eva Beispiel (dpa)")
    ['Max Muster', 'Eva Beispiel']
    """
    line = tidy(text)
    if not line or len(line) > MAX_LINE or any(_DOMAIN.search(found) for found in _BRACKETS.findall(text[:MAX_LINE])):
        return []
    houses = [publisher] if isinstance(publisher, str) else publisher or []
    if _foreign(line, houses):
        return []
    line = strip_label(line)
    parts = [part for piece in _pieces(line) for part in _without_place(piece)]
    if len(parts) == 2 and "," in line and all(" " not in p and not _unspaced(p) for p in parts):
        parts = [f"{parts[1]} {parts[0]}"]
    names = [name for part in parts if (name := clean_name(part)) and not _foreign(name, houses)]
    if any(len(name.split()) > 1 for name in names) and len(parts) > 1:
        names = [name for name in names if (" " in name or _unspaced(name)) and not name.startswith("The ")]
    return list(dict.fromkeys(names))


def tidy(text: str) -> str:
    """Return ``text`` on one line, without addresses, handles and signs that are no part of a name."""
    if "&" in text:
        text = html.unescape(text)
    text = _NOISE.sub(" ", unicodedata.normalize("NFC", text[: 2 * MAX_LINE]))
    return " ".join(text.split()).strip(_EDGES.replace(".", ""))


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
        if not found["colon"] and "：" not in found.group() and len(rest.split()) < 2 and not _unspaced(rest):
            break
        line = rest
    return line


def _pieces(line: str) -> list[str]:
    """Split a line at whatever joins names; an agency that is joined with "avec" or "mit" goes with what follows."""
    words = lexicon()
    folded = line.casefold() if len(line.casefold()) == len(line) else line.lower()
    joined = words.agency_joiner.search(folded)
    if joined and joined.start() > 0 and (find(line[joined.end() :]) or " " in joined.group().strip()):
        line = line[: joined.start()]
    line = _KOREAN_OTHERS.sub("", _BRACKETS.sub(" ", line)).replace("(", " ")
    pieces: list[str] = []
    for part in _SEPARATORS.split(line):
        folded = part.casefold() if len(part.casefold()) == len(part) else part.lower()
        position = 0
        for found in words.joiners.finditer(folded):
            pieces.append(part[position : found.start()])
            position = found.end()
        pieces += _weakly_joined(part[position:])
    return [piece for piece in pieces if piece.strip(_EDGES)]


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


def clean_name(text: str) -> str:
    """Return a name without titles, roles and credentials, or ``""`` where nothing is left that could be one."""
    words = lexicon()
    name = text.strip(_EDGES.replace(".", "")).rstrip(",;:")
    if _unspaced(name):
        return _clean_unspaced(name)
    if name.casefold() in words.roles or name.casefold() in words.staff:
        return ""
    tokens = name.split()
    while tokens and tokens[0].casefold() in words.titles:
        tokens.pop(0)
    while len(tokens) > 1 and tokens[-1].casefold().rstrip(",") in words.credentials and tokens[-1][:2].isupper():
        tokens.pop()
    for cut in range(2, len(tokens)):
        if " ".join(tokens[cut:]).casefold() in words.roles:
            tokens = tokens[:cut]
            break
    for cut in range(len(tokens) - 1, 0, -1):
        if " ".join(tokens[:cut]).casefold().rstrip(":") in words.roles:
            tokens = tokens[cut:] if tokens[cut][:1].isupper() else []
            break
    name = " ".join(tokens).strip(_EDGES.replace(".", ""))
    if (
        name.endswith(".")
        and name.casefold().rsplit(" ", 1)[-1] not in words.suffixes
        and len(name.rsplit(" ", 1)[-1]) > 3
    ):
        name = name.rstrip(".")
    if not (1 < len(name) <= _MAX_NAME) or len(tokens) > _MAX_TOKENS or not any(c.isalpha() for c in name):
        return ""
    if ":" in name or _KEY.fullmatch(name):
        return ""
    return "" if sum(c.isdigit() for c in name) > 2 else name


def _clean_unspaced(name: str) -> str:
    for role in lexicon().glued_roles:
        if name.endswith(role) and len(name) > len(role):
            name = name[: -len(role)].strip(_EDGES + "=＝")
        elif name.startswith(role + " ") or (name.startswith(role) and 2 <= len(name) - len(role) <= 4):
            name = name[len(role) :].strip(_EDGES)
    return "" if name in lexicon().staff or name in lexicon().roles or len(name) > 20 else name


def is_name(text: str) -> bool:
    """Tell whether ``text`` is written like a person's full name: two words or more, each with a capital.

    Scripts without capitals count by their length.
    """
    words = lexicon()
    tokens = text.split()
    if _unspaced(text):
        return 2 <= len(text) <= 12 and text.replace(" ", "").isalpha()
    if not 2 <= len(tokens) <= 6 or len(text) > _MAX_NAME or any(c.isdigit() for c in text):
        return False
    if any((bare := t.casefold().strip(".,")) in words.never or bare in words.roles for t in tokens):
        return False
    proper = [t for t in tokens if t not in words.particles]
    return len(proper) >= 2 and all(_proper(t) for t in proper)


def _proper(token: str) -> bool:
    """Tell whether a word is written like a name's: a capital first, or after an apostrophe or hyphen ("d'Exemple")."""
    if not all(c.isalpha() or c in ".'’-‐·" or unicodedata.category(c) in {"Mn", "Mc"} for c in token):
        return False
    head = re.split("[-'’]", token, maxsplit=1)
    return any(part[:1].isupper() or unicodedata.category(part[:1] or "0") == "Lo" for part in head)


def same_name(a: str, b: str) -> bool:
    """Tell whether two names are the same but for case, spaces and punctuation."""
    return _key(a) == _key(b) != ""


def _key(name: str) -> str:
    return "".join(c for c in name.casefold() if c.isalnum())


def _foreign(name: str, houses: list[str]) -> bool:
    """Tell whether ``name`` is an agency, a newsroom, a web address or the publication rather than a person."""
    words = lexicon()
    if is_agency(name) or name.casefold().strip(".") in words.staff or _DOMAIN.search(name):
        return True
    own = _key(name)
    for house in houses:
        key = _key(house)
        if (own and own in {key, f"the{key}"}) or key == f"the{own}":
            return True
        rest = " ".join(name.casefold().replace(house.casefold(), " ").split())
        if key and own.startswith(key) and (rest in words.staff or rest in words.never):
            return True
    return False


def _unspaced(text: str) -> bool:
    """Tell whether ``text`` is written in Chinese, Japanese or Korean letters."""
    return any("\u3040" <= c <= "\u30ff" or "\u3400" <= c <= "\u9fff" or "\uac00" <= c <= "\ud7af" for c in text)
