"""Confidence: a chance with two decimals in each record, low where a body is doubtful, and its reasons in words."""

from __future__ import annotations

import doctest
import json
from importlib import resources
from itertools import pairwise
from math import isfinite

import numpy as np
import pytest

from newscrawl import clean_html, clean_text
from newscrawl.extraction import Document, extract
from newscrawl.extraction.body.join_pages import join
from newscrawl.extraction.confidence import doubts_of, model, page, text
from newscrawl.extraction.confidence.model import ConfidenceModel, load
from newscrawl.extraction.confidence.page import page_signals
from newscrawl.items import Article
from newscrawl.sample import pages

CURVE = ((-3.0, 0.05), (0.0, 0.5), (3.0, 0.95))
MODEL = ConfidenceModel(("loss", "breaks"), (0.0, 2.0), (1.0, 2.0), (-1.0, -2.0), 1.0, CURVE)
WORDS = {"loss": "text is missing", "breaks": "the body is in pieces"}
PROSE = (
    "The ferry of Wexmouth sails again, the council said on Friday after long months of repairs to hull and engine.",
    "The first crossing leaves on Monday at six in the morning, and tickets are free all week for those who wait.",
    "Fishermen had asked for it since the bridge was closed to lorries in the spring of last year, and were heard.",
    "The harbour master spoke of a long winter, of two storms in one week, and of a crew that never gave up hope.",
)


def test_examples() -> None:
    assert doctest.testmod(model).failed == 0


def test_chance_falls_with_what_speaks_against_a_body() -> None:
    usual = {"loss": 0.0, "breaks": 2.0}
    assert MODEL.chance(usual) == pytest.approx(0.65)
    assert MODEL.chance({**usual, "loss": 3.0}) < MODEL.chance(usual) < MODEL.chance({**usual, "breaks": 0.0})
    assert MODEL.chance({"loss": 1e9, "breaks": 1e9}) == 0.05
    assert MODEL.chance({"loss": -1e9, "breaks": 0.0}) == 0.95


@pytest.mark.parametrize("kind", [page, text])
def test_curve_rises_and_stays_within_a_chance(kind: object) -> None:
    curve = load(kind.MODEL, tuple(kind.WORDS)).curve  # type: ignore[attr-defined]
    assert all(low <= high and before < after for (before, low), (after, high) in pairwise(curve))
    assert 0 < curve[0][1] < curve[-1][1] < 1


def test_doubts_name_the_strongest_reason_first_and_nothing_that_is_usual() -> None:
    assert MODEL.doubts({"loss": 1.0, "breaks": 6.0}, WORDS) == ["the body is in pieces", "text is missing"]
    assert MODEL.doubts({"loss": 1.0, "breaks": 6.0}, WORDS, most=1) == ["the body is in pieces"]
    assert MODEL.doubts({"loss": -1.0, "breaks": 2.1}, WORDS) == []


@pytest.mark.parametrize("kind", [page, text])
def test_packaged_model_says_what_it_was_trained_on(kind: object) -> None:
    name, words = kind.MODEL, tuple(kind.WORDS)  # type: ignore[attr-defined]
    assert load(name, words).names == words
    path = resources.files("newscrawl") / "data" / "models" / f"{name}.json"
    about = json.loads(path.read_text(encoding="utf-8"))["about"]
    assert about["commit"]
    assert len(about["data"]) == 64
    assert about["cross_validated"]["sets"]["all"]["bodies"] > 500


def test_model_of_other_signals_is_refused() -> None:
    with pytest.raises(ValueError, match="train it again"):
        load(page.MODEL, ("other",))


@pytest.mark.parametrize("source", pages().values(), ids=pages())
def test_confidence_of_a_page_is_a_chance_of_two_decimals(source: bytes) -> None:
    confidence = clean_html(source).confidence
    assert confidence is not None
    assert confidence == round(confidence, 2)
    assert 0 < confidence < 1


@pytest.mark.parametrize("made", [clean_html(""), clean_html("<p>"), clean_text(" "), clean_text("")])
def test_no_body_has_no_confidence(made: Article) -> None:
    assert not made.blocks
    assert made.confidence is None


def test_prose_among_links_is_less_sure_than_prose_alone() -> None:
    plain = "".join(f"<p>{part}</p>" for part in PROSE)
    links = "".join(f'<p>{part[:70]} <a href="/{i}">and more of it here</a></p>' for i, part in enumerate(PROSE * 4))
    sure = clean_html(f"<article><h1>Ferry sails again</h1>{plain}</article>").confidence
    unsure = clean_html(f"<div>{links}<p>{PROSE[0]}</p>{links}</div>").confidence
    assert sure is not None
    assert unsure is not None
    assert unsure < sure


def test_text_without_line_breaks_is_unsure_though_nothing_was_removed() -> None:
    lines = [*PROSE, "Sign up for our newsletter", *PROSE, "READ MORE: Bridge closed to lorries", *PROSE[::-1]] * 2
    flat = clean_text(" ".join(lines))
    assert flat.removed == []
    assert flat.confidence is not None
    assert flat.confidence < 0.6
    untouched = clean_text(" ".join(PROSE * 4)).confidence
    assert untouched is not None
    assert untouched < 0.6
    whole = clean_text("\n\n".join(PROSE * 3))
    assert whole.confidence is not None
    assert whole.confidence > flat.confidence


def test_flat_text_says_why() -> None:
    flat = " ".join(PROSE * 8).encode()
    assert any("line breaks" in reason for reason in doubts_of(extract(Document("", flat, media="text")).signals))


@pytest.mark.parametrize(
    "source", ["", "<p>", "<p>a", f"<p>{'a ' * 900}", "<h1>x</h1>" * 50, f"<p>{PROSE[0]}<script>", "<table>" * 500]
)
def test_signals_are_numbers_on_any_page(source: str) -> None:
    signals = extract(Document("https://a.example/", source.encode())).signals
    assert tuple(signals) == page.PAGE
    assert all(isfinite(value) for value in signals.values())
    assert isinstance(doubts_of(signals), list)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (" ".join(PROSE), {"told": 1.0, "told_missing": 0.0}),
        ("Quite another text stands here. " * 200, {"told": 1.0, "told_missing": 1.0, "told_more": 2.0}),
        ("", {"told": 0.0, "told_missing": 0.0, "told_more": 0.0}),
    ],
)
def test_body_that_the_structured_data_gives_is_compared(told: str, expected: dict[str, float]) -> None:
    data = json.dumps({"@type": "NewsArticle", "headline": "Ferry sails again", "articleBody": told})
    script = f'<script type="application/ld+json">{data}</script>' if told else ""
    text = "".join(f"<p>{part}</p>" for part in PROSE)
    source = f"<head>{script}</head><article><h1>Ferry sails again</h1>{text}</article>"
    signals = extract(Document("https://a.example/", source.encode())).signals
    assert {name: round(signals[name], 1) for name in expected} == expected


def test_no_segments_have_signals() -> None:
    assert page_signals(
        [], np.zeros(0, dtype=np.float32), np.zeros(0, dtype=np.float32), [], [], [], ""
    ) == dict.fromkeys(page.PAGE, 0.0)


def test_article_of_several_pages_is_as_sure_as_its_least_sure_page() -> None:
    first, second = (clean_html(f"<article><p>{part}</p><p>{part[::-1]}</p></article>") for part in PROSE[:2])
    first.confidence, second.confidence = 0.9, 0.4
    join(first, second)
    assert first.confidence == 0.4
