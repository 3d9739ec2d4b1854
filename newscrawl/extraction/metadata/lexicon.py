"""The words of bylines and credits, of all languages at once (``newscrawl/data/names``)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from newscrawl.text.alternation import alternation
from newscrawl.text.kept_patterns import compiled
from newscrawl.text.package_data import table
from newscrawl.text.scripts import EAST_ASIAN


def load(name: str) -> dict[str, Any]:
    """Return the parsed file ``newscrawl/data/names/<name>.toml``."""
    return table(f"names/{name}.toml")


_FIRST = re.compile(r"[^\s:：]{1,40}")
_UNSPACED = compiled(f"[{EAST_ASIAN}]")


@dataclass(frozen=True, slots=True)
class Label:
    """Words that stand as a label at the start of a line; ``firsts`` holds what such a line may begin with.

    ``starts``: the first two letters of those.
    """

    pattern: re.Pattern[str]
    firsts: frozenset[str]
    starts: frozenset[str]

    def match(self, folded: str) -> re.Match[str] | None:
        """Match at the start of a casefolded line: the label, ``colon`` (if any), and the space after it."""
        return self.pattern.match(folded) if self.may_begin(folded) else None

    def may_begin(self, folded: str) -> bool:
        """Tell whether a casefolded line, or its first word, may be one with the label: two letters tell of most."""
        if folded[:2] in self.starts or folded[:1] in self.firsts:
            first = _FIRST.match(folded)
            if first and first.group() in self.firsts:
                return True
        return folded[:1] >= "\x80" and _UNSPACED.match(folded) is not None


@dataclass(frozen=True, slots=True)
class NameLexicon:
    """Words of all languages; the sets hold casefolded phrases, the patterns match in casefolded text.

    ``by``, ``other``, ``source``, ``photo``: a label at the start of a line, with what sets it off; ``other`` names
    those who did something else than write, ``deeds`` what it was. ``joiners``: what stands between
    two names. ``agency_joiner``: what stands before an agency ("avec", "mit Material von").
    """

    by: Label
    other: Label
    deeds: frozenset[str]
    source: Label
    photo: Label
    joiners: re.Pattern[str]
    weak_joiners: re.Pattern[str]
    agency_joiner: re.Pattern[str]
    place: re.Pattern[str]
    roles: frozenset[str]
    longest_role: int
    """Words of the longest."""
    glued_roles: tuple[str, ...]
    titles: frozenset[str]
    staff: frozenset[str]
    particles: frozenset[str]
    suffixes: frozenset[str]
    credentials: frozenset[str]
    never: frozenset[str]
    organization: frozenset[str]
    organization_stems: tuple[str, ...]
    nobody: frozenset[str]
    modifiers: frozenset[str]


@cache
def lexicon() -> NameLexicon:
    """Return the words of all languages, read once."""
    languages = load("bylines")["language"]
    people = load("people")

    def words(key: str) -> list[str]:
        return sorted(
            {w.casefold() for language in languages for w in language.get(key, ())}, key=lambda w: (-len(w), w)
        )

    def label(key: str) -> Label:
        spaced = alternation(w for w in words(key) if not _UNSPACED.search(w))
        glued = alternation(w for w in words(key) if _UNSPACED.search(w)) or r"(?!)"
        pattern = compiled(
            rf"(?:(?:{spaced})(?P<colon>\s?[:：])?\s|(?:{spaced})[:：]|(?:{glued})(?:\s?[:：／/]\s?|\s))\s?"
        )
        firsts = frozenset(m.group() for w in words(key) if (m := _FIRST.match(w)))
        return Label(pattern, firsts, frozenset(first[:2] for first in firsts))

    joiners = words("and")
    weak = [w for w in joiners if (len(w) == 1 and w != "&") or w in words("place")]
    strong = [w for w in joiners if w not in weak]
    roles = words("role")
    return NameLexicon(
        by=label("by"),
        other=label("other"),
        deeds=frozenset(part for w in (*words("other"), *words("photo")) for part in w.split() if len(part) > 3),
        source=label("source"),
        photo=label("photo"),
        joiners=compiled(rf"\s(?:{alternation(strong)})\s"),
        weak_joiners=compiled(rf"\s(?:{alternation(weak)})\s"),
        agency_joiner=compiled(rf"(?:^|[\s,;|/(])(?:{alternation(words('with'))})(?:\s|:|$|(?<=['’]))"),
        place=compiled(rf"\s(?:{alternation(words('place'))})\s"),
        roles=frozenset(roles),
        longest_role=max(len(role.split()) for role in roles),
        glued_roles=tuple(w for w in roles if _UNSPACED.search(w)),
        titles=frozenset(words("title")),
        staff=frozenset(words("staff")),
        organization_stems=tuple(people["organization_stems"]),
        **{
            key: frozenset(people[key])
            for key in ("particles", "suffixes", "credentials", "never", "organization", "nobody", "modifiers")
        },
    )


@cache
def given_names() -> frozenset[str]:
    """Return common given names of people, casefolded."""
    return frozenset(load("given")["names"].split())
