"""Site files and filter lists: what people know of sites, found by a page's host. Schema: docs/sites.md."""

from __future__ import annotations

import datetime as dt
import logging
import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from scrapy.settings import BaseSettings

from newscrawl.exceptions import CookieFileError, SettingError
from newscrawl.sites.cookies import SiteCookies
from newscrawl.sites.filter_files import suffixes
from newscrawl.sites.site_rules import faults_of, plain
from newscrawl.text.near import did_you_mean

logger = logging.getLogger(__name__)

_SPECIAL = re.compile(r"(?m)^[ \t]*(?:render|cookies)[ \t]*=")


class SiteFiles:
    """The site files of the package and of the user's own folder, which go before those, and the filter lists.

    An invalid file, or one whose time has passed, is skipped and logged once: an unattended crawl continues without.
    """

    def __init__(self, folders: Iterable[Path | Traversable] = (), filter_lists: Iterable[Path] = ()) -> None:
        self._files: dict[str, Path | Traversable] = {}
        for folder in folders:
            self._files.update({path.name.removesuffix(".toml").lower(): path for path in toml_files(folder)})
        self._lists = tuple((str(path), path.stat().st_mtime_ns) for path in filter_lists)
        self._read: dict[str, dict[str, Any]] = {}
        self._cookies: dict[str, SiteCookies | None] = {}

    @classmethod
    def of_settings(cls, settings: BaseSettings) -> Self:
        """Find the files by NEWSCRAWL_SITES_DIR and NEWSCRAWL_FILTER_LISTS; raises `SettingError`."""
        return cls([packaged(), *own_folders(settings)], filter_lists(settings))

    def of(self, url: str) -> dict[str, Any]:
        """Return what is known of the site of ``url`` (``Document.site``); empty where nothing is."""
        if not self._files and not self._lists:
            return {}
        try:
            host = (urlsplit(url).hostname or "").rstrip(".").removeprefix("www.")
        except ValueError:
            host = ""
        name = next((name for name in suffixes(host) if name in self._files), None) if host else None
        site = self._load(name) if name else {}
        if self._lists and host:
            return {**site, "filter_lists": self._lists, "page_host": host}
        return site

    def reason_of(self, rule: str) -> str:
        """Return the reason that a site file gives for its rule ``site/<host>/<number>``; ``""`` where it has none."""
        try:
            _, host, number = rule.split("/")
            key, place = ("strip_text", number[5:]) if number.startswith("text-") else ("strip", number)
            table = tomllib.loads(self._files[host].read_text(encoding="utf-8"))
            return str(table[key][int(place) - 1]["reason"])
        except (LookupError, OSError, TypeError, ValueError):
            return ""

    def asked_specially(self) -> Iterator[tuple[Path | Traversable, dict[str, Any]]]:
        """Yield the files with ``render`` or ``cookies``, each with what `of` returns for its site."""
        for name, path in self._files.items():
            try:
                text = path.read_text(encoding="utf-8")
            except (OSError, ValueError):
                continue
            if _SPECIAL.search(text):
                yield path, self._load(name)

    def cookies_of(self, url: str) -> SiteCookies | None:
        """Return the cookies that the file of the site of ``url`` names, or ``None``.

        A file that cannot be used is logged once; a crawl checks all of them before it starts (`check_cookies`).
        """
        site = self.of(url)
        path = site.get("cookies")
        if path is None:
            return None
        if path not in self._cookies:
            try:
                cookies = self._cookies[path] = SiteCookies(Path(path), site["host"])
                if cookies.have_expired:
                    logger.warning("the cookies in %s have expired: log in once more and export them again", path)
            except CookieFileError as error:
                logger.warning("%s", error)
                self._cookies[path] = None
        return self._cookies[path]

    def check_cookies(self) -> None:
        """Raise `SettingError` where a site file names cookies that cannot be used."""
        for path, site in self.asked_specially():
            if "cookies" in site:
                try:
                    SiteCookies(Path(site["cookies"]), site["host"])
                except CookieFileError as error:
                    raise SettingError(f"the site file {path}: {error}") from None

    def _load(self, name: str) -> dict[str, Any]:
        if name not in self._read:
            self._read[name] = self._parse(name)
        return self._read[name]

    def _parse(self, name: str) -> dict[str, Any]:
        try:
            table = tomllib.loads(self._files[name].read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            logger.warning("the site file %s cannot be read and is not used: %s", self._files[name], error)
            return {}
        if faults := faults_of(table, name):
            logger.warning("the site file %s is not used (scrapy checkrules): %s", self._files[name], faults[0])
            return {}
        site = plain(table, name)
        if "cookies" in site and isinstance(file := self._files[name], Path):
            site["cookies"] = str(file.parent / Path(site["cookies"]).expanduser())
        if is_past(table):
            logger.warning("the rules of the site file %s were valid until %s", self._files[name], table["valid_until"])
            site |= {"strip": (), "strip_text": (), "keep": ()}
        return site


def is_past(table: dict[str, Any]) -> bool:
    """Tell whether the time of a site file's rules is over."""
    until = table.get("valid_until")
    return isinstance(until, dt.date) and until < dt.datetime.now(dt.UTC).date()


@cache
def packaged() -> Traversable:
    """Return the folder of the package's own site files."""
    return resources.files("newscrawl") / "data" / "sites"


def toml_files(folder: Path | Traversable) -> Iterator[Path | Traversable]:
    """Yield the TOML files of a folder in the order of their names."""
    if folder.is_dir():
        yield from sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)


def own_folders(settings: BaseSettings) -> list[Path]:
    """Return the folder of NEWSCRAWL_SITES_DIR, if it is set; raises `SettingError`."""
    name = settings.get("NEWSCRAWL_SITES_DIR")
    if not name:
        return []
    folder = Path(name).expanduser()
    if not folder.is_dir():
        raise SettingError(f"NEWSCRAWL_SITES_DIR={name}: there is no such folder{did_you_mean(folder)}")
    return [folder]


def filter_lists(settings: BaseSettings) -> list[Path]:
    """Return the files of NEWSCRAWL_FILTER_LISTS; raises `SettingError`."""
    found = []
    for name in settings.getlist("NEWSCRAWL_FILTER_LISTS"):
        path = Path(name.strip()).expanduser()
        try:
            with path.open("rb"):
                found.append(path)
        except OSError as error:
            raise SettingError(f"NEWSCRAWL_FILTER_LISTS={name}: {error.strerror}{did_you_mean(path)}") from None
    return found
