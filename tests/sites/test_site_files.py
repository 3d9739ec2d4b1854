from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from scrapy import Spider
from scrapy.settings import Settings
from scrapy.utils.test import get_crawler

from newscrawl.exceptions import SettingError
from newscrawl.extraction import Document, Extraction, extract
from newscrawl.items import Article
from newscrawl.parsing.tree import parse
from newscrawl.pipelines.site_rules import SiteTextRulesPipeline
from newscrawl.sites import selectors
from newscrawl.sites.filter_list import parse_filter_list
from newscrawl.sites.selectors import SelectorIndex, SelectorRule, compile_selector
from newscrawl.sites.site_files import SiteFiles
from newscrawl.text.patterns import PatternError, compile_pattern

LINE = "Paragraph {} tells at some length what the ministers said about the harbour, and what the town made of it."
FILE = """
language = "en"
time_zone = "Europe/Paris"

[[strip]]
selector = "div.zz"
kind = "ad"
reason = "box"

[[strip]]
selector = "span.inl"
kind = "related"
reason = "inline"

[[strip_text]]
pattern = "Votu mel: .*"
kind = "related"
reason = "links line"
case = "Votu mel: prali"

[[must_survive]]
text = "dear reader"
reason = "a box of the article"
"""


def site(**tables: Any) -> dict[str, Any]:
    return {"strip": (), "strip_text": (), "keep": (), "must_survive": (), **tables}


def page(*parts: str, site: dict[str, Any] | None = None, before: int = 4) -> Extraction:
    lines = "".join(f"<p>{LINE.format(i)}</p>" for i in range(before))
    more = "".join(f"<p>{LINE.format(i)}</p>" for i in range(10, 14))
    markup = f"<html><body><main><h1>Title of it</h1><div>{lines}{''.join(parts)}{more}</div></main></body></html>"
    return extract(Document("https://paper.example/1", markup.encode(), site=site or {}))


def texts(extraction: Extraction) -> list[str]:
    return [block["text"] for block in extraction.article.blocks]


def test_selector_takes_a_box_and_logs_it() -> None:
    box = "<div class='zz'>Lorem mel votu prali, and this is a sentence of some length in a box of the article.</div>"
    assert any("Lorem" in text for text in texts(page(box)))
    taken = page(box, site=site(strip=(("site/paper.example/1", "ad", "div.zz"),)))
    assert not any("Lorem" in text for text in texts(taken))
    (removal,) = taken.article.removed
    assert (removal["kind"], removal["rule"], removal["level"], removal["before"]) == (
        "ad", "site/paper.example/1", "html", 4
    )  # fmt: skip
    assert b"Lorem" not in taken.body


def test_selector_takes_a_piece_out_of_a_sentence() -> None:
    part = "<p>He spoke <span class='inl'>Votu mel prali</span> of the harbour and its future in the old city.</p>"
    taken = page(part, site=site(strip=(("site/paper.example/1", "related", "span.inl"),)))
    assert "He spoke of the harbour and its future in the old city." in texts(taken)
    (removal,) = taken.article.removed
    assert (removal["text"], removal["split"], removal["offset"]) == ("Votu mel prali", True, 9)
    assert b"data-module" not in taken.body


@pytest.mark.parametrize("selector", ["main p", "p", "div", "main", "body", "html", "*", "main > div"])
def test_guard_keeps_the_article(selector: str) -> None:
    guarded = page(site=site(strip=(("site/paper.example/1", "ad", selector),)))
    assert texts(guarded) == texts(page())
    assert guarded.article.removed == page().article.removed


def test_refused_rule_is_named_and_others_apply() -> None:
    rules = (("site/a/1", "ad", "main p"), ("site/a/2", "ad", ".zz"))
    found = page("<div class='zz'>Lorem ipsum dolor</div>", site=site(strip=rules))
    assert found.refused == ["site/a/1"]
    assert not any("Lorem" in text for text in texts(found))


def test_guard_over_all_rules_together() -> None:
    parts = [
        f"<section class='s{i}'><p>{LINE.format(i + 20)}</p><p>{LINE.format(i + 30)}</p></section>" for i in range(8)
    ]
    rules = tuple((f"site/a/{i}", "ad", f".s{i}") for i in range(8))
    found = page(*parts, site=site(strip=rules))
    assert found.refused
    assert sum(map(len, texts(found))) >= 0.45 * sum(map(len, texts(page(*parts))))


def test_keep_and_must_survive() -> None:
    box = "<div class='zz'>Dear reader, this box is a part of the article that you are reading here.</div>"
    rules = (("site/a/1", "ad", "div.zz"),)
    assert not any("Dear reader" in text for text in texts(page(box, site=site(strip=rules))))
    for more in ({"keep": ("div.zz",)}, {"must_survive": ("dear reader",)}):
        assert any("Dear reader" in text for text in texts(page(box, site=site(strip=rules, **more))))


def test_time_zone_and_language() -> None:
    line = "<time datetime='2024-05-03T10:20'>3 May 2024, 10:20</time>"
    found = page(line, site=site(time_zone="Europe/Paris", language="en-GB"))
    assert found.article.date_published == "2024-05-03T10:20:00+02:00"
    assert found.article.date_evidence["date_published"]["time_zone"] == "site"
    assert found.article.in_language == "en-GB"


def settings(**values: Any) -> Settings:
    return Settings(values)


def test_files_by_host_suffix(tmp_path: Path) -> None:
    (tmp_path / "paper.example.toml").write_text(FILE)
    (tmp_path / "sport.paper.example.toml").write_text('time_zone = "Asia/Tokyo"')
    files = SiteFiles.of_settings(settings(NEWSCRAWL_SITES_DIR=str(tmp_path)))
    assert files.of("https://www.paper.example/a")["strip"][1] == ("site/paper.example/2", "related", "span.inl")
    assert files.of("http://news.PAPER.example:8080/a")["host"] == "paper.example"
    assert files.of("https://sport.paper.example/")["time_zone"] == "Asia/Tokyo"
    assert [files.of(url) for url in ("https://other.example/", "file:///a", "https://[", "", "notpaper.example")] == [
        {}
    ] * 5


@pytest.mark.parametrize("text", ["no toml [", "language = 7", "[[strip]]\nselector = 'a'", "\x00"])
def test_faulty_file_is_left_out_with_a_warning(tmp_path: Path, text: str, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "paper.example.toml").write_text(text)
    assert SiteFiles([tmp_path]).of("https://paper.example/") == {}
    assert "paper.example.toml" in caplog.text


def test_rules_whose_time_is_over_are_not_applied(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "paper.example.toml").write_text("valid_until = 2020-01-01\n" + FILE)
    found = SiteFiles([tmp_path]).of("https://paper.example/")
    assert (found["strip"], found["time_zone"]) == ((), "Europe/Paris")
    assert "2020-01-01" in caplog.text


@pytest.mark.parametrize(
    "values", [{"NEWSCRAWL_SITES_DIR": "/no/such/folder"}, {"NEWSCRAWL_FILTER_LISTS": "/no/such/list.txt"}]
)
def test_setting_that_names_nothing(values: dict[str, str]) -> None:
    with pytest.raises(SettingError, match="/no/such"):
        SiteFiles.of_settings(settings(**values))


def strip(tmp_path: Path, *lines: str, more: str = "") -> Article:
    (tmp_path / "paper.example.toml").write_text(FILE + more)
    pipe = SiteTextRulesPipeline.from_crawler(get_crawler(Spider, {"NEWSCRAWL_SITES_DIR": str(tmp_path)}))
    blocks = [{"type": "paragraph", "text": line, "time": None} for line in lines]
    item = Article(url="https://paper.example/1", blocks=blocks, in_language="en")
    return asyncio.run(pipe.process_item(item))


LONG = [LINE.format(n) for n in range(4)]


def test_pattern_takes_a_block(tmp_path: Path) -> None:
    item = strip(tmp_path, LONG[0], "Votu mel: prali", *LONG[1:])
    assert [block["text"] for block in item.blocks] == LONG
    assert item.removed == [
        {
            "kind": "related",
            "rule": "site/paper.example/text-1",
            "level": "text",
            "text": "Votu mel: prali",
            "before": 1,
            "split": False,
            "offset": None,
        }
    ]


@pytest.mark.parametrize(
    ("pattern", "line", "left", "expected"),
    [
        ("Zu[0-9]{2}", "He spoke Zu12 of the harbour.", "He spoke of the harbour.", (0, True, 9)),
        ("^Zu[0-9]{2}", "Zu12 He spoke.", "He spoke.", (0, False, None)),
        ("Zu[0-9]{2}$", "He spoke. Zu12", "He spoke.", (1, False, None)),
    ],
)
def test_pattern_takes_a_part(
    tmp_path: Path, pattern: str, line: str, left: str, expected: tuple[int, bool, int | None]
) -> None:
    more = f'\n[[strip_text]]\npattern = "{pattern}"\nkind = "ad"\nreason = "x"\ncase = "{line}"\n'
    item = strip(tmp_path, line, *LONG, more=more)
    assert item.blocks[0]["text"] == left
    (removal,) = item.removed
    assert (removal["before"], removal["split"], removal["offset"]) == expected


def test_two_patterns_in_one_mended_sentence(tmp_path: Path) -> None:
    more = '\n[[strip_text]]\npattern = "Zu[0-9]{2}"\nkind = "ad"\nreason = "x"\ncase = "Zu12"\n'
    halves = "The ministers met on Zu12 Tuesday in the old palace to speak of", "the harbour Zu34 and its future."
    item = strip(tmp_path, halves[0], "Votu mel: prali", halves[1], *LONG, more=more)
    text = "The ministers met on Tuesday in the old palace to speak of the harbour and its future."
    assert item.blocks[0]["text"] == text
    assert [text[removal["offset"] :][:7] for removal in item.removed] == ["Tuesday", "the har", "and its"]


def test_greedy_pattern_is_refused(tmp_path: Path) -> None:
    more = '\n[[strip_text]]\npattern = "Paragraph.*"\nkind = "ad"\nreason = "x"\ncase = "Paragraph 1"\n'
    assert len(strip(tmp_path, *LONG, more=more).blocks) == 4


def test_text_that_must_survive(tmp_path: Path) -> None:
    item = strip(tmp_path, "Votu mel: dear reader", *LONG)
    assert len(item.blocks) == 5


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+b", "(a*)*", "(a|aa)+b", ".*x", "a+b", r"(\w+\s?)*:", "a{0,100}b{0,100}c{0,100}d", r"(a)\1", "(?=a)b",
        "(?<!x)y", "(", "a{2,1}", "", "a?", "x" * 501, "(a{1,3}){1,9}b",
    ],
)  # fmt: skip
def test_dangerous_pattern_is_refused(pattern: str) -> None:
    with pytest.raises(PatternError):
        compile_pattern(pattern)


@pytest.mark.parametrize("pattern", ["Lire aussi : .*", r"\d{1,4} votes?", "(Ad|Anzeige):? .{0,80}Ende", "(ab){3}c+"])
def test_bounded_pattern_is_taken_and_ends(pattern: str) -> None:
    compiled = compile_pattern(pattern)
    found = [compiled.search(text) is not None for text in ("a" * 20_000, "1" * 20_000, "ab" * 10_000, "Ad: " * 5000)]
    assert found == [False] * 4


LIST = """[Adblock Plus 2.0]
! a comment
##.ad-box
###banner-1
##div.promo[data-ad]
##a[href^="https://ads.example/"]
##section > .teaser:not(.own)
##ad-slot
##.spared
paper.example,other.example##.only-here
~paper.example##.not-here
paper.example#@#.spared
||tracker.example^$third-party
example.org#?#div:-abp-has(> .ad)
example.org##+js(abort, x)
##.x:has-text(ad)
"""


def test_filter_list() -> None:
    filters = parse_filter_list(LIST, "mine")
    assert (filters.size, filters.unused) == (10, 4)
    assert filters.general[0] == SelectorRule("filter/mine/3", "ad", ".ad-box")


@pytest.mark.parametrize(
    ("markup", "is_taken"),
    [
        ("<div class='x ad-box y'>Lorem</div>", True),
        ("<div id='banner-1'>Lorem</div>", True),
        ("<div class='promo' data-ad>Lorem</div>", True),
        ("<div class='promo'>Lorem</div>", False),
        ("<p><a href='https://ads.example/1'>Lorem</a></p>", True),
        ("<section><div class='teaser'>Lorem</div></section>", True),
        ("<section><div class='teaser own'>Lorem</div></section>", False),
        ("<ad-slot>Lorem</ad-slot>", True),
        ("<div class='spared'>Lorem</div>", False),
        ("<div class='only-here'>Lorem</div>", True),
        ("<div class='not-here'>Lorem</div>", False),
    ],
)
def test_filter_list_on_a_page(tmp_path: Path, markup: str, is_taken: bool) -> None:
    path = tmp_path / "mine.txt"
    path.write_text(LIST)
    sites = SiteFiles.of_settings(settings(NEWSCRAWL_FILTER_LISTS=str(path)))
    markup = markup.replace(
        "Lorem", "Lorem votu mel prali, and here is a sentence of some length about the old harbour."
    )
    found = page(markup, site=sites.of("https://www.paper.example/1"))
    assert any("Lorem" in text for text in texts(found)) is not is_taken


def test_filter_list_takes_no_more_than_two_paragraphs(tmp_path: Path) -> None:
    path = tmp_path / "mine.txt"
    path.write_text("##main p\n##.ad")
    found = page(site=SiteFiles.of_settings(settings(NEWSCRAWL_FILTER_LISTS=str(path))).of("https://a.example/1"))
    assert texts(found) == texts(page())


@pytest.mark.parametrize(
    "selector",
    [".a", "#b", "div.a", "div#b.a", ".a, .c", "main .a", "main > .a", "[data-x]", "[data-x='1']", '[data-x^="1"]',
     "div[class*='a']", ".a:not(.z)", "DIV.a", "div"],
)  # fmt: skip
def test_index_finds_what_the_selector_finds(selector: str) -> None:
    tree = parse(
        "<main><div class='a q' id='b' data-x='1'>x</div><p class='c'>y</p><div class='z a'>z</div><b>w</b></main>"
    )
    wanted = set(compile_selector(selector)(tree))  # type: ignore[arg-type]
    assert {element for element, _ in SelectorIndex([SelectorRule("r", "ad", selector)]).match(tree)} == wanted


def test_rules_are_tried_only_where_their_class_or_id_is_on_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []

    def counting(selector: str) -> Any:
        tried.append(selector)
        return compile_selector(selector)

    rules = [SelectorRule(f"r/{n}", "ad", f".promo-{n}") for n in range(15_000)]
    rules += [SelectorRule(f"r/{n}", "ad", f'a[href^="https://{n}.example/"]') for n in range(3000)]
    rules += [SelectorRule(f"r/{n}", "ad", f"#slot-{n} > div") for n in range(2000)]
    index = SelectorIndex(rules)
    boxes = "".join(f"<div class='c{i} d' id='i{i}'><a href='https://x.example/{i}'>l</a></div>" for i in range(700))
    tree = parse(f"<body>{boxes}<div class='promo-77'>x</div></body>")
    monkeypatch.setattr(selectors, "compile_selector", counting)
    (found,) = index.match(tree)
    assert (found[1].name, tried) == ("r/77", [])
    tree = parse("<body><div id='slot-7'><div>x</div></div></body>")
    (found,) = index.match(tree)
    assert (found[1].selector, tried) == ("#slot-7 > div", ["#slot-7 > div"])
