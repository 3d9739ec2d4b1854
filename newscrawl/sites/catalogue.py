"""The catalogue: where the feeds and sitemaps of known sites are (`newscrawl/data/sites/<host>.toml`)."""

from __future__ import annotations

import difflib
import logging
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from scrapy.settings import BaseSettings

from newscrawl.urls.site import site_of_host

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CatalogueSite:
    """A site of the catalogue: URLs of its sources, and where each was read (``seen_in``)."""

    host: str
    home: str
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    seen_in: str = ""


def packaged() -> Path:
    """Return the folder of the package's own site files."""
    return Path(__file__).parent.parent / "data" / "sites"


@cache
def catalogue(own: str | None = None) -> dict[str, CatalogueSite]:
    """Return the sites by host, those whose file has a table ``[discovery]``.

    Files in the folder ``own`` (NEWSCRAWL_SITES_DIR) go before those of the package.
    """
    folders = [packaged(), *([Path(own).expanduser()] if own else [])]
    return {site.host: site for folder in folders if folder.is_dir() for site in _read(folder)}


def _read(folder: Path) -> Iterator[CatalogueSite]:
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if not file.name.endswith(".toml"):
            continue
        try:
            table = tomllib.loads(file.read_text(encoding="utf-8")).get("discovery")
        except (OSError, ValueError) as error:
            logger.warning("the site file %s cannot be read and is not used: %s", file, error)
            continue
        if isinstance(table, dict):
            host = file.name.removesuffix(".toml")
            yield CatalogueSite(
                host,
                table.get("home", f"https://{host}/"),
                tuple(table.get("feeds", ())),
                tuple(table.get("sitemaps", ())),
                tuple(table.get("sections", ())),
                table.get("seen_in", ""),
            )


def chosen(text: str, settings: BaseSettings) -> list[CatalogueSite]:
    """Read ``site=``: names with commas between, ``own`` or ``all``; raises `ValueError` with a sentence for the user.

    ``own``: the sites of NEWSCRAWL_SITES_DIR; ``all``: those and the ones that come with the package.
    """
    folder = settings.get("NEWSCRAWL_SITES_DIR")
    sites = catalogue(folder)
    names = [site_of_host(name.strip().lower()) for name in text.split(",") if name.strip()]
    if names == ["all"]:
        return list(sites.values())
    if names == ["own"]:
        own = list(_read(Path(folder).expanduser())) if folder and Path(folder).expanduser().is_dir() else []
        if not own:
            raise ValueError(
                "no site of your own: scrapy addsite URL -s NEWSCRAWL_SITES_DIR=my-sites writes one's file"
            )
        return own
    if not names:
        raise ValueError("give the name of a site, several with commas between, own or all")
    for name in names:
        if name not in sites:
            near = difflib.get_close_matches(name, sites, n=1)
            hint = f"did you mean {near[0]}?" if near else "scrapy addsite makes its file"
            raise ValueError(f"there is no site {name} in the catalogue: {hint}")
    return [sites[name] for name in dict.fromkeys(names)]
