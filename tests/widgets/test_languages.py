"""Every language of the rules has the kinds of English, finds them in an article, and leaves what is none."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from newscrawl import clean_html
from newscrawl.widgets.lexicon import default_lexicon
from newscrawl.widgets.rules import LexiconRule, load_languages

TEXTS = tomllib.loads((Path(__file__).parent / "languages.toml").read_text(encoding="utf-8"))
FILES = {file.language: file for file in load_languages() if file.language != "general"}
PLAIN = ("newsletter-signup", "related-lead", "ad-label", "ad-strong", "follow-strong")
"""Rules whose lines tell by themselves, without a box around them."""
TELLING = 4


def page(language: str, middle: str) -> str:
    first, second, third = TEXTS[language]["prose"]
    body = f"<p>{first}</p><p>{second}</p>{middle}<p>{third}</p><p>{first} {second}</p>"
    return f'<html lang="{language}"><body><article><h1>Anvik</h1>{body}</article></body></html>'


def test_every_language_has_its_article() -> None:
    assert set(TEXTS) == set(FILES)


@pytest.mark.parametrize("language", FILES)
def test_every_language_has_every_kind_of_english(language: str) -> None:
    kinds = {rule.kind for rule in FILES["en"].rules}
    assert kinds - {rule.kind for rule in FILES[language].rules} == set()


def left(language: str, rules: list[LexiconRule], markup: str) -> list[str]:
    """Rules whose case stays in an article of the language."""
    texts = {rule.id: clean_html(page(language, markup.format(rule.case))).article_body for rule in rules}
    return [rule.id for rule in rules if rule.case in (texts[rule.id] or "").split("\n")]


@pytest.mark.parametrize("language", FILES)
def test_cases_in_a_box_go_from_an_article(language: str) -> None:
    rules = [rule for rule in FILES[language].rules if rule.strength in ("label", "lead", "strong")]
    assert not left(language, rules, '<div class="box"><p>{}</p></div>')


@pytest.mark.parametrize("language", FILES)
def test_lines_that_tell_by_themselves_go_without_a_box(language: str) -> None:
    rules = [rule for rule in FILES[language].rules if rule.id.split("/")[1] in PLAIN]
    assert len(rules) - len(left(language, rules, "<p>{}</p>")) >= TELLING


@pytest.mark.parametrize("language", FILES)
def test_sentences_stay(language: str) -> None:
    for sentence in (*TEXTS[language]["prose"], *TEXTS[language]["innocent"]):
        told = [hit.rule for hit in default_lexicon().hits(sentence) if hit.strength in ("label", "strong")]
        assert not told, sentence
        texts = [block["text"] for block in clean_html(page(language, f"<p>{sentence}</p>")).blocks]
        assert sentence in texts
