from __future__ import annotations

import gc
import json
import pickle

import pytest

from newscrawl.extraction import Document, extract
from newscrawl.items import Article

PARAGRAPHS = [
    "The harbour of Aldermere was closed on Monday after a crane fell across its northern quay, the port said.",
    "Nobody was hurt, but eleven ships have to wait in the bay, among them a ferry with some four hundred passengers.",
    "Engineers from the mainland are expected to arrive during the night, and the mayor hopes to open again on Friday.",
    "It is the second accident of its kind within a year, and the unions demand that older machines be taken away.",
]
HEAD = "<title>Crane falls - The Aldermere Post</title><meta property='og:title' content='Crane falls'>"


def article(markup: str, head: str = HEAD) -> Article:
    page = (
        f"<html><head>{head}</head><body><nav><a href='/'>Home</a></nav>{markup}<footer>© Post</footer></body></html>"
    )
    return extract(Document("https://post.example/a", page.encode(), content_type="text/html; charset=utf-8")).article


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def test_paragraphs_of_a_plain_page() -> None:
    found = article(f"<article><h1>Crane falls</h1>{paragraphs(*PARAGRAPHS)}</article>")
    assert [b["text"] for b in found.blocks] == PARAGRAPHS
    assert found.headline == "Crane falls"
    assert found.article_body == "\n".join(PARAGRAPHS)


def test_a_page_is_freed_without_the_collector_of_cycles() -> None:
    markup = f"<div><article><h1>Crane falls</h1>{paragraphs(*PARAGRAPHS)}</article></div>"
    article(markup)  # what is loaded once may hold cycles
    gc.collect()
    article(markup)
    assert gc.collect() == 0


@pytest.mark.parametrize("collects", [True, False])
def test_the_collector_of_cycles_is_left_as_it_was(collects: bool) -> None:
    was = gc.isenabled()
    try:
        (gc.enable if collects else gc.disable)()
        article(paragraphs(*PARAGRAPHS))
        assert gc.isenabled() is collects
    finally:
        (gc.enable if was else gc.disable)()


@pytest.mark.parametrize(("objects", "is_paused"), [(700, True), (50_000, False)])
def test_the_collector_of_cycles_is_paused_where_it_comes_often(
    monkeypatch: pytest.MonkeyPatch, objects: int, is_paused: bool
) -> None:
    """Else it would come after the page instead, in a crawl on the event loop."""
    runs: list[bool] = []
    monkeypatch.setattr("newscrawl.extraction._extract", lambda document: runs.append(gc.isenabled()))
    was, thresholds = gc.isenabled(), gc.get_threshold()
    try:
        gc.enable()
        gc.set_threshold(objects, *thresholds[1:])
        extract(Document("https://post.example/a", b""))
        assert runs == [not is_paused]
        assert gc.isenabled()
    finally:
        (gc.enable if was else gc.disable)()
        gc.set_threshold(*thresholds)


def test_a_newsletter_box_goes_and_is_logged() -> None:
    box = (
        '<div class="newsletter-box"><h3>The morning letter</h3><p>Sign up for our free newsletter.</p>'
        '<form action="/subscribe"><input type="email" placeholder="Your e-mail"><button>Sign up</button></form></div>'
    )
    found = article(
        f"<article><h1>Crane falls</h1>{paragraphs(*PARAGRAPHS[:2])}{box}{paragraphs(*PARAGRAPHS[2:])}</article>"
    )
    assert [b["text"] for b in found.blocks] == PARAGRAPHS
    (removal,) = found.removed
    assert removal["kind"] == "newsletter"
    assert removal["before"] == 2
    assert removal["text"].startswith("The morning letter\nSign up for our free newsletter.")


def test_a_page_without_structure_is_read_all_the_same() -> None:
    found = article(f"<div><h1>Crane falls</h1>{'<br><br>'.join(PARAGRAPHS)}</div>")
    assert [b["text"] for b in found.blocks] == PARAGRAPHS


@pytest.mark.parametrize(
    "script",
    [
        f'<script type="application/json">{json.dumps({"a": [{"html": paragraphs(*PARAGRAPHS * 2)}]})}</script>',
        f"<script>self.__next_f.push({json.dumps([1, paragraphs(*PARAGRAPHS * 2)])})</script>",
        f"<script>window.a=[x];window.state = {json.dumps({'html': paragraphs(*PARAGRAPHS * 2)})};</script>",
        '<script type="application/ld+json">'
        + json.dumps({"@type": "NewsArticle", "headline": "Crane falls", "articleBody": "\n".join(PARAGRAPHS * 2)})
        + "</script>",
    ],
    ids=["data of a script", "a call", "an assignment", "JSON-LD"],
)
def test_a_text_that_only_a_script_would_draw_is_found(script: str) -> None:
    found = article(f'<div id="app"></div>{script}')
    assert [b["text"] for b in found.blocks] == PARAGRAPHS, "each paragraph once"


def test_a_text_that_only_the_data_hold_is_found_beside_what_is_shown() -> None:
    shown = "The harbour crane lies across the quay at dusk, with two men beside it who look at the broken chain. "
    told = [f"{text} Witness {number} said so." for number, text in enumerate(PARAGRAPHS * 6)]
    data = json.dumps({"@type": "NewsArticle", "headline": "Crane falls", "articleBody": "\n".join(told)})
    script = f'<script type="application/ld+json">{data}</script>'
    found = article(f"<h1>Crane falls</h1><div class='main-image__title'>{shown * 3}</div>{script}")
    assert [b["text"] for b in found.blocks][-len(told) :] == told
    whole = article(f"<h1>Crane falls</h1><article>{paragraphs(*told[:3])}</article>{script}")
    assert [b["text"] for b in whole.blocks] == told[:3], "the data give the same text, and more of it"


def test_what_goes_in_and_comes_out_can_be_pickled() -> None:
    document = Document("https://post.example/a", paragraphs(*PARAGRAPHS).encode())
    assert pickle.loads(pickle.dumps(extract(pickle.loads(pickle.dumps(document))))).article.blocks


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\x00",
        b"<",
        b"<html>",
        b"\xff\xfe\x00",
        b"<p>" * 5000,
        b"<!DOCTYPE html><frameset><frame src=x></frameset>",
        b'<script type="application/ld+json">{"@graph": [[[]]]}</script><p>x',
        "\ud800".encode("utf-16-le", "surrogatepass"),
    ],
)
def test_hostile_bytes_give_an_empty_article(body: bytes) -> None:
    assert extract(Document("https://post.example/a", body)).article.blocks in (
        [],
        [{"type": "paragraph", "text": "x", "time": None}],
    )


def test_a_text_that_stands_in_the_page_twice_is_taken_once() -> None:
    body = paragraphs(*PARAGRAPHS)
    found = article(f"<article><h1>Crane falls</h1><div>{body}</div><div class='print'>{body}</div></article>")
    assert [b["text"] for b in found.blocks] == PARAGRAPHS


def test_a_question_put_to_each_guest_stays() -> None:
    question = "What did you think when you heard of the accident at the harbour, and where were you at the time?"
    answers = [f"{text} That is what guest {number} says." for number, text in enumerate(PARAGRAPHS)]
    texts = [text for answer in answers for text in (question, answer)]
    found = article(f"<article><h1>Crane falls</h1>{paragraphs(*texts)}</article>")
    assert [b["text"] for b in found.blocks] == texts


def test_two_paragraphs_that_come_again_in_one_box_stay() -> None:
    plan = (
        "Cut the herring into strips, lay it into the vinegar with an onion, and leave it there for two hours.",
        "Boil six potatoes in their skins until they are soft, and serve them beside it with butter and chives.",
    )
    texts = [*PARAGRAPHS, "Monday:", *plan, "Tuesday:", *plan, PARAGRAPHS[0] + " That is all for this week."]
    found = article(f"<article><h1>Crane falls</h1>{paragraphs(*texts)}</article>")
    assert [b["text"] for b in found.blocks] == texts


def test_where_the_article_alone_is_asked_for_no_page_is_written() -> None:
    page = f"<article><h1>Crane falls</h1>{paragraphs(*PARAGRAPHS)}</article>".encode()
    whole, alone = (extract(Document("https://post.example/a", page, article_only=only)) for only in (False, True))
    assert (alone.article, alone.body) == (whole.article, b"")
    assert whole.body


@pytest.mark.parametrize(
    "card",
    [
        '<span class="rollover-block"><a href="/p/1">Eva Sample</a><a href="/a/2">Crane was new</a></span>',
        '<span class="term_tooltipBubble">A crane lifts what people cannot. It stands on a quay or a ship.</span>',
    ],
)
def test_what_unfolds_over_a_word_is_none_of_its_sentence(card: str) -> None:
    head, tail = PARAGRAPHS[1][:15], PARAGRAPHS[1][15:]
    found = article(
        f"<article><h1>Crane falls</h1><p>{PARAGRAPHS[0]}</p><p>{head}<span class='term'>{card}</span>{tail}</p>"
        f"{paragraphs(*PARAGRAPHS[2:])}</article>"
    )
    assert [b["text"] for b in found.blocks] == PARAGRAPHS
    (removal,) = found.removed
    assert removal["split"] is True
