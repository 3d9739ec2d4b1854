"""The report and the explanation as a person opens them: in a browser, from a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from newscrawl.commands.report import write_report
from newscrawl.extraction import Document
from newscrawl.report.explain.local import explain
from newscrawl.report.explain.model import in_place
from newscrawl.report.explain.page import write as write_explanation
from newscrawl.sample import pages
from tests.report.browser import axe, chromium, computed, faults, until
from tests.report.made import HOSTILE, records, write
from tests.support import slowness

BY = "css selector"
VIEWS = [(1280, 900, False), (1280, 900, True), (320, 640, False), (320, 640, True)]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    write_report([write(folder / "articles.jsonl", 200)], folder / "report.html")
    return folder / "report.html"


def words(browser: Any, selector: str) -> str:
    text: str = browser.find_element(BY, selector).text
    return text


def choose(browser: Any, name: str, label: str) -> None:
    for option in browser.find_elements(BY, f"#{name} option"):
        if option.text == label:
            option.click()
            return
    raise AssertionError(f"no {label} in {name}")


def read(browser: Any, position: int) -> None:
    """Open an article of the list; it is drawn by an event of its own, after the click."""
    browser.find_elements(BY, "#results button")[position].click()
    until(browser, lambda page: page.find_elements(BY, "#browser.reading"))


def complaints(browser: Any) -> list[str]:
    return [entry["message"] for entry in browser.get_log("browser")]


def _least_sure() -> list[int]:
    sure = [made["confidence"] for made in records(200)]
    return sorted(range(200), key=lambda number: 2 if sure[number] is None else sure[number])


LEAST_SURE = _least_sure()
"""Numbers of the articles in the order in which they are listed."""


def asked(browser: Any) -> set[str]:
    events = (json.loads(entry["message"])["message"] for entry in browser.get_log("performance"))
    urls = (e["params"]["request"]["url"] for e in events if e["method"] == "Network.requestWillBeSent")
    return {url for url in urls if not url.startswith("data:")}


def test_opens_without_errors_and_asks_nothing(report: Path) -> None:
    with chromium() as browser:
        browser.get(report.as_uri())
        assert words(browser, "h1") == "200 articles of 9 sites"
        bars = browser.find_elements(BY, "#time .plot rect")
        assert len(bars) > 50
        assert all(bar.rect["height"] > 0 for bar in bars)
        assert complaints(browser) == []
        assert asked(browser) == {report.as_uri()}


def test_hostile_texts_are_shown_and_inert(report: Path) -> None:
    with chromium() as browser:
        browser.get(f"{report.as_uri()}#article-0")
        assert HOSTILE.split("\u2028")[0] in words(browser, "#reader h3")
        assert HOSTILE.split("\u2028")[0] in words(browser, "#reader .removal .text")
        browser.find_element(BY, "#q").send_keys("</script>")
        until(browser, lambda page: words(page, "#count") == "1 article of 200")
        assert browser.execute_script("return window.hacked") is None
        assert browser.find_elements(BY, "img, #reader script, #results script, b") == []
        assert browser.find_elements(BY, 'a[href^="javascript"]') == []
        assert complaints(browser) == []


def test_removals_stand_where_they_stood_and_can_be_hidden(report: Path) -> None:
    lines = report.with_name("articles.jsonl").read_text(encoding="utf-8").split("\n")
    with chromium() as browser:
        browser.get(report.as_uri())
        choose(browser, "show", "a sentence mended")
        read(browser, 1)
        record = json.loads(lines[_number(browser)])
        expected = [shown.text.strip() for shown in in_place(record["blocks"], record["removed"])]
        parts = browser.find_elements(BY, "#reader .article-text > :not(.standfirst)")
        removals = [part for part in parts if "removal" in (part.get_attribute("class") or "")]
        texts = [(part.find_element(BY, ".text") if part in removals else part).text for part in parts]
        assert texts == expected
        assert len(removals) == len(record["removed"])
        assert any("broke a sentence" in removal.text for removal in removals)
        browser.find_element(BY, "#reader .toggle").click()
        assert not any(removal.is_displayed() for removal in removals)


def _number(browser: Any) -> int:
    return int(browser.execute_script("return location.hash").removeprefix("#article-"))


def test_filters_narrow_the_list_and_are_announced(report: Path) -> None:
    lines = [json.loads(line) for line in report.with_name("articles.jsonl").open(encoding="utf-8")]
    newsletters = sum(any(r["kind"] == "newsletter" for r in line["removed"]) for line in lines)
    undated = sum(line["date_published"] is None for line in lines)
    with chromium() as browser:
        browser.get(report.as_uri())
        assert words(browser, "#count") == "200 articles"
        choose(browser, "kind", "newsletter")
        assert words(browser, "#count") == f"{newsletters} articles of 200"
        choose(browser, "kind", "anything or nothing")
        choose(browser, "show", "without a date")
        assert words(browser, "#count") == f"{undated} articles of 200"
        choose(browser, "show", "all articles")
        choose(browser, "sort", "as in the file")
        browser.find_element(BY, "#q").send_keys("number 17 returns")
        found = "Ferry number 17 returns to Wexmouth after long repairs"
        until(browser, lambda page: words(page, "#results .head") == found)
        assert browser.find_element(BY, "#count").get_attribute("aria-live") == "polite"


def test_by_keyboard_alone(report: Path) -> None:
    with chromium() as browser:
        browser.get(report.as_uri())
        browser.execute_script("document.querySelector('#sort').focus()")
        active = browser.switch_to.active_element
        active.send_keys("\ue004")  # Tab
        browser.switch_to.active_element.send_keys("\ue004")
        browser.switch_to.active_element.send_keys("\ue007")  # Enter
        until(browser, lambda page: page.switch_to.active_element.tag_name == "h3")
        assert _number(browser) == LEAST_SURE[1]


def test_phone_goes_from_the_list_to_the_article_and_back(report: Path) -> None:
    with chromium(320, 640) as browser:
        browser.get(report.as_uri())
        assert not browser.find_element(BY, "#reader").is_displayed()
        read(browser, 3)
        assert browser.find_element(BY, "#reader").is_displayed()
        assert not browser.find_element(BY, "#results").is_displayed()
        browser.find_element(BY, "#reader .back").click()
        assert browser.find_element(BY, "#results").is_displayed()
        assert browser.switch_to.active_element.get_attribute("data-number") == str(LEAST_SURE[3])


@pytest.mark.parametrize("view", VIEWS, ids=lambda v: f"{v[0]}-{'dark' if v[2] else 'light'}")
def test_no_fault_for_axe_and_no_sideways_scrolling(report: Path, view: Any, request: pytest.FixtureRequest) -> None:
    program = axe(request.config.cache.mkdir("axe"))
    explained = report.with_name("explain.html")
    document = Document(url="https://a.example/", body=pages()["fr-newsletter-in-mid-sentence"])
    write_explanation(explain(document), explained)
    with chromium(view[0], view[1], dark=view[2]) as browser:
        for page in (report.as_uri(), f"{report.as_uri()}#article-3", explained.as_uri()):
            browser.get("about:blank")
            browser.get(page)
            browser.execute_script("for (const d of document.querySelectorAll('details')) d.open = true")
            assert faults(browser, program) == [], page
            wide = browser.execute_script("return document.documentElement.scrollWidth")
            assert wide <= view[0], page


def test_100_000_articles_open_in_five_seconds(tmp_path: Path) -> None:
    import newscrawl.report.build as build
    from newscrawl.report.page import write_page
    from newscrawl.report.view import page
    from tests.report.made import records

    found = build.Gathered([tmp_path / "many.jsonl"], build.ArticleIndex(), build.Sample(build.FULL))
    few = list(records(2000))
    for number in range(100_000):
        record = {**few[number % 2000], "url": f"https://www.site{number % 300}.example/{number}"}
        found.add(record, 0, number + 1)
    write_page(page(found, "now"), tmp_path / "report.html")
    assert (tmp_path / "report.html").stat().st_size < 30_000_000
    with chromium() as browser:
        start = computed(browser)
        browser.get((tmp_path / "report.html").as_uri())
        assert words(browser, "h1") == "100,000 articles of 300 sites"
        assert browser.find_elements(BY, "#results button")
        opened = computed(browser) - start
        choose(browser, "show", "all articles")
        start = computed(browser)
        choose(browser, "kind", "newsletter")
        assert "of 100,000" in words(browser, "#count")
        filtered = computed(browser) - start
    assert 0 < opened < 5 * slowness()
    assert 0 < filtered < 2 * slowness()
