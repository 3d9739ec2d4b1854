# ruff: noqa: E501  (tables of markup)
"""What is no article is kept out, and what is one is not."""

import importlib.util
import sys
from pathlib import Path

import pytest

from newscrawl.extraction.body.verdict import reason_not_article
from newscrawl.extraction.metadata.lexicon import load
from newscrawl.extraction.metadata.metadata import describe
from newscrawl.parsing.structured import read
from newscrawl.parsing.tree import parse, text_of

_spec = importlib.util.spec_from_file_location("non_articles", Path(__file__).with_name("non_articles.py"))
non_articles = importlib.util.module_from_spec(_spec)
sys.modules["non_articles"] = non_articles
_spec.loader.exec_module(non_articles)
CASES = list(non_articles.cases())


def verdict(html, url, blocks=None):
    tree = parse(html)
    data = read(tree)
    if blocks is None:  # the worst case: an extraction that took everything
        lines = [" ".join(text_of(e).split()) for e in tree.iter("p", "li", "h2", "h3")]
        blocks = [line for line in lines if line]
    return reason_not_article(tree, data, blocks, describe(tree, data, url, facts={}, final_url=None), url)


def test_there_are_enough_of_them():
    assert len(CASES) >= 100
    assert len({case.name for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_no_article(case):
    assert verdict(case.html, case.url) in case.reasons


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_no_article_without_extracted_text(case):
    assert verdict(case.html, case.url, []) is not None


PROSE = "The council met on Monday and agreed on a plan for the harbour, which is to be built in three steps over six years."
SHORT = f"<h1>Council agrees on a plan for the harbour</h1><p>{PROSE}</p><p>The mayor said that the work would begin in May.</p>"
LD = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "%s", "isAccessibleForFree": false}</script>'

ARTICLES = {
    "short report": SHORT,
    "short report among links": SHORT + non_articles.teasers("Something else has happened somewhere", "", 60, "list"),
    "report on a block page": f"<h1>Access denied: how shops lock out robots</h1><p>{PROSE}</p><p>Verify you are human, the page says.</p>" + f"<p>{PROSE}</p>" * 8,
    "report on cookies": "<h1>Cookie consent: court stops banners</h1><p>We and our partners store and/or access information on a device, the banner said.</p>" + f"<p>{PROSE}</p>" * 6,
    "report on a 404": f"<h1>Page not found: the history of the 404</h1><p>{PROSE}</p><p>{PROSE}</p>" + f"<p>{PROSE}</p>" * 4,
    "paywalled teaser": LD % "Council agrees on a plan for the harbour" + "<h1>Council agrees on a plan for the harbour</h1><p>The council met on Monday and agreed on a plan for the old harbour.</p><div class='paywall'>Subscribe to continue reading</div>",
    "gallery with a story": "<h1>The harbour then and now in pictures</h1>" + f"<p>{PROSE}</p><figure><img src='/a.jpg'></figure>" * 9,
    "one-word headline": f"<h1>Harbour</h1><p>{PROSE} {PROSE} {PROSE}</p>" + non_articles.teasers("Something else has happened somewhere", "", 30, "list"),
    "Japanese report": "<h1>市議会が古い港の新しい計画について合意</h1><p>" + "市議会は月曜日に会合を開き、六年かけて三段階で建設される港の計画に合意した。市長は五月に工事が始まると述べた。" * 2 + "</p>",
}  # fmt: skip


@pytest.mark.parametrize("name", ARTICLES)
def test_an_article_is_one(name):
    assert verdict(non_articles.page("x", ARTICLES[name]), "https://www.example.org/harbour-plan-agreed") is None


@pytest.mark.parametrize("entry", load("not_article")["phrase"], ids=lambda e: f"{e['reason_code']}-{e['where']}")
def test_phrases_are_linted(entry):
    assert set(entry) == {"reason_code", "where", "words", "reason", "case"}
    assert entry["reason"]
    assert any(word.casefold() in entry["case"].casefold() for word in entry["words"])
    assert all(word == word.lower().strip() for word in entry["words"])
    assert len(set(entry["words"])) == len(entry["words"])


@pytest.mark.parametrize("html", ["\ud800", "<" * 10_000, "<div>" * 5_000, "<a>" * 3_000 + "x", "\x00"])
def test_any_page_is_judged(html):
    verdict(html, "http://[broken")
