"""The tables. Instants are seconds since 1970 in UTC; keys are canonical URLs (`newscrawl.urls.canonical`)."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Float, ForeignKey, Index, Integer, LargeBinary, MetaData, Table, Text

SCHEMA_VERSION = 4
"""Goes up when a table changes its form; `newscrawl.store.migrations` says how an older store gets there."""

metadata = MetaData()
_ID = BigInteger().with_variant(Integer, "sqlite")  # SQLite counts up only what is declared INTEGER

meta = Table("meta", metadata, Column("name", Text, primary_key=True), Column("value", Text, nullable=False))

articles = Table(
    "articles",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("url", Text, nullable=False),  # as first requested
    Column("site", Text, nullable=False),
    Column("canonical", Text),
    Column("headline", Text),
    Column("content_hash", Text, nullable=False),  # of the newest version
    Column("version", Integer, nullable=False),
    Column("lines", LargeBinary),
    Column("sketch", LargeBinary),
    Column("duplicate_of", Text),
    Column("published", BigInteger),
    Column("first_seen", BigInteger, nullable=False),
    Column("changed", BigInteger, nullable=False),
    Index("articles_canonical", "canonical"),
)

addresses = Table(
    "addresses",
    metadata,
    Column("key", Text, primary_key=True),
    Column("url", Text, nullable=False),
    Column("site", Text, nullable=False),
    Column("article", _ID, ForeignKey("articles.id", ondelete="CASCADE")),  # NULL: the page is not an article
    Column("first_seen", BigInteger, nullable=False),
    Column("last_seen", BigInteger, nullable=False),
    Column("last_fetched", BigInteger),  # the newest fetched_at read, which for an archive is the past
    Column("next_visit", BigInteger),  # NULL: never again
    Column("visits", Integer, nullable=False),
    Index("addresses_article", "article"),
    Index("addresses_due", "site", "next_visit"),
    Index("addresses_last_seen", "last_seen"),
)

sketch_keys = Table(
    "sketch_keys",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column(
        "article", _ID, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True, autoincrement=False, index=True
    ),
)

outputs = Table(
    "outputs",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("path", Text, nullable=False),  # where the lines are, or will be once it is closed
    Column("writing", Text, nullable=False),  # the file that is written until then: path itself, or <path>.part
    Column("host", Text, nullable=False),
    Column("run", _ID),
    Column("format", Text, nullable=False),
    Column("state", Text, nullable=False),  # open, closing (see plan), closed, gone
    Column("size", BigInteger, nullable=False),  # bytes of ``writing`` that are durable and counted
    Column("lines", BigInteger, nullable=False),
    Column("opened", BigInteger, nullable=False),
    Column("closed", BigInteger),
    Column("options", Text, nullable=False),  # JSON: how it is post-processed, whether appended
    Column("plan", Text),  # JSON: the renamings that close it, in order
    Index("outputs_path", "path"),
    Index("outputs_state", "state"),
)

lines = Table(
    "lines",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("article", _ID, ForeignKey("articles.id", ondelete="SET NULL")),  # NULL: forgotten, and still in the file
    Column("output", _ID, ForeignKey("outputs.id")),  # NULL: a stream or a remote place
    Column("url", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("content_hash", Text, nullable=False),
    Column("fetched", BigInteger),
    Column("written", BigInteger, nullable=False),
    Index("lines_article", "article", "version"),
    Index("lines_output", "output"),
)

texts = Table(
    "texts",
    metadata,
    Column("article", _ID, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("url", Text, nullable=False),
    Column("fetched", BigInteger),
    Column("written", BigInteger, nullable=False),
    Column("data", LargeBinary, nullable=False),  # `newscrawl.store.texts.ArticleText`
    Index("texts_written", "written"),
)

validators = Table(
    "validators",
    metadata,
    Column("url", Text, primary_key=True),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("body_hash", Text),  # tells an ETag that stayed though the body changed
    Column("looked", BigInteger, nullable=False),
    Column("unconditional", BigInteger, nullable=False),  # the last look without validators
)

feeds = Table(
    "feeds",
    metadata,
    Column("url", Text, primary_key=True),
    Column("site", Text, nullable=False, index=True),
    Column("kind", Text),  # feed, sitemap, section
    Column("interval", BigInteger, nullable=False),  # seconds between looks
    Column("failure_weight", Float, nullable=False),
    Column("next_look", BigInteger, nullable=False),
    Column("last_look", BigInteger),
    Column("last_new", BigInteger),
    Column("retired", BigInteger),
)

discovered = Table(
    "discovered",
    metadata,
    Column("key", Text, primary_key=True),
    Column("url", Text, nullable=False),
    Column("site", Text, nullable=False, index=True),
    Column("source", Text),
    Column("facts", Text, nullable=False),  # JSON
    Column("found", BigInteger, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("tried", BigInteger),
)

site_memory = Table(
    "site_memory",
    metadata,
    Column("site", Text, primary_key=True),
    Column("data", LargeBinary, nullable=False),
    Column("saved", BigInteger, nullable=False),
)

runs = Table(
    "runs",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("spider", Text, nullable=False),
    Column("host", Text, nullable=False),
    Column("started", BigInteger, nullable=False),
    Column("finished", BigInteger),  # NULL: under way, or killed
    Column("reason", Text),
    Column("exit_code", Integer),
    Column("figures", Text),  # JSON
)

run_sites = Table(
    "run_sites",
    metadata,
    Column("run", _ID, ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("site", Text, primary_key=True),
    Column("new", Integer, nullable=False),
    Column("changed", Integer, nullable=False),
    Column("unchanged", Integer, nullable=False),
    Column("figures", Text),  # JSON
    Index("run_sites_site", "site", "run"),
)

takedowns = Table(
    "takedowns",
    metadata,
    Column("digest", Text, primary_key=True),  # SHA-256 of the key: the URL itself is gone
    Column("at", BigInteger, nullable=False),
)

claims = Table(
    "claims",
    metadata,
    Column("key", Text, primary_key=True),  # a URL that a run decides on and has not made durable yet
    Column("run", _ID, nullable=False),
    Column("until", BigInteger, nullable=False),
    Index("claims_run", "run"),
)

leases = Table(
    "leases",
    metadata,
    Column("name", Text, primary_key=True),  # a site or an archive that one process works on
    Column("holder", Text, nullable=False),
    Column("until", BigInteger, nullable=False),
)

tasks = Table(
    "tasks",
    metadata,
    Column("id", Text, primary_key=True),  # <kind>:<argument>
    Column("kind", Text, nullable=False),  # site, warc
    Column("argument", Text, nullable=False),
    Column("state", Text, nullable=False),  # sent, running, waiting (for another attempt), done, parked
    Column("due", BigInteger),  # when a site is to be crawled again, or a task that waits to be tried again
    Column("sent", BigInteger, nullable=False),
    Column("finished", BigInteger),
    Column("worker", Text),
    Column("attempts", Integer, nullable=False),  # that failed since the last success
    Column("lost", Integer, nullable=False),  # deliveries whose end nobody wrote down: their workers were lost
    Column("reason", Text),  # of the last failure
    Index("tasks_state", "kind", "state", "due"),
)
