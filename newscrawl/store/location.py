"""Where the store is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import parse_qsl, unquote

from newscrawl.exceptions import StoreError
from newscrawl.text.plain import masked

FOLDER = ".newscrawl"
"""The project's own folder for what it remembers, beside scrapy.cfg."""
_URL: Final = re.compile(
    r"(?P<backend>\w+)(?:\+\w+)?://"
    r"(?:(?P<user>[^:/]*)(?::(?P<password>[^@]*))?@)?"
    r"(?:\[(?P<ipv6>[^/?]+)\]|(?P<host>[^/:?]+))?(?::(?P<port>\d*))?"
    r"(?:/(?P<dbname>[^?]*))?(?:\?(?P<query>.*))?"
)


class StoreUrl(NamedTuple):
    """Where a store is: the file of SQLite, or what psycopg needs to connect."""

    file: Path | None
    server: Mapping[str, str]

    @property
    def is_sqlite(self) -> bool:
        """Tell whether it is on SQLite."""
        return self.file is not None


def project_folder(start: Path | None = None) -> Path:
    """Return the folder of the nearest scrapy.cfg from ``start`` upwards; ``start`` itself where there is none."""
    here = (start or Path.cwd()).absolute()
    return next((folder for folder in (here, *here.parents) if (folder / "scrapy.cfg").is_file()), here)


def default_store() -> Path:
    """Return the file of the project's own store."""
    return project_folder() / FOLDER / "store.db"


def store_url(setting: str | None) -> StoreUrl:
    """Return where NEWSCRAWL_STORE_URL says the store is, by default a file in the project's folder.

    Raise `StoreError` where it is no URL of SQLite or PostgreSQL.
    """
    if not setting:
        return StoreUrl(default_store(), {})
    parts = _URL.fullmatch(setting)
    if parts is None:
        raise _no_url(setting)
    backend = parts["backend"]
    if backend not in ("sqlite", "postgresql", "postgres"):
        raise StoreError(f"NEWSCRAWL_STORE_URL names {backend}; the store can be SQLite or PostgreSQL")
    if backend == "sqlite":
        if not parts["dbname"] or setting != f"{setting.partition(':')[0]}:///{parts['dbname']}":
            raise _no_url(setting)
        return StoreUrl(Path(parts["dbname"]), {})
    given = {name: unquote(parts[name] or "") for name in ("user", "password", "port", "dbname")}
    given |= {"host": parts["ipv6"] or parts["host"] or "", **dict(parse_qsl(parts["query"] or ""))}
    return StoreUrl(None, {name: value for name, value in given.items() if value})


def _no_url(setting: str) -> StoreError:
    return StoreError(f"NEWSCRAWL_STORE_URL={masked(setting)} is not a URL: sqlite:///folder/store.db, say")


def shown(url: StoreUrl) -> str:
    """Return ``url`` for a message: the file, or the URL without its password."""
    if url.file is not None:
        return str(url.file)
    user, host, port = (url.server.get(name, "") for name in ("user", "host", "port"))
    before = f"{user}{':***' if 'password' in url.server else ''}@" if user else ""
    where = f"[{host}]" if ":" in host else host
    return f"postgresql://{before}{where}{port and f':{port}'}/{url.server.get('dbname', '')}"
