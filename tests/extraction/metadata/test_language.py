# ruff: noqa: E501  (tables)
"""The declared language, checked against the text."""

import pytest

from newscrawl.extraction.metadata.function_words import confirms
from newscrawl.extraction.metadata.language import check, declared, normalise
from newscrawl.extraction.metadata.lexicon import load
from newscrawl.parsing.structured import read
from newscrawl.parsing.tree import parse

LANGUAGES = {entry["code"]: entry["case"] for entry in load("function_words")["language"]}

TAGS = [
    ("de", "de"), ("DE", "de"), ("de_DE", "de-DE"), ("en-us", "en-US"), ("zh-hant-tw", "zh-Hant-TW"), ("zh-Hans", "zh-Hans"),
    ("pt_BR.UTF-8", "pt-BR"), ("es-419", "es-419"), ("iw", "he"), ("x", None), ("", None), (None, None), ("english", None), ("und", None), ("fr-FR-x-a", "fr-FR"),
]  # fmt: skip


@pytest.mark.parametrize(("raw", "tag"), TAGS)
def test_normalise(raw, tag):
    assert normalise(raw) == tag


DECLARED = [
    ('<html lang="de-AT"><body>x', "de-AT"),
    ('<html xml:lang="fr"><body>x', "fr"),
    ('<html><head><meta http-equiv="content-language" content="it"></head><body>x', "it"),
    ('<html><head><meta property="og:locale" content="pt_BR"></head><body>x', "pt-BR"),
    ('<html lang="pt"><head><meta property="og:locale" content="pt_BR"></head><body>x', "pt-BR"),
    ('<html lang="de"><head><meta property="og:locale" content="en_US"></head><body>x', "de"),
    ("<html><body>x", None),
]


@pytest.mark.parametrize(("html", "tag"), DECLARED)
def test_declared(html, tag):
    tree = parse(html)
    assert declared(tree, read(tree)) == tag


@pytest.mark.parametrize("code", LANGUAGES)
def test_prose_confirms_its_language_and_no_other(code):
    assert confirms(code, LANGUAGES[code])
    kin = {"da": {"no"}, "no": {"da"}, "es": {"pt"}, "pt": {"es"}}
    assert {other for other in LANGUAGES if confirms(other, LANGUAGES[code])} - {code} <= kin.get(code, set())


@pytest.mark.parametrize("code", LANGUAGES)
def test_declared_language_stands_or_is_corrected(code):
    text = LANGUAGES[code] * 3
    assert check(f"{code}-XX", text) == f"{code}-XX"
    assert check("en" if code != "en" else "fr", text) == code
    assert check(None, text) == code


def test_too_little_text_changes_nothing():
    assert check("de", "The bridge.") == "de"
    assert check(None, "The bridge.") is None
    assert check("de", "") == "de"
