"""The texts of an article's versions: what the next version is compared with, and the history."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from newscrawl.store.article_text import ArticleText
from newscrawl.store.database import Database
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
        query = "SELECT version, data FROM texts WHERE article = :article ORDER BY version DESC LIMIT 1"
        with self.database.read() as connection:
            row = connection.row(query, article=article)
        return (row.version, ArticleText.unpack(row.data)) if row else None

    def history(self, url: str) -> list[Version]:
        """Return the versions of the article at ``url`` whose texts are kept, the oldest first."""
        query = """
            SELECT texts.* FROM texts JOIN addresses ON addresses.article = texts.article
            WHERE addresses.key = :key ORDER BY texts.version"""
        with self.database.read() as connection:
            rows = connection.rows(query, key=canonical(url))
        return [Version(row.version, row.url, row.fetched, row.written, ArticleText.unpack(row.data)) for row in rows]

    def let_go(self, before: int) -> int:
        """Delete the texts of articles that never changed and were written before an instant; return how many."""
        old = """
            DELETE FROM texts WHERE written < :before AND version = 1
            AND article IN (SELECT id FROM articles WHERE version = 1)"""
        with self.database.write() as connection:
            return connection.run(old, before=before)
