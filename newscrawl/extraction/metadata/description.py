"""The page's own description of its article."""

from __future__ import annotations

from newscrawl.extraction.metadata.name_shape import is_name
from newscrawl.extraction.metadata.names import is_byline
from newscrawl.parsing.structured import StructuredData
from newscrawl.parsing.values import text
from newscrawl.text.normalise import title_key

_METAS = (
    "og:description",
    "description",
    "twitter:description",
    "dc.description",
    "dcterms.description",
    "sailthru.description",
)
_MIN = 3
_MAX = 5_000


def description(data: StructuredData, headline: str | None, names: list[str]) -> str | None:
    """Return the article's description by JSON-LD or ``<meta>``; never the headline again or a site's name."""
    article = data.article or {}
    candidates = [text(article.get("description")), *(text(v) for name in _METAS for v in data.meta.get(name, ())[:1])]
    nothing = {title_key(name) for name in [*names, headline or ""]} | {""}
    for candidate in candidates:
        if _MIN <= len(candidate) <= _MAX and title_key(candidate) not in nothing and not _credit(candidate):
            return candidate
    return None


def _credit(text: str) -> bool:
    return len(text) <= 80 and (is_byline(text) or (is_name(text) and len(text.split()) <= 4))
