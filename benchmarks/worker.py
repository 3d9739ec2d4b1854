"""One tool in a process of its own, in an environment of its own; imports nothing of this project but by its name.

``python worker.py TOOL PAGES``: PAGES is a pickle of (address, body). Each line on standard input makes one round over
all pages; the answer is a line with the CPU seconds it took.
"""

from __future__ import annotations

import logging
import pickle
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any


def newscrawl() -> Callable[[str, bytes], Any]:
    """The pass of this project, dates included as candidates."""
    from newscrawl.extraction import extract
    from newscrawl.extraction.document import Document

    return lambda url, body: extract(Document(url, body, content_type="text/html"))


def trafilatura() -> Callable[[str, bytes], Any]:
    """With metadata, else with its defaults."""
    from trafilatura import bare_extraction

    return lambda url, body: bare_extraction(body, url=url, with_metadata=True)


def newspaper4k() -> Callable[[str, bytes], Any]:
    """Downloaded already; parse only."""
    from newspaper import Article

    def run(url: str, body: bytes) -> Any:
        article = Article(url, fetch_images=False)
        article.download(input_html=body.decode("utf-8", "replace"))
        article.parse()
        return article

    return run


def newsplease() -> Callable[[str, bytes], Any]:
    """Its entry point for pages at hand."""
    from newsplease import NewsPlease

    return lambda url, body: NewsPlease.from_html(body.decode("utf-8", "replace"), url=url)


def fundus() -> Callable[[str, bytes], Any]:
    """Only for pages of publishers it has a parser for; others count as nothing done."""
    raise ImportError("Fundus reads only pages that it crawls itself, with one parser a publisher")


TOOLS = {
    "newscrawl": newscrawl,
    "trafilatura": trafilatura,
    "newspaper4k": newspaper4k,
    "news-please": newsplease,
    "fundus": fundus,
}


def main(tool: str, path: str) -> None:
    """Answer rounds until standard input ends."""
    logging.disable(logging.CRITICAL)
    run = TOOLS[tool]()
    pages = pickle.loads(Path(path).read_bytes())

    def go(some: list[tuple[str, bytes]]) -> int:
        failed = 0
        for url, body in some:
            try:
                run(url, body)
            except Exception:
                failed += 1
        return failed

    go(pages[:40])
    out = sys.stdout
    sys.stdout = sys.stderr
    print("ready", file=out, flush=True)
    for _ in sys.stdin:
        start = time.process_time()
        failed = go(pages)
        print(time.process_time() - start, failed, file=out, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
