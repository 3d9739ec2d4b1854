"""What the names in markup say of a box: bits of evidence from ``newscrawl/data/markup/names.toml``."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib import resources

from newscrawl.text.alternation import alternation

_NAME = re.compile(r"[A-Z]{2,20}(?=[A-Z][a-z])|[A-Z]?[a-z]{2,30}|[A-Z]{2,30}")
_LONGEST = 400


@lru_cache(maxsize=20_000)
def name_tokens(value: str) -> tuple[str, ...]:
    """Words of a class or id: ``"c-inlineSignup data_box2"`` → ``("inline", "signup", "data", "box")``."""
    names = value[:_LONGEST].split()
    return tuple(dict.fromkeys(token for name in names for token in _tokens(name)))


@lru_cache(maxsize=20_000)
def _tokens(name: str) -> tuple[str, ...]:
    return tuple(token.lower() for token in _NAME.findall(name))


@cache
def _table() -> tuple[tuple[str, ...], dict[str, int], re.Pattern[str], dict[str, int]]:
    path = resources.files("newscrawl") / "data" / "markup" / "names.toml"
    kinds: list[str] = []
    words: dict[str, int] = {}
    parts: dict[str, int] = {}
    for mark in tomllib.loads(path.read_text(encoding="utf-8"))["mark"]:
        bit = 1 << len(kinds)
        kinds.append(mark["kind"])
        for target, key in ((words, "words"), (parts, "parts")):
            for name in mark[key]:
                target[name] = target.get(name, 0) | bit
    pattern = re.compile(alternation(parts))
    return tuple(kinds), words, pattern, parts


def kinds() -> tuple[str, ...]:
    """The kinds of mark; bit ``i`` of a mask stands for ``kinds()[i]``."""
    return _table()[0]


def bit(kind: str) -> int:
    """The bit of one kind."""
    return 1 << _table()[0].index(kind)


@lru_cache(maxsize=20_000)
def marks(value: str) -> int:
    """Mask of the kinds that a name (class, id, action …) speaks of."""
    mask = 0
    for name in value[:_LONGEST].split():
        mask |= _marks(name)
    return mask


@lru_cache(maxsize=20_000)
def _marks(name: str) -> int:
    """The mask of a single name: pages make few, and put them together in many ways."""
    _, words, pattern, parts = _table()
    mask = 0
    for token in _tokens(name):
        mask |= words.get(token, 0)
    for part in pattern.findall(name.lower()):
        mask |= parts[part]
    return mask
