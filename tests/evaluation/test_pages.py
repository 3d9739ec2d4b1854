"""Promises that hold on every page of the evaluation: nothing is lost, and cleaning what is clean changes nothing.

Skipped where there are no evaluation pages (NEWSCRAWL_EVAL_DIR, default ../shared/eval). Every eighth page of each set
is read, all with NEWSCRAWL_EVAL_ALL=1.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

import pytest
from warcio.archiveiterator import ArchiveIterator

from newscrawl.extraction import Document, extract
from newscrawl.extraction.article import read_page, score_page
from newscrawl.extraction.body.container import KEPT, container
from newscrawl.extraction.segments.role import Role
from tests.support import ROOT

PAGES = (ROOT / os.environ.get("NEWSCRAWL_EVAL_DIR", "../shared/eval")).resolve() / "data"
STEP = 1 if os.environ.get("NEWSCRAWL_EVAL_ALL") else 8
SETS = ("aeb", "fundus", "wcxb", "suites", "daniel", "traf", "htmldate", "widgets")
FETCHED = "2026-11-11T00:00:00Z"

pytestmark = pytest.mark.skipif(not PAGES.is_dir(), reason="no evaluation pages: set NEWSCRAWL_EVAL_DIR")


def pages(name: str) -> Iterator[tuple[str, str, bytes]]:
    with (PAGES / f"{name}.warc.gz").open("rb") as stream:
        records = (record for record in ArchiveIterator(stream) if record.rec_type == "response")
        for number, record in enumerate(records):
            if number % STEP == 0:
                kind = record.http_headers.get_header("content-type") or ""
                yield record.rec_headers.get_header("WARC-Target-URI"), kind, record.content_stream().read()


def words(text: str | None) -> Counter[str]:
    return Counter(re.findall(r"[\u0e00-\u0e7f\u3040-\u9fff]|[^\W\u0e00-\u0e7f\u3040-\u9fff]+", text or ""))


def of_container(url: str, kind: str, body: bytes) -> Counter[str]:
    """The words that stand in the article's container, the headline above the body left out."""
    page = score_page(read_page(Document(url, body, content_type=kind)))
    segments, roles = page.segments, page.roles
    within = container(segments, roles)
    first = min((i for i in within if roles[i] in KEPT), default=0)
    counted = [i for i in sorted(within) if not (i < first and roles[i] is Role.HEADLINE)]
    return sum((words(segments[i].text) for i in counted), Counter())


@cache
def looked_at(name: str) -> tuple[int, list[str], list[str]]:
    """How many pages there are, on which a word is lost, and on which cleaning again gives another text."""
    count, lost, changed = 0, [], []
    for url, kind, body in pages(name):
        count += 1
        first = extract(Document(url, body, content_type=kind, fetched_at=FETCHED))
        article = first.article
        given = words(article.headline) + words(article.description)
        for text in [block["text"] for block in article.blocks] + [removal["text"] for removal in article.removed]:
            given += words(text)
        # Links in a row have a line each in a removal, and may be one word in the page.
        joined = ["".join(removal["text"].split()) for removal in article.removed]
        missing = of_container(url, kind, body) - given
        missing = Counter({word: n for word, n in missing.items() if not any(word in text for text in joined)})
        if missing.keys() - words(article.headline).keys():
            lost.append(f"{url}: {sorted(missing)[:8]}")
        again = extract(Document(url, first.body, content_type="text/html; charset=utf-8", fetched_at=FETCHED)).article
        if again.article_body != article.article_body:
            changed.append(url)
    return count, lost, changed


@pytest.mark.parametrize("name", SETS)
def test_article_and_removals_give_back_the_container(name: str) -> None:
    _, lost, _ = looked_at(name)
    assert lost == []


@pytest.mark.parametrize("name", SETS)
def test_cleaning_again_gives_the_same_text(name: str) -> None:
    count, _, changed = looked_at(name)
    assert len(changed) <= 0.01 * count + (STEP > 1), changed
