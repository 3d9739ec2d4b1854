"""Questions with answers below an article."""

from __future__ import annotations

import numpy as np
import pytest

from newscrawl.extraction.body.questions import take_questions
from newscrawl.extraction.segments.role import Role
from newscrawl.extraction.segments.segment import segment
from newscrawl.parsing.tree import body_of, parse

ARTICLE = "<article>" + "<p>The keepers of Anvik paint their tower white each May, before the boats come.</p>" * 20
QUESTIONS = ("How high is the tower?", "Who pays for the paint?", "Can I visit the lamp?")
SPANISH = ("¿Qué altura tiene la torre?", "¿Quién paga la pintura?", "¿Se puede visitar?")
ANSWER = "It is a matter for the council of Anvik, which meets on the first Monday of a month."


def part(questions: tuple[str, ...] = QUESTIONS, answer: str = ANSWER, tag: str = "h3") -> str:
    items = "".join(f"<div class='item'><{tag}>{q}</{tag}><div><p>{answer}</p></div></div>" for q in questions)
    return f"</article><section class='unfold'><h2>Good to know</h2>{items}</section><p>Terms of the site</p>"


def body(markup: str, *, logit: float = -1.0, taken: tuple[str, ...] = ()) -> list[str]:
    """Texts of the body beside the article's paragraphs; ``taken``: those in it before, where they first stand."""
    segments, _ = segment(body_of(parse(f"<main>{markup}</main>")))
    own = [item.text.startswith("The keepers") for item in segments]
    texts = [item.text for item in segments]
    roles = [Role.BODY if mine else Role.OUT for mine in own]
    for text in taken:
        roles[texts.index(text)] = Role.BODY
    logits = np.array([4.0 if mine else logit for mine in own], dtype=np.float32)
    take_questions(segments, roles, logits)
    return [s.text for s, r, mine in zip(segments, roles, own, strict=True) if r is Role.BODY and not mine]


@pytest.mark.parametrize("tag", ["h3", "button", "summary", "div"])
@pytest.mark.parametrize("questions", [QUESTIONS, SPANISH])
def test_part_of_questions_comes_with_its_heading(questions: tuple[str, ...], tag: str) -> None:
    expected = ["Good to know", *[text for question in questions for text in (question, ANSWER)]]
    assert body(ARTICLE + part(questions, tag=tag)) == expected


@pytest.mark.parametrize(
    ("markup", "logit"),
    [
        (ARTICLE + part(QUESTIONS[:2]), -1.0),
        (ARTICLE + part(), -3.0),
        (ARTICLE + part(answer="Yes."), -1.0),
        (ARTICLE + part(answer=f"<a href='/help'>{ANSWER}</a>"), -1.0),
        (ARTICLE + part(answer=ANSWER * 5), -1.0),
        (ARTICLE + part().replace("section", "aside"), -1.0),
        (ARTICLE + part().replace("unfold", "comments"), -1.0),
        (ARTICLE + part(tuple(q.rstrip("?") for q in QUESTIONS)), -1.0),
    ],
    ids=["two", "unlikely", "short answers", "links", "longer than the article", "aside", "comments", "no questions"],
)
def test_what_is_no_such_part_stays_out(markup: str, logit: float) -> None:
    assert body(markup, logit=logit) == []


def test_part_that_is_taken_in_part_or_asked_before_stays_as_it_is() -> None:
    assert body(ARTICLE + part(), taken=(QUESTIONS[1],)) == [QUESTIONS[1]]
    asked = f"<h2>{QUESTIONS[0]}</h2>"
    assert body(ARTICLE + asked + part(), taken=(QUESTIONS[0],)) == [QUESTIONS[0]]
