"""Microdata (HTML Standard, "Microdata") of the page's own article: ``itemprop`` values, without foreign items."""

from __future__ import annotations

from newscrawl.parsing.tree import Element, text_of
from newscrawl.parsing.xpath import elements, exists
from newscrawl.text.normalise import collapse

_PROPERTIES = elements("descendant::*/@itemprop/..")
_SCOPES = elements("descendant::*/@itemtype/..")
_HAS_H1 = exists(".//h1")
_FOREIGN = ("Comment", "UserComments", "SiteNavigationElement", "WPHeader", "WPFooter", "WPSideBar", "WPAdBlock")
_ARTICLES = ("Article", "NewsArticle", "BlogPosting", "ReportageNewsArticle", "LiveBlogPosting", "OpinionNewsArticle")
_MAX_TEXT = 2_000
_MAX_VALUES = 500


class Scopes:
    """The items of a page, and which of them are not the page's own article: comments, navigation, teasers."""

    def __init__(self, tree: Element) -> None:
        """Look through the items of ``tree``."""
        self._properties = _PROPERTIES(tree)[:_MAX_VALUES]
        self._foreign: set[Element] = set()
        articles: list[Element] = []
        for element in _SCOPES(tree)[:_MAX_VALUES] if self._properties else ():
            name = (element.get("itemtype") or "").rstrip("/").rsplit("/", 1)[-1]
            if name in _FOREIGN:
                self._foreign.add(element)
            elif name in _ARTICLES:
                articles.append(element)
        own = [element for element in articles if _HAS_H1(element)] if len(articles) > 1 else []
        if own:
            self._foreign.update(element for element in articles if element not in own)

    def foreign(self, element: Element) -> bool:
        """Tell whether ``element`` lies in an item that is not the page's own article."""
        if not self._foreign:
            return False
        return element in self._foreign or any(ancestor in self._foreign for ancestor in element.iterancestors())

    def values(self) -> dict[str, list[str]]:
        """Return ``itemprop`` → values (``content``, ``datetime``, ``href`` or text) of the page's own article."""
        found: dict[str, list[str]] = {}
        for element in self._properties:
            if element.tag == "meta" or self.foreign(element):
                continue
            value = collapse(_value(element))
            for name in (element.get("itemprop") or "").split():
                if value and value not in found.setdefault(name, []):
                    found[name].append(value)
        return {name: given for name, given in found.items() if given}


def _value(element: Element) -> str:
    for name in ("content", "datetime"):
        if given := element.get(name):
            return str(given)[:_MAX_TEXT]
    if element.tag in {"a", "link"} and element.get("itemprop") in {"url", "mainEntityOfPage"}:
        return str(element.get("href") or "")[:_MAX_TEXT]
    if element.get("itemprop") == "articleBody" or len(element) > 50:
        return ""
    text = text_of(element)
    return str(text) if len(text) <= _MAX_TEXT else ""
