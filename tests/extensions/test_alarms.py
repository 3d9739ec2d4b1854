"""Alarms as a user sees them: two runs of one site, the second after a redesign."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from newscrawl.monitoring.alarms import Tally
from newscrawl.run.version import VERSION
from newscrawl.store.batch import SiteFigures
from newscrawl.store.opening import open_store
from tests.newspaper import newspaper
from tests.support import crawl

STORE = ("-s", "NEWSCRAWL_STORE_URL=sqlite:///store.db")
DAY = 24 * 3600
AUTHOR = '<meta name="author" content="Odile Maranvert">'
BOX = "<div class='zz'>Lorem ipsum mel votu prali, and forty ferries more for the readers of this box alone.</div>" * 4
RULES = '[[strip]]\nselector = "div.zz"\nkind = "ad"\nreason = "a box"\n'


def ago(days: float) -> Callable[[], float]:
    return lambda: time.time() - days * DAY


def test_a_field_that_is_gone_and_a_rule_that_takes_more(tmp_path: Path) -> None:
    (tmp_path / "sites").mkdir()
    (tmp_path / "sites" / "127.0.0.1.toml").write_text(RULES)
    options = (*STORE, "-s", "NEWSCRAWL_ALARM_ARTICLES=5", "-s", "NEWSCRAWL_SITES_DIR=sites")
    with newspaper() as paper:
        paper.rss("/feed", [paper.story(number, head=AUTHOR) for number in range(1, 7)])
        first = crawl(tmp_path, "feed", f"url={paper.url('/feed')}", *options)
        assert (first.code, first.summary["alarms"]) == (0, []), first.err
        paper.rss("/feed", [paper.story(number, extra=BOX) for number in range(11, 17)])
        second = crawl(tmp_path, "feed", f"url={paper.url('/feed')}", *options)
    assert (second.code, second.summary["exit_code"]) == (5, 5), second.err
    found = {(alarm["site"], alarm["kind"], alarm["name"]): alarm for alarm in second.summary["alarms"]}
    assert set(found) == {("127.0.0.1", "field", "authors"), ("127.0.0.1", "rule", "site/127.0.0.1/1")}
    assert [found["127.0.0.1", "field", "authors"][name] for name in ("before", "now", "articles")] == [1.0, 0.0, 6]
    logged = [line for line in second.err.splitlines() if "WARNING: 127.0.0.1: " in line]
    assert len(logged) == 2
    assert "authors was found on 100 % of pages, now on 0 % (of 6)" in logged[0]


def test_a_site_that_fell_silent_is_found_among_many_later_runs(tmp_path: Path) -> None:
    for number in range(170):  # ten with news, then those that only looked at young articles again
        store = open_store(f"sqlite:///{tmp_path}/store.db", now=ago(30 - number if number < 10 else 9 - number / 20))
        found = {"127.0.0.1": SiteFigures(new=4 if number < 10 else 0, unchanged=1)}
        store.runs.finish(store.runs.start("feed"), reason="finished", exit_code=0, figures={}, sites=found)
        store.close()
    with newspaper() as paper:
        paper.rss("/feed", [])
        run = crawl(tmp_path, "feed", f"url={paper.url('/feed')}", *STORE)
    assert run.code == 5, run.err
    assert [(alarm["site"], alarm["kind"]) for alarm in run.summary["alarms"]] == [("127.0.0.1", "silent")]
    assert "127.0.0.1: fell silent" in run.err


def test_a_usual_confidence_that_drops(tmp_path: Path) -> None:
    usual = Tally(program=VERSION)
    for _ in range(30):
        usual.add(["authors"], {}, 100, 0.99)
    store = open_store(f"sqlite:///{tmp_path}/store.db", now=ago(2))
    found = {"127.0.0.1": SiteFigures(new=30, figures=usual.figures())}
    store.runs.finish(store.runs.start("feed"), reason="finished", exit_code=0, figures={}, sites=found)
    store.close()
    doubtful = "".join(
        f"<p>Read this: <a href='/{i}'>a line about the ferry</a>, and number {i}</p>" for i in range(30)
    )
    with newspaper() as paper:
        paper.rss("/feed", [paper.story(number, head=AUTHOR, extra=doubtful) for number in range(6)])
        run = crawl(tmp_path, "feed", f"url={paper.url('/feed')}", *STORE, "-s", "NEWSCRAWL_ALARM_ARTICLES=5")
    assert run.code == 5, run.err
    (alarm,) = (alarm for alarm in run.summary["alarms"] if alarm["kind"] == "confidence")
    assert (alarm["site"], alarm["before"], alarm["articles"]) == ("127.0.0.1", 0.99, 6)
    assert alarm["now"] < 0.84
    assert "the confidence was 0.99 on average, now" in run.err
