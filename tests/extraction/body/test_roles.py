from __future__ import annotations

import numpy as np
import pytest

from newscrawl.extraction.body.roles import assign
from newscrawl.extraction.body.site_boilerplate import repeated_headlines
from newscrawl.extraction.segments.role import Role
from newscrawl.extraction.segments.segment import segment
from newscrawl.parsing.tree import body_of, parse

LEAD = "The harbour of Wexmouth opens again, the council said on Friday."
BODY = "".join(f"<p>Paragraph {n} says in whole sentences, one after the other, what came of it.</p>" for n in range(5))


def standfirst(markup: str, description: str | None = None, headline: str | None = None) -> str | None:
    """The standfirst of a page of which all is article but what stands in asides."""
    segments, _ = segment(body_of(parse(f"<html><body>{markup}</body></html>")))
    margins = np.array([-5 if "aside" in (s.frame.tag, s.frame.parent.tag) else 3 for s in segments], dtype=np.float32)
    roles = assign(segments, margins, headline, description)
    return next((s.text for s, role in zip(segments, roles, strict=True) if role is Role.STANDFIRST), None)


@pytest.mark.parametrize(
    "above",
    [
        f'<header><p class="article-chapo">{LEAD}</p></header>',
        f'<div class="lede"><p>{LEAD}</p></div>',
        f"<h2>{LEAD}</h2>",
    ],
)
def test_standfirst_by_its_name_or_heading(above: str) -> None:
    assert standfirst(f"{above}<div>{BODY}</div>") == LEAD


@pytest.mark.parametrize(
    "above",
    [
        f"<div><p>{LEAD}</p></div><aside><p>A</p><p>B</p><p>C</p></aside>",
        f"<header><p>{LEAD}</p></header>",
        f"<section><p><b>{LEAD}</b></p></section>",
    ],
    ids=["pieces between", "in the header", "bold"],
)
def test_standfirst_by_the_description_where_it_is_set_apart(above: str) -> None:
    assert standfirst(f"{above}<div>{BODY}</div>", LEAD) == LEAD
    assert standfirst(f"{above}<div>{BODY}</div>") is None


@pytest.mark.parametrize(
    "above",
    [
        f"<div><p>{LEAD}</p></div>",
        f'<p class="speakable-summary">{LEAD}</p>',
        f'<div class="text-description">{LEAD}</div>',
    ],
)
def test_first_paragraph_that_the_description_repeats_stays(above: str) -> None:
    assert standfirst(f"<div>{above}{BODY}</div>", LEAD) is None


def test_opening_of_several_paragraphs_is_no_standfirst() -> None:
    assert standfirst(f'<div class="intro">{f"<p>{LEAD}</p><p>It rains.</p>" * 2}</div><div>{BODY}</div>') is None


@pytest.mark.parametrize("tag", ["div", "p", "h2"])
def test_standfirst_between_headline_and_byline(tag: str) -> None:
    markup = f"<h1>Harbour opens</h1><{tag}>{LEAD}</{tag}><p>By Anna Sample</p>{BODY}"
    assert standfirst(markup, headline="Harbour opens") == LEAD


def test_first_paragraph_below_the_byline_is_no_standfirst() -> None:
    markup = f"<h1>Harbour opens</h1><p>By Anna Sample</p><p>{LEAD}</p>{BODY}"
    assert standfirst(markup, headline="Harbour opens") is None


@pytest.mark.parametrize(("count", "stays"), [(2, False), (12, True)])
def test_headings_at_the_end_go_unless_they_are_the_text(count: int, stays: bool) -> None:
    headings = "".join(f"<h3>The {n}th shop that mends nets</h3>" for n in range(count))
    segments, _ = segment(body_of(parse(f"<html><body><div>{BODY}{headings}</div></body></html>")))
    roles = assign(segments, np.array([3] * len(segments), dtype=np.float32), None, None)
    assert roles == [Role.BODY] * 5 + [Role.BODY if stays else Role.OUT] * count


def test_headings_longer_than_all_above_them_are_the_text() -> None:
    long = "".join(
        f"<h3>The {n}th boat came in late, and its crew said that the nets were torn again.</h3>" for n in range(4)
    )
    segments, _ = segment(
        body_of(parse(f"<html><body><p>Only one boat sailed, the council said.</p>{long}</body></html>"))
    )
    logits = np.full(len(segments), 3, dtype=np.float32)
    assert assign(segments, logits, None, None) == [Role.BODY] * 5
    logits[0] = -9
    assert Role.BODY not in assign(segments, logits, None, None), "headings and nothing else"


def test_choices_of_a_list_are_no_text() -> None:
    markup = f"<h1>Harbour opens</h1><select><option>Harbour opens</option><option>{LEAD}</option></select>{BODY}"
    segments, _ = segment(body_of(parse(f"<html><body>{markup}</body></html>")))
    roles = assign(segments, np.full(len(segments), 3, dtype=np.float32), "Harbour opens", None)
    assert roles[:3] == [Role.HEADLINE, Role.OUT, Role.OUT]
    assert set(roles[3:]) == {Role.BODY}


@pytest.mark.parametrize(("tag", "logit", "stays"), [("h2", 2.0, True), ("h2", -1.0, False), ("h1", 2.0, False)])
def test_a_part_may_have_the_title_of_the_whole(tag: str, logit: float, stays: bool) -> None:
    markup = f"<h1>What is a tide mill?</h1><p>{LEAD}</p><{tag}>What is a tide mill?</{tag}>{BODY}"
    segments, _ = segment(body_of(parse(f"<html><body>{markup}</body></html>")))
    logits = np.full(len(segments), 3, dtype=np.float32)
    logits[2] = logit
    roles = assign(segments, logits, "What is a tide mill?", None)
    ruled = repeated_headlines(segments, roles, logits)
    assert (roles[0], roles[2] is Role.BODY, 2 in ruled) == (Role.HEADLINE, stays, not stays)


@pytest.mark.parametrize(
    ("wide", "narrow", "between", "once"),
    [
        ("wide", "narrow", "<p>Only the wide one says this, and it is set between both of its copies.</p>", True),
        ("wide", None, "<p>In one box the same parts come again, as a plan has the same dishes twice.</p>", False),
    ],
    ids=["a box for each screen", "one box"],
)
def test_copied_parts_go_with_their_headings(wide: str, narrow: str | None, between: str, once: bool) -> None:
    parts = [
        (f"Part {n}", f"The mill number {n} stands at the mouth of the river, and turns with each tide.")
        for n in range(6)
    ]
    copy = "".join(f"<h3>{head}</h3><p>{text}</p>" for head, text in parts)
    border = f"</div><div class='{narrow}'>" if narrow else ""
    markup = f"<h1>Tide mills</h1><div class='{wide}'>{copy}{between}{border}{copy}</div>{BODY}"
    segments, _ = segment(body_of(parse(f"<html><body>{markup}</body></html>")))
    roles = assign(segments, np.full(len(segments), 3, dtype=np.float32), "Tide mills", None)
    taken = [item.text for item, role in zip(segments, roles, strict=True) if role is Role.BODY]
    for head, text in parts:
        assert [taken.count(head), taken.count(text)] == ([1, 1] if once else [2, 2])
