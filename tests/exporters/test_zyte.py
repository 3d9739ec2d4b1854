from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

from newscrawl.exporters.zyte import ZyteArticleExporter, zyte_article
from newscrawl.items import Article
from tests.support import crawl, entry, warc_bytes

# https://docs.zyte.com/zyte-api and zyte-common-items' Article
NAMES = {
    "headline", "datePublished", "datePublishedRaw", "dateModified", "dateModifiedRaw", "authors", "breadcrumbs",
    "inLanguage", "mainImage", "images", "description", "articleBody", "articleBodyHtml", "videos", "audios",
    "canonicalUrl", "url", "metadata",
}  # fmt: skip


def full() -> Article:
    return Article(
        url="https://a.example/1?x=2",
        canonical_url="https://a.example/1",
        headline="Ferry sails",
        description="It was long out of service.",
        article_body="One.\nTwo.",
        authors=["Ann Lee", "Bo Ek"],
        in_language="sv-FI",
        images=[{"url": "https://a.example/i.jpg", "caption": "The ferry", "credit": None}],
        date_published="2024-05-03T08:30:00+02:00",
        date_evidence={"date_published": {"raw": "3.5.2024 8.30", "source": "visible"}, "date_modified": None},
        fetched_at="2024-05-04T00:00:00Z",
    )


def lines(*items: Any) -> list[dict[str, Any]]:
    file = io.BytesIO()
    exporter = ZyteArticleExporter(file, encoding="utf-8")
    exporter.start_exporting()
    for item in items:
        exporter.export_item(item)
    exporter.finish_exporting()
    return [json.loads(line) for line in file.getvalue().splitlines()]


def test_a_record_under_the_other_names() -> None:
    (line,) = lines(full())
    assert line == {
        "headline": "Ferry sails",
        "datePublished": "2024-05-03T08:30:00+02:00",
        "datePublishedRaw": "3.5.2024 8.30",
        "authors": [{"name": "Ann Lee", "nameRaw": "Ann Lee"}, {"name": "Bo Ek", "nameRaw": "Bo Ek"}],
        "inLanguage": "sv",
        "mainImage": {"url": "https://a.example/i.jpg"},
        "images": [{"url": "https://a.example/i.jpg"}],
        "description": "It was long out of service.",
        "articleBody": "One.\nTwo.",
        "canonicalUrl": "https://a.example/1",
        "url": "https://a.example/1?x=2",
        "metadata": {"dateDownloaded": "2024-05-04T00:00:00Z"},
    }
    assert set(line) <= NAMES


def test_a_date_of_change_is_not_one_of_publication() -> None:
    (line,) = lines(Article(url="https://a.example/", date_modified="2024-05-03", date_evidence={}))
    assert line == {"dateModified": "2024-05-03", "url": "https://a.example/"}


def test_hostile_values_and_items_of_others() -> None:
    read = lines(Article(url="u", headline="lone \ud800 and \u2028", article_body=float("nan")), {"own": "name"})  # type: ignore[arg-type]
    assert read[0]["headline"] == "lone \ufffd and \u2028"
    assert read[1] == {"own": "name"}
    assert zyte_article({}) == {}


def test_as_a_format_of_a_crawl(tmp_path: Path) -> None:
    (tmp_path / "a.warc.gz").write_bytes(warc_bytes(entry("https://a.example/1")))
    run = crawl(tmp_path, "warc", "path=a.warc.gz", "-O", "out.zyte:zyte_jsonl")
    assert run.code == 0, run.err
    (line,) = [json.loads(text) for text in (tmp_path / "out.zyte").read_text().splitlines()]
    assert line["url"] == "https://a.example/1"
    assert line["articleBody"].startswith("The council of Wexmouth")
