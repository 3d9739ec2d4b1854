"""What passes a limit of the settings costs itself, with its reason, and no exit code that means a fault of ours."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import crawl, page, serve

HEAVY = page(sentences=2_000)
"""A page that takes far more computing than the limit of these tests."""
BRIEF = ("-s", "NEWSCRAWL_EXTRACTION_TIMEOUT=0.02")


@pytest.mark.parametrize(("spider", "path", "code"), [("article", "/heavy", 3), ("feed", "/feed", 0)])
def test_a_page_over_the_limit_of_extraction(spider: str, path: str, code: int, tmp_path: Path) -> None:
    """Named by the user it decides on the exit code, as every page that failed; met by the way it does not."""

    def answer(asked: str) -> str | None:
        item = f"<item><link>{server.url('/heavy')}</link></item>"
        return f"<rss><channel>{item}</channel></rss>" if asked == "/feed" else HEAVY if asked == "/heavy" else None

    with serve(answer) as server:
        run = crawl(tmp_path, spider, f"url={server.url(path)}", *BRIEF)
        url = server.url("/heavy")
    assert [(line["url"], line["reason"]) for line in run.failures] == [(url, "extraction-limit")]
    assert "NEWSCRAWL_EXTRACTION_TIMEOUT" in run.failures[0]["detail"]
    assert run.code == code
    assert run.summary["finish_reason"] == "finished"
