"""The parts of the pass: the share of CPU time that each takes, over the same pages, as plain Python.

``python -m benchmarks.parts PAGES ROUNDS`` is the measurement itself, in a process of its own.
"""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.libraries import ONE_THREAD
from benchmarks.pages import Page
from newscrawl.compiled import PLAIN

PARTS = {
    "decode_page": "decoding",
    "parse": "parsing",
    "read": "structured data",
    "describe": "metadata",
    "collect": "dates",
    "segment": "segments",
    "rows": "words of widgets",
    "score": "features and models",
    "assign": "roles",
    "assemble": "assembly",
    "authors": "authors",
    "strip": "widgets of the text",
    "reason_not_article": "page type",
    "serialise": "the clean page",
}
"""Functions that `newscrawl.extraction.article` calls by these names."""


def measure(pages: list[Page], work: Path, rounds: int) -> list[tuple[str, str]]:
    """Rows for the table, the largest part first."""
    path = work / "parts.pickle"
    path.write_bytes(pickle.dumps(pages))
    command = [sys.executable, "-m", "benchmarks.parts", str(path), str(rounds)]
    environment = {**os.environ, **ONE_THREAD, PLAIN: "1"}
    done = subprocess.run(command, env=environment, check=True, text=True, stdout=subprocess.PIPE)
    shares: dict[str, float] = json.loads(done.stdout)
    rows = sorted(shares.items(), key=lambda row: -row[1])
    return [(f"Part of the pass: {name}", f"{share:.0%}") for name, share in rows]


def main(path: str, rounds: str) -> None:
    """Run the pass with its parts timed; print their shares."""
    from newscrawl.extraction import article, extract
    from newscrawl.extraction.document import Document

    took: defaultdict[str, float] = defaultdict(float)

    def timed(function: Callable[..., Any], name: str) -> Callable[..., Any]:
        def run(*arguments: Any, **named: Any) -> Any:
            start = time.process_time()
            try:
                return function(*arguments, **named)
            finally:
                took[name] += time.process_time() - start

        return run

    holders = [article, *(getattr(article, name) for name in ("metadata", "verdict", "scores"))]
    for function, name in PARTS.items():
        holder = next(holder for holder in holders if hasattr(holder, function))
        setattr(holder, function, timed(getattr(holder, function), name))
    documents = [Document(url, body, content_type="text/html") for url, body in pickle.loads(Path(path).read_bytes())]
    for document in documents[:20]:
        extract(document)
    took.clear()
    start = time.process_time()
    for _ in range(int(rounds)):
        for document in documents:
            extract(document)
    whole = time.process_time() - start
    shares = {name: seconds / whole for name, seconds in took.items()}
    print(json.dumps({**shares, "the rest, and the collector": 1 - sum(shares.values())}))


if __name__ == "__main__":
    main(*sys.argv[1:])
