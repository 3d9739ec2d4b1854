"""The versions of an article in order, with the words that changed marked: at a terminal, and as a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from rich.console import Console
from rich.text import Text

from newscrawl.report.page import render
from newscrawl.store.article_text import COMPARED, ArticleText
from newscrawl.store.changes import changes_between
from newscrawl.store.lines import Lines, digest
from newscrawl.store.texts import Version
from newscrawl.text.plain import one_line
from newscrawl.text.word_diff import DiffPiece, word_diff

_STYLES = {"same": "", "removed": "red strike", "added": "green underline"}
_SIGNS = {"same": ("", ""), "removed": ("[-", "-]"), "added": ("{+", "+}")}
"""Marks where there are no colours, as `git diff --word-diff` sets them."""


class HistoryLine(NamedTuple):
    """A field or a block of a version, in pieces; ``label`` is ``""`` for a block."""

    label: str
    pieces: list[DiffPiece]


def show(versions: Sequence[Version], console: Console) -> None:
    """Print the versions."""
    for version, lines in _compared(versions):
        console.print(Text(_title(version), "bold"))
        for label, pieces in lines:
            text = Text(f"{label}: " if label else "", "dim")
            for kind, words in pieces:
                before, after = _SIGNS[kind] if console.no_color or not console.is_terminal else ("", "")
                text.append(f"{before}{one_line(words, limit=100_000)}{after}", _STYLES[kind])
            console.print(text, soft_wrap=not console.is_terminal)
        console.print()


def page(url: str, versions: Sequence[Version]) -> str:
    """Return a page with the versions."""
    shown = [{"title": _title(version), "lines": lines} for version, lines in _compared(versions)]
    return render("history.html.j2", url=url, versions=shown)


def _compared(versions: Sequence[Version]) -> Iterator[tuple[Version, list[HistoryLine]]]:
    earlier: ArticleText | None = None
    for version in versions:
        yield version, list(_lines(earlier, version.text))
        earlier = version.text


def _lines(before: ArticleText | None, after: ArticleText) -> Iterator[HistoryLine]:
    for name in COMPARED:
        old, new = ("" if text is None else _value(text.fields.get(name)) for text in (before, after))
        if before is None and new:
            yield HistoryLine(name, [DiffPiece("same", new)])
        elif before is not None and (old or new) and (old != new or name == "headline"):
            yield HistoryLine(name, word_diff(old, new))
    if before is None:
        yield from (HistoryLine("", [DiffPiece("same", text)]) for text in after.blocks)
    else:
        yield from _blocks(before, after)


def _blocks(before: ArticleText, after: ArticleText) -> Iterator[HistoryLine]:
    ours = Lines(gone=after.ours)
    changes = changes_between(before, after, ours, ours)
    added = {block["index"] for block in changes["added"]}
    rewritten = {block["index"]: block["before_index"] for block in changes["rewritten"]}
    removed = [block["index"] for block in changes["removed"]]
    hashes = [digest(text) for text in before.blocks]
    place = 0
    for index, text in enumerate(after.blocks):
        if index in added:
            yield HistoryLine("", [DiffPiece("added", text)])
            continue
        hash_ = digest(text)
        if index not in rewritten and hash_ not in hashes[place:]:
            yield HistoryLine("", [DiffPiece("same", text)])  # it was removed from the version before as a widget
            continue
        place = rewritten[index] if index in rewritten else hashes.index(hash_, place)
        while removed and removed[0] < place:  # a removed block stands before the one that followed it
            yield HistoryLine("", [DiffPiece("removed", before.blocks[removed.pop(0)])])
        yield HistoryLine("", word_diff(before.blocks[place], text))
    yield from (HistoryLine("", [DiffPiece("removed", before.blocks[index])]) for index in removed)


def _value(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")


def _title(version: Version) -> str:
    at = version.fetched if version.fetched is not None else version.written
    moment = datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    return f"Version {version.number} · {'fetched' if version.fetched is not None else 'written'} {moment}"
