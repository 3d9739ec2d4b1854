"""Prose that just misses, among others of its kind."""

from __future__ import annotations

import pytest

from tests.extraction.body.taking import SHIPS, TAKEN, taken


def slides(names: str = "slide") -> str:
    return "<ul>" + "".join(f"<li class='{names} s-{i}'><p>{text}</p></li>" for i, text in enumerate(TAKEN)) + "</ul>"


def test_prose_that_just_misses_follows_its_siblings() -> None:
    assert taken(slides(), Anna=-0.5, Clara=-1.5) == TAKEN


@pytest.mark.parametrize(
    ("markup", "logits", "left"),
    [
        (slides(), {"Anna": -3.5}, TAKEN[1:]),
        (slides(), dict.fromkeys(SHIPS, -0.5), []),
        (slides("comment"), {"Anna": -0.5}, TAKEN[1:]),
        (slides().replace("Anna came", "Read also: Anna came"), {"Read": -0.5}, TAKEN[1:]),
        (slides().replace(f"<p>{TAKEN[0]}</p>", f"<p><a href='/a'>{TAKEN[0]}</a></p>"), {"Anna": -0.5}, TAKEN[1:]),
    ],
    ids=["far below", "none is taken", "comments", "a widget's words", "a link"],
)
def test_other_prose_does_not(markup: str, logits: dict[str, float], left: list[str]) -> None:
    assert taken(markup, **logits) == left


def chapters(names: str = "chapter", last: str = "") -> str:
    """A guide: chapters of one paragraph each side by side, the last perhaps of other names."""
    boxes = [f"<section class='{names}'><div class='text'><p>{text}</p></div></section>" for text in TAKEN]
    return "".join(boxes[:-1]) + boxes[-1].replace("class='text'", f"class='{last or 'text'}'")


def test_prose_that_just_misses_follows_its_kind_in_other_boxes() -> None:
    assert taken(chapters(), Dora=-2.5) == TAKEN


@pytest.mark.parametrize(
    ("markup", "logits", "left"),
    [
        (chapters(), {"Clara": -0.5, "Dora": -0.5}, TAKEN[:2]),
        (chapters(), {"Anna": 0.5, "Berta": 0.5, "Clara": 0.5, "Dora": -2.5}, TAKEN[:3]),
        (chapters(), {"Dora": -3.5}, TAKEN[:3]),
        (chapters(last="teaser"), {"Dora": -0.5}, TAKEN[:3]),
        (chapters("comment"), {"Dora": -0.5}, TAKEN[:3]),
        (chapters().replace("Dora came", "Read also: Dora came"), {"Read": -0.5}, TAKEN[:3]),
    ],
    ids=["few are taken", "the kind as a whole is not", "far below", "another kind", "comments", "a widget's words"],
)
def test_other_prose_elsewhere_does_not(markup: str, logits: dict[str, float], left: list[str]) -> None:
    assert taken(markup, **logits) == left


def test_two_short_sentences_of_dense_script_stay_together() -> None:
    first = "停航九个月的渡轮三日早上复航，码头上有渔民、小学生，还有一天也没缺席的卖糕婆婆。"
    second = "票价不变，自行车与儿童继续免费，明年将在对岸加建雨棚。"
    assert taken(f"<p>{first}</p><p>{second}</p>", **{second: -0.3}) == [first, second]
    assert taken(f"<p>{first}</p><p>{second[:-1]}</p>", **{second[:-1]: -0.3}) == [first]


@pytest.mark.parametrize(
    ("markup", "logit", "stays"),
    [
        (f"<p>{TAKEN[0]}</p><p>{TAKEN[1]}</p>", -0.8, True),
        (f"<p>{TAKEN[0]}</p><p>{TAKEN[1]}</p>", -1.5, False),
        (f"<p>{TAKEN[0]}</p><div class='teaser'><p>{TAKEN[1]}</p></div>", -0.8, False),
    ],
    ids=["beside a paragraph", "farther below", "in a box of its own"],
)
def test_a_paragraph_that_nearly_is_follows_one_beside_it(markup: str, logit: float, stays: bool) -> None:
    assert (len(taken(markup, Berta=logit)) == 2) is stays
