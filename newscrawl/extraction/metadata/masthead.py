"""Headings that name the site or a blog, not an article."""

from __future__ import annotations

from itertools import islice
from urllib.parse import urljoin, urlsplit

from newscrawl.extraction.metadata.titles import tidy
from newscrawl.parsing.tree import Element, text_of
from newscrawl.text.normalise import title_key

_PATHS = ("", "/", "/index.html", "/index.php", "/home")
_SHORT = 60
_MAX_H2 = 20


def mastheads(headings: list[Element], title: str, given: list[str], page: str) -> list[str]:
    """Return the texts of headings that are the site's name and no headline.

    Such a heading links to the home page, or is what the ``<title>`` has beside the headline that the page gives
    elsewhere (``given``).
    """
    whole, heads = title_key(title), [title_key(text) for text in given if text]
    found = []
    for element in headings:
        text = tidy(text_of(element), markup=False)
        own = title_key(text)
        if not own or len(text) > _SHORT:
            continue
        beside = any(head != own and whole in (own + head, head + own) for head in heads)
        if beside or _links_home(element, page):
            found.append(text)
    return found


def blog_titles(tree: Element, headings: list[Element], title: str) -> list[str]:
    """Return the texts of linked ``h1`` that the ``<title>`` has beside an ``h2`` of the page: that is the headline."""
    whole = title_key(title)
    found = []
    for element in headings:
        text = tidy(text_of(element), markup=False)
        own = title_key(text)
        if (
            own
            and _is_linked(element)
            and len(text) <= _SHORT
            and own != whole
            and (whole.startswith(own) or whole.endswith(own))
        ):
            rest = whole.removeprefix(own) if whole.startswith(own) else whole.removesuffix(own)
            if any(title_key(tidy(text_of(other), markup=False)) == rest for other in islice(tree.iter("h2"), _MAX_H2)):
                found.append(text)
    return found


def _is_linked(element: Element) -> bool:
    above = element.getparent()
    return element.find(".//a") is not None or (above is not None and above.tag == "a")


def _links_home(element: Element, page: str) -> bool:
    """Tell whether a heading is a link to the home page, or stands in one."""
    above = element.getparent()
    links = [*element.iter("a"), *([above] if above is not None and above.tag == "a" else [])]
    return any(_is_home(link.get("href"), page) for link in links)


def _is_home(href: str | None, page: str) -> bool:
    if not href or not page or href.startswith("#"):
        return False
    try:
        one, other = urlsplit(urljoin(page, href)), urlsplit(page)
    except ValueError:
        return False
    return one.netloc == other.netloc and one.path.rstrip("/") in _PATHS and other.path.rstrip("/") not in _PATHS
