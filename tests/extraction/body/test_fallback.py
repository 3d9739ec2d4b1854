from __future__ import annotations

import numpy as np

from newscrawl.extraction.body.fallback import (
    is_doubtful,
    is_far_longer,
    is_in_doubt,
    lowered,
    without_comments,
)
from newscrawl.extraction.segments.role import Role
from newscrawl.extraction.segments.segment import segment
from newscrawl.parsing.tree import body_of, parse

PROSE = "The harbour was closed, the council said, and all boats stayed in for the whole of the week."


def doubtful(markup: str, *margins: float) -> bool:
    segments, _ = segment(body_of(parse(f"<html><body>{markup}</body></html>")))
    return is_doubtful(segments, np.array(margins, dtype=np.float32))


def test_page_of_which_most_just_misses_is_doubtful() -> None:
    assert doubtful(f"<p>{PROSE}</p>" * 4, -0.5, -1.2, -0.8, 0.2)
    assert doubtful(f"<p>{PROSE}</p>", -0.5), "where nothing is taken too"


def test_page_of_which_most_is_taken_is_not() -> None:
    assert not doubtful(f"<p>{PROSE}</p>" * 4, 3, 2, -0.5, -0.5)


def test_what_is_far_from_an_article_does_not_count() -> None:
    assert not doubtful(f"<p>{PROSE}</p>" * 4, 3, -5, -5, -5)
    assert not doubtful(f"<p>{PROSE}</p>" + f"<p><a href='/a'>{PROSE}</a></p>" * 3, 3, -1, -1, -1)


def test_comments_do_not_count() -> None:
    comments = f'<section class="comments">{f"<p>{PROSE}</p>" * 4}</section>'
    assert not doubtful(f"<p>{PROSE}</p>{comments}", 3, -1, -1, -1, -1)


def in_doubt(markup: str, *logits: float) -> bool:
    segments, _ = segment(body_of(parse(f"<html><body>{markup}</body></html>")))
    roles = [Role.BODY if logit > 0 else Role.OUT for logit in logits]
    return is_in_doubt(segments, roles, np.array(logits, dtype=np.float32))


def test_body_that_is_thin_or_doubtful_is_in_doubt() -> None:
    assert in_doubt(f"<p>{PROSE}</p>" * 2, 0.5, -4), "thin"
    assert in_doubt(f"<p>{PROSE}</p>" * 12, *[0.5] * 3, *[-1] * 9), "long enough, but most just misses"
    assert not in_doubt(f"<p>{PROSE}</p>" * 4, *[0.5] * 4)


def test_body_that_surely_is_an_article_is_not_in_doubt() -> None:
    assert not in_doubt(f"<p>{PROSE}</p>" * 2, 3, -1), "however short"
    assert not in_doubt(f"<p>{PROSE}</p>" * 12, *[0.5] * 2, 3, *[-1] * 9)
    assert in_doubt(f"<p>{PROSE}</p>" * 2, 0.5, -0.5)


def test_threshold_is_lowered_but_for_controls() -> None:
    segments, _ = segment(body_of(parse(f"<html><body><p>{PROSE}</p><button>Read more of it</button></body></html>")))
    assert lowered(segments, np.array([-1, -1], dtype=np.float32)).tolist() == [1.5, -1]


def test_other_body_must_be_far_longer() -> None:
    segments, _ = segment(body_of(parse(f"<html><body>{f'<p>{PROSE}</p>' * 6}</body></html>")))

    def far_longer(again: int, before: int) -> bool:
        roles = ([Role.BODY] * count + [Role.OUT] * (len(segments) - count) for count in (again, before))
        return is_far_longer(segments, *roles)

    assert far_longer(6, 3)
    assert far_longer(3, 0)
    assert not far_longer(5, 3)
    assert not far_longer(2, 0), "still thin"


POST = [f"{PROSE} On day {n} it was still closed, they said." for n in range(4)]
REMARK = "I asked the harbour master the same question in June, and have had no answer from her so far."


def beside_comments(posts: int, logit: float) -> list[float] | None:
    """Return the logits without comments of a page of so many paragraphs, where the body is six comments."""
    post = f"<article>{''.join(f'<p>{text}</p>' for text in POST[:posts])}</article>"
    remarks = "".join(f"<li class='comment'><p>{REMARK} So say {n} of us.</p></li>" for n in range(6))
    segments, _ = segment(body_of(parse(f"<html><body>{post}<ol class='comments'>{remarks}</ol></body></html>")))
    logits = np.array([-2.0] * posts + [logit] * 6, dtype=np.float32)
    roles = [Role.BODY if value > 0 else Role.OUT for value in logits.tolist()]
    found = without_comments(segments, roles, logits)
    return None if found is None else found.tolist()


def test_comments_that_are_the_body_are_set_aside() -> None:
    assert beside_comments(4, 0.5) == [-2.0] * 4 + [-10.0] * 6
    assert beside_comments(4, 2.0) is None, "comments that surely are an article, and stay"
    assert beside_comments(4, -0.5) is None, "none of them is taken"
