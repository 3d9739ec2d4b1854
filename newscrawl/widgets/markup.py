"""What the names in markup say of a box: bits of evidence from ``newscrawl/data/markup/names.toml``.

The models read the vocabulary they were trained with (``newscrawl/data/models/markup.toml``, a copy that training
writes), so that a word added to the table changes no input of theirs. A mask holds both: the table's kinds from bit 0,
the models' from bit `TRAINED`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from newscrawl.text.alternation import alternation
from newscrawl.text.kept_patterns import compiled
from newscrawl.text.package_data import FOLDER, kept, table

_NAME: Final = re.compile(r"[A-Z]{2,20}(?=[A-Z][a-z])|[A-Z]?[a-z]{2,30}|[A-Z]{2,30}")
_BORDER: Final = re.compile("[-_]")
_LONGEST: Final = 400
TRAINED: Final = 32
"""The first bit of the models' vocabulary."""
_REMEMBERED: Final = 20_000
"""Names, and pieces of such, that are kept at the most."""
_Table = tuple[tuple[str, ...], dict[str, int], re.Pattern[str], dict[str, int]]


def name_tokens(value: str) -> tuple[str, ...]:
    """Return words of a class or id: ``"c-inlineSignup data_box2"`` → ``("inline", "signup", "data", "box")``."""
    return tokens_and_marks(value)[0]


def marks(value: str) -> int:
    """Return the mask of the kinds that a name (class, id, action …) speaks of."""
    return tokens_and_marks(value)[1]


def tokens_and_marks(value: str) -> tuple[tuple[str, ...], int]:
    """Return `name_tokens` and `marks` of one or more names."""
    tokens: list[str] = []
    mask = 0
    for name in value[:_LONGEST].split():
        known = _NAMES.get(name)
        if known is None:
            if len(_NAMES) >= _REMEMBERED:
                _NAMES.clear()
            known = _NAMES[name] = _Name(name)
        for token in known.tokens:
            if token not in tokens:  # a handful, for which a table costs more
                tokens.append(token)
        mask |= known.mask
    return tuple(tokens), mask


class _Name:
    """What a single name says, put together from its pieces: sites put few of them together in many ways."""

    __slots__ = ("mask", "tokens")

    def __init__(self, name: str) -> None:
        self.tokens: list[str] = []
        words = parts = end = 0
        lower = name.lower()
        is_whole = not name.isascii()  # lower case may be longer
        for text in name.replace("_", "-").split("-"):
            piece = _PIECES.get(text)
            if piece is None:
                if len(_PIECES) >= _REMEMBERED:
                    _PIECES.clear()
                piece = _PIECES[text] = _Piece(text)
            self.tokens += piece.tokens
            words |= piece.words
            parts |= piece.parts
            end += len(text)
            if (piece.rests and lower.startswith(piece.rests, end)) or (piece.is_rest and end > len(text)):
                is_whole = True
            end += 1
        self.mask = words | (_parts_in(lower) if is_whole else parts)


class _Piece:
    """What stands between two borders of a name: its tokens, and the masks of these and of the parts in it."""

    __slots__ = ("is_rest", "parts", "rests", "tokens", "words")

    def __init__(self, text: str) -> None:
        self.tokens = [token.lower() for token in _NAME.findall(text)]
        known = _words()
        self.words = 0
        for token in self.tokens:
            self.words |= known.get(token, 0)
        lower = text.lower()
        self.parts = _parts_in(lower)
        rests: list[str] = []
        for head, after in _heads().get(lower[-1:], ()):
            if lower.endswith(head):
                rests.append(after)
        self.rests = tuple(rests)
        """How the parts go on, from the next border, that begin at its end."""
        self.is_rest = lower.startswith(_headless())
        """It begins like a part that begins with a border."""


_NAMES: Final[dict[str, _Name]] = {}
_PIECES: Final[dict[str, _Piece]] = {}


def _parts_in(name: str) -> int:
    """Return the mask of the parts in a name in lower case."""
    mask = 0
    for pattern, masks in _searches():
        for part in pattern.findall(name):
            mask |= masks[part]
    return mask


@cache
def _searches() -> list[tuple[re.Pattern[str], dict[str, int]]]:
    """Return the patterns that find the parts of both vocabularies, with masks: one where the parts are the same."""
    _, _, pattern, parts = _current()
    _, _, other, trained = _trained()
    shifted = {part: mask << TRAINED for part, mask in trained.items()}
    if parts.keys() == trained.keys():
        return [(pattern, {part: mask | shifted[part] for part, mask in parts.items()})]
    return [(pattern, parts), (other, shifted)]


@cache
def _words() -> dict[str, int]:
    """Return the masks of the words of both vocabularies."""
    words = dict(_current()[1])
    for word, mask in _trained()[1].items():
        words[word] = words.get(word, 0) | mask << TRAINED
    return words


@cache
def _heads() -> dict[str, list[tuple[str, str]]]:
    """Return by its last letter what stands before the border in the parts that have one, and how they go on."""
    found: dict[str, list[tuple[str, str]]] = {}
    for head, rest in _bordered():
        if head:
            found.setdefault(head[-1:], []).append((head, rest))
    return found


@cache
def _headless() -> tuple[str, ...]:
    """Return the parts that begin with a border, without it."""
    return tuple(rest[1:] for head, rest in _bordered() if not head)


def _bordered() -> list[tuple[str, str]]:
    """Return the parts with a border in them, parted before it."""
    borders = ((part, _BORDER.search(part)) for part in _current()[3].keys() | _trained()[3].keys())
    return [(part[: border.start()], part[border.start() :]) for part, border in borders if border]


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


@cache
def _screen_readers() -> tuple[str, ...]:
    return tuple(table("markup/screen_readers.toml")["parts"])


def is_for_screen_readers(value: str) -> bool:
    """Tell whether a class or id says that its text is read out and not shown."""
    folded = value[:_LONGEST].lower().replace("_", "-")
    return any(part in folded for part in _screen_readers())


@cache
def _tooltips() -> tuple[str, ...]:
    return tuple(table("markup/tooltips.toml")["parts"])


def is_tooltip(value: str) -> bool:
    """Tell whether a class or id says that its text unfolds over a word."""
    folded = value[:_LONGEST].lower().replace("_", "-")
    return any(part in folded for part in _tooltips())


@cache
def republishing_words() -> frozenset[str]:
    """Return the words in the names of dialogs on how to print an article elsewhere."""
    return frozenset(table("markup/republishing.toml")["words"])
