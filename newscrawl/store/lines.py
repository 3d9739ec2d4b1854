"""Whether a text changed, or only what we take out of it: its lines as hashes, kept and removed."""

from __future__ import annotations

import array
import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any, NamedTuple

from newscrawl.store.similarity import tokens
from newscrawl.text.normalise import collapse

_MAX_LINES = 4_000


@dataclass(frozen=True, slots=True)
class Lines:
    """Hashes of an article's lines.

    ``kept``: headline, description and blocks, in order. ``gone``: what was removed, and what a block would be had the
    removal next to it not been made. ``mended``: for each kept line that a removal touches, the lines it may have been.
    """

    kept: tuple[int, ...] = ()
    gone: frozenset[int] = frozenset()
    mended: Mapping[int, frozenset[int]] = field(default_factory=dict)

    def pack(self) -> bytes:
        """Return ``kept`` and ``gone`` as bytes."""
        return array.array("Q", (len(self.kept), *self.kept, *sorted(self.gone))).tobytes()

    @classmethod
    def unpack(cls, data: bytes | None) -> Lines:
        """Return what `pack` made bytes of; ``mended`` is not kept."""
        numbers = array.array("Q")
        numbers.frombytes(data or b"")
        if not numbers:
            return cls()
        end = 1 + numbers[0]
        return cls(tuple(numbers[1:end]), frozenset(numbers[end:]))


class _Line(NamedTuple):
    """A line as it is, and its words; those of lines put together need not be searched for again."""

    text: str
    words: str

    @property
    def hash(self) -> int:
        line = self.words or self.text.strip()
        return int.from_bytes(blake2b(line.encode("utf-8", "replace"), digest_size=8).digest(), "big")


def lines_of(record: Mapping[str, Any]) -> Lines:
    """Return the lines of a record of the contract (`newscrawl.items.Article`, as a mapping)."""
    return lines_and_words(record)[0]


def lines_and_words(record: Mapping[str, Any]) -> tuple[Lines, str]:
    """Return the lines of a record, and the words of its body with a space between: each text is searched once."""
    body = str(record.get("article_body") or "")
    lines = [_line(str(block.get("text") or "")) for block in (record.get("blocks") or ())[:_MAX_LINES]]
    is_whole = body == "\n".join(line.text for line in lines)
    return _lines(record, lines), _joined(lines).words if is_whole else _line(body).words


def _lines(record: Mapping[str, Any], lines: list[_Line]) -> Lines:
    head = [digest(str(record[name])) for name in ("headline", "description") if record.get(name)]
    blocks = [line.hash for line in lines]
    gone: set[int] = set()
    mended: dict[int, set[int]] = {}
    for removal in (record.get("removed") or ())[:_MAX_LINES]:
        text = str(removal.get("text") or "")
        pieces = [_line(piece) for piece in text.splitlines()]
        whole = _Line(text, " ".join([piece.words for piece in pieces if piece.words]))
        gone.add(whole.hash)
        if len(pieces) > 1:  # one piece is the whole
            gone.update([piece.hash for piece in pieces])
        taken = _Line(collapse(text), whole.words)
        for index, before in _undone(lines, removal, taken):
            hashes = {line.hash for line in before if line.text.strip()}
            gone |= hashes
            mended.setdefault(blocks[index], set()).update(hashes)
    frozen = {line: frozenset(hashes) for line, hashes in mended.items()}
    return Lines((*head, *blocks), frozenset(gone), frozen)


def _undone(lines: Sequence[_Line], removal: Mapping[str, Any], taken: _Line) -> Iterator[tuple[int, list[_Line]]]:
    """Yield the index of each block next to a removal, with what it may have been before."""
    before = removal.get("before")
    if not isinstance(before, int) or not 0 <= before <= len(lines):
        return
    offset = removal.get("offset")
    if removal.get("split") and isinstance(offset, int) and before < len(lines):
        text = lines[before].text
        first, second = _line(text[:offset].strip()), _line(text[offset:].strip())
        mixed = [(first, taken, second), (first, taken), (taken, second)]
        yield before, [first, second, *map(_joined, mixed)]
        return
    if before > 0:
        yield before - 1, [_joined((lines[before - 1], taken))]
    if before < len(lines):
        yield before, [_joined((taken, lines[before]))]


def _line(text: str) -> _Line:
    return _Line(text, " ".join(tokens(text)))


def _joined(lines: Sequence[_Line]) -> _Line:
    return _Line(" ".join([line.text for line in lines]), " ".join([line.words for line in lines if line.words]))


def digest(text: str) -> int:
    """Return the hash of a line; case, punctuation and white space make no difference."""
    return _line(text).hash


def only_moved(old: Lines, new: Lines) -> bool:
    """Tell whether all that differs was kept by one and removed by the other: our doing, not the publisher's."""
    if not old.kept:
        return False
    for tag, a, b, c, d in difflib.SequenceMatcher(None, old.kept, new.kept, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        if any(line not in new.gone for line in old.kept[a:b]):
            return False
        for line in new.kept[c:d]:
            undone = new.mended.get(line, frozenset())
            if line not in old.gone and undone.isdisjoint(old.kept) and undone.isdisjoint(old.gone):
                return False
    return True
