"""Lists of teasers under linked headlines."""

from __future__ import annotations

import numpy as np
import pytest

from newscrawl.extraction.body.teasers import take_out_teasers
from newscrawl.extraction.segments.role import Role
from newscrawl.extraction.segments.segment import segment
from newscrawl.parsing.tree import body_of, parse

URL = "https://www.harbour-post.example/town/ferry-12"
ARTICLE = (
    "<div class='text'>"
    + "<p>The ferry of Anvik left an hour late, and nobody minded, as the sea was calm.</p>" * 6
    + "</div>"
)
TEASER = "Council number {} has bought two lighthouses for a crown, and looks for a keeper who can cook."


def left(markup: str, *, logit: float = 1.0, heads: str = "dt") -> list[str]:
    """Teasers in the body after it; headlines (``heads``) are no part of it."""
    segments, _ = segment(body_of(parse(f"<main>{markup}</main>")))
    roles = [Role.OUT if item.frame.tag == heads else Role.BODY for item in segments]
    take_out_teasers(segments, roles, np.full(len(segments), logit, dtype=np.float32), URL)
    return [s.text for s, role in zip(segments, roles, strict=True) if role is Role.BODY and "number" in s.text]


def listing(link: str = "/town/lights-{}", items: int = 3, text: str = TEASER) -> str:
    return "".join(
        f"<dt><a href='{link.format(n)}'>Lights of council {n} sold</a></dt><dd>{text.format(n)}</dd>"
        for n in range(items)
    )


def test_teasers_go() -> None:
    assert left(f"{ARTICLE}<dl>{listing()}</dl>") == []


@pytest.mark.parametrize(
    ("markup", "logit", "heads"),
    [
        (f"{ARTICLE}<dl>{listing(items=2)}</dl>", 1.0, "dt"),
        (f"{ARTICLE}<dl>{listing('https://shop.example/{}')}</dl>", 1.0, "dt"),
        (f"{ARTICLE}<dl>{listing()}</dl>", 4.0, "dt"),
        (f"{ARTICLE}<dl>{listing()}</dl>", 1.0, "none"),
        (f"<dl>{listing()}</dl>", 1.0, "dt"),
        (f"{ARTICLE}<dl>{listing(text='Council number {}')}</dl>", 1.0, "dt"),
    ],
    ids=["two", "another site's", "sure", "headlines in the body", "no article", "headings"],
)
def test_other_lists_stay(markup: str, logit: float, heads: str) -> None:
    assert len(left(markup, logit=logit, heads=heads)) == markup.count("<dd>")
