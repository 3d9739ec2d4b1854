"""The library as others import it."""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import newscrawl
import newscrawl.api
from newscrawl import clean_html, clean_text, parse_date
from newscrawl.sample import pages
from tests.support import ROOT


@pytest.mark.parametrize("module", [newscrawl, newscrawl.api], ids=lambda module: module.__name__)
def test_examples_of_the_docstrings(module: object) -> None:
    result = doctest.testmod(module)
    assert result.attempted > 0
    assert result.failed == 0


def test_import_is_light_and_names_are_found() -> None:
    code = (
        "import sys, newscrawl; assert not {'scrapy', 'lxml', 'numpy'} & set(sys.modules);"
        "assert {'clean_html', 'clean_text', 'parse_date'} <= set(dir(newscrawl));"
        "from newscrawl import parse_date; print(parse_date('7 July 2017'))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "2017" in done.stdout


def test_library_needs_no_more_than_its_light_install(tmp_path: Path) -> None:
    install = (ROOT / "docs/install.md").read_text(encoding="utf-8")
    (line,) = re.findall(r"^pip install (charset-normalizer .*)$", install, re.MULTILINE)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = {re.split(r"[<>=;\[ ]", name)[0] for name in project["dependencies"]}
    assert set(line.split()) <= needed
    left_out = {name.lower() for name in needed - set(line.split())} | {"queuelib", "parsel", "zope", "tldextract"}
    assert {"scrapy", "twisted", "jinja2"} <= left_out
    code = f"""
import sys

class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {left_out}:
            raise ModuleNotFoundError(name)

sys.meta_path.insert(0, Missing())
from newscrawl import clean_html, clean_text, parse_date
from newscrawl.sample import pages

for page in pages().values():
    assert clean_html(page).blocks
assert clean_html("<p>Un texte sans langue, dont il faut deviner la langue par les mots qu'il contient.</p>" * 9)
assert clean_text("The ferry sails again.").blocks and parse_date("7 July 2017")
"""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_unknown_name() -> None:
    with pytest.raises(AttributeError, match="no attribute 'clean_pdf'"):
        newscrawl.clean_pdf  # type: ignore[attr-defined]  # noqa: B018


@pytest.mark.parametrize("page", pages().values(), ids=pages())
def test_page_as_text_or_bytes_is_one(page: bytes) -> None:
    one, other = clean_html(page), clean_html(page.decode("utf-8"))
    assert one == other
    assert one.blocks
    assert one.not_article is None
    assert one.article_body == "\n".join(block["text"] for block in one.blocks)
    assert set(one.date_evidence) == {"date_published", "date_modified"}


@pytest.mark.parametrize("text", ["", "\0", "\ud800 lone", "x" * 100_000, "<p>" * 5000, "\n" * 5000])
def test_nothing_raises(text: str) -> None:
    for article in (clean_html(text), clean_html(text.encode("utf-8", "surrogatepass")), clean_text(text)):
        assert article.content_hash


def test_no_text_is_no_article() -> None:
    assert clean_html("").not_article
    assert clean_text(" ").not_article == "no text"


def test_what_is_known_goes_first() -> None:
    article = clean_text("A text of one line.", headline="Known", language="fr", date_published="07/08/2017")
    assert (article.headline, article.in_language, article.date_published) == ("Known", "fr", "2017-08-07")


def test_parse_date_is_the_one_of_the_dates_package() -> None:
    from newscrawl.dates import parse_date as original

    assert parse_date is original
