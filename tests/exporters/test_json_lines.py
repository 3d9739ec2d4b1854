from __future__ import annotations

import io
import json
from typing import Any

import pytest

from newscrawl.exporters.json_lines import ArticleLinesExporter
from newscrawl.items import FIELDS, Article


def export(*items: Any, **kwargs: Any) -> bytes:
    file = io.BytesIO()
    exporter = ArticleLinesExporter(file, encoding="utf-8", **kwargs)
    exporter.start_exporting()
    for item in items:
        exporter.export_item(item)
    exporter.finish_exporting()
    return file.getvalue()


def test_all_fields_in_the_order_of_the_contract() -> None:
    (line,) = export(Article(url="https://a.example/")).splitlines()
    assert tuple(json.loads(line)) == FIELDS
    assert json.loads(line)["blocks"] == []
    assert json.loads(line)["headline"] is None


@pytest.mark.parametrize(
    ("headline", "read"),
    [
        ("Größe, 東京, 😀", "Größe, 東京, 😀"),
        ("a\nb\tc\0", "a\nb\tc\0"),
        ("x\u2028y\u2029z\x85", "x\u2028y\u2029z\x85"),
        ("lone \ud800 surrogate", "lone \ufffd surrogate"),
        (float("nan"), None),
    ],
)
def test_values(headline: Any, read: Any) -> None:
    data = export(Article(url="u", headline=headline), Article(url="v"))
    assert len(data.decode("utf-8").splitlines()) == 2
    assert data.endswith(b"\n")
    assert json.loads(data.decode("utf-8").splitlines()[0])["headline"] == read
    assert b"NaN" not in data


def test_nothing_is_escaped_that_need_not_be() -> None:
    assert "é東😀".encode() in export(Article(headline="é東😀"))


def test_items_of_other_projects() -> None:
    assert export({"b": 1, "a": "x\u2028\ud800"}) == b'{"b": 1, "a": "x\\u2028\xef\xbf\xbd"}\n'


def test_chosen_fields() -> None:
    assert export(Article(url="u", headline="h"), fields_to_export=["headline", "url"]) == (
        b'{"headline": "h", "url": "u"}\n'
    )


def test_full_disk_is_raised_where_no_crawl_can_be_told() -> None:
    class Full(io.BytesIO):
        def write(self, data: Any) -> int:
            raise OSError(28, "No space left on device")

    exporter = ArticleLinesExporter(Full(), encoding="utf-8")
    with pytest.raises(OSError, match="No space"):
        exporter.export_item(Article(url="u"))
