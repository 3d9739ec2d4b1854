"""Labelled pages rendered as text tools leave them: documents with natural headers and leftovers.

    python -m training.text_pages FOLDER_OF_EVALUATION_ARCHIVES OUT.jsonl [EVERY]

Each page is rendered by two or three tools that a hash of its URL picks; EVERY takes each n-th page only. A row has
``url``, ``group`` (its host, for folds), ``set``, ``tool``, ``cut``, ``shape``, ``language``, ``lines`` and ``roles``
(one a line, ``null`` where the truth does not tell).
"""

from __future__ import annotations

import hashlib
import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from newscrawl.extraction.metadata import language as languages
from newscrawl.parsing.encoding import decode
from training.data import group, records
from training.text_labels import BODY, Truth, label_lines, truth_of
from training.text_renderers import EXTRACTORS, WHOLE
from training.text_shapes import Line, cut, reshape

SETS = ("fundus", "aeb", "wcxb", "traf", "suites", "daniel")
LEAST, LONGEST = 200, 40_000
MIN_BODY = 3
WITH_HEADLINE = 0.3

Page = tuple[str, str, str, Truth]
"""Set, URL, decoded page, truth."""


def pages(folder: Path, every: int = 1) -> Iterator[Page]:
    """Yield the pages that have a truth."""
    for name in SETS:
        rows = map(json.loads, (folder / f"{name}.truth.jsonl").open(encoding="utf-8"))
        truths = {row["url"]: row for row in rows}
        for number, (url, kind, body) in enumerate(records(folder / f"{name}.warc.gz")):
            if url in truths and number % every == 0:
                page = decode(body, kind)[0]
                yield name, url, page, truth_of(truths[url], page)


def render(page: Page) -> list[dict[str, Any]]:
    """Return a page's documents."""
    name, url, markup, truth = page
    rng = random.Random(hashlib.sha1(url.encode()).hexdigest())
    spoken = languages.check(None, truth.body or "\n".join(truth.inside))
    about = {"url": url, "group": group(url), "set": name, "language": spoken}
    tools = rng.sample(sorted(WHOLE), rng.choice((1, 2))) + rng.sample(sorted(EXTRACTORS), 1)
    made = (_document(tool, markup, truth, spoken, rng) for tool in tools)
    return [{**about, **document} for document in made if document]


def _document(tool: str, markup: str, truth: Truth, spoken: str | None, rng: random.Random) -> dict[str, Any] | None:
    """Return a page as one tool renders it, cut and shaped, or nothing where the tool fails or finds no article."""
    whole = tool in WHOLE
    try:
        text = (WHOLE[tool] if whole else EXTRACTORS[tool])(markup)
    except Exception:  # tools fail in their own ways, and others render the page
        return None
    if not whole and truth.headline and rng.random() < WITH_HEADLINE:
        text = f"{truth.headline}\n\n{text}"
    if not LEAST < len(text) < 4 * LONGEST:
        return None
    rows = text.strip("\n").split("\n")
    lines: list[Line] = list(zip(rows, label_lines(rows, truth, spoken), strict=True))
    kind, lines = cut(lines, rng) if whole else ("none", lines)
    shape, lines = reshape(lines, rng)
    roles = [role for _, role in lines]
    if sum(role in BODY for role in roles) < (MIN_BODY if truth.body else 1):
        return None
    if not LEAST < sum(len(line) for line, _ in lines) < LONGEST:
        return None
    return {"tool": tool, "cut": kind, "shape": shape, "lines": [line for line, _ in lines], "roles": roles}


def main() -> None:
    """Render all pages into a file."""
    folder, target = Path(sys.argv[1]), Path(sys.argv[2])
    every = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    with target.open("w", encoding="utf-8") as out:
        for page in pages(folder, every):
            out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in render(page))


if __name__ == "__main__":
    main()
