"""The section of the publication in which an article stands."""

from __future__ import annotations

from typing import Any

from newscrawl.parsing.json_ld import types
from newscrawl.parsing.structured import StructuredData
from newscrawl.parsing.values import listed, text
from newscrawl.text.normalise import title_key

_METAS = (
    "article:section", "og:article:section", "parsely-section", "cxenseparse:section", "section", "sailthru.section",
    "article.section", "category", "dc.subject.section", "cre:section", "og:section", "content_category",
)  # fmt: skip
_MAX = 80
_HOMES = {
    "home", "homepage", "startseite", "accueil", "inicio", "portada", "start", "news home", "main", "strona główna",
    "etusivu", "forside", "hjem", "hem", "главная", "首页", "トップ", "홈",
}  # fmt: skip


def article_section(data: StructuredData, names: list[str]) -> str | None:
    """Return the section by JSON-LD, ``<meta>`` or breadcrumbs, or ``None``. ``names``: the site's, which are none."""
    sites = {title_key(name) for name in names}
    for candidate in [*section_names(data), *_breadcrumbs(data)]:
        if 1 < len(candidate) <= _MAX and title_key(candidate) not in sites and candidate.casefold() not in _HOMES:
            return candidate
    return None


def section_names(data: StructuredData) -> list[str]:
    """Return what JSON-LD, ``<meta>`` and microdata call the article's section, the surest first."""
    names = [text(value) for value in listed((data.article or {}).get("articleSection"))]
    names += [text(value) for name in _METAS for value in data.meta.get(name, ())[:1]]
    return names + data.microdata.get("articleSection", [])[:1]


def _breadcrumbs(data: StructuredData) -> list[str]:
    """Return the names of the first breadcrumb list but its last, which is the article, and home."""
    for node in data.nodes:
        if "BreadcrumbList" in types(node):
            items = [item for item in listed(node.get("itemListElement")) if isinstance(item, dict)]
            items.sort(key=_position)
            crumbs = [text(i.get("name")) or text(i.get("item")) for i in items]
            if len(crumbs) > 1:
                return crumbs[:-1]
    return []


def _position(item: dict[str, Any]) -> int:
    try:
        return int(item.get("position", 0))
    except (TypeError, ValueError):
        return 0
