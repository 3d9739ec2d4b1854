"""Where the store is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from newscrawl.exceptions import StoreError
from newscrawl.text.plain import masked

if TYPE_CHECKING:
    from sqlalchemy.engine import URL

FOLDER = ".newscrawl"
"""The project's own folder for what it remembers, beside scrapy.cfg."""


def project_folder(start: Path | None = None) -> Path:
    """Return the folder of the nearest scrapy.cfg from ``start`` upwards; ``start`` itself where there is none."""
    here = (start or Path.cwd()).absolute()
    return next((folder for folder in (here, *here.parents) if (folder / "scrapy.cfg").is_file()), here)


def default_store() -> Path:
    """Return the file of the project's own store."""
    return project_folder() / FOLDER / "store.db"


def store_url(setting: str | None) -> URL:
    """Return the URL of the store that NEWSCRAWL_STORE_URL names, by default a file in the project's folder.

    Raise `StoreError` where it is no URL of SQLite or PostgreSQL.
    """
    from sqlalchemy.engine import URL, make_url
    from sqlalchemy.exc import ArgumentError

    if not setting:
        return URL.create("sqlite", database=str(default_store()))
    try:
        url = make_url(setting)
    except ArgumentError:
        named = masked(setting)
        raise StoreError(f"NEWSCRAWL_STORE_URL={named} is not a URL: sqlite:///folder/store.db, say") from None
    backend = url.drivername.partition("+")[0]
    if backend in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg")
    if backend != "sqlite":
        raise StoreError(f"NEWSCRAWL_STORE_URL names {backend}; the store can be SQLite or PostgreSQL")
    return url.set(drivername="sqlite")


def shown(url: URL) -> str:
    """Return ``url`` for a message: the file, or the URL without its password."""
    if url.get_backend_name() == "sqlite":
        return url.database or ":memory:"
    return url.render_as_string(hide_password=True).replace("+psycopg", "", 1)
