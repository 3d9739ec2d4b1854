"""Records of the contract, as the pipelines make them."""

from __future__ import annotations

import random
from typing import Any

from newscrawl.record.completion import content_hash
from newscrawl.store.entry import StoreEntry, entry_of

_WORDS = "harbour ferry herring council market bridge winter school library engine orchard valley signal copper".split()


def text(seed: int, words: int = 200) -> list[str]:
    """Return paragraphs that resemble those of no other seed."""
    chosen = random.Random(seed)
    made = [f"{chosen.choice(_WORDS)}{chosen.randrange(2000)}" for _ in range(words)]
    return [" ".join(made[start : start + 20]) + "." for start in range(0, words, 20)]


def record(
    url: str = "https://a.example/1", paragraphs: list[str] | None = None, *, seed: int = 1, **fields: Any
) -> dict[str, Any]:
    """Return the record of an article."""
    blocks = [{"type": "paragraph", "text": part, "time": None} for part in paragraphs or text(seed)]
    made = {
        "schema_version": 1,
        "url": url,
        "canonical_url": None,
        "headline": "Ferry returns",
        "description": None,
        "article_body": "\n".join(block["text"] for block in blocks),
        "blocks": blocks,
        "removed": [],
        "duplicate_of": None,
        "not_article": None,
        "fetched_at": None,
        "date_published": None,
        "version": 1,
        **fields,
    }
    made["content_hash"] = content_hash(made["headline"], made["description"], made["article_body"])
    return made


def entry(*args: Any, **kwargs: Any) -> StoreEntry:
    """Return the entry of such a record."""
    return entry_of(record(*args, **kwargs))


def removal(taken: str, before: int, *, split: bool = False, offset: int | None = None) -> dict[str, Any]:
    """Return a removal."""
    return {
        "kind": "related",
        "rule": "en/related",
        "level": "text",
        "text": taken,
        "before": before,
        "split": split,
        "offset": offset,
    }
