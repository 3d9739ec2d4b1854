"""Who wrote an article: the order in which a page's statements are believed."""

from __future__ import annotations

from typing import Any

from newscrawl.extraction.metadata.byline_lines import marked_elsewhere, surroundings
from newscrawl.extraction.metadata.bylines import read_bylines
from newscrawl.extraction.metadata.credited import Credits
from newscrawl.extraction.metadata.declared import accounts, from_json_ld, from_meta
from newscrawl.extraction.metadata.lone_author import lone_name
from newscrawl.extraction.metadata.markup import NamedElements
from newscrawl.extraction.metadata.name_shape import (
    has_given_name,
    is_account,
    is_alias,
    is_name,
    is_unspaced,
    same_name,
)
from newscrawl.extraction.metadata.names import parse_byline
from newscrawl.extraction.metadata.organizations import is_house
from newscrawl.extraction.metadata.own_site import owner
from newscrawl.extraction.metadata.publisher import site_names
from newscrawl.extraction.metadata.shown_credits import ShownCredits
from newscrawl.extraction.segments.model import Segment
from newscrawl.extraction.segments.role import Role
from newscrawl.parsing.json_ld import types
from newscrawl.parsing.structured import StructuredData
from newscrawl.parsing.values import listed, text
from newscrawl.text.normalise import title_key as key


def authors(data: StructuredData, house: list[str], segments: list[Segment], roles: list[Role]) -> Credits:
    """Return the people who wrote the article, in order, and the organisations and agencies credited with it.

    This is the order of trust; the first that names people is believed:

    1. the person of the article's own JSON-LD;
    2. the visible byline in the article's header: behind a label, or marked as the author's;
    3. ``<meta>``;
    4. a bare name between headline and text; a byline or a name behind the text; a box about the author;
    5. the publication's name, where it is a person's who writes alone;
    6. the only name, or list of names, that is marked as an author's anywhere on the page;
    7. the person whose site it is, by its masthead.

    An account's name gives way to a written one, and a statement to a later one that has all its names and more. Whom
    the page shows as its editor is not believed to be the author in JSON-LD, where it shows another author.
    ``house``: the publication's names.
    """
    own = house
    house = [*house, *accounts(data)]
    elements = NamedElements()
    around = surroundings(segments, roles, elements)
    prose = " ".join(item.text for item, role in zip(segments, roles, strict=True) if role is Role.BODY)
    shown = read_bylines(around, house, prose)
    declared = from_json_ld(data, house)
    if (shown.labelled.people or shown.marked.people) and all(
        _is_person(name, shown.others) for name in declared.people
    ):
        declared = Credits(organizations=declared.organizations, agencies=declared.agencies)
    metas = from_meta(data, house)
    people = _chosen(declared, shown, metas) or _alone(data, own, [declared, *metas, shown.labelled, shown.marked])
    if not people:
        marked = marked_elsewhere(segments, roles, elements)
        people = lone_name(marked, house, shown.others).people or owner(segments, roles, own)
    given = [declared, shown.labelled, shown.marked, *metas, shown.bare, shown.behind]
    found = Credits(recased(people, [name for credits in given for name in credits.people]))
    for credits in given:
        found.add_organizations([name for name in credits.organizations if not _is_person(name, people)])
        found.agencies += [name for name in credits.agencies if name not in found.agencies]
    credited = [parse_byline(line.text)[1] for line in [*around.header, *around.footer] if line.role is Role.BYLINE]
    found.agencies += [name for name in credited if name and name not in found.agencies]
    return found


def _alone(data: StructuredData, house: list[str], given: list[Credits]) -> list[str]:
    """Return the publication's name where it is a person's who writes alone: given as author, no organisation.

    Newspapers give their names as authors, too: of one word, with a newspaper's word in it, or typed as such.
    """
    if not any(credits.organizations for credits in given):
        return []
    typed = {
        key(text(node.get("name")))
        for node in data.nodes
        if any("Organization" in kind or kind in ("Corporation", "Newspaper") for kind in types(node))
    }
    people = {key(text(node.get("name"))) for node in data.nodes if "Person" in types(node)}
    people |= {
        key(name) for value in listed((data.article or {}).get("author")) for name in _persons(data.resolve(value))
    }
    called = site_names(data, None)
    for credits in given:
        for name in credits.organizations:
            told = has_given_name(name) or key(name) in people or not is_house(name, called)
            if is_house(name, house) and is_name(name) and key(name) not in typed and told:
                return [name]
    return []


def _persons(author: Any) -> list[str]:
    """Return the name of an author that the data call a person."""
    return [text(author.get("name"))] if isinstance(author, dict) and "Person" in types(author) else []


def _chosen(declared: Credits, shown: ShownCredits, metas: list[Credits]) -> list[str]:
    """Return the people of the statement believed most."""
    order = [declared, shown.labelled, shown.marked, *metas, shown.bare, shown.behind, shown.boxed]
    statements = [[name for name in credits.people if not is_account(name)] for credits in order]
    written = [people for people in statements if people and not all(map(is_alias, people))]
    chosen = next((people for people in [*written, *statements] if people), [])
    if len(chosen) == 1 and not is_name(chosen[0]):
        chosen = next((p for p in statements if len(p) == 1 and _is_part(chosen[0], p[0])), chosen)
    for people in statements[: 3 + len(metas)]:
        more = [name for name in people if not any(same_name(name, other) for other in chosen)]
        alike = len(chosen) == 1 and " " not in chosen[0] and not is_unspaced(chosen[0])
        sure = all(alike or (is_name(name) and has_given_name(name)) for name in more)
        if len(people) == len(chosen) + len(more) and sure:
            chosen = people
    return chosen


def recased(people: list[str], others: list[str]) -> list[str]:
    """Return names in capitals as another place of the page writes them, if one does."""
    return [next((o for o in others if n.isupper() and not o.isupper() and same_name(n, o)), n) for n in people]


def _is_person(name: str, people: list[str]) -> bool:
    return any(same_name(name, person) for person in people)


def _is_part(word: str, name: str) -> bool:
    """Tell whether a word is one of a full name's."""
    return is_name(name) and word.casefold() in name.casefold().split()
