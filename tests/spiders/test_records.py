"""Documents of archives and corpora, from file to line."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from scrapy.pqueues import ScrapyPriorityQueue
from scrapy.utils.misc import load_object
from scrapy.utils.project import get_project_settings

from newscrawl.middlewares.cleaning import CleaningMiddleware
from newscrawl.middlewares.guard import UrlGuard
from newscrawl.middlewares.records import RecordMiddleware
from newscrawl.middlewares.reservations import ReservationsMiddleware
from newscrawl.spiders.warc import WarcSpider
from tests.support import ROOT, Entry, crawl, entry, page, warc_bytes

TEXT = "The council of Wexmouth met on Monday and agreed that the ferry should sail again before the winter. " * 4


def test_each_record_is_a_line_even_where_addresses_repeat(tmp_path: Path) -> None:
    same = "https://a.example/story#top"
    entries = [entry(same, page("First")), entry(same, page("Second")), entry("https://a.example/story", page("Third"))]
    (tmp_path / "a.warc.gz").write_bytes(warc_bytes(*entries))
    run = crawl(tmp_path, "warc", "path=a.warc.gz")
    assert [line["url"] for line in run.lines] == [same, same, "https://a.example/story"]
    assert {line["fetched_at"] for line in run.lines} == {"2024-05-03T18:19:08Z"}


def test_archived_pages_are_never_followed_to_the_web(tmp_path: Path) -> None:
    refresh = '<meta http-equiv="refresh" content="0; url=https://b.example/">'
    (tmp_path / "a.warc.gz").write_bytes(warc_bytes(entry("https://a.example/", page(head=refresh))))
    run = crawl(tmp_path, "warc", "path=a.warc.gz", private=False)
    assert [line["url"] for line in run.lines] == ["https://a.example/"]
    assert run.code == 0


def test_many_records_at_full_speed(tmp_path: Path) -> None:
    """None waits for the pause that a site would get: with it the crawl would not end."""
    entries = [Entry(f"https://a.example/{n}", b"<html><title>x</title></html>") for n in range(400)]
    (tmp_path / "a.warc.gz").write_bytes(warc_bytes(*entries))
    run = crawl(tmp_path, "warc", "path=a.warc.gz", "-s", "DOWNLOAD_DELAY=3600", "-s", "AUTOTHROTTLE_ENABLED=True")
    assert (run.code, run.summary["documents"]) == (0, 400), run.err


WATCH = """
from scrapy import signals


class Watch:
    \"\"\"An add-on that says how many records were taken from the archive and not yet extracted, at most.\"\"\"

    def update_settings(self, settings):
        settings["EXTENSIONS"][Waiting] = 0


class Waiting:
    most = 0

    @classmethod
    def from_crawler(cls, crawler):
        waiting = cls()
        waiting.stats = crawler.stats
        crawler.signals.connect(waiting.scheduled, signals.request_scheduled)
        crawler.signals.connect(waiting.closed, signals.spider_closed)
        return waiting

    def scheduled(self):
        taken = self.stats.get_value("scheduler/enqueued", 0)
        self.most = max(self.most, taken - self.stats.get_value("newscrawl/documents", 0))

    def closed(self):
        print("waiting:", self.most)
"""


def test_an_archive_is_read_no_faster_than_it_is_extracted(tmp_path: Path) -> None:
    """Else its records pile up in memory."""
    entries = [entry(f"https://a.example/{n}", page(f"Ferry number {n} returns")) for n in range(400)]
    (tmp_path / "a.warc.gz").write_bytes(warc_bytes(*entries))
    (tmp_path / "watch.py").write_text(WATCH)
    options = ("-s", 'ADDONS={"watch.Watch": 1}', "-s", "NEWSCRAWL_EXTRACTION_WORKERS=1")
    run = crawl(tmp_path, "warc", "path=a.warc.gz", *options, env={"PYTHONPATH": f"{ROOT}{os.pathsep}{tmp_path}"})
    assert len(run.lines) == 400, run.err
    (most,) = re.findall(r"waiting: (\d+)", run.out)
    assert 1 < int(most) <= 100


@pytest.mark.parametrize(
    ("body", "header"),
    [
        (page("Fährschiff für Öresund").encode("cp1252").replace(b'<meta charset="utf-8">', b""), "; charset=cp1252"),
        (page("Fährschiff für Öresund").encode(), "; charset=utf-8"),
        (b"\xef\xbb\xbf" + page("Fährschiff für Öresund").encode(), "; charset=iso-8859-1"),
        (page("Fährschiff für Öresund").encode("utf-16"), ""),
        (page("Fährschiff für Öresund").replace("utf-8", "windows-1252").encode("cp1252"), ""),
        (page("Fährschiff für Öresund").encode(), "; charset=iso-8859-1"),  # the header is wrong, the bytes are not
        (page("Fährschiff für Öresund").encode("cp1252"), ""),  # the declaration is wrong
        (page("Fährschiff für Öresund").replace('<meta charset="utf-8">', "").encode(), "; charset=klingon"),
    ],
)
def test_encodings(tmp_path: Path, body: bytes, header: str) -> None:
    item = Entry("https://a.example/", body, headers=[("Content-Type", f"text/html{header}")])
    (tmp_path / "a.warc.gz").write_bytes(warc_bytes(item))
    run = crawl(tmp_path, "warc", "path=a.warc.gz")
    (line,) = run.lines
    assert run.code == 0
    assert "Fährschiff für Öresund" in json.dumps(line, ensure_ascii=False)


def test_corpus(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "two.md").write_text(TEXT, encoding="utf-8")
    rows = [{"url": "https://a.example/1", "text": TEXT, "fetched_at": "2024-05-01T12:00:00+02:00"}, {"text": TEXT}]
    (tmp_path / "three.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    (tmp_path / "notes.pdf").write_bytes(b"%PDF")
    run = crawl(tmp_path, "corpus", "path=.")
    assert run.code == 0, run.err
    base = tmp_path.as_uri()
    assert {line["url"]: line["fetched_at"] for line in run.lines} == {
        f"{base}/one.txt": None,
        f"{base}/two.md": None,
        "https://a.example/1": "2024-05-01T10:00:00Z",
        f"{base}/three.jsonl#2": None,
    }
    assert all(TEXT.strip()[:60] in line["article_body"] for line in run.lines)


def test_address_of_our_own_scheme_opens_nothing(tmp_path: Path) -> None:
    run = crawl(tmp_path, "article", "url=warc://record/1,http://[/", "-s", "ROBOTSTXT_OBEY=False")
    assert run.code == 3
    assert run.lines == []
    assert {f["reason"] for f in run.failures} == {"refused"}


def test_output_beside_the_documents_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").write_text(json.dumps({"url": "https://a.example/1", "text": TEXT}) + "\n[]\n")
    run = crawl(tmp_path, "corpus", "path=.")
    assert [line["url"] for line in run.lines] == ["https://a.example/1"]
    assert len(run.failures) == 1


def test_output_never_overwrites_what_is_to_be_read(tmp_path: Path) -> None:
    rows = json.dumps({"url": "https://a.example/1", "text": TEXT}) + "\n"
    (tmp_path / "out.jsonl").write_text(rows)
    run = crawl(tmp_path, "corpus", "path=*.jsonl")
    assert run.code == 2
    assert "is one of the files to be read" in run.err
    assert (tmp_path / "out.jsonl").read_text() == rows


def test_parts_for_the_web_are_left_out_and_own_parts_kept() -> None:
    settings = get_project_settings()
    settings.set("DOWNLOADER_MIDDLEWARES", {**settings.getdict("DOWNLOADER_MIDDLEWARES"), "own.Middleware": 1})
    WarcSpider.update_settings(settings)
    kept = settings.getdict("DOWNLOADER_MIDDLEWARES")
    assert kept.pop("own.Middleware") == 1
    assert {load_object(part) for part in kept} == {
        CleaningMiddleware,
        ReservationsMiddleware,
        UrlGuard,
        RecordMiddleware,
    }
    assert not settings.getdict("DOWNLOADER_MIDDLEWARES_BASE")
    assert "newscrawl.extensions.store.StoreExtension" in settings.getdict("EXTENSIONS")
    assert not [part for part in settings.getdict("EXTENSIONS") if "robots" in part or "alarms" in part]


@pytest.mark.parametrize(("given", "used"), [(64, 32), (5, 5)])
def test_few_records_are_in_progress_and_share_one_queue(given: int, used: int) -> None:
    settings = get_project_settings()
    settings.set("CONCURRENT_REQUESTS", given)
    WarcSpider.update_settings(settings)
    assert settings.getint("CONCURRENT_REQUESTS") == used
    assert load_object(settings["SCHEDULER_PRIORITY_QUEUE"]) is ScrapyPriorityQueue
