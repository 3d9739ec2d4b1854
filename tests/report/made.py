"""Records made up for the report's tests: as many as wanted, with everything that a report shows."""

from __future__ import annotations

import datetime as dt
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HOSTILE = '</script><script>window.hacked=1</script><img src=x onerror="window.hacked=2">\u2028\u202e'
SITES = (
    "harbour-post",
    "kiesbote",
    "lefanal",
    "valle-diario",
    "gazeta-rzeczna",
    "tidende",
    "hillside",
    "courier",
    "rest",
)
KINDS = (
    ("newsletter", "en/newsletter-signup", "Sign up for our daily newsletter\nYour e-mail address\nSign up"),
    ("related", "en/related-lead", "READ MORE: Bridge closed to lorries"),
    ("ad", "markup/ad", "Advertisement"),
    ("caption", "role/caption", "The ferry in its better days. Photo: Odo Brack"),
    ("social", "markup/social", "Share this story"),
)


def record(number: int, draw: random.Random) -> dict[str, Any]:
    """Return one record."""
    site = SITES[min(int(draw.expovariate(0.45)), len(SITES) - 1)]
    back = draw.randrange(120) + (30 if site == "tidende" else 0)
    day = dt.datetime(2024, 5, 30, draw.randrange(24), draw.randrange(60)) - dt.timedelta(back)
    late = site == "courier" and back < 60
    zone = draw.choices(["given", "site", "assumed", None, "none"], [60, 15, 12, 8, 5])[0]
    published = None if zone == "none" else day.isoformat() + "+02:00" if zone else day.date().isoformat()
    blocks = [
        {
            "type": "heading" if i == 3 else "quote" if i == 5 else "list_item" if i in (6, 7) else "paragraph",
            "text": "What happens next"
            if i == 3
            else f"The council of Wexmouth met on day {number}.{i} and agreed that the ferry, long out of service, "
            "should sail again before the herring arrive 🐟 in the bay; the harbour master spoke of “delicate” talks.",
            "time": None,
        }
        for i in range(2 if late else 9)
    ]
    removed = []
    for _ in range(draw.choice([0, 0, 1, 2, 3, 6]) + (6 if late else 0)):
        kind, rule, text = draw.choice(KINDS)
        before = draw.randrange(len(blocks) + 1)
        split = before < len(blocks) and len(blocks[before]["text"]) > 60 and draw.random() < 0.2
        removed.append(
            {
                "kind": kind, "rule": rule, "level": draw.choice(["html", "text"]), "text": text, "before": before,
                "split": split, "offset": 40 if split else None,
            }
        )  # fmt: skip
    removed.sort(key=lambda r: (r["before"], r["offset"] or 0))
    source = draw.choice(["json-ld", "json-ld", "meta", "visible", "url"])
    evidence = {"raw": "30/05/2024", "source": source, "time_zone": zone, "disagreed": [{}] if number % 7 == 0 else []}
    return {
        "schema_version": 1,
        "url": f"https://www.{site}.example/news/{number}",
        "canonical_url": f"https://www.{site}.example/news/{number}" if draw.random() < 0.8 else None,
        "headline": f"Ferry number {number} returns to Wexmouth after long repairs",
        "description": "After years of talks the ferry sails again." if draw.random() < 0.7 else None,
        "article_body": "\n".join(block["text"] for block in blocks),
        "blocks": blocks,
        "authors": [] if late else ["Ada Brack", "Odo Venn"],
        "author_organizations": [],
        "source": "dpa" if draw.random() < 0.2 else None,
        "publisher": site.title(),
        "article_section": "Harbour" if draw.random() < 0.6 else None,
        "keywords": ["ferry", "harbour"] if draw.random() < 0.5 else [],
        "in_language": draw.choice(["en", "de", "fr", "en-GB"]),
        "images": [],
        "is_accessible_for_free": draw.choice([True, None]),
        "date_published": published,
        "date_modified": None,
        "date_evidence": {"date_published": evidence if published else None, "date_modified": None},
        "removed": removed,
        "confidence": (None, 0.97, 0.9, 0.41)[number % 4],
        "rights": [],
        "duplicate_of": f"https://www.{site}.example/news/{number - 1}" if number % 41 == 40 else None,
        "not_article": "index page" if number % 97 == 96 else None,
        "fetched_at": "2024-06-01T10:00:00Z",
        "content_hash": f"{number:064x}",
        "version": 2 if number % 50 == 49 else 1,
        "changes": None,
    }


def records(count: int) -> Iterator[dict[str, Any]]:
    """Yield records; the same ones each time. The first is hostile in every text."""
    draw = random.Random(7)
    for number in range(count):
        made = record(number, draw)
        if number == 0:
            made |= {
                "headline": f"Hostile {HOSTILE}",
                "description": HOSTILE,
                "url": "javascript:window.hacked=3",
                "authors": [HOSTILE],
                "publisher": HOSTILE,
                "in_language": '"><b>',
                "not_article": HOSTILE,
                "duplicate_of": HOSTILE,
                "blocks": [{"type": "paragraph", "text": HOSTILE, "time": HOSTILE}],
                "removed": [
                    {
                        "kind": HOSTILE, "rule": HOSTILE, "level": "html", "text": HOSTILE, "before": 0, "split": True,
                        "offset": 5,
                    }
                ],
            }  # fmt: skip
        yield made


def write(path: Path, count: int) -> Path:
    """Write a file of records, and the lists that a crawl leaves beside it."""
    with path.open("w", encoding="utf-8") as file:
        for made in records(count):
            file.write(json.dumps(made, ensure_ascii=False) + "\n")
    failures = [
        ("https://www.slow.example/1", "timeout", "no answer within 60 seconds"),
        ("https://www.slow.example/2", "timeout", "no answer within 60 seconds"),
        ("https://www.gone.example/1", "http-404", "the page answered 404"),
        ("https://www.courier.example/x", "not-article", "no article: index page"),
        (f"https://{HOSTILE}/", HOSTILE, HOSTILE),
    ]
    with (path.parent / "failures.jsonl").open("w", encoding="utf-8") as file:
        for url, reason, detail in failures:
            file.write(json.dumps({"url": url, "place": None, "reason": reason, "detail": detail}) + "\n")
    with (path.parent / "hosts.jsonl").open("w", encoding="utf-8") as file:
        row = {"host": "slow.example", "requests": 12, "median_seconds": 4.2, "slowest_seconds": 59.0}
        file.write(json.dumps(row) + "\n")
    return path
