"""A record brought into the contract's form: body and hash from its blocks, values that fit JSON."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import fields

from newscrawl.items import Article, Block
from newscrawl.text.normalise import collapse
from newscrawl.text.plain import scrub

UNSURE = 0.6
"""Confidence below which an article deserves a look."""
_FIELDS = tuple(field.name for field in fields(Article))
_LISTS = ("blocks", "authors", "author_organizations", "keywords", "images", "removed", "rights")


def complete(article: Article) -> None:
    """Bring ``article`` into the contract's form, in place: body and hash from its blocks, values that fit JSON."""
    for name in _LISTS:
        if getattr(article, name) is None:
            setattr(article, name, [])
    drop_blank_blocks(article)
    values = {name: getattr(article, name) for name in _FIELDS}
    if (sound := scrub(values)) is not values:
        for name in _FIELDS:
            setattr(article, name, sound[name])
    article.article_body = "\n".join(block["text"] for block in article.blocks) or None
    article.confidence = rounded(article.confidence) if article.blocks else None
    article.content_hash = content_hash(article.headline, article.description, article.article_body)


def drop_blank_blocks(article: Article) -> None:
    """Take line breaks out of the blocks' texts, and blocks without text out of the list, with ``removed`` in step."""
    kept: list[Block] = []
    new_index: list[int] = []
    for block in article.blocks:
        new_index.append(len(kept))
        text = block["text"]
        if len(text.splitlines()) > 1 or text != text.strip():
            text = collapse(text)
        if text:
            kept.append(Block(type=block["type"], text=text, time=block.get("time")))
    new_index.append(len(kept))
    article.blocks = kept
    for removal in article.removed:
        before = min(max(removal["before"], 0), len(new_index) - 1)
        removal["before"] = new_index[before]


def rounded(confidence: object) -> float | None:
    """Return a chance as the record gives it: two decimals, 0 to 1; ``None`` for anything else.

    >>> rounded(0.98765), rounded(7), rounded(float("nan")), rounded("high")
    (0.99, None, None, None)
    """
    if isinstance(confidence, bool) or not isinstance(confidence, int | float) or not 0 <= confidence <= 1:
        return None
    return round(float(confidence), 2)


def content_hash(headline: str | None, description: str | None, body: str | None) -> str:
    """Return the SHA-256 of the three texts, one a line, each in NFC and with its white space collapsed.

    >>> content_hash("A  title", None, "Text.") == content_hash("A title", "", " Text.\\n")
    True
    """
    lines = (collapse(unicodedata.normalize("NFC", text or "")) for text in (headline, description, body))
    return hashlib.sha256("\n".join(lines).encode("utf-8", "replace")).hexdigest()
