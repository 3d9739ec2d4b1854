"""One tool in a process of its own, in an environment of its own; imports nothing of this project but by its name.

``python worker.py TOOL PAGES``: PAGES is a pickle of (URL, body). Each line on standard input makes one round over all
pages; the answer is a line of JSON: the CPU seconds of each page, and how many failed.
"""

from __future__ import annotations

import json
import logging
import pickle
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[[str, bytes], Any]


def newscrawl() -> Run:
    """The pass of this project, dates included as candidates."""
    from newscrawl.extraction import extract
    from newscrawl.extraction.document import Document

    return lambda url, body: extract(Document(url, body, content_type="text/html"))


def trafilatura(**options: bool) -> Run:
    """Return its function for everything at once, with options."""
    from trafilatura import bare_extraction

    return lambda url, body: bare_extraction(body, url=url, **options)


def readability() -> Run:
    """Return its summary and title; it knows no metadata."""
    from readability import Document

    def run(_url: str, body: bytes) -> Any:
        document = Document(body.decode("utf-8", "replace"))
        return document.short_title(), document.summary()

    return run


def newspaper4k() -> Run:
    """Return its parser, without downloads."""
    from newspaper import Article

    def run(url: str, body: bytes) -> Any:
        article = Article(url, fetch_images=False)
        article.download(input_html=body.decode("utf-8", "replace"))
        article.parse()
        return article

    return run


def goose3() -> Run:
    """Return its extraction, without images."""
    from goose3 import Goose

    goose = Goose({"enable_image_fetching": False})
    return lambda _url, body: goose.extract(raw_html=body.decode("utf-8", "replace"))


def resiliparse() -> Run:
    """Return its extraction of the main text; it knows no metadata."""
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import bytes_to_str, detect_encoding

    return lambda _url, body: extract_plain_text(bytes_to_str(body, detect_encoding(body)), main_content=True)


TOOLS: dict[str, Callable[[], Run]] = {
    "newscrawl": newscrawl,
    "trafilatura": lambda: trafilatura(with_metadata=True),
    "trafilatura-text": trafilatura,
    "trafilatura-fast": lambda: trafilatura(with_metadata=True, fast=True),
    "readability-lxml": readability,
    "newspaper4k": newspaper4k,
    "goose3": goose3,
    "resiliparse": resiliparse,
}


def main(tool: str, path: str) -> None:
    """Answer rounds until standard input ends."""
    logging.disable(logging.CRITICAL)
    run = TOOLS[tool]()
    pages = pickle.loads(Path(path).read_bytes())

    def go(some: list[tuple[str, bytes]]) -> tuple[list[float], int]:
        took, failed = [], 0
        for url, body in some:
            start = time.process_time()
            try:
                run(url, body)
            except Exception:
                failed += 1
            took.append(time.process_time() - start)
        return took, failed

    go(pages[:40])
    out = sys.stdout
    sys.stdout = sys.stderr
    print("ready", file=out, flush=True)
    for _ in sys.stdin:
        print(json.dumps(go(pages)), file=out, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
