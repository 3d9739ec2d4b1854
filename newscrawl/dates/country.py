"""The country a page comes from, as far as it says."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from newscrawl.parsing.structured import StructuredData
from newscrawl.text.package_data import table


def _countries() -> dict[str, Any]:
    return table("dates/countries.toml")


def country_of(url: str, data: StructuredData, html_lang: str | None) -> str | None:
    """Return the page's country (ISO 3166-1): from its domain, else ``og:locale``, else the language's region.

    >>> country_of("https://www.zeitung.example.at/x", StructuredData(), "de-DE")
    'AT'
    >>> country_of("https://gazette.example/x", StructuredData(meta={"og:locale": ["fr_CA"]}), "fr")
    'CA'
    >>> country_of("", StructuredData(), None) is None
    True
    """
    countries = _countries()
    zones: dict[str, str] = countries["zones"]
    try:
        ending = (urlsplit(url).hostname or "").rpartition(".")[2].lower()
    except ValueError:
        ending = ""
    by_domain = countries["top_level_domains"].get(ending, ending.upper() if len(ending) == 2 else "")
    if by_domain in zones:
        return str(by_domain)
    locales = [*data.meta.get("og:locale", ())[:1], html_lang or "", *data.meta.get("content-language", ())[:1]]
    regions = [part for locale in locales for part in locale.replace("_", "-").split("-")[1:] if len(part) == 2]
    known = [region.upper() for region in regions if region.upper() in zones]
    # a theme's default, which says nothing of the country
    return next((region for region, locale in zip(known, locales, strict=False) if region != "US"), None) or (
        "US" if "US" in known else None
    )
