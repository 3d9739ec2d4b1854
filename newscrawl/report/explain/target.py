"""From what a person typed to one document: a file, a row of a corpus or of our own output, a record of an archive."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from newscrawl.exceptions import TargetError
from newscrawl.extraction import Document
from newscrawl.readers.corpus import read_corpus
from newscrawl.readers.record import Problem, Record
from newscrawl.readers.warc import SUFFIXES as WARC_SUFFIXES
from newscrawl.readers.warc import read_warc
from newscrawl.record.reading import read_record
from newscrawl.text.near import did_you_mean

PAGES = (".html", ".htm", ".xhtml")
TEXTS = (".txt", ".md")
LIMIT = 100 * 1024 * 1024
_LISTED = 10


def is_address(target: str) -> bool:
    """Tell whether a target is an HTTP URL."""
    return target.lower().startswith(("http://", "https://"))


def load(target: str, url: str | None = None) -> Document | dict[str, Any]:
    """Return the document that ``target`` means, or the record itself where it is a line of our own output.

    ``target``: a file (.html, .txt, .md), or ``file#n``: the n-th record of a WARC file or line of a .jsonl file.
    ``url`` says where a page came from. Raises `TargetError`.
    """
    path, number = _split(target)
    name = path.name.lower()
    if not path.is_file():
        hint = did_you_mean(path) or " (a URL begins with http:// or https://)"
        raise TargetError(f"there is no file {path}{hint}")
    if name.endswith(PAGES):
        return page(path, url)
    if name.endswith(TEXTS):
        return document(_first(read_corpus(path, LIMIT), str(path)), url)
    if name.endswith(".jsonl"):
        return _row(path, number, url)
    if name.endswith(WARC_SUFFIXES):
        return document(_archived(path, number), url)
    raise TargetError(f"{path} is none of {', '.join((*PAGES, *TEXTS, '.jsonl', *WARC_SUFFIXES))}")


def _split(target: str) -> tuple[Path, int | None]:
    whole = Path(target).expanduser()
    match = re.fullmatch(r"(.+)#(\d{1,12})", target, re.DOTALL)
    try:
        if match is None or whole.exists():
            return whole.absolute(), None
        return Path(match[1]).expanduser().absolute(), int(match[2])
    except (OSError, ValueError, RuntimeError) as error:
        raise TargetError(f"{target} is no path: {error}") from None


def page(path: Path, url: str | None) -> Document:
    """Return the page that a file holds; raises `TargetError` where it cannot be read."""
    try:
        return Document(url=url or path.as_uri(), body=path.read_bytes())
    except OSError as error:
        raise TargetError(f"{path} cannot be read: {error.strerror or error}") from None


def _row(path: Path, number: int | None, url: str | None) -> Document | dict[str, Any]:
    if number is None:
        raise TargetError(f"which line? {path}#1 is the first")
    try:
        with path.open("rb") as file:
            line = next((line for at, line in enumerate(file, 1) if at == number), None)
    except OSError as error:
        raise TargetError(f"{path} cannot be read: {error.strerror or error}") from None
    if line is None:
        raise TargetError(f"{path} has no line {number}")
    if (record := read_record(line)) is not None:
        return record
    for found in read_corpus(path, LIMIT):
        place = f"{path}, line {number}"
        if found.place == place:
            return document(found, url)
    raise TargetError(f"line {number} of {path} holds nothing")


def _archived(path: Path, number: int | None) -> Record | Problem:
    pages: list[tuple[str, Record]] = []
    for found in read_warc(path, LIMIT):
        if number is not None and found.place == f"{path}, record {number}":
            return found
        if number is None:
            if isinstance(found, Record):
                pages.append((found.place.rsplit(" ", 1)[-1], found))
            if len(pages) > _LISTED:
                break
    if number is not None:
        raise TargetError(f"record {number} of {path} is no page, or there is none")
    if len(pages) == 1:
        return pages[0][1]
    if not pages:
        raise TargetError(f"there is no page in {path}")
    listed = ", ".join(f"#{place} {record.url}" for place, record in pages[:_LISTED])
    raise TargetError(f"which record? {path}#{pages[0][0]} for example: {listed}{' …' if len(pages) > _LISTED else ''}")


def _first(found: Any, place: str) -> Record | Problem:
    return next(iter(found), Problem("empty", "the file is empty", place))


def document(found: Record | Problem, url: str | None) -> Document:
    """Return the document that a reader found; raises `TargetError` for what it could not read."""
    if isinstance(found, Problem):
        raise TargetError(f"{found.place}: {found.detail}")
    document = Document(
        url=url or found.url,
        body=found.body,
        media=found.media,
        fetched_at=found.fetched_at,
        facts=found.facts,
    )
    content_type = next((v for k, v in found.headers.items() if k.lower() == "content-type"), None)
    return replace(document, content_type=content_type)
