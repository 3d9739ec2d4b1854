"""Labelled pages for training: segments of real pages with what is article and what is not.

Reads a folder of evaluation archives (``<set>.warc.gz`` with ``<set>.truth.jsonl``, and the injected widgets); see
README.md for their form.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from warcio.archiveiterator import ArchiveIterator

from newscrawl.extraction.segments.features import Hints
from newscrawl.extraction.segments.model import Frame, Segment
from newscrawl.extraction.segments.scores import hints_of
from newscrawl.extraction.segments.segment import segment
from newscrawl.parsing.encoding import decode
from newscrawl.parsing.structured import read
from newscrawl.parsing.tree import body_of, parse
from training.align import label

WEIGHTS = {"aeb": 1.0, "fundus": 1.6, "wcxb": 1.0, "suites": 0.5, "daniel": 0.4, "widgets": 0.45, "traf": 0.4}
_LEAST = 150
"""Characters of article text from which a page of whole truth is trained on."""


def group(url: str) -> str:
    """What must not stand on both sides of a split: the host, or the page into which widgets were injected."""
    host = urlsplit(url).hostname or url
    number = re.search(r"(\d{3})", host) if host.endswith(".example") else None
    return number.group(1) if number else re.sub(r"^www\.", "", host)


def fold_of(key: str, folds: int) -> int:
    """A fold for a site, the same in every run."""
    return int(hashlib.sha1(f"fold {key}".encode()).hexdigest(), 16) % folds


@dataclass(slots=True)
class Page:
    """A page cut into segments, each with its label (1.0 article, 0.0 not, None undecided)."""

    name: str
    url: str
    segments: list[Segment]
    frames: list[Frame]
    hints: Hints
    labels: list[float | None]
    partial: bool = False
    """Only passages are labelled."""
    lexicon: list[list[float]] = field(default_factory=list)
    weight: float = 1.0


def records(path: Path) -> Iterator[tuple[str, str, bytes]]:
    """(url, content type, body) of each response in a WARC file."""
    with path.open("rb") as stream:
        for record in ArchiveIterator(stream):
            if record.rec_type == "response":
                kind = record.http_headers.get_header("content-type") or ""
                yield record.rec_headers.get_header("WARC-Target-URI"), kind, record.content_stream().read()


def _partial(texts: list[str], truth: dict[str, list[str]]) -> list[float | None]:
    """Labels where the truth is passages only: what holds one is known, everything else is not."""
    inside = [" ".join(t.split()) for t in truth.get("with") or []]
    outside = [" ".join(t.split()) for t in truth.get("without") or []]
    out: list[float | None] = []
    for text in texts:
        if any(t in text for t in inside):
            out.append(1.0)
        elif any(t in text for t in outside):
            out.append(0.0)
        else:
            out.append(None)
    return out


def is_partial(row: dict[str, Any]) -> bool:
    """Tell whether the truth of a page is passages only."""
    return "truth_body" not in row and not row["truth"].get("body")


def labels_of(name: str, row: dict[str, Any], texts: list[str]) -> list[float | None]:
    """Return the label of each text of a page by a row of truth."""
    if is_partial(row):
        return _partial(texts, row["truth"])
    if name == "widgets":
        labels = label(texts, row["truth_body"] or "")
        if not row["mode"].startswith("html"):
            return labels
        known = {" ".join(line.split()) for text in row["widget_texts"] for line in text.split("\n")}
        return [0.0 if t in known and not (v == 1.0 and len(t) > 80) else v for t, v in zip(texts, labels, strict=True)]
    labels = label(texts, row["truth"]["body"])
    if name == "daniel":  # its truth holds the headline
        pairs = enumerate(zip(texts, labels, strict=True))
        first = next((i for i, (t, v) in pairs if v == 1.0 and len(t) > 100), 0)
        return [None if i < first and v == 1.0 else v for i, v in enumerate(labels)]
    return labels


def pages(folder: Path, names: list[str]) -> Iterator[Page]:
    """Yield the labelled pages of the sets."""
    for name in names:
        rows = (folder / ("widgets.cases.jsonl" if name == "widgets" else f"{name}.truth.jsonl")).open(encoding="utf-8")
        truths = {row["url"]: row for row in map(json.loads, rows)}
        for url, kind, body in records(folder / f"{name}.warc.gz"):
            row = truths.get(url)
            if row is None:
                continue
            tree = parse(decode(body, kind)[0])
            data = read(tree)
            segments, frames = segment(body_of(tree))
            if not 0 < len(segments) < 4000:
                continue
            texts = [s.text for s in segments]
            labels = labels_of(name, row, texts)
            article = sum(len(t) for t, v in zip(texts, labels, strict=True) if v == 1.0)
            if article < (1 if is_partial(row) else _LEAST):
                continue
            weight = WEIGHTS.get(name, 1.0) * (1.5 if name == "widgets" and row["mode"] == "natural" else 1.0)
            if is_partial(row):
                weight = min(weight, WEIGHTS["traf"])
            for item in segments:  # the tree is not needed any more, and large
                item.nodes = []
            for frame in frames:
                frame.element = None
            yield Page(name, url, segments, frames, hints_of(data), labels, is_partial(row), weight=weight)
