"""What the names in markup say of a box: bits of evidence from ``newscrawl/data/markup/names.toml``.

The models read the vocabulary they were trained with (``newscrawl/data/models/markup.toml``, a copy that training
writes), so that a word added to the table changes no input of theirs. A mask holds both: the table's kinds from bit 0,
the models' from bit `TRAINED`.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from newscrawl.text.alternation import alternation
from newscrawl.text.kept_patterns import compiled
from newscrawl.text.package_data import FOLDER, kept, table

_NAME: Final = re.compile(r"[A-Z]{2,20}(?=[A-Z][a-z])|[A-Z]?[a-z]{2,30}|[A-Z]{2,30}")
_LONGEST: Final = 400
TRAINED: Final = 32
"""The first bit of the models' vocabulary."""
_Table = tuple[tuple[str, ...], dict[str, int], re.Pattern[str], dict[str, int]]


@lru_cache(maxsize=20_000)
def name_tokens(value: str) -> tuple[str, ...]:
    """Return words of a class or id: ``"c-inlineSignup data_box2"`` → ``("inline", "signup", "data", "box")``."""
    names = value[:_LONGEST].split()
    return tuple(dict.fromkeys(token for name in names for token in _tokens(name)))


@lru_cache(maxsize=20_000)
def _tokens(name: str) -> tuple[str, ...]:
    return tuple(token.lower() for token in _NAME.findall(name))


@cache
def _table(folder: str, file: str) -> _Table:
    sources = [FOLDER / folder / file, *(FOLDER.parent / name for name in ("widgets/markup.py", "text/alternation.py"))]
    kinds, words, pattern, parts = kept(f"marks-{folder}", sources, lambda: _made(folder, file))
    return kinds, words, compiled(pattern), parts


def _made(folder: str, file: str) -> tuple[tuple[str, ...], dict[str, int], str, dict[str, int]]:
    """Return the fields of a table, the pattern as text."""
    kinds: list[str] = []
    words: dict[str, int] = {}
    parts: dict[str, int] = {}
    for mark in table(f"{folder}/{file}")["mark"]:
        bit = 1 << len(kinds)
        kinds.append(mark["kind"])
        for target, key in ((words, "words"), (parts, "parts")):
            for name in mark[key]:
                target[name] = target.get(name, 0) | bit
    return tuple(kinds), words, alternation(parts), parts


def _current() -> _Table:
    return _table("markup", "names.toml")


def _trained() -> _Table:
    return _table("models", "markup.toml")


def kinds() -> tuple[str, ...]:
    """Return the kinds of mark; bit ``i`` of a mask stands for ``kinds()[i]``."""
    return _current()[0]


def trained_kinds() -> tuple[str, ...]:
    """Return the kinds that the models know; bit ``TRAINED + i`` of a mask stands for ``trained_kinds()[i]``."""
    return _trained()[0]


def bit(kind: str) -> int:
    """Return the bit of one kind."""
    return 1 << kinds().index(kind)


def trained_bit(kind: str) -> int:
    """Return the bit of one kind in the models' vocabulary."""
    return 1 << TRAINED + trained_kinds().index(kind)


@lru_cache(maxsize=20_000)
def marks(value: str) -> int:
    """Mask of the kinds that a name (class, id, action …) speaks of."""
    mask = 0
    for name in value[:_LONGEST].split():
        mask |= _marks(name)
    return mask


@lru_cache(maxsize=20_000)
def _marks(name: str) -> int:
    """Return the mask of a single name: pages make few, and put them together in many ways."""
    return _mask(name, _current()) | _mask(name, _trained()) << TRAINED


def _mask(name: str, table: _Table) -> int:
    _, words, pattern, parts = table
    mask = 0
    for token in _tokens(name):
        mask |= words.get(token, 0)
    for part in pattern.findall(name.lower()):
        mask |= parts[part]
    return mask


@cache
def _screen_readers() -> tuple[str, ...]:
    return tuple(table("markup/screen_readers.toml")["parts"])


@lru_cache(maxsize=20_000)
def is_for_screen_readers(value: str) -> bool:
    """Tell whether a class or id says that its text is read out and not shown."""
    folded = value[:_LONGEST].lower().replace("_", "-")
    return any(part in folded for part in _screen_readers())


@cache
def _tooltips() -> tuple[str, ...]:
    return tuple(table("markup/tooltips.toml")["parts"])


@lru_cache(maxsize=20_000)
def is_tooltip(value: str) -> bool:
    """Tell whether a class or id says that its text unfolds over a word."""
    folded = value[:_LONGEST].lower().replace("_", "-")
    return any(part in folded for part in _tooltips())


@cache
def republishing_words() -> frozenset[str]:
    """Return the words in the names of dialogs on how to print an article elsewhere."""
    return frozenset(table("markup/republishing.toml")["words"])
