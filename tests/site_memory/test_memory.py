from __future__ import annotations

import pytest

from newscrawl.extraction import Document, extract
from newscrawl.items import Article
from newscrawl.site_memory.codec import dumps, loads
from newscrawl.site_memory.judge import boilerplate
from newscrawl.site_memory.memories import BoundedStore, SiteMemories
from newscrawl.site_memory.memory import KEPT_FOR, MOST_KNOWN, PAGES, SiteMemory
from newscrawl.site_memory.pieces import piece, taken_elsewhere, title_words
from newscrawl.site_memory.view import Standing
from newscrawl.text.normalise import normal
from newscrawl.urls.site import page_key, site_of
from tests.generated import LATIN, TIFINAGH, VAI, GeneratedArticle, Newspaper

SCRIPTS = [(LATIN, "."), (VAI, "\ua60e"), (TIFINAGH, ".")]
TAGS = ["div", "p", "section", "h3", "aside"]


def read(memories: SiteMemories, article: GeneratedArticle, tag: str) -> Article:
    extraction = extract(Document(article.url, article.html(tag).encode(), memory=memories.view(article.url)))
    pieces = [*extraction.pieces, *taken_elsewhere(extraction.article.removed)]
    memories.learn(article.url, extraction.article.headline, pieces)
    return extraction.article


def left_and_lost(article: GeneratedArticle, record: Article) -> tuple[list[str], list[str]]:
    lines = [block["text"] for block in record.blocks] + [record.description]
    left = [text for text, is_furniture in article.pieces if is_furniture and text in (record.article_body or "")]
    return left, [paragraph for paragraph in article.paragraphs if paragraph not in lines]


def furnished(paper: Newspaper, count: int) -> list[GeneratedArticle]:
    """Articles with boilerplate before, between and after their paragraphs, and in the middle of one."""
    boxes = (paper.line(12), paper.line(9) + paper.stop, paper.line(7), paper.line(2))
    broken = paper.line(14)
    return [paper.article(*boxes, at=(0, 4, 5, 8), broken=broken) for _ in range(count)]


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize(("letters", "stop"), SCRIPTS, ids=["latin", "vai", "tifinagh"])
def test_furniture_without_telling_word_or_name(letters: str, stop: str, tag: str) -> None:
    for seed in range(3):
        articles = furnished(Newspaper(letters, seed, stop=stop), 8)
        memories = SiteMemories()
        records = [read(memories, article, tag) for article in articles]
        for article, record in list(zip(articles, records, strict=True))[3:]:
            assert left_and_lost(article, record) == ([], [])


def test_article_is_whole_while_the_site_is_new() -> None:
    paper = Newspaper(VAI, stop="\ua60e")
    articles = [paper.article(paper.line(12), at=(4,)) for _ in range(3)]
    memories = SiteMemories()
    for article in articles:
        assert left_and_lost(article, read(memories, article, "div"))[1] == []


def test_archive_read_again_reaches_the_first_pages() -> None:
    articles, store = furnished(Newspaper(VAI, 5, stop="\ua60e"), 6), BoundedStore()
    first = SiteMemories(store)
    for article in articles:
        read(first, article, "div")
    first.close()
    second = SiteMemories(store)
    for article in articles:
        assert left_and_lost(article, read(second, article, "div")) == ([], [])


def test_removed_furniture_is_logged() -> None:
    articles = furnished(Newspaper(LATIN, 3), 5)
    memories = SiteMemories()
    record = [read(memories, article, "div") for article in articles][-1]
    taken = [removal for removal in record.removed if removal["rule"] == "memory/site"]
    logged = {line for removal in record.removed for line in removal["text"].split("\n")}
    assert logged == {text for text, is_furniture in articles[-1].pieces if is_furniture}
    (broken,) = [removal for removal in record.removed if removal["split"]]
    before, after = (articles[-1].pieces[k][0] for k in (3, 5))
    assert record.blocks[broken["before"]]["text"] == f"{before} {after}"
    assert broken["offset"] == len(before) + 1
    assert {removal["kind"] for removal in taken} == {"furniture"}


class Site:
    """A site's memory by the paragraphs of its pages."""

    def __init__(self) -> None:
        self.memory = SiteMemory()
        self.paper = Newspaper(LATIN, 11)
        self.number = 0

    def page(self, *texts: str, title: str | None = None, key: int = 0, fill: int = 3) -> list[str]:
        """What is taken out of a page of these texts and ``fill`` paragraphs, which is then remembered."""
        self.number += 1
        key = key or self.number
        lines = [*[self.paper.paragraph() for _ in range(fill)], *texts]
        pieces = [piece(line.removeprefix("# "), heading=line.startswith("# ")) for line in lines]
        gone = boilerplate(pieces, self.memory.view(key))
        self.memory.learn(key, title_words(title or self.paper.line(6)), pieces)
        return [line for line, is_gone in zip(lines, gone, strict=True) if is_gone]


PROMO = "Every morning the most important of the day in your letter box"


def test_taken_from_the_fourth_page_on() -> None:
    site = Site()
    assert [site.page(PROMO) for _ in range(5)] == [[], [], [], [PROMO], [PROMO]]


@pytest.mark.parametrize(
    ("what", "text", "every"),
    [
        ("a disclaimer under opinion pieces", "The views given here are those of the author and not of this paper.", 2),
        ("a paragraph of each report on one affair", PROMO + ", said the court in its first judgement on the case.", 3),
        ("a quotation that is taken up again", "“We shall not be moved from this place by anyone”, he said.", 4),
        ("a date line of a capital", "NAIROBI, Kenya", 2),
    ],
)
def test_kept_that_stands_on_some_pages(what: str, text: str, every: int) -> None:
    site = Site()
    assert [taken for n in range(60) if (taken := site.page(*([text] if n % every == 0 else [])))] == [], what


def test_kept_that_came_in_a_row_for_some_days() -> None:
    site = Site()
    for _ in range(30):
        site.page()
    assert [site.page(PROMO) for _ in range(6)] == [[]] * 6


@pytest.mark.parametrize("heading", ["# Background", "# What is next", "# In short"])
def test_kept_heading_that_all_articles_have(heading: str) -> None:
    site = Site()
    for _ in range(20):
        assert site.page(heading, site.paper.paragraph()) == []


def test_short_line_goes_beside_furniture_and_where_it_heads_nothing() -> None:
    site = Site()
    for _ in range(4):
        site.page("Votu mel", PROMO, site.paper.paragraph(), "Rilo")
    assert site.page("Votu mel", PROMO, site.paper.paragraph(), "Rilo") == ["Votu mel", PROMO, "Rilo"]


def test_same_article_counts_once() -> None:
    site = Site()
    lines = [site.paper.paragraph() for _ in range(5)]
    for _ in range(10):
        assert site.page(*lines, fill=0, key=site.number + 1) == []
    assert len(site.memory.pages) == 1


def test_live_ticker_counts_once() -> None:
    site = Site()
    entries = [site.paper.paragraph() for _ in range(6)]
    for _ in range(12):
        entries.insert(1, site.paper.paragraph())
        assert site.page(*entries[:8], fill=0, title="Storm on the coast: the ticker") == []
    assert len(site.memory.pages) == 1


def test_reports_that_share_title_and_text_count_once() -> None:
    site = Site()
    shared = [site.paper.paragraph() for _ in range(3)]
    for number in range(8):
        assert site.page(*shared, fill=1, title=f"Weather for the valley, day {number}") == []
    assert len(site.memory.pages) == 1


def test_page_is_no_evidence_against_itself() -> None:
    site = Site()
    for _ in range(3):
        site.page(PROMO)
    assert site.memory.view(1).known == {piece(PROMO).mark: Standing.BOILERPLATE}, "known from all three"
    site.memory.known.clear()
    assert site.memory.view(1).known == {}


def test_page_of_nothing_else_is_left_alone() -> None:
    site = Site()
    for _ in range(5):
        site.page(PROMO)
    assert site.page(PROMO, fill=0) == []


def test_counter_is_known_by_its_words() -> None:
    site = Site()
    taken = [site.page(f"Melu {n * 37} votar", PROMO) for n in range(8)]
    assert taken[-1] == ["Melu 259 votar", PROMO]


def test_new_furniture_after_a_change_of_the_site() -> None:
    site = Site()
    for _ in range(40):
        site.page(PROMO)
    new = "Three months for one: read all that we write, on paper and on line"
    taken = [site.page(new) for _ in range(12)]
    assert taken[-1] == [new]
    assert taken[0] == []


def test_what_went_with_a_change_is_forgotten() -> None:
    site = Site()
    for _ in range(10):
        site.page(PROMO)
    for _ in range(PAGES):
        site.page()
    assert site.page(PROMO) == [PROMO], "an archive may be read again"
    site.memory.count += KEPT_FOR + 1
    site.page()
    for _ in range(3):
        site.page()
    assert site.memory.known == {}


def test_what_proves_to_be_no_furniture_is_unlearned() -> None:
    site = Site()
    for _ in range(4):
        site.page(PROMO)
    assert site.memory.known
    for n in range(40):
        site.page(*([PROMO] if n % 6 == 0 else []))
    assert site.page(PROMO) == []


def test_bounded() -> None:
    site = Site()
    for n in range(200):
        site.page(*(f"{site.paper.line(9)} {n}" for _ in range(30)), fill=400)
    assert len(site.memory.pages) <= PAGES
    assert len(site.memory.known) <= MOST_KNOWN
    assert len(dumps(site.memory)) < 400_000


def test_sites_at_rest_are_bounded() -> None:
    store = BoundedStore(most=3)
    memories = SiteMemories(store, in_use=2)
    for n in range(9):
        memories.learn(f"https://paper{n}.example/1", "Title", [piece(PROMO)])
    memories.close()
    assert [n for n in range(9) if store.load_memory(f"paper{n}.example")] == [6, 7, 8]


def test_sites_do_not_share_their_memory() -> None:
    memories = SiteMemories()
    paper = Newspaper(LATIN, 4)
    for n in range(6):
        for host in ("one.example", "two.example"):
            texts = [paper.paragraph(), *([PROMO] if host == "one.example" else [])]
            memories.learn(f"https://{host}/{n}", paper.line(5), [piece(text) for text in texts])
    one, two = (memories.view(f"https://{host}/new") for host in ("one.example", "two.example"))
    assert one is not None
    assert two is not None
    assert piece(PROMO).mark in one.known
    assert two.known == {}


def test_codec_gives_back_the_same() -> None:
    site = Site()
    for n in range(20):
        site.page(PROMO, f"{n} votes", "# Background")
    again = loads(dumps(site.memory))
    assert (again.count, again.known, again.view()) == (site.memory.count, site.memory.known, site.memory.view())
    assert [(p.keys, p.title, p.pieces) for p in again.pages] == [
        (p.keys, p.title, p.pieces) for p in site.memory.pages
    ]


@pytest.mark.parametrize("data", [b"", b"NCM1", b"NCM0abc", b"NCM1" + b"\x78\x9c\x00", bytes(range(256))])
def test_codec_refuses_what_it_did_not_write(data: bytes) -> None:
    with pytest.raises(ValueError, match="memory of a site"):
        loads(data)


def test_damaged_memory_is_learned_anew() -> None:
    store = BoundedStore()
    store.save_memories({"paper.example": b"NCM1 damaged"})
    assert SiteMemories(store).view("https://paper.example/1") is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sign up — it’s FREE!", "  sign  up it's free"),
        ("ＮＥＷＳ", "news"),
        ("Straße", "STRASSE"),
    ],
)
def test_same_words_same_fingerprint(one: str, other: str) -> None:
    assert piece(one).mark == piece(other).mark


@pytest.mark.parametrize("text", ["", " \n", "\x00", "\ud800", "…!?", "\ue000\ue001 \ue002", "a" * 100_000, "1" * 5000])
def test_any_text_has_a_piece(text: str) -> None:
    assert isinstance(normal(text), str)
    assert 0 <= piece(text).mark < 2**64


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://www.paper.example/a", "paper.example"),
        ("http://www2.paper.example:8080/a", "paper.example"),
        ("https://m.paper.example/", "paper.example"),
        ("https://www.example", "www.example"),
        ("https://web.archive.org/web/20190101120000/https://www.paper.example/a", "paper.example"),
        ("file:///corpus/of/1.txt", "file:/corpus/of"),
        ("https://[broken", None),
        ("nothing", None),
        ("", None),
    ],
)
def test_site_of(url: str, site: str | None) -> None:
    assert site_of(url) == site


def test_page_key_is_the_same_over_http_and_https() -> None:
    assert page_key("http://paper.example/a?b=1#c") == page_key("https://paper.example/a?b=1")
