"""No input makes the package fail, and none makes it slow."""

import pickle
import time

import pytest

from newscrawl.dates import collect, collect_text, country_of, decide, is_date_line, parse_date
from newscrawl.parsing import structured, tree
from tests.support import slowness

HOSTILE = [
    "\x00" * 100,
    "\ud800\udfff 3 May 2024",
    "٣ مايو ٢٠٢٤ ²³",
    "9" * 5000,
    "1/" * 3000,
    "2024-" * 3000,
    "12:" * 3000,
    "May " * 3000,
    "ago " * 3000,
    "published " * 3000,
    "3 May 9999 99:99:99 +99:99",
    "0000-00-00T00:00:00Z",
    "10000-01-01",
    "9999-12-31T23:59:59-12:00",
    "0001-01-01T00:00:00+14:00",
    "há 999 dias",
    "999 days ago",
    "[[[[((((",
    "\u202e3 May 2024\u202c",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_is_an_error(text):
    began = time.thread_time()
    parse_date(text, language="en", fetched_at="2024-05-03T00:00:00Z", zone="Europe/Paris")
    parse_date(text, language="xx", fetched_at=text, zone="Nowhere/X")
    is_date_line(text)
    collect_text([text] * 3)
    for source in ("json-ld", "visible", "url"):
        decide(
            [{"role": "published", "source": source, "raw": text, "place": ""}],
            fetched_at="0001-01-01T00:00:00Z",
            language="en",
            country="US",
            site_zone=text[:20],
        )
    assert time.thread_time() - began < slowness()


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 3000 + "3 May 2024",
        "<time datetime='2024-05-03'>" * 2000,
        "<p>3 May 2024</p>" * 5000,
        "<h1>Title</h1>" * 2000 + "3 May 2024",
        "<a href='http://[broken'><time datetime='2024-05-03'>x</time></a>",
        "<h1>T</h1><svg><text>3 May 2024</text></svg>",
        "",
    ],
    ids=range(7),
)
def test_no_page_is_an_error(html):
    page = tree.parse(f"<body>{html}</body>")
    data = structured.read(page)
    began = time.thread_time()
    found = collect(page, data, "http://[broken")
    decide(
        found,
        fetched_at="2024-06-01T00:00:00Z",
        language=None,
        country=country_of("http://[x", data, None),
        site_zone=None,
    )
    assert time.thread_time() - began < 2 * slowness()


def test_candidates_and_decisions_travel_between_processes():
    page = tree.parse("<body><h1>Bridges close</h1><p>3 May 2024, 10:15</p></body>")
    found = collect(page, structured.read(page), "https://gazette.example/x")
    decision = decide(found, fetched_at=None, language="en", country="GB", site_zone=None)
    assert pickle.loads(pickle.dumps(found)) == found
    assert pickle.loads(pickle.dumps(decision)) == decision
