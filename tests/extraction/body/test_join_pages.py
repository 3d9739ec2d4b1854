from __future__ import annotations

from typing import Any

import pytest

from newscrawl.extraction.body.join_pages import follows, join
from newscrawl.items import Article, Block, Removal

FIRST = ["The ferry of Wexmouth sails again, the council said on Friday.", "It was out of service for a year."]
SECOND = ["The first crossing leaves on Monday at six in the morning.", "Tickets are free all week, says the mayor."]


def made(texts: list[str], **kwargs: Any) -> Article:
    blocks = [Block(type="paragraph", text=text, time=None) for text in texts]
    return Article(url="https://a.example/ferry", **{"headline": "Ferry sails again", "blocks": blocks, **kwargs})


def removal(before: int, split: bool = False) -> Removal:
    return Removal(
        kind="ad", rule="r", level="html", text=f"ad {before}", before=before, split=split, offset=4 if split else None
    )


@pytest.mark.parametrize(
    ("page", "goes_on"),
    [
        (made(SECOND), True),
        (made(SECOND, headline="Ferry sails again - Page 2 of 3"), True),
        (made(SECOND, headline="On Monday", canonical_url="https://a.example/ferry"), True),
        (made(SECOND, headline="Ferry sails again to Overmouth"), False),
        (made(SECOND, headline="Herring returns"), False),
        (made(SECOND, headline=None), False),
        (made(SECOND, not_article="soft_404"), False),
        (made(FIRST), False),
        (made([]), False),
    ],
)
def test_what_goes_on_with_an_article(page: Article, goes_on: bool) -> None:
    assert follows(made(FIRST), page) is goes_on


def test_texts_in_order_and_removals_at_their_place() -> None:
    first = made(FIRST, removed=[removal(0), removal(2)], images=[{"url": "i", "caption": None, "credit": None}])
    page = made(
        [FIRST[0], *SECOND],
        removed=[removal(0, split=True), removal(1), removal(2, split=True), removal(3)],
        images=[{"url": "i", "caption": "again", "credit": None}, {"url": "j", "caption": None, "credit": None}],
        authors=["Ann Lee"],
    )
    join(first, page)
    assert [block["text"] for block in first.blocks] == FIRST + SECOND
    assert first.article_body == "\n".join(FIRST + SECOND)
    assert [(r["before"], r["split"], r["offset"]) for r in first.removed] == [
        (0, False, None),
        (2, False, None),
        (2, False, None),
        (2, False, None),
        (3, True, 4),
        (4, False, None),
    ]
    assert [image["url"] for image in first.images] == ["i", "j"]
    assert first.authors == ["Ann Lee"]


def test_the_headline_is_not_repeated() -> None:
    first = made(FIRST)
    page = made(SECOND)
    page.blocks.insert(0, Block(type="heading", text="Ferry sails again", time=None))
    join(first, page)
    assert [block["text"] for block in first.blocks] == FIRST + SECOND
