"""The tables. Instants are seconds since 1970 in UTC; keys are canonical URLs (`newscrawl.urls.canonical`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from newscrawl.store.connection import Connection

SCHEMA_VERSION = 4
"""Goes up when a table changes its form; `newscrawl.store.migrations` says how an older store gets there."""

TABLES: Final[Mapping[str, str]] = {
    "meta": "name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL",
    "articles": """
        id {id} PRIMARY KEY,
        url TEXT NOT NULL,  -- as first requested
        site TEXT NOT NULL,
        canonical TEXT,
        headline TEXT,
        content_hash TEXT NOT NULL,  -- of the newest version
        version INTEGER NOT NULL,
        lines {binary},
        sketch {binary},
        duplicate_of TEXT,
        published BIGINT,
        first_seen BIGINT NOT NULL,
        changed BIGINT NOT NULL""",
    "addresses": """
        key TEXT NOT NULL PRIMARY KEY,
        url TEXT NOT NULL,
        site TEXT NOT NULL,
        article BIGINT REFERENCES articles (id) ON DELETE CASCADE,  -- NULL: the page is not an article
        first_seen BIGINT NOT NULL,
        last_seen BIGINT NOT NULL,
        last_fetched BIGINT,  -- the newest fetched_at read, which for an archive is the past
        next_visit BIGINT,  -- NULL: never again
        visits INTEGER NOT NULL""",
    "sketch_keys": """
        key BIGINT NOT NULL,
        article BIGINT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
        PRIMARY KEY (key, article)""",
    "outputs": """
        id {id} PRIMARY KEY,
        path TEXT NOT NULL,  -- where the lines are, or will be once it is closed
        writing TEXT NOT NULL,  -- the file that is written until then: path itself, or <path>.part
        host TEXT NOT NULL,
        run BIGINT,
        format TEXT NOT NULL,
        state TEXT NOT NULL,  -- open, closing (see plan), closed, gone
        size BIGINT NOT NULL,  -- bytes of writing that are durable and counted
        lines BIGINT NOT NULL,
        opened BIGINT NOT NULL,
        closed BIGINT,
        options TEXT NOT NULL,  -- JSON: how it is post-processed, whether appended
        plan TEXT  -- JSON: the renamings that close it, in order
        """,
    "lines": """
        id {id} PRIMARY KEY,
        article BIGINT REFERENCES articles (id) ON DELETE SET NULL,  -- NULL: forgotten, and still in the file
        output BIGINT REFERENCES outputs (id),  -- NULL: a stream or a remote place
        url TEXT NOT NULL,
        version INTEGER NOT NULL,
        content_hash TEXT NOT NULL,
        fetched BIGINT,
        written BIGINT NOT NULL""",
    "texts": """
        article BIGINT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
        version INTEGER NOT NULL,
        url TEXT NOT NULL,
        fetched BIGINT,
        written BIGINT NOT NULL,
        data {binary} NOT NULL,  -- `newscrawl.store.texts.ArticleText`
        PRIMARY KEY (article, version)""",
    "validators": """
        url TEXT NOT NULL PRIMARY KEY,
        etag TEXT,
        last_modified TEXT,
        body_hash TEXT,  -- tells an ETag that stayed though the body changed
        looked BIGINT NOT NULL,
        unconditional BIGINT NOT NULL  -- the last look without validators
        """,
    "feeds": """
        url TEXT NOT NULL PRIMARY KEY,
        site TEXT NOT NULL,
        kind TEXT,  -- feed, sitemap, section
        interval BIGINT NOT NULL,  -- seconds between looks
        failure_weight FLOAT NOT NULL,
        next_look BIGINT NOT NULL,
        last_look BIGINT,
        last_new BIGINT,
        retired BIGINT""",
    "discovered": """
        key TEXT NOT NULL PRIMARY KEY,
        url TEXT NOT NULL,
        site TEXT NOT NULL,
        source TEXT,
        facts TEXT NOT NULL,  -- JSON
        found BIGINT NOT NULL,
        tries INTEGER NOT NULL,
        tried BIGINT""",
    "site_memory": "site TEXT NOT NULL PRIMARY KEY, data {binary} NOT NULL, saved BIGINT NOT NULL",
    "runs": """
        id {id} PRIMARY KEY,
        spider TEXT NOT NULL,
        host TEXT NOT NULL,
        started BIGINT NOT NULL,
        finished BIGINT,  -- NULL: under way, or killed
        reason TEXT,
        exit_code INTEGER,
        figures TEXT  -- JSON
        """,
    "run_sites": """
        run BIGINT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
        site TEXT NOT NULL,
        new INTEGER NOT NULL,
        changed INTEGER NOT NULL,
        unchanged INTEGER NOT NULL,
        figures TEXT,  -- JSON
        PRIMARY KEY (run, site)""",
    "takedowns": """
        digest TEXT NOT NULL PRIMARY KEY,  -- SHA-256 of the key: the URL itself is gone
        at BIGINT NOT NULL""",
    "claims": """
        key TEXT NOT NULL PRIMARY KEY,  -- a URL that a run decides on and has not made durable yet
        run BIGINT NOT NULL,
        until BIGINT NOT NULL""",
    "leases": """
        name TEXT NOT NULL PRIMARY KEY,  -- a site or an archive that one process works on
        holder TEXT NOT NULL,
        until BIGINT NOT NULL""",
    "tasks": """
        id TEXT NOT NULL PRIMARY KEY,  -- the kind, a colon, the argument
        kind TEXT NOT NULL,  -- site, warc
        argument TEXT NOT NULL,
        state TEXT NOT NULL,  -- sent, running, waiting (for another attempt), done, parked
        due BIGINT,  -- when a site is to be crawled again, or a task that waits to be tried again
        sent BIGINT NOT NULL,
        finished BIGINT,
        worker TEXT,
        attempts INTEGER NOT NULL,  -- that failed since the last success
        lost INTEGER NOT NULL,  -- deliveries whose end nobody wrote down: their workers were lost
        reason TEXT  -- of the last failure
        """,
}
"""Each table's columns and keys; one that refers to another comes after it."""
INDEXES: Final[Mapping[str, str]] = {
    "articles_canonical": "articles (canonical)",
    "addresses_article": "addresses (article)",
    "addresses_due": "addresses (site, next_visit)",
    "addresses_last_seen": "addresses (last_seen)",
    "ix_sketch_keys_article": "sketch_keys (article)",
    "outputs_path": "outputs (path)",
    "outputs_state": "outputs (state)",
    "lines_article": "lines (article, version)",
    "lines_output": "lines (output)",
    "texts_written": "texts (written)",
    "ix_feeds_site": "feeds (site)",
    "ix_discovered_site": "discovered (site)",
    "run_sites_site": "run_sites (site, run)",
    "claims_run": "claims (run)",
    "tasks_state": "tasks (kind, state, due)",
}


def make_tables(connection: Connection) -> None:
    """Make the tables of an empty database."""
    types = {"id": "INTEGER NOT NULL", "binary": "BLOB"}  # SQLite counts up only what is declared INTEGER
    if not connection.is_sqlite:
        types = {"id": "BIGSERIAL NOT NULL", "binary": "BYTEA"}
    for name, columns in TABLES.items():
        connection.run(f"CREATE TABLE {name} ({columns.format(**types)})")
    for name, columns in INDEXES.items():
        connection.run(f"CREATE INDEX {name} ON {columns}")
