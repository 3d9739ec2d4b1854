"""Authors that are no people: newsrooms, agencies, publications, houses, and the sigles that stand for people."""

from __future__ import annotations

import re
from collections.abc import Sequence

from newscrawl.extraction.metadata.agencies import is_agency
from newscrawl.extraction.metadata.lexicon import lexicon
from newscrawl.extraction.metadata.name_shape import is_account
from newscrawl.text.normalise import collapse, title_key

_DOMAIN = re.compile(
    r"\b[\w-]{1,60}\.(?:com|net|org|de|fr|es|it|pt|nl|be|ch|at|pl|info|eu|co|uk|ru|lt|lv|ee|cz|sk|hu|ro|bg|hr|rs|gr|se|"
    r"no|dk|fi|ua|tr|us|ca|au|nz|in|jp|news|tv|example)\b",
    re.IGNORECASE,
)
_SIGLE = re.compile(r"[A-Z]{2,4}|[a-z]{2,4}(?:/[a-z]{2,4})*")
_LONGEST = 80
_WORDS = 8
_FEW = 4
"""Words up to which a text that only looks like an organisation's name is taken for one."""


def is_house(name: str, houses: Sequence[str]) -> bool:
    """Tell whether ``name`` is one of the publication's names, also with a newsroom's word behind it."""
    words = lexicon()
    own = title_key(name)
    for house in houses:
        other = title_key(house)
        if own and (own in {other, f"the{other}"} or other == f"the{own}"):
            return True
        if other and own.startswith(other):
            rest = collapse(name.casefold().replace(house.casefold(), " "))
            if rest in words.staff or rest in words.never or rest in words.organization:
                return True
    return False


def is_organization(name: str, houses: Sequence[str]) -> bool:
    """Tell whether ``name`` is an agency, a newsroom, a web site, an institution or the publication, and no person."""
    words, folded = lexicon(), name.casefold().strip(" .")
    if is_agency(name) or folded in words.staff or ("." in name and _DOMAIN.search(name)) or is_house(name, houses):
        return True
    tokens = [token.strip(".,()&") for token in folded.split()]
    return any(token in words.organization or token.startswith(words.organization_stems) for token in tokens)


def printed(name: str, houses: Sequence[str], *, declared: bool = False) -> str:
    """Return an organisation's name as a record gives it, or ``""`` for what names none.

    ``declared``: the page's data say that it is an organisation.
    """
    name = collapse(name).strip(" ,;:|-–—()[]/")
    folded = name.casefold().strip(" .")
    if not 1 < len(name) <= _LONGEST or len(name.split()) > _WORDS or folded in lexicon().nobody:
        return ""
    if "@" in name or "://" in name or not any(map(str.isalpha, name)):
        return ""
    long = len(name.split()) > _FEW or (name[:1].islower() and " " in name and not is_agency(name))
    if long and not declared and not is_house(name, houses):
        return ""
    if declared or _SIGLE.fullmatch(name) or is_organization(name, houses):
        return (
            "" if is_account(name) and not _SIGLE.fullmatch(name) and not is_agency(name) and "." not in name else name
        )
    return ""
