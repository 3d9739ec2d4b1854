"""The figures of the report, from small tables."""

from __future__ import annotations

import datetime as dt
import doctest
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from newscrawl.record.reading import typed
from newscrawl.report import browser, charts, facts, page, timeline
from newscrawl.report.build import ArticleIndex, Gathered, Sample, gather
from newscrawl.report.facts import COVERED, Facts, facts_of
from newscrawl.report.sites import Site, note_change, note_silence
from newscrawl.report.timeline import timeline as make_timeline
from tests.report.made import records, write

DAY = dt.date(2024, 5, 1)


@pytest.mark.parametrize("module", [browser, facts, page, timeline], ids=lambda module: module.__name__)
def test_examples(module: Any) -> None:
    result = doctest.testmod(module)
    assert result.attempted > 0
    assert result.failed == 0


@pytest.mark.parametrize(
    ("span", "unit", "steps"),
    [(1, "day", 1), (92, "day", 92), (93, "week", 14), (900, "month", 30), (9000, "year", 25)],
)
def test_step_of_the_timeline(span: int, unit: str, steps: int) -> None:
    made = make_timeline(Counter({DAY + dt.timedelta(n): 1 for n in range(span)}))
    assert made is not None
    assert (made.unit, made.outside) == (unit, 0)
    assert abs(len(made.starts) - steps) <= 1
    places = [made.place(DAY + dt.timedelta(n)) for n in range(span)]
    assert places[0] == 0
    assert places[-1] == len(made.starts) - 1
    assert all(after - before in (0, 1) for before, after in pairwise(places))


@pytest.mark.parametrize(("articles", "unit"), [(9, "month"), (60, "week")])
def test_few_articles_get_few_steps(articles: int, unit: str) -> None:
    made = make_timeline(Counter(DAY + dt.timedelta(n * 330 // articles) for n in range(articles + 1)))
    assert made is not None
    assert made.unit == unit


def test_stray_dates_do_not_stretch_the_chart() -> None:
    days = Counter({DAY + dt.timedelta(n): 20 for n in range(30)})
    days[dt.date(1900, 1, 1)] = 1
    days[dt.date(2199, 1, 1)] = 2
    made = make_timeline(days)
    assert made is not None
    assert (made.unit, len(made.starts), made.outside) == ("day", 30, 3)
    assert make_timeline(Counter()) is None


def site(*articles: tuple[int, int, int, int]) -> Site:
    """A site of articles: day, fields, words, removals."""
    made = Site("paper.example")
    for day, fields, words, removed in articles:
        made.add(Facts("paper.example", (DAY + dt.timedelta(day)).isoformat(), words, fields, removed, "given"))
    return made


@pytest.mark.parametrize(
    ("days", "quiet", "silent"),
    [
        (range(30), 4, False),
        (range(30), 5, True),
        (range(0, 90, 7), 28, False),
        (range(0, 90, 7), 29, True),
        ([1], 99, False),
    ],
)
def test_silence_is_measured_by_the_sites_own_rhythm(days: Any, quiet: int, silent: bool) -> None:
    made = site(*((day, 1, 100, 0) for day in days))
    assert made.last is not None
    note_silence(made, made.last + dt.timedelta(quiet))
    assert bool(made.notes) == silent


def test_change_of_a_site() -> None:
    everything = (1 << len(COVERED)) - 1
    headline_only = everything & ~(1 << COVERED.index("authors"))
    same = site(*((day, everything, 300, 1) for day in range(40)))
    note_change(same)
    assert same.notes == []
    changed = site(
        *((day, everything if day < 20 else headline_only, 300 if day < 20 else 90, day // 20 * 5) for day in range(40))
    )
    note_change(changed)
    assert changed.notes == [
        "authors fell from 100% to 0% of the articles",
        "the usual length went from 300 to 90 words",
        "removals went from 0.0 to 5.0 an article",
    ]


def test_sample_has_some_of_every_site() -> None:
    made = [typed(record) for record in records(500)]
    sample = Sample(40)
    for number, record in enumerate(made):
        sample.add(number, record, facts_of(record).site)
    chosen = sample.records()
    assert len(chosen) == 40
    assert {facts_of(record).site for record in chosen.values()} == {facts_of(record).site for record in made}
    few = Sample(1000)
    for number, record in enumerate(made):
        few.add(number, record, "one")
    assert list(few.records()) == list(range(500))


def test_sums_agree_with_the_lines(tmp_path: Path) -> None:
    made = list(records(300))
    found = gather([write(tmp_path / "articles.jsonl", 300)])
    assert found.articles == 300
    assert found.removals.count == sum(len(record["removed"]) for record in made)
    assert found.removals.characters == sum(len(r["text"]) for record in made for r in record["removed"])
    assert sum(count for _, count, _ in found.removals.kinds()) == found.removals.count
    assert sum(found.zones.values()) == 300
    assert found.zones["none"] == sum(record["date_published"] is None for record in made)
    assert found.days.total() == 300 - found.zones["none"]
    assert found.duplicate_count == sum(record["duplicate_of"] is not None for record in made)
    assert found.troubles.not_articles["index page"] == 1 + sum(r["not_article"] == "index page" for r in made)
    assert found.troubles.hosts["slow.example"].reasons["timeout"] == 2
    assert found.troubles.hosts["slow.example"].is_slow


def test_same_text_twice_is_a_duplicate() -> None:
    found = Gathered([], ArticleIndex(), Sample(10))
    for number in range(3):
        record = typed(next(iter(records(2))))
        record |= {"duplicate_of": None, "url": f"https://a.example/{number}", "content_hash": "x" * 64}
        found.add(record, 0, number)
    assert [(entry.number, entry.first) for entry in found.duplicates] == [(1, 0), (2, 0)]


def test_charts_are_drawn_to_scale() -> None:
    drawn = charts.stacked_bars([[1, 3], [1, 1]], ["a", "<b>"], ["one", "two"])
    assert 'height="75.00"' in drawn
    assert "&lt;b&gt;: one 3, two 1" in drawn
    assert "NaN" not in charts.stacked_bars([[0]], ["a"], ["one"])
    assert 'width="50.00"' in charts.bar(0.5)
    assert 'width="100.00"' in charts.bar(7)
