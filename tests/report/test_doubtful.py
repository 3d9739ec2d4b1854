"""Which articles the report shows first, and how it tells widgets from what moved to fields of its own."""

from __future__ import annotations

import doctest
from pathlib import Path
from typing import Any

from newscrawl.commands.report import write_report
from newscrawl.report import doubtful
from newscrawl.report.doubtful import Doubtful, doubt_of
from newscrawl.report.page import safe_url
from tests.records import record
from tests.report.made import write


def removal(words: int, *, kind: str = "other", rule: str = "model/segments", split: bool = False) -> dict[str, Any]:
    return {
        "kind": kind, "rule": rule, "level": "html", "text": " ".join(["word"] * words), "before": 1, "split": split,
        "offset": 5 if split else None,
    }  # fmt: skip


def test_examples() -> None:
    assert doctest.testmod(doubtful).failed == 0


def test_bylines_and_captions_raise_no_doubt() -> None:
    assert doubt_of(record(removed=[removal(90, kind="caption", rule="role/caption")])).score == 0
    assert doubt_of(record(removed=[removal(90)])).score > 0


def test_confidence_goes_before_all_else() -> None:
    sure, unsure = (record(removed=[removal(90)], confidence=value) for value in (0.97, 0.3))
    assert doubt_of(sure).score == 0
    assert doubt_of(unsure).score == 0.7
    assert doubt_of(unsure).reasons[0] == "confidence 0.30"
    assert doubt_of(record(confidence=0.3)).reasons == ("confidence 0.30",)


def test_the_most_doubtful_come_first_and_none_twice() -> None:
    found = Doubtful(2)
    split, long, both = [removal(5, split=True)], [removal(60)], [removal(60, split=True)]
    for number, removed in enumerate([split, both, long, both]):
        found.add(number, record(seed=number % 3, removed=removed))
    found.add(9, record(seed=9, removed=[removal(400)], duplicate_of="https://a.example/1", not_article=None))
    found.add(10, record(seed=10, removed=[removal(400)], not_article="index page"))
    assert [number for number, _, _ in found.ranked()] == [1, 2]


def test_they_stand_in_the_report_with_their_removals(tmp_path: Path) -> None:
    write_report([write(tmp_path / "articles.jsonl", 60)], tmp_path / "report.html")
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    section = page[page.index('id="doubtful"') : page.index('id="time"')]
    assert section.index("Articles to check first") < section.index('class="removal"')
    assert section.count("<article") == 3
    assert page.index('id="overview"') < page.index('id="doubtful"') < page.index('id="time"')
    rules = page[page.index("Widgets by rule") : page.index("Moved to fields of their own")]
    assert rules.count("<details open>") == 3
    assert "role/caption" not in rules
    assert "Asks the reader to sign up for letters by e-mail" in rules


def test_addresses_of_this_machine_are_no_links() -> None:
    for url in ("http://127.0.0.1:8000/a", "http://localhost/a", "http://[::1]:80/", "HTTP://LOCALHOST", "file:///a"):
        assert safe_url(url) == ""
    for url in ("https://a.example/127.0.0.1", "http://localhost.example/", "http://127.0.0.1.example/"):
        assert safe_url(url) == url
