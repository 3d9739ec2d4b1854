"""No date is invented: pages of the evaluation from which every date was taken out have none.

Skipped where there are no evaluation pages (NEWSCRAWL_EVAL_DIR, default ../shared/eval). At least 200 pages are read,
all with NEWSCRAWL_EVAL_ALL=1.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator

import pytest
from warcio.archiveiterator import ArchiveIterator

from newscrawl.extraction import Document
from newscrawl.extraction.complete import complete_article
from newscrawl.parsing.encoding import decode
from tests.support import ROOT

PAGES = (ROOT / os.environ.get("NEWSCRAWL_EVAL_DIR", "../shared/eval")).resolve() / "data"
SETS = {"aeb": 5, "fundus": 3, "wcxb": 18, "suites": 6, "htmldate": 10}
"""Every how many pages of a set are read."""
LANGUAGES = [
    tomllib.loads(path.read_text(encoding="utf-8"))
    for path in sorted((ROOT / "newscrawl/data/dates/languages").glob("*.toml"))
]
WORD = re.compile(r"[^\W\d_]+")
DATE_WORDS = {
    word.casefold()
    for language in LANGUAGES
    for phrases in [*language["months"], *(language.get(kind, []) for kind in ("today", "yesterday", "now"))]
    for phrase in phrases
    for word in WORD.findall(phrase)
}
"""Words of months and of days counted from today, in all languages."""
SIGN = r"(?:[-/._|,\s]|%2[Ff]|\\/|&nbsp;|de\s|of\s|d')"
NUMBERS = re.compile(
    rf"\d{{1,4}}{SIGN}{{1,3}}\d{{1,2}}{SIGN}{{1,3}}\d{{1,4}}"  # 2024-05-03, 3/5/24
    r"|(?:19|20)\d{2}(?:[01]\d[0-3]\d\d{0,8})?"  # 2024, 20240503
    r"|\d{1,4}\s?[年月日년월일]"
    r"|(?<!\d)1[0-9]{9}(?:\d{3})?(?!\d)"  # seconds since 1970
    r"|[০-৯٠-٩۰-۹०-९]+"
)
RELATIVE = re.compile(
    r"\d+\s?\+?\s?(?:s|m|h|d|w|secs?|seconds?|mins?|minutes?|hrs?|hours?|days?|weeks?|wks?|months?|years?|yrs?)\b"
    r"|\b(?:vor|il y a|hace|há|för|πριν(?: από)?|před|prije|acum|for) \d+"
    r"|\d+\s?[^\W\d]+\.? (?:ago|fa|temu|önce|siden|sedan|geleden|назад|тому|lalu|sitten|atrás)\b"
    r"|\d+ ?(?:시간|分鐘|分钟|小时|小時|時間|分|天|日) ?[前전]",
    re.IGNORECASE,
)

pytestmark = pytest.mark.skipif(not PAGES.is_dir(), reason="no evaluation pages: set NEWSCRAWL_EVAL_DIR")


def without_dates(text: str) -> str:
    """Take out years, months, days written in any form, and what counts from now."""
    for pattern in (NUMBERS, RELATIVE):
        text = pattern.sub(" ", text)
    return WORD.sub(lambda word: " " if word.group().casefold() in DATE_WORDS else word.group(), text)


def pages() -> Iterator[Document]:
    for name, step in SETS.items():
        with (PAGES / f"{name}.warc.gz").open("rb") as stream:
            records = (record for record in ArchiveIterator(stream) if record.rec_type == "response")
            for number, record in enumerate(records):
                if number % step and not os.environ.get("NEWSCRAWL_EVAL_ALL"):
                    continue
                url = record.rec_headers.get_header("WARC-Target-URI")
                kind = record.http_headers.get_header("content-type") or ""
                text, _ = decode(record.content_stream().read(), kind)
                yield Document(
                    without_dates(url),
                    without_dates(text).encode(),
                    content_type="text/html; charset=utf-8",
                    fetched_at=record.rec_headers.get_header("WARC-Date"),
                )


def test_no_date_is_invented() -> None:
    count, invented = 0, []
    for document in pages():
        count += 1
        article = complete_article(document)
        if article.date_published or article.date_modified:
            invented.append((document.url, article.date_evidence))
    assert count >= 200
    assert invented == []


def test_dates_are_taken_out() -> None:
    fetched = "2024-05-03T12:00:00Z"
    for text in ("3. Mai 2024", "2024-05-03T08:30", "May 3rd, 2024", "3 hours ago", "2024年5月3日"):
        page = f"<h1>Bridge</h1><p class='date'>{text}</p>"
        assert complete_article(Document("", page.encode(), fetched_at=fetched)).date_published
        assert not complete_article(Document("", without_dates(page).encode(), fetched_at=fetched)).date_published
