"""Whether a text changed, or only what we take out of it: its lines as hashes, kept and removed."""

from __future__ import annotations

import array
import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import chain, islice
from typing import Any, NamedTuple

from newscrawl.store.similarity import tokens, words_of_each
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


def lines_of(record: Mapping[str, Any]) -> Lines:
    """Return the lines of a record of the contract (`newscrawl.items.Article`, as a mapping)."""
    return lines_and_words(record)[0]


def lines_and_words(record: Mapping[str, Any]) -> tuple[Lines, str]:
    """Return the lines of a record, and the words of its body with a space between: each text is searched once."""
    head = [str(record[name]) for name in ("headline", "description") if record.get(name)]
    blocks = [str(block.get("text") or "") for block in (record.get("blocks") or ())[:_MAX_LINES]]
    removals = (record.get("removed") or ())[:_MAX_LINES]
    pieces = [str(removal.get("text") or "").splitlines() for removal in removals]
    texts = [*head, *blocks, *chain.from_iterable(pieces)]
    lines = list(map(_Line, texts, words_of_each(texts)))
    at, end = len(head), len(head) + len(blocks)
    taken = iter(lines[end:])
    removed = [(removal, list(islice(taken, len(own)))) for removal, own in zip(removals, pieces, strict=True)]
    body = str(record.get("article_body") or "")
    words = _words(lines[at:end]) if body == "\n".join(blocks) else _line(body).words
    return _lines(lines[:at], lines[at:end], removed), words


def _lines(head: list[_Line], blocks: list[_Line], removed: list[tuple[Mapping[str, Any], list[_Line]]]) -> Lines:
    hashes = [_hash(line) for line in blocks]
    gone: set[int] = set()
    mended: dict[int, set[int]] = {}
    for removal, pieces in removed:
        whole = _Line(str(removal.get("text") or ""), _words(pieces))
        gone.add(_hash(whole))
        if len(pieces) > 1:  # one piece is the whole
            gone.update(map(_hash, pieces))
        for index, before in _undone(blocks, removal, _Line(collapse(whole.text), whole.words)):
            gone |= before
            mended.setdefault(hashes[index], set()).update(before)
    frozen = {line: frozenset(before) for line, before in mended.items()}
    return Lines((*map(_hash, head), *hashes), frozenset(gone), frozen)


def _undone(lines: list[_Line], removal: Mapping[str, Any], taken: _Line) -> Iterator[tuple[int, set[int]]]:
    """Yield the index of each block next to a removal, with the hashes of what it may have been before."""
    before = removal.get("before")
    if not isinstance(before, int) or not 0 <= before <= len(lines):
        return
    offset = removal.get("offset")
    if removal.get("split") and isinstance(offset, int) and before < len(lines):
        text = lines[before].text
        first, second = _line(text[:offset].strip()), _line(text[offset:].strip())
        yield before, _hashes((first,), (second,), (first, taken, second), (first, taken), (taken, second))
        return
    if before > 0:
        yield before - 1, _hashes((lines[before - 1], taken))
    if before < len(lines):
        yield before, _hashes((taken, lines[before]))


def _hashes(*together: tuple[_Line, ...]) -> set[int]:
    """Return the hashes of lines put together, without blank ones."""
    joined = [_Line(" ".join([line.text for line in lines]), _words(lines)) for lines in together]
    return {_hash(line) for line in joined if line.words or line.text.strip()}


def _line(text: str) -> _Line:
    return _Line(text, " ".join(tokens(text)))


def _words(lines: Sequence[_Line]) -> str:
    return " ".join([line.words for line in lines if line.words])


def _hash(line: _Line) -> int:
    said = line.words or line.text.strip()
    return int.from_bytes(blake2b(said.encode("utf-8", "replace"), digest_size=8).digest(), "big")


def digest(text: str) -> int:
    """Return the hash of a line; case, punctuation and white space make no difference."""
    return _hash(_line(text))


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
