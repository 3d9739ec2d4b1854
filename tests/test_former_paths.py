"""Paths that users' settings may name lead to the classes of today."""

import pytest
from scrapy.utils.misc import load_object


@pytest.mark.parametrize(
    ("former", "name"),
    [
        ("newscrawl.exporters.ArticleLinesExporter", "json_lines"),
        ("newscrawl.exporters_csv.SafeCsvExporter", "csv"),
        ("newscrawl.exporters_parquet.ParquetExporter", "parquet"),
        ("newscrawl.exporters_parquet.ParquetPlugin", "parquet"),
        ("newscrawl.exporters_zyte.ZyteArticleExporter", "zyte"),
        ("newscrawl.addon.NewscrawlAddon", None),
    ],
)
def test_they_load(former: str, name: str | None) -> None:
    found = load_object(former)
    assert name is None or found.__module__ == f"newscrawl.exporters.{name}"


@pytest.mark.parametrize(
    ("former", "name"),
    [
        ("newscrawl.middlewares.guard.AddressGuard", "UrlGuard"),
        ("newscrawl.middlewares.retry.PatientRetryMiddleware", "BackOffRetryMiddleware"),
        ("newscrawl.addon.SpeakingGuard", "LoggingGuard"),
    ],
)
def test_former_names_load(former: str, name: str) -> None:
    assert load_object(former).__name__ == name
