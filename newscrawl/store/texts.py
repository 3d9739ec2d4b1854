"""The texts of an article's versions: what the next version is compared with, and the history."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import delete, select

from newscrawl.store.article_text import ArticleText
from newscrawl.store.database import Database
from newscrawl.store.schema import addresses, articles, texts
from newscrawl.urls.canonical import canonical

MAX_VERSIONS: Final = 50
"""Versions of an article that are kept, the newest: a live blog can have hundreds."""


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
