"""Whom one kind of evidence credits with an article."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from newscrawl.extraction.metadata.agencies import agencies_in
from newscrawl.extraction.metadata.lexicon import lexicon
from newscrawl.extraction.metadata.name_shape import has_given_name, is_alias, is_name, may_hold_name, same_name
from newscrawl.extraction.metadata.names import parse_byline
from newscrawl.extraction.metadata.organizations import printed
from newscrawl.extraction.metadata.people import read_names

_MAX_TOKENS = 30
_MAX_TRAILING = 6
_MONTH = re.compile(r"\w{3,9}\.?\s\d")
_TRAILING = re.compile(
    r"\s(?:on|in|at|for|from|am|um|le|il|el|den|op|em|à|on behalf of|posted|published|updated|filed|"
    r"last updated)(?:\s.*|\Z)|"
    r"\s?(?:\d{1,2}[./:]\d|\b(?:19|20)\d\d\b).*|\s\d.*",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Credits:
    """People in order, organisations as printed, and agencies, as one kind of evidence gives them."""

    people: list[str] = field(default_factory=list)
    organizations: list[str] = field(default_factory=list)
    agencies: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        """Tell whether anybody is credited."""
        return bool(self.people or self.organizations)

    def add(self, value: str, house: list[str], strict: bool = False) -> None:
        """Add whom a field names; ``strict``: of people full names only."""
        named = read_names(value, house)
        self.add_people([name for name in named.people if not strict or is_name(name)])
        self.add_organizations(named.organizations)
        self.agencies += [name for name in agencies_in(value) if name not in self.agencies]

    def add_organization(self, name: str, house: list[str]) -> None:
        """Add what the page's data call an organisation."""
        self.add_organizations([given] if (given := printed(name, house, declared=True)) else [])
        self.agencies += [agency for agency in agencies_in(name) if agency not in self.agencies]

    def add_line(self, line: str, house: list[str]) -> None:
        """Add whom a byline as it stands on the page names: label, names, and what goes with them."""
        line = _from_label(line)
        people, source = parse_byline(line)
        if not people and (label := lexicon().by.match(line.lower())):
            rest = _TRAILING.sub("", f" {line[label.end() :]}").strip()
            word = rest.rstrip(".,")
            dated = bool(_MONTH.match(line[label.end() :].strip()))
            people = [rest] if len(word.split()) > 1 else [word] if _is_first_name(word) and not dated else []
        for person in people:
            named = read_names(_TRAILING.sub("", person) if is_name(_TRAILING.sub("", person)) else person, house)
            self.add_people([name for name in named.people if is_name(name) or " " not in name])
        self.add_organizations(read_names(line, house).organizations)
        if source and source not in self.agencies:
            self.agencies.append(source)

    def add_people(self, people: list[str]) -> None:
        """Add people that are not among them."""
        for name in people:
            if not any(same_name(name, other) for other in self.people):
                self.people.append(name)

    def add_organizations(self, names: list[str]) -> None:
        """Add organisations that are not among them."""
        for name in names:
            if not any(same_name(name, other) for other in self.organizations):
                self.organizations.append(name)


def without_trailing(text: str) -> str:
    """Return a name without what a line says behind it: where, when, for whom; a sentence stays whole."""
    if not may_hold_name(text):
        return text
    cut = _TRAILING.sub("", text)
    return cut if is_name(cut) and len(text.split()) - len(cut.split()) <= _MAX_TRAILING else text


def _is_first_name(word: str) -> bool:
    """Tell whether one word behind a label may be how an author calls himself."""
    folded = word.casefold()
    words = lexicon()
    known = folded in words.staff or folded in words.nobody or folded in words.never or folded in words.organization
    told = has_given_name(word) or is_alias(word)
    return told and 2 <= len(word) <= 30 and word[:1].isupper() and word.isalnum() and not known


def _from_label(line: str) -> str:
    """Return a line from the label within it on ("Politics by Anna Sample"), if a name stands behind it."""
    tokens = line.split()[:_MAX_TOKENS]
    for i in range(1, len(tokens) - 1):
        if not lexicon().by.may_begin(tokens[i].lower()):
            continue
        rest = " ".join(tokens[i:])
        if lexicon().by.match(rest.lower()) and any(map(is_name, parse_byline(_TRAILING.sub("", rest))[0])):
            return rest
    return line
