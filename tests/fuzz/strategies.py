"""Inputs that nobody would write: pages, texts, feeds, archives and rules, made whole and then damaged."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from html import escape
from typing import Any

from hypothesis import strategies as st

from newscrawl.sample import pages as sample_pages
from tests.support import ROOT, entry, page, warc_bytes

ODD = [
    "\x00", "\x01", "\x0b", "\x1b[31m", "\x7f", "\x85", "\xa0", "\xad", "\u200b", "\u200e", "\u202e", "\u2028",
    "\u2066", "\ufeff", "\ufffd", "\ufffe", "\ud800", "\udfff", "\U0001f600", "e\u0301", "ﬁ", "İ", "ß", "\r", "\n",
    "\r\n", "\t",
    "&", "&amp;", "&#0;", "&#x110000;", "&#xD800;", "&nosuch;", "<", ">", "]]>", "<!--", "-->", "<![CDATA[", "<?", "%",
    "%s", "{0}", "\\", '"', "'", "`", "…", "—", "|", "•", "*", "#", "[", "](", ")", "_", "~", "=", ":", "/", "@", "$",
]  # fmt: skip
PHRASES = [
    "Sign up for our daily newsletter", "READ MORE: Bridge closed to lorries", "Lire aussi", "Advertisement", "Werbung",
    "Subscribe", "Abonnez-vous", "Follow us on", "Share this article", "Comments (12)", "Cookies", "By Ada Example",
    "Published 3 May 2024, 10:15", "Mis à jour le 11/03/2024 à 16h48", "2 hours ago", "(AFP)", "Photo: Ada Example",
    "The council of Wexmouth met on Monday and agreed that the ferry should sail again before the herring arrive.",
    "Die Fähre fährt wieder, sagte der Bürgermeister am Montag nach langen Monaten der Reparatur.",
    "渡轮将于周一恢复运营，市长在会议上说。", "Паром снова пойдет, сказал мэр в понедельник.",
    "العبارة ستبحر مرة أخرى يوم الاثنين",
    "- Why does it sail?", "> quoted words", "# A heading", "1. first", "* second", "https://news.example/a?b=c&d=e#f",
]  # fmt: skip
TAGS = (
    "p p p div div span a b i em h1 h2 h3 ul ol li blockquote aside section article main header footer nav form figure "
    "figcaption img table tr td br hr time script style noscript template svg math iframe object select option button "
    "input textarea pre code title meta link base body html head frameset plaintext x-y"
).split()
NAMES = "class id itemprop itemtype itemscope href src datetime content property name rel role style hidden".split()
VALUES = [
    "newsletter", "related", "ad", "article-body", "paywall", "comments", "byline", "articleBody", "datePublished",
    "author", "http://schema.org/NewsArticle", "2024-05-03T08:30:00+01:00", "javascript:alert(1)", "data:text/html,x",
    "http://[broken", "//", "/news/2", "?page=2", "next", "canonical", "og:title", "article:published_time", "body",
]  # fmt: skip

characters = st.characters(codec=None)  # surrogates, too
small_text = st.one_of(
    st.sampled_from(PHRASES), st.sampled_from(ODD), st.text(characters, max_size=20), st.sampled_from(VALUES)
)
texts = st.lists(small_text, max_size=12).map(" ".join)


def _element(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    attribute = st.tuples(st.sampled_from(NAMES), st.one_of(st.sampled_from(VALUES), small_text))
    attributes = st.lists(attribute, max_size=3).map(
        lambda pairs: "".join(f' {name}="{escape(value)}"' for name, value in pairs)
    )
    closing = st.sampled_from(["</{}>", "</{}>", "</{}>", "", "/>", "</{}", "</div>"])
    return st.builds(
        lambda tag, attributes, inside, end: f"<{tag}{attributes}>{''.join(inside)}{end.format(tag)}",
        st.sampled_from(TAGS), attributes, st.lists(children, max_size=4), closing,
    )  # fmt: skip


markup = st.recursive(small_text, _element, max_leaves=30)


@cache
def seeds() -> tuple[str, ...]:
    """Whole pages: those of the sample newspaper, the golden ones, and a plain one."""
    golden = sorted((ROOT / "tests" / "golden").rglob("page.html"))
    found = [body.decode() for body in sample_pages().values()]
    return (page(), *found, *(path.read_text(encoding="utf-8", errors="replace") for path in golden))


def damaged(whole: st.SearchStrategy[str], pieces: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Strings of ``whole`` with pieces put in, stretches cut out, doubled or moved."""
    wound = st.tuples(st.sampled_from("icdm"), st.floats(0, 1), st.floats(0, 0.1), pieces)

    def apply(text: str, wounds: list[tuple[str, float, float, str]]) -> str:
        for kind, place, share, piece in wounds:
            at = int(place * len(text))
            end = at + int(share * len(text))
            stretch = text[at:end]
            if kind == "i":
                text = text[:at] + piece + text[at:]
            elif kind == "c":
                text = text[:at] + text[end:]
            elif kind == "d":
                text = text[:end] + stretch + text[end:]
            else:
                text = text[:at] + text[end:] + stretch
        return text

    return st.builds(apply, whole, st.lists(wound, max_size=8))


def damaged_bytes(whole: st.SearchStrategy[bytes]) -> st.SearchStrategy[bytes]:
    """The same for bytes."""
    pieces = st.one_of(st.binary(max_size=12), small_text.map(lambda text: text.encode("utf-8", "replace")))
    as_text = whole.map(lambda data: data.decode("latin-1"))
    return damaged(as_text, pieces.map(lambda data: data.decode("latin-1"))).map(lambda text: text.encode("latin-1"))


pages = st.one_of(
    damaged(st.deferred(lambda: st.sampled_from(seeds())), st.one_of(markup, small_text)),
    st.lists(markup, max_size=12).map("".join),
    st.lists(markup, max_size=6).map(lambda parts: page(extra="".join(parts))),
)
_inside = st.builds(
    lambda tag, name, text: f'<{tag} class="{name}">{escape(text)}</{tag}>',
    st.sampled_from("a b i em span strong time small".split()), st.sampled_from(VALUES), small_text,
)  # fmt: skip
_line = st.builds(
    lambda space, parts: space.join(parts),
    st.sampled_from([" ", " ", ""]),
    st.lists(st.one_of(_inside, small_text.map(escape), st.just("<br>")), max_size=5),
)


def _box(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(
        lambda tag, name, children: f'<{tag} class="{escape(name)}">{"".join(children)}</{tag}>',
        st.sampled_from("div section aside blockquote figure main footer".split()),
        st.sampled_from(VALUES), st.lists(inside, max_size=4),
    )  # fmt: skip


_block = st.recursive(
    st.one_of(
        st.builds("<{0}>{1}</{0}>".format, st.sampled_from("p p p h2 h3 div ul><li".split()), _line).map(
            lambda text: text.replace("</ul><li>", "</li></ul>")
        ),
        _line,
    ),
    _box,
    max_leaves=12,
)
_cell = st.builds("<{0}>{1}</{0}>".format, st.sampled_from(["td", "td", "th"]), st.one_of(_line, _block))
_row = st.lists(_cell, min_size=1, max_size=4).map(lambda cells: f"<tr>{''.join(cells)}</tr>")
_table = st.lists(_row, min_size=1, max_size=3).map(lambda rows: f"<table>{''.join(rows)}</table>")
neat_pages = st.lists(st.one_of(_block, _block, _table), max_size=8).map(lambda parts: page(extra="".join(parts)))
"""Pages whose markup is sound: elements closed, and each where it may stand."""

encodings = st.sampled_from(["utf-8", "utf-8", "utf-8", "latin-1", "utf-16", "cp1251", "shift_jis", "gb18030"])
page_bytes = st.one_of(
    st.builds(lambda text, name: text.encode(name, "replace"), pages, encodings),
    damaged_bytes(st.deferred(lambda: st.sampled_from(seeds())).map(str.encode)),
)
content_types = st.one_of(
    st.none(),
    st.sampled_from(["text/html", "text/html; charset=utf-8", "text/html; charset=x-nosuch", "text/html;charset='"]),
    st.builds("text/html; charset={}".format, encodings),
    st.text(max_size=30),
)

documents = st.one_of(
    st.lists(st.one_of(small_text, texts), max_size=20).flatmap(
        lambda lines: st.sampled_from(["\n", "\n\n", "\r\n", "\r", " \n\t"]).map(lambda end: end.join(lines))
    ),
    st.text(characters, max_size=300),
)

json_values: st.SearchStrategy[Any] = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), small_text),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.sampled_from(
                "@type @id @graph headline datePublished dateModified author name publisher image url mainEntity "
                "isAccessibleForFree articleBody inLanguage keywords liveBlogUpdate hasPart itemListElement".split()
            ),
            st.one_of(inner, st.sampled_from(["NewsArticle", "Person", "LiveBlogPosting", "False"])),
            max_size=6,
        ),
    ),
    max_leaves=20,
)
scripts = damaged(json_values.map(lambda value: json.dumps(value, ensure_ascii=False)), small_text)

_DATES = [
    "3 May 2024, 10:15", "2024-05-03T08:30:00+01:00", "Mis à jour le 11/03/2024 à 16h48", "vendredi 3 mai 2024",
    "vor 2 Stunden", "昨天 10:15", "2024年5月3日", "3 мая 2024 г.", "٣ مايو ٢٠٢٤", "1714724100", "20240503", "May 2024",
    "Fri, 03 May 2024 18:19:08 +0200", "3.5.24 7.30 Uhr", "12/31/99", "yesterday at noon", "99:99", "31 February 2024",
]  # fmt: skip
date_texts = damaged(st.one_of(st.sampled_from(_DATES), texts), st.one_of(small_text, st.sampled_from(_DATES)))

_ITEM = "<item><title>{0}</title><link>{1}</link><pubDate>{2}</pubDate><guid>{1}</guid></item>"
_ROW = "<url><loc>{1}</loc><lastmod>{2}</lastmod><news:news><news:title>{0}</news:title></news:news></url>"
_ENTRY = '<entry><title type="html">{0}</title><link href="{1}"/><updated>{2}</updated><id>{1}</id></entry>'
links = st.one_of(
    st.sampled_from(
        "https://news.example/1 /news/2 ../3 file:///etc/passwd gopher://x/ data:text/plain,x javascript:0 http://[::1 "
        "http://127.1/ //host/ http:/// http://a:b@c/ https://h:99999/ http://ü.example/ mailto:x".split()
    ),
    small_text,
)
_host_parts = st.sampled_from(
    ["www.", "amp.", "a.", ".", "example", "google.com", "x.cdn.ampproject.org", "ü", "[::1]"]
)
_path_parts = st.sampled_from(["/", "//", "amp", ".amp", ".html", "c/s/", "v/", "..", ";", "%2f", "%", "+", "ß", "x"])
_query_parts = st.sampled_from(["a=1", "b=", "&", "=", ";", "utm_source=x", "amp=1", "%ff", "+", "%20", "?", "ö"])
full_addresses = st.builds(
    "{}{}{}{}/{}{}{}".format,
    st.sampled_from(["http://", "https://", "HTTP:", "https:/", "//", "http:///", " http://", "httpx://"]),
    st.sampled_from(["", "", "a:b@", "@", "a@b@"]),
    st.lists(_host_parts, max_size=5).map("".join),
    st.sampled_from(["", "", ":80", ":443", ":8080", ":", ":x", ":99999"]),
    st.one_of(st.lists(_path_parts, max_size=10).map("".join), st.integers(1900, 2100).map(lambda size: "x" * size)),
    st.one_of(st.just(""), st.lists(_query_parts, max_size=6).map(lambda parts: "?" + "".join(parts))),
    st.sampled_from(["", "#", "#!/a", "#a;b"]),
)
"""Addresses in each of their parts, of articles, AMP forms and viewers, long ones too."""
rows = st.lists(st.tuples(small_text, links, st.one_of(date_texts, small_text)), max_size=6)


def _xml(start: str, row: str, end: str) -> st.SearchStrategy[str]:
    return rows.map(lambda found: start + "".join(row.format(*map(escape, values)) for values in found) + end)


_BOMB = (
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;"><!ENTITY d SYSTEM "file:///etc/passwd">]>'
)
feeds = st.one_of(
    _xml('<?xml version="1.0"?><rss version="2.0"><channel><title>Ledger</title>', _ITEM, "</channel></rss>"),
    _xml('<feed xmlns="http://www.w3.org/2005/Atom"><title>Ledger</title>', _ENTRY, "</feed>"),
    _xml(_BOMB + "<rss><channel><title>&c;&d;</title>", _ITEM, "</channel></rss>"),
    rows.map(lambda found: json.dumps({"items": [{"title": t, "url": u, "date_published": d} for t, u, d in found]})),
)
sitemaps = st.one_of(
    _xml('<?xml version="1.0"?><urlset xmlns:news="http://n/">', _ROW, "</urlset>"),
    _xml("<sitemapindex>", "<sitemap><loc>{1}</loc><lastmod>{2}</lastmod></sitemap>", "</sitemapindex>"),
    rows.map(lambda found: "\n".join(url for _, url, _ in found)),
    feeds,
)
xml_pieces = st.one_of(small_text, st.sampled_from(["<item>", "</item>", "<loc>", "&d;", "<!ENTITY", "<a:b", "</"]))


def as_bytes(whole: st.SearchStrategy[str]) -> st.SearchStrategy[bytes]:
    """Strings, damaged, in some encoding."""
    return st.builds(lambda text, name: text.encode(name, "replace"), damaged(whole, xml_pieces), encodings)


@cache
def _archives() -> tuple[bytes, ...]:
    entries = [
        entry(f"https://news.example/{number}", sentences) for number, sentences in enumerate([page(), "", "<p>"])
    ]
    return tuple(warc_bytes(*entries, gzip=packed) for packed in (False, True))


archives = st.one_of(damaged_bytes(st.deferred(lambda: st.sampled_from(_archives()))), st.binary(max_size=200))

toml_values: st.SearchStrategy[Any] = st.recursive(
    st.one_of(
        st.booleans(), st.integers(), small_text, st.dates(), st.sampled_from([r"(a+)+$", ".{0,80}x", "(?=x)", "p.ad"])
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(small_text, inner, max_size=3)),
    max_leaves=6,
)
_rule_keys = st.sampled_from("selector pattern kind reason case keeps text".split())
site_tables = st.dictionaries(
    st.sampled_from("host language time_zone valid_until strip strip_text keep must_survive discovery fetch x".split()),
    st.one_of(toml_values, st.lists(st.dictionaries(_rule_keys, toml_values, max_size=5), max_size=3)),
    max_size=6,
)
selectors = st.one_of(
    st.lists(
        st.sampled_from(
            [".a", "#b", "p", "[c]", '[d*="e"]', ":not(", ")", ">", "~", "+", " ", "*", ",", ":has(", "::", "\\", "^"]
        ),
        max_size=8,
    ).map("".join),
    small_text,
)
filter_lists = st.lists(
    st.builds(
        "{}{}{}".format,
        st.sampled_from(["", "news.example", "~news.example", "a.example,b.example", "!", "||", "@@"]),
        st.sampled_from(["##", "#@#", "#?#", "##^", "$$", ""]),
        selectors,
    ),
    max_size=20,
).map("\n".join)  # fmt: skip

Check = Callable[[Any], None]
