"""Text that reads like an article's but is another one's."""

from __future__ import annotations

import numpy as np
import pytest

from newscrawl.extraction.body.others import take_out_others
from newscrawl.extraction.segments.role import Role
from newscrawl.extraction.segments.segment import segment
from newscrawl.parsing.tree import body_of, parse

PARTS = [
    "The ferry to the outer island ran again on Monday, after eleven weeks in which the only way across was a rowing "
    "boat that the baker lent to whoever asked before six in the morning and was back by noon.",
    "Its captain said that the new engine used half the oil of the old one, and that the council had paid for it with "
    "what was left of the money for a bridge that nobody on either shore had wanted in the first place.",
    "Schoolchildren crossed for nothing in the first week. From the next month on a ticket costs four crowns, and the "
    "winter timetable has one crossing fewer in the evening, which the owners of the inn call a mistake.",
]
ARTICLE = "".join(f"<p>{part}</p>" for part in PARTS)
REMARK = "I crossed on Tuesday and it was fast, though the seats are harder than those of the old boat ever were."


def left(markup: str, logit: float = 1.0) -> list[str]:
    """Texts of the body after it; the h1 is the headline."""
    segments, _ = segment(body_of(parse(f"<body><main>{markup}</main></body>")))
    roles = [Role.HEADLINE if item.frame.tag == "h1" else Role.BODY for item in segments]
    take_out_others(segments, roles, np.full(len(segments), logit, dtype=np.float32))
    return [item.text for item, role in zip(segments, roles, strict=True) if role is Role.BODY]


@pytest.mark.parametrize(
    ("markup", "logit", "stays"),
    [
        (f"{ARTICLE}<div class='comment-list'><p>{REMARK}</p></div>", 1.0, False),
        (f"{ARTICLE}<div class='comment-list'><p>{REMARK}</p></div>", 4.0, True),
        (f"<div class='comment-list'>{ARTICLE}<p>{REMARK}</p></div>", 1.0, True),
        (f"{ARTICLE}<div class='republication-tracker-tool'><div><p>{REMARK}</p></div></div>", 4.0, False),
        (f"<ul><li>{REMARK}</li></ul><h1>Ferry runs again</h1>{ARTICLE}", 1.0, False),
        (f"<p>{REMARK}</p><h1>Ferry runs again</h1>{ARTICLE}", 1.0, True),
        (f"<h1>Ferry runs again</h1><ul><li>{REMARK}</li></ul>{ARTICLE}", 1.0, True),
        (f"<ul><li>{REMARK}</li></ul>{ARTICLE}", 1.0, True),
    ],
    ids=["comment", "sure", "all is in comments", "terms", "list above", "lead above", "list below", "no headline"],
)
def test_remarks_and_tickers(markup: str, logit: float, stays: bool) -> None:
    assert (REMARK in left(markup, logit)) is stays
    assert [text for text in left(markup, logit) if text != REMARK] == PARTS


def test_comments_less_sure_than_the_article_go() -> None:
    markup = f"{ARTICLE}<div class='komentarze'><p>{REMARK}</p></div>"
    segments, _ = segment(body_of(parse(f"<body><main>{markup}</main></body>")))
    for article, goes in ((5.0, True), (4.0, False)):
        roles = [Role.BODY for _ in segments]
        take_out_others(segments, roles, np.array([article] * 3 + [3.5], dtype=np.float32))
        assert (roles[-1] is Role.OUT) is goes
        assert roles[:3] == [Role.BODY] * 3


@pytest.mark.parametrize(
    ("markup", "logit", "goes"),
    [
        ("<article><h1>Ferry runs again</h1>{0}</article><article><h2>Bridge</h2><p>{1}</p></article>", 0.5, True),
        ("<article><h1>Ferry runs again</h1>{0}</article><article><h2>Bridge</h2><p>{1}</p></article>", 3.0, False),
        ("<article><h1>Ferry runs again</h1>{0}<h2>Bridge</h2><p>{1}</p></article>", 0.5, False),
        ("<h1>Ferry runs again</h1><div>{0}</div><section><h2>Bridge</h2><p>{1}</p></section>", 0.5, True),
        ("<h1>Ferry runs again</h1><div>{0}</div><section><h2>Bridge</h2><p>{1}</p></section>", 3.0, False),
        ("<h1>Ferry runs again</h1>{0}<section><h2>Bridge</h2><p>{1}</p></section>", 0.5, True),
        ("<h1>Ferry runs again</h1>{0}<section><h2>Bridge</h2><p>{1}</p></section>", 3.0, False),
        ("<h1>Ferry runs again</h1>{0}<h2>Bridge</h2><p>{1}</p>", 0.5, False),
    ],
    ids=[
        "next article",
        "sure of it",
        "within",
        "box behind",
        "sure of the box",
        "last box",
        "sure of the last box",
        "no box",
    ],
)
def test_what_the_models_doubt_behind_the_article_goes(markup: str, logit: float, goes: bool) -> None:
    segments, _ = segment(body_of(parse(f"<body><main>{markup.format(ARTICLE, REMARK)}</main></body>")))
    roles = [Role.HEADLINE if item.frame.tag == "h1" else Role.BODY for item in segments]
    margins = [logit if item.text in ("Bridge", REMARK) else 5.0 for item in segments]
    take_out_others(segments, roles, np.array(margins, dtype=np.float32))
    left = [item.text for item, role in zip(segments, roles, strict=True) if role is Role.BODY]
    assert left == (PARTS if goes else [*PARTS, "Bridge", REMARK])


def test_a_box_behind_a_sentence_that_stops_short_may_hold_its_rest() -> None:
    for end, goes in ((".", True), ("", False)):
        last = f"<p>The boats of the two villages were tied up until the morning, when{end}</p>"
        markup = f"{ARTICLE}{last}<div><p>{REMARK}</p></div>"
        segments, _ = segment(body_of(parse(f"<body><main>{markup}</main></body>")))
        roles = [Role.BODY for _ in segments]
        take_out_others(segments, roles, np.array([5.0] * 4 + [0.5], dtype=np.float32))
        assert (roles[-1] is Role.OUT) is goes


def test_the_next_article_goes_where_it_makes_up_the_longer_part() -> None:
    longer = "".join(f"<p>{REMARK} So said passenger {n}.</p>" for n in range(8))
    markup = f"<article><h1>Ferry runs again</h1>{ARTICLE}</article><article><h2>Bridge</h2>{longer}</article>"
    segments, _ = segment(body_of(parse(f"<body><main>{markup}</main></body>")))
    roles = [Role.HEADLINE if item.frame.tag == "h1" else Role.BODY for item in segments]
    margins = [5.0 if item.text in PARTS else 0.5 for item in segments]
    take_out_others(segments, roles, np.array(margins, dtype=np.float32))
    assert [item.text for item, role in zip(segments, roles, strict=True) if role is Role.BODY] == PARTS


def test_a_copy_of_the_whole_in_one_piece_goes() -> None:
    whole = " ".join([*PARTS, *PARTS])
    assert left(f"{ARTICLE}<div>{whole}</div>") == PARTS
    other = whole.replace("the", "a").replace("of", "by")
    assert left(f"{ARTICLE}<div>{other}</div>") == [*PARTS, other]


def test_a_box_with_a_comment_s_name_around_the_article_is_no_comments() -> None:
    segments, _ = segment(
        body_of(parse(f"<body><main class='no-comments'><div>{ARTICLE}</div><p>{REMARK}</p></main></body>"))
    )
    roles = [Role.BODY] * len(segments)
    take_out_others(segments, roles, np.array([5.0, 5.0, 5.0, 2.0], dtype=np.float32))
    assert roles == [Role.BODY] * 4


@pytest.mark.parametrize(
    ("markup", "stays"),
    [
        (f"<div><h1>Ferry runs again</h1>{ARTICLE}</div><aside><p>{REMARK}</p></aside>", False),
        (f"<aside><p>{REMARK}</p></aside><div><h1>Ferry runs again</h1>{ARTICLE}</div>", False),
        (f"<div><h1>Ferry runs again</h1>{ARTICLE}<aside><p>{REMARK}</p></aside></div>", True),
        (f"<h1>Ferry runs again</h1><div>{ARTICLE}</div><aside><p>{REMARK}</p></aside>", True),
        (f"<div>{ARTICLE}</div><aside><p>{REMARK}</p></aside>", True),
        (f"<div><h1>Ferry runs again</h1><p>Short.</p></div><aside><p>{REMARK}</p></aside>", True),
    ],
    ids=["beside", "before", "within", "no box", "no headline", "all there is"],
)
def test_an_aside_beside_the_article(markup: str, stays: bool) -> None:
    assert (REMARK in left(markup, 3.0)) is stays


@pytest.mark.parametrize(
    ("markup", "logit", "stays"),
    [
        (f"<div><p>{REMARK}</p></div><div><h1>Ferry runs again</h1>{ARTICLE}</div>", 1.0, False),
        (f"<div><p>{REMARK}</p></div><div><h1>Ferry runs again</h1>{ARTICLE}</div>", 4.0, True),
        (f"<div><p>{REMARK}</p><h1>Ferry runs again</h1>{ARTICLE}</div>", 1.0, True),
        (f"<div><p>{REMARK}</p></div><div>{ARTICLE}</div><div><h1>Ferry runs again</h1></div>", 1.0, True),
    ],
    ids=["another box", "sure", "one box", "headline below"],
)
def test_text_above_the_headline(markup: str, logit: float, stays: bool) -> None:
    assert (REMARK in left(markup, logit)) is stays
    assert [text for text in left(markup, logit) if text != REMARK] == PARTS
