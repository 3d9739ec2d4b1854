"""Explanations of all documents in a folder, one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from newscrawl.exceptions import TargetError
from newscrawl.readers.corpus import read_corpus
from newscrawl.readers.paths import expand
from newscrawl.record.reading import read_records
from newscrawl.report.explain.local import explain, recorded
from newscrawl.report.explain.model import Explanation
from newscrawl.report.explain.target import LIMIT, PAGES, TEXTS, document, page

SUFFIXES = (*TEXTS, ".jsonl", *PAGES)


class Explained(NamedTuple):
    """A document by its place in the folder, with its explanation or with what kept it from having one."""

    name: str
    explanation: Explanation | None
    problem: str = ""


def explain_folder(folder: Path) -> Iterator[Explained]:
    """Yield each document of a folder and its folders: texts, saved pages, rows of a corpus, lines of our output.

    Each is read by itself, without the memory of its site. Raises `newscrawl.exceptions.PathError` where there is none.
    """
    for path in expand(str(folder), SUFFIXES):
        name = str(path.relative_to(folder.absolute()))
        if path.suffix.lower() == ".jsonl":
            yield from _rows(path, name)
        else:
            yield _file(path, name)


def _file(path: Path, name: str) -> Explained:
    try:
        if path.name.lower().endswith(PAGES):
            return Explained(name, explain(page(path, None)))
        return Explained(name, explain(document(next(read_corpus(path, LIMIT)), None)))
    except TargetError as error:
        return Explained(name, None, _without(str(error), str(path)))


def _rows(path: Path, name: str) -> Iterator[Explained]:
    own = _own_records(path)
    if own is not None:
        for number, record in own:
            place = f"{name}#{number}"
            yield Explained(place, recorded(record)) if record else Explained(place, None, "no line of our output")
        return
    for found in read_corpus(path, LIMIT):
        place = found.place.replace(f"{path}, line ", f"{name}#", 1)
        try:
            yield Explained(place, explain(document(found, None)))
        except TargetError as error:
            yield Explained(place, None, _without(str(error), found.place))


def _own_records(path: Path) -> Iterator[tuple[int, dict[str, Any] | None]] | None:
    """Return the records of a file whose first line is one of ours, else ``None``."""
    try:
        first = next(read_records(path), None)
    except OSError:
        return None
    return read_records(path) if first is not None and first[1] is not None else None


def _without(message: str, place: str) -> str:
    return message.removeprefix(place).lstrip(": ")
