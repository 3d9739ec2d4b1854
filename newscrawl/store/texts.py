"""The texts of an article's versions, compressed: what the next version is compared with, and the history."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import delete, select

from newscrawl.store.database import Database
from newscrawl.store.schema import addresses, articles, texts
from newscrawl.urls.canonical import canonical

COMPARED: Final = (
    "headline", "description", "authors", "author_organizations", "source", "article_section", "date_published",
    "date_modified",
)  # fmt: skip
"""Fields whose changes are recorded, beside the blocks."""
MAX_BYTES: Final = 200_000
"""Compressed bytes of a version that are kept: some 500,000 characters."""
MAX_VERSIONS: Final = 50
"""Versions of an article that are kept, the newest: a live blog can have hundreds."""


@dataclass(frozen=True, slots=True)
class ArticleText:
    """One version's compared fields and the texts of its blocks.

    ``ours``: hashes (`newscrawl.store.lines.digest`) of blocks that only our rules removed or kept since the version
    before.
    """

    fields: Mapping[str, Any] = field(default_factory=dict)
    blocks: tuple[str, ...] = ()
    ours: frozenset[int] = frozenset()

    @classmethod
    def of_record(cls, record: Mapping[str, Any]) -> ArticleText:
        """Return the text of a record of the contract."""
        blocks = tuple(str(block.get("text") or "") for block in record.get("blocks") or ())
        return cls({name: record.get(name) or None for name in COMPARED}, blocks)

    def pack(self) -> bytes | None:
        """Return it compressed, ``None`` where it is too long to be kept."""
        data = json.dumps(
            [dict(self.fields), self.blocks, sorted(self.ours)], ensure_ascii=False, separators=(",", ":")
        )
        packed = zlib.compress(data.encode("utf-8", "replace"), 6)
        return packed if len(packed) <= MAX_BYTES else None

    @classmethod
    def unpack(cls, data: bytes) -> ArticleText:
        """Return what `pack` compressed."""
        found, blocks, *ours = json.loads(zlib.decompress(data))  # versions written before `ours` lack it
        return cls(found, tuple(blocks), frozenset(*ours))


@dataclass(frozen=True, slots=True)
class Version:
    """A version of an article: when it was fetched and written, and its text."""

    number: int
    url: str
    fetched: int | None
    written: int
    text: ArticleText


class Texts:
    """The part of the store that keeps texts; ``are_kept``: whether new ones are (NEWSCRAWL_STORE_TEXTS)."""

    def __init__(self, database: Database, *, are_kept: bool = True) -> None:
        self.database = database
        self.are_kept = are_kept

    def newest(self, article: int) -> tuple[int, ArticleText] | None:
        """Return the newest version of an article whose text is kept, with its number."""
        query = select(texts.c.version, texts.c.data).where(texts.c.article == article)
        with self.database.read() as connection:
            row = connection.execute(query.order_by(texts.c.version.desc()).limit(1)).first()
        return (row.version, ArticleText.unpack(row.data)) if row else None

    def history(self, url: str) -> list[Version]:
        """Return the versions of the article at ``url`` whose texts are kept, the oldest first."""
        query = select(texts).join(addresses, addresses.c.article == texts.c.article)
        query = query.where(addresses.c.key == canonical(url)).order_by(texts.c.version)
        with self.database.read() as connection:
            rows = list(connection.execute(query))
        return [Version(row.version, row.url, row.fetched, row.written, ArticleText.unpack(row.data)) for row in rows]

    def let_go(self, before: int) -> int:
        """Delete the texts of articles that never changed and were written before an instant; return how many."""
        unchanged = select(articles.c.id).where(articles.c.version == 1)
        old = delete(texts).where(texts.c.written < before, texts.c.version == 1, texts.c.article.in_(unchanged))
        with self.database.write() as connection:
            return connection.execute(old).rowcount
