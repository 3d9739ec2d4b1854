"""Which JSON-LD node describes the page's own article, and none of its teasers."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from newscrawl.parsing.json_ld import types
from newscrawl.text.normalise import caseless_words

_ARTICLE = re.compile(r"(?:Article|Posting|NewsArticle|Review|Report|Interview|Critique|Column|Essay|Blog)\Z")
_NO_ARTICLE = {"Blog", "JobPosting", "ClaimReview", "AggregateReview", "EmployerReview", "UserReview"}
_MAX_TITLES = 30
_LIKE = 0.6
"""Share of words that two titles must have in common to be taken for one."""


def is_article(node: dict[str, Any]) -> bool:
    """Tell whether the type of a node is an article's (schema.org/Article and what is derived from it)."""
    return any(_ARTICLE.search(name) and name not in _NO_ARTICLE for name in types(node))


def own_article(nodes: list[dict[str, Any]], page_titles: list[str], page_urls: list[str]) -> dict[str, Any] | None:
    """Return the node of the page's own article, its gaps filled from nodes that describe the same, or ``None``.

    A node is the page's own if its headline is like one of ``page_titles`` (``h1``, ``title``, ``og:title``) or its
    URL is one of ``page_urls``; a lone node without contrary evidence is.
    """
    articles = [node for node in nodes if is_article(node)]
    if not articles:
        return None
    titles = [words for title in page_titles[:_MAX_TITLES] if (words := _words(title))]
    urls = {_path(url) for url in page_urls if url}
    scores = [_score(node, titles, urls) for node in articles]
    best = max(scores)
    if best < 0 or (best == 0 and len(articles) > 1):
        return None
    own = [node for node, score in zip(articles, scores, strict=True) if score >= min(best, 2)]
    own.sort(key=lambda node: -scores[articles.index(node)])
    if len(own) == 1:
        return own[0]
    merged = dict(own[0])
    for other in own[1:]:
        if _words(_headline(other)) == _words(_headline(merged)):
            for key, value in other.items():
                if value not in (None, "", []) and merged.get(key) in (None, "", []):
                    merged[key] = value
    return merged


def _score(node: dict[str, Any], titles: list[frozenset[str]], urls: set[str]) -> float:
    """Return how surely ``node`` is the page's own: 2 and more is sure, below 0 it is another's."""
    score = 0.0
    headline = _words(_headline(node))
    if headline and titles:
        likeness = max(_likeness(headline, title) for title in titles)
        score += 2 + likeness if likeness >= _LIKE else -1
    own = {_path(a) for a in _urls(node)}
    if own and urls:
        score += 2 if own & urls else -1
    return score + 0.1 * ("datePublished" in node) + 0.1 * ("author" in node)


def _headline(node: dict[str, Any]) -> str:
    value = node.get("headline") or node.get("name")
    return value if isinstance(value, str) else ""


def _urls(node: dict[str, Any]) -> list[str]:
    page = node.get("mainEntityOfPage")
    values = [node.get("url"), node.get("@id"), page.get("@id") if isinstance(page, dict) else page]
    return [v for v in values if isinstance(v, str) and v.startswith(("http", "/")) and len(_path(v)) > 1]


def _path(url: str) -> str:
    """Return what tells one page of a site from another."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    return f"{parts.path.rstrip('/')}?{parts.query}"


def _words(text: str) -> frozenset[str]:
    return frozenset(caseless_words(text[:500]))


def _likeness(a: frozenset[str], b: frozenset[str]) -> float:
    """Return the share of the shorter title's words that the other has."""
    if not a or not b:
        return 0.0
    if len(a) < 3 and len(b) < 3:
        x, y = "".join(sorted(a)), "".join(sorted(b))
        return 1.0 if x in y or y in x else 0.0
    return len(a & b) / max(min(len(a), len(b)), 3)
