"""The people who wrote an article, in order, and the agencies named among them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

from newscrawl.extraction.metadata.bylines import Credits, from_page
from newscrawl.extraction.metadata.markup import words
from newscrawl.extraction.metadata.people import is_name, same_name
from newscrawl.parsing.json_ld import types
from newscrawl.parsing.structured import StructuredData
from newscrawl.parsing.values import listed, text

_MAX_AUTHORS = 30
_ACCOUNT = re.compile(
    r"/(?:author|autor|auteur)s?/(?:admin|administrator|webmaster|editor|redaktion|redaction)/?\Z", re.IGNORECASE
)


def from_json_ld(data: StructuredData, house: list[str]) -> Credits:
    """Return who the article's JSON-LD node gives as ``author`` (else ``creator``)."""
    found = Credits()
    article = data.article or {}
    for key in ("author", "creator"):
        for value in listed(article.get(key))[:_MAX_AUTHORS]:
            for name, organisation in _named(data, value):
                before = len(found.people)
                found.add(name, house)
                if organisation and len(found.people) > before and not is_name(name):
                    del found.people[before:]
        if found.people:
            break
    return found


def _accounts(data: StructuredData) -> list[str]:
    """Return the names of the site's own accounts, under which others' texts are put in, among the authors."""
    names: list[str] = []
    for value in listed((data.article or {}).get("author"))[:_MAX_AUTHORS]:
        author = data.resolve(value)
        if isinstance(author, dict):
            given = [author.get(key) for key in ("url", "@id")]
            if any(isinstance(one, str) and _ACCOUNT.search(one[:300]) for one in given):
                names += [text(name) for name in listed(author.get("name"))]
    return names


def _named(data: StructuredData, value: Any) -> Iterator[tuple[str, bool]]:
    """Yield the names in an author's value, and whether it is an organisation."""
    value = data.resolve(value)
    if isinstance(value, dict):
        organisation = any("Organization" in kind or kind == "Corporation" for kind in types(value))
        for name in listed(value.get("name")):
            yield text(name), organisation
    elif isinstance(value, list):
        for item in value[:_MAX_AUTHORS]:
            if isinstance(item, dict | str):
                yield text(item), False
    elif isinstance(value, str):
        yield text(value), False


def from_meta(data: StructuredData, house: list[str]) -> Credits:
    """Return who the first ``<meta>`` with an author's name gives."""
    for name in words("author_meta"):
        found = Credits()
        for content in data.meta.get(name, ())[:_MAX_AUTHORS]:
            found.add(text(content), house)
        if found.people or found.agencies:
            return found
    found = Credits()
    for number in "12":
        label = (data.first(f"twitter:label{number}") or "").casefold().rstrip(":")
        if label in words("written_by"):
            found.add(data.first(f"twitter:data{number}") or "", house)
    return found


def recased(people: list[str], others: list[str]) -> list[str]:
    """Return names in capitals as another place of the page writes them, if one does."""
    return [next((o for o in others if n.isupper() and not o.isupper() and same_name(n, o)), n) for n in people]


def authors(tree: HtmlElement, data: StructuredData, house: list[str]) -> Credits:
    """Return the people who wrote the article, in order, and the agencies credited with them.

    JSON-LD is believed first, then ``<meta>``, then what is marked or stands on the page as a byline. ``house``: the
    names of the publication, which are no author.
    """
    house = [*house, *_accounts(data)]
    declared = [from_json_ld(data, house), from_meta(data, house)]
    shown = [] if any(c.people and not _in_doubt(c) for c in declared) else from_page(tree, house)
    given = [*declared, *shown]
    chosen = next((credits.people for credits in given if credits.people), [])
    if len(chosen) == 1 and not is_name(chosen[0]):
        chosen = next((c.people for c in shown if len(c.people) == 1 and _is_part(chosen[0], c.people[0])), chosen)
    others = [name for credits in given for name in credits.people]
    agencies = list(dict.fromkeys(name for credits in given for name in credits.agencies))
    return Credits(recased(chosen, others), agencies)


def _in_doubt(credits: Credits) -> bool:
    """Tell whether names may stand better written elsewhere: in capitals, or a first name alone."""
    return any(name.isupper() for name in credits.people) or (
        len(credits.people) == 1 and credits.people[0].isalpha() and not is_name(credits.people[0])
    )


def _is_part(word: str, name: str) -> bool:
    """Tell whether a word is one of a full name's."""
    return is_name(name) and word.casefold() in name.casefold().split()
