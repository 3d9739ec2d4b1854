"""Headings, lists, tables and quotes that just miss, by what of their kind is taken."""

from __future__ import annotations

import pytest

from tests.extraction.body.taking import PROSE, SHIPS, TAKEN, taken


@pytest.mark.parametrize(
    ("heading", "logit", "stays"),
    [
        ("<h3>Winter berths</h3>", -0.5, True),
        ("<h3>Winter berths</h3>", -2.0, False),
        ("<h3><a href='/a'>Winter berths of the fleet</a></h3>", -0.5, False),
        ("<h3>Winter reading: related articles</h3>", -0.5, True),
        ("<p>Winter berths</p>", -0.5, False),
    ],
)
def test_a_heading_between_paragraphs_stays(heading: str, logit: float, stays: bool) -> None:
    texts = taken(f"<p>{TAKEN[0]}</p>{heading}<p>{TAKEN[1]}</p>", Winter=logit)
    assert (len(texts) == 3) is stays


def test_the_label_of_a_box_does_not() -> None:
    assert taken(f"<p>{TAKEN[0]}</p><h3>Related articles</h3><p>{TAKEN[1]}</p>", Related=-0.5) == TAKEN[:2]


@pytest.mark.parametrize(
    ("items", "logits", "left"),
    [
        ("Forms Grants Scams", {"Forms": -0.5}, 3),
        ("Forms Grants Scams", {"Forms": -3.5}, 2),
        ("Forms Grants", {"Forms": -0.5}, 2),
        ("Forms Grants Subscribe", {"Subscribe": -0.5}, 2),
    ],
    ids=["most are taken", "far below", "half", "a widget's words"],
)
def test_a_list_is_taken_as_a_whole(items: str, logits: dict[str, float], left: int) -> None:
    rows = [f"{word} to our newsletter" if word == "Subscribe" else f"{word} to print" for word in items.split()]
    assert len(taken("<ul>" + "".join(f"<li>{row}</li>" for row in rows) + "</ul>", **logits)) == left


@pytest.mark.parametrize(
    ("markup", "logits", "left"),
    [
        ("<p>{0}</p>{1}<p>{2}</p>", {"Forms": -0.4, "Grants": -1.3}, 2),
        ("<p>{0}</p>{1}<p>{2}</p>", {"Forms": -0.9, "Grants": -1.3}, 0),
        ("<p>{0}</p>{1}<div><p>{2}</p></div>", {"Forms": -0.4, "Grants": -1.3}, 0),
        ("<p>{0}</p><p>{2}</p>{1}", {"Forms": -0.4, "Grants": -1.3}, 0),
    ],
    ids=["between paragraphs", "far below", "paragraph in another box", "at the end"],
)
def test_a_list_between_paragraphs_is_taken_by_its_mean(markup: str, logits: dict[str, float], left: int) -> None:
    rows = "<ul><li>Forms to print</li><li>Grants to print</li></ul>"
    found = taken(markup.format(TAKEN[0], rows, TAKEN[1]), **logits)
    assert len([text for text in found if text.endswith("print")]) == left


@pytest.mark.parametrize(("name", "logit"), [("part", -1.8), ("part", -2.5), ("teaser", -1.8)])
def test_headings_of_one_form_go_farther_down_together(name: str, logit: float) -> None:
    parts = zip(("One", "Two", "Three"), (name, "part", "part"), TAKEN, strict=False)
    markup = "".join(f"<h2 class='{kind}'>{word} and more</h2><p>{text}</p>" for word, kind, text in parts)
    found = taken(f"<div>{markup}</div>", One=logit, Two=-0.5)
    assert ("One and more" in found) is ((name, logit) == ("part", -1.8))


@pytest.mark.parametrize(("name", "stays"), [("part", True), ("teaser", False)])
def test_the_first_heading_follows_those_of_its_form(name: str, stays: bool) -> None:
    parts = zip(("One", "Two", "Three"), (name, "part", "part"), TAKEN, strict=False)
    markup = "".join(f"<h2 class='{kind}'>{word} and more</h2><p>{text}</p>" for word, kind, text in parts)
    assert ("One and more" in taken(f"<div>{markup}</div>", One=-0.5)) is stays


ROWS = "".join(f"<tr><td>{ship}</td><td>{n} tons</td></tr>" for n, ship in enumerate(SHIPS))
TABLE = f"<p>{PROSE.format('Eva')}</p><table>{ROWS}</table>"


@pytest.mark.parametrize(
    ("markup", "logits", "taken_rows"),
    [
        (TABLE, dict.fromkeys(SHIPS, -1.0), 4),
        (TABLE, dict.fromkeys(SHIPS, -1.0) | {"Anna": -1.5}, 4),
        (TABLE, dict.fromkeys(SHIPS, -2.0), 0),
        (TABLE, dict.fromkeys(SHIPS, -1.0) | {"Eva": -3.0}, 0),
        (TABLE.replace("Anna", "Related articles"), dict.fromkeys(SHIPS, -1.0) | {"Related": -1.0}, 0),
    ],
    ids=["just missed", "one far below", "far below", "behind nothing", "a widget's words"],
)
def test_a_table_is_taken_as_a_whole(markup: str, logits: dict[str, float], taken_rows: int) -> None:
    assert sum(text.endswith("tons") for text in taken(markup, **logits)) == taken_rows


def figures(names: str = "", last: str = "Tonnage: 90") -> str:
    cells = ("Built: 1911", "Masts: 3", "Crew: 9", "Home: Anvik", last)
    facts = "".join(f"<div class='fact {names}'><span>{cell}</span></div>" for cell in cells)
    return f"<p>{TAKEN[0]}</p><section>{facts}</section><p>{TAKEN[1]}</p>"


@pytest.mark.parametrize(
    ("markup", "logits", "comes"),
    [
        (figures(), {"Crew:": -0.9}, True),
        (figures(), {"Crew:": -0.9, "Home:": -0.4}, True),
        (figures(), {"Crew:": -1.1}, False),
        (figures(), {"Crew:": -0.5, "Home:": -0.5, "Masts:": -0.5}, False),
        (figures().replace("Crew: 9", "<a href='/crew'>Crew: 9</a>"), {"Crew:": -0.5}, False),
        (figures(last="Crew: Sign up for our newsletter"), {"Crew:": -0.5}, False),
        (
            f"<p>{TAKEN[0]}</p><p>{TAKEN[1]}</p>" + figures().split("</p>", 1)[1].rsplit("<p>", 1)[0],
            {"Tonnage:": -0.5},
            False,
        ),
    ],
    ids=["one", "two", "below", "most", "a link", "a widget's words", "the last of all"],
)
def test_pieces_follow_most_of_their_kind(markup: str, logits: dict[str, float], comes: bool) -> None:
    found = [text for text in taken(markup, **logits) if text.split()[0] in logits]
    assert len(found) == (len(logits) if comes else 0)


ITEMS = "<ul><li>Anna: a lead line</li><li>Berta: two anchors</li><li><p>Clara: none</p></li></ul>"
POST = "<blockquote><p>Anna is in, and the sea is flat.</p>— The pilots of Dora</blockquote>"


@pytest.mark.parametrize(
    ("box", "logits", "comes"),
    [
        (ITEMS, {"Anna:": -1.5, "Berta:": -1.5}, True),
        (POST, {"—": -1.5}, True),
        (ITEMS, {"Anna:": -3.5}, False),
        (ITEMS, {"Anna:": -1.5, "Berta:": -1.5, "Clara:": -1.5}, False),
        (ITEMS.replace("Anna: a lead line", "<a href='/a'>Anna: a lead line</a>"), {"Anna:": -1.5}, False),
        (ITEMS.replace("a lead line", "sign up for our newsletter"), {"Anna:": -1.5}, False),
        (ITEMS.replace("<p>Clara: none</p>", "Clara:<ul><li>none</li></ul>"), {"Anna:": -1.5}, False),
    ],
    ids=["a list", "a quote", "far below", "none is taken", "a link", "a widget's words", "a list in it"],
)
def test_rest_of_a_box_follows(box: str, logits: dict[str, float], comes: bool) -> None:
    found = [text for text in taken(f"<h2>Ships</h2>{box}", **logits) if text.split()[0] in logits]
    assert len(found) == (len(logits) if comes else 0)
