"""The catalogue of sites: every entry is well formed and says where its addresses were read."""

from __future__ import annotations

import tomllib
from importlib import resources
from urllib.parse import urlsplit

import pytest
from scrapy.settings import Settings

from newscrawl.sites.catalogue import CatalogueSite, catalogue, chosen

FOLDER = resources.files("newscrawl") / "data" / "sites"
KEYS = {"home", "feeds", "sitemaps", "sections", "seen_in"}


def test_there_are_a_few_dozen() -> None:
    assert len(catalogue()) >= 50


@pytest.mark.parametrize("site", catalogue().values(), ids=lambda site: site.host)
def test_entry(site: CatalogueSite) -> None:
    table = tomllib.loads((FOLDER / f"{site.host}.toml").read_text(encoding="utf-8"))
    assert set(table["discovery"]) <= KEYS
    assert site.seen_in, "say where the addresses were read"
    assert site.feeds or site.sitemaps or site.sections
    home = urlsplit(site.home).hostname or ""
    assert home.removeprefix("www.") == site.host
    for url in (site.home, *site.feeds, *site.sitemaps, *site.sections):
        parts = urlsplit(url)
        assert parts.scheme == "https", url
        assert parts.hostname, url
        assert url == url.strip()


def test_names_and_all() -> None:
    assert [site.host for site in chosen("www.lepoint.fr, lemonde.fr", Settings())] == ["lepoint.fr", "lemonde.fr"]
    assert len(chosen("all", Settings())) == len(catalogue())


@pytest.mark.parametrize(
    ("text", "hint"), [("lepont.fr", "did you mean lepoint.fr"), ("xx", "scrapy addsite"), (" ", "give")]
)
def test_wrong_names(text: str, hint: str) -> None:
    with pytest.raises(ValueError, match=hint):
        chosen(text, Settings())
