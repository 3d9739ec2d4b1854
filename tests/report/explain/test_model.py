from __future__ import annotations

import doctest
from pathlib import Path

import pytest

from newscrawl.items import Block, Removal
from newscrawl.record import reading as lines
from newscrawl.record.reading import read_record
from newscrawl.report import date_evidence as dates
from newscrawl.report import page, reasons
from newscrawl.report.explain import model, pieces
from newscrawl.report.explain.model import in_place
from newscrawl.report.explain.pieces import align
from newscrawl.report.reasons import Meaning, meaning
from newscrawl.sites.site_files import SiteFiles
from newscrawl.widgets.rules import load_languages


@pytest.mark.parametrize("module", [lines, dates, model, pieces, reasons, page], ids=lambda module: module.__name__)
def test_examples(module: object) -> None:
    result = doctest.testmod(module)
    assert result.attempted > 0
    assert result.failed == 0


def block(text: str) -> Block:
    return {"type": "paragraph", "text": text, "time": None}


def removal(text: str, before: int, offset: int | None = None) -> Removal:
    return {
        "kind": "ad", "rule": "x", "level": "html", "text": text, "before": before, "split": offset is not None,
        "offset": offset,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("blocks", "removed", "expected"),
    [
        ([], [], ""),
        ([], [("a", 0)], "[a]"),
        (["One.", "Two."], [("a", 0), ("b", 1), ("c", 2)], "[a] One. [b] Two. [c]"),
        (["One two."], [("a", 0, 4)], "One  [a] two."),
        (["One two."], [("b", 0, 6), ("a", 0, 4)], "One  [a] tw [b] o."),
        (["One two."], [("a", 0), ("b", 0, 4), ("c", 0, 4), ("d", 1)], "[a] One  [b] [c] two. [d]"),
        (["One."], [("a", 9), ("b", -3)], "[b] One. [a]"),
        (["One."], [("a", 0, 99)], "One. [a]"),
        (["One."], [("a", 0, 0)], "[a] One."),
    ],
)
def test_in_place(blocks: list[str], removed: list[tuple[str, int]], expected: str) -> None:
    log = [removal(*entry) for entry in removed]
    shown = in_place([block(text) for text in blocks], log)
    assert " ".join(s.text if s.removal is None else f"[{s.text}]" for s in shown) == expected


def test_no_character_of_a_block_is_lost() -> None:
    text = "abcdefghij"
    log = [removal("x", 0, offset) for offset in (3, 3, 0, 10, 7)]
    assert "".join(s.text for s in in_place([block(text)], log) if s.removal is None) == text


def test_every_rule_of_words_has_its_reason() -> None:
    for file in load_languages():
        for rule in file.rules:
            assert meaning(rule.id).name == rule.reason
    for rule in ("model/segments", "markup/newsletter", "text/lines", "text/newsletter", "role/caption"):
        assert meaning(rule).name
    assert meaning("no/such-rule") == Meaning("")


def test_reason_of_a_site_file_is_its_own(tmp_path: Path) -> None:
    (tmp_path / "paper.example.toml").write_text(
        """[[strip]]
selector = ".offer"
kind = "paywall"
reason = "the offer between the second and third paragraph"

[[strip_text]]
pattern = "Aussi dans ce cahier : .*"
kind = "related"
reason = "a line of links"
case = "Aussi dans ce cahier : la baie"
"""
    )
    sites = SiteFiles([tmp_path])
    assert meaning("site/paper.example/1", sites).name == "the offer between the second and third paragraph"
    assert meaning("site/paper.example/text-1", sites).name == "a line of links"
    assert meaning("site/paper.example/1").name == ""
    for rule in ("site/paper.example/9", "site/other.example/1", "site/paper.example/x", "site/x"):
        assert meaning(rule, sites).name == ""


def test_links_in_a_row_of_a_page_are_found_in_their_removal() -> None:
    log = [{"text": "See also\nBridge closed\nHarbour festival"}, {"text": "Share"}]
    assert align(["One.", "See also", "Bridge closedHarbour festival", "Two.", "Share"], log) == [None, 0, 0, None, 1]


@pytest.mark.parametrize(
    "line", [b"", b"{", b"[1]", b"7", b'"x"', b"\xff", b"{}", b'{"schema_version":1}', b"[" * 100_000]
)
def test_no_record(line: bytes) -> None:
    assert read_record(line) is None


def test_record_with_wrong_types_comes_in_shape() -> None:
    line = (
        b'{"schema_version":"x","url":3,"headline":["a"],"blocks":[1,{"text":"One."},{"text":2},{"type":"x","text":"T"}],'
        b'"removed":[null,{"kind":{},"before":"1","split":1,"offset":"2"}],"date_evidence":[],"authors":"A","version":true}'
    )
    record = read_record(line)
    assert record is not None
    assert [b["text"] for b in record["blocks"]] == ["One.", "T"]
    assert record["removed"][0] == {
        "kind": "other", "rule": "", "level": "html", "text": "", "before": 0, "split": False, "offset": None,
    }  # fmt: skip
    assert (record["url"], record["headline"], record["authors"], record["version"]) == ("", None, [], 1)
