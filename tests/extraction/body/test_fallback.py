from __future__ import annotations

import numpy as np

from newscrawl.extraction.body.fallback import is_doubtful, promote, promote_beside_comments
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


def test_lines_far_from_an_article_are_not_taken_from_the_fallback() -> None:
    labels = [f"Item {n} of this list" for n in range(9)]
    items = "".join(f"<li>{text}</li>" for text in labels)
    page = (
        f"<html><body><article><h1>Harbour closed</h1>{f'<p>{PROSE}</p>' * 3}<ul>{items}</ul></article></body></html>"
    )
    segments, _ = segment(body_of(parse(page)))

    def taken(margin: float) -> set[str]:
        roles = [Role.OUT for _ in segments]
        promote(page, segments, roles, np.array([margin] * len(segments), dtype=np.float32))
        return {item.text for item, role in zip(segments, roles, strict=True) if role is Role.BODY}

    assert taken(-3) >= {PROSE, *labels}, "the fallback finds all of it"
    assert taken(-5) == {PROSE}


def test_short_post_is_found_beside_its_long_discussion() -> None:
    texts = {f"{PROSE} On day {n} it was still closed, they said." for n in range(4)}
    post = f"<article>{''.join(f'<p>{text}</p>' for text in texts)}</article>"
    remark = "I asked the harbour master the same question in June, and have had no answer from her so far."
    remarks = "".join(f"<li class='comment'><p>{remark} So say {n} of us.</p></li>" for n in range(6))
    page = f"<html><body><main>{post}<ol class='comments'>{remarks}</ol></main></body></html>"
    segments, _ = segment(body_of(parse(page)))

    def body(margin: float) -> set[str]:
        roles = [Role.BODY if "June" in item.text else Role.OUT for item in segments]
        margins = [margin if role is Role.BODY else -2.0 for role in roles]
        promote_beside_comments(page, segments, roles, np.array(margins, dtype=np.float32))
        return {item.text for item, role in zip(segments, roles, strict=True) if role is Role.BODY}

    assert body(0.5) == texts
    assert not body(2.0) & texts, "comments that surely are an article, and stay"


def test_page_that_is_all_comments_stays_as_it_is() -> None:
    remarks = f"<li class='comment'><p>{PROSE}</p></li>" * 6
    page = f"<html><body><ol class='comments'>{remarks}</ol></body></html>"
    segments, _ = segment(body_of(parse(page)))
    roles = [Role.BODY] * len(segments)
    promote_beside_comments(page, segments, roles, np.array([0.5] * len(segments), dtype=np.float32))
    assert roles == [Role.BODY] * len(segments)
