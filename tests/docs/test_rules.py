"""The examples of docs/rules.md: each phrase matches what its row says, and not what it says it does not."""

from __future__ import annotations

import re

import pytest

from newscrawl.widgets.lexicon import WidgetLexicon
from newscrawl.widgets.rules import parse_language
from tests.support import ROOT

TABLE = (ROOT / "docs/rules.md").read_text(encoding="utf-8").split("## The language of phrases")[1]
ROWS = [re.split(r"(?<!\\)\|", line.strip("|")) for line in TABLE.splitlines() if line.startswith("| `")]


@pytest.mark.parametrize(("phrase", "matches", "misses"), ROWS)
def test_example(phrase: str, matches: str, misses: str) -> None:
    text = phrase.replace("\\|", "|")
    written, strength = text.split("`")[1], "label" if "label" in text else "strong"
    rule = {"id": "r", "kind": "ad", "strength": strength, "reason": "x", "case": "x", "phrases": [written]}
    lexicon = WidgetLexicon([parse_language({"language": "xx", "rule": [rule]}, "xx.toml")])
    for line in re.sub(r"\(up to .*?\)", "", matches).split(" · "):
        assert lexicon.hits(line.strip()), line
    assert not lexicon.hits(misses.strip()), misses


def test_there_are_ten() -> None:
    assert len(ROWS) >= 10
