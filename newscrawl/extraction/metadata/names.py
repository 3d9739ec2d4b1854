"""Bylines and credit lines: who wrote, which agency gave, and whether a line is nothing else."""

from __future__ import annotations

import re
from functools import lru_cache

from newscrawl.dates.parse import reading
from newscrawl.dates.scan import scan
from newscrawl.extraction.metadata.agencies import agencies_in, called_agency, find
from newscrawl.extraction.metadata.lexicon import lexicon
from newscrawl.extraction.metadata.name_shape import clean_name, is_name, is_unspaced, may_hold_name
from newscrawl.extraction.metadata.people import split_authors, strip_label, tidy, without_report
from newscrawl.text.kept_patterns import compiled
from newscrawl.text.scripts import EAST_ASIAN

__all__ = ["agencies_in", "is_byline", "parse_byline", "split_authors"]

_MAX_BYLINE = 200
_MAX_UNSPACED = 80
_EMAIL = re.compile(r"\S{1,64}@[\w.-]{3,100}")
_SEGMENTS = re.compile(r"\s?[;|/／•·()\[\]、，；]\s?|\s[-–—]\s|,\s?")
_GLUED = compiled(f"[{EAST_ASIAN}]")
_WRAPPING = " \t()[]/／（）〔〕【】<>*—–-|•·"
_TOKENS = re.compile(r"\d+|[^\W\d_]+|[^\w\s]")
_DATE_MARKS = frozenset(".,:/-")
_DATE_WORD = 12
_DATE_WORDS = 6
_BESIDE = 5
"""Words that may stand beside the names in a piece of a byline."""


def parse_byline(line: str) -> tuple[list[str], str | None]:
    """Return the people that a byline or credit line names, and the agency.

    >>> parse_byline("Par Jeanne Modèle avec AFP")
    (['Jeanne Modèle'], 'AFP')
    """
    text = tidy(line).strip(_WRAPPING)
    if not text or len(text) > 2 * _MAX_BYLINE:
        return [], None
    words = lexicon()
    agencies = agencies_in(text)
    source = agencies[0] if agencies else None
    folded = _folded(text)
    if words.photo.match(folded):
        return [], None
    label = words.source.match(folded)
    if label and (source or label["colon"] or ":" in label.group()):
        rest = text[label.end() :].strip(_WRAPPING)
        return [], source or (rest if 0 < len(rest.split()) <= 4 and rest[:1].isupper() else None)
    parts = re.split(r"[/|;,]\s?(?=\w)", text)
    if len(parts) > 1 and any(words.photo.match(_folded(part)) for part in parts):
        text = " / ".join(part for part in parts if not words.photo.match(_folded(part)))
    labelled = strip_label(text) != text
    authors = split_authors(text) or (split_authors(_undated(strip_label(text))) if labelled else [])
    source = source or (called_agency(text) if labelled else None)
    return [name for name in authors if is_name(name) or (labelled and _word(name))], source


def _undated(text: str) -> str:
    """Return a byline up to the date behind it ("By Ada Quill on 3 May 2024")."""
    if not any(map(str.isdigit, text)):
        return text
    found = scan(text, reading(None, None))
    if not found.moments:
        return text
    end = found.moments[0].start
    joins = [item.start for item in found.items if item.kind == "join" and found.tokens.ends[item.start] <= end]
    before = text[:end].rstrip()
    return before[: found.tokens.starts[joins[-1]]] if joins and found.tokens.ends[joins[-1]] == len(before) else before


@lru_cache(maxsize=1024)
def is_byline(line: str) -> bool:
    """Tell whether ``line`` is nothing but a byline or a credit: names, agencies, roles, places, a date.

    Prose is none, however it begins: ``is_byline("By Friday the talks had failed.")`` is false.
    """
    if not line or len(line) > _MAX_BYLINE or "\n" in line.strip():
        return False
    text = tidy(line).strip(_WRAPPING)
    if not text:
        return bool(_EMAIL.search(line)) and len(line.split()) == 1
    is_glued = not text.isascii() and _GLUED.search(text) is not None
    if len(text) > _MAX_UNSPACED and is_glued:
        return False
    words, folded = lexicon(), _folded(text)
    for pattern in (words.source, words.photo):
        label = pattern.match(folded)
        if label:
            rest = text[label.end() :].strip(_WRAPPING)
            colon = bool(label["colon"]) or ":" in label.group() or "：" in label.group()
            return _credits(rest) or (colon and 0 < len(rest.split()) <= 8 and not _sentence(rest))
    if _sentence(text) and not find(text):
        return False
    rest = strip_label(text)
    labelled = rest != text
    if not labelled and "@" not in line and not is_glued and not find(text):
        return False
    given = words.agency_joiner.search(_folded(rest))
    if given and _credits(_SEGMENTS.split(rest[given.end() :])[0].strip(_WRAPPING)):  # a date may stand behind it
        rest = f"{rest[: given.start()]} / {rest[given.end() :]}"
    segments = [s.strip() for s in _SEGMENTS.split(rest) if s and s.strip()]
    kinds: list[str] = []
    for segment in segments:
        kind = _kind(segment, labelled)
        if not kind:
            return False
        kinds.append(kind)
    if not kinds:
        return False
    if labelled or _EMAIL.search(line):
        return bool({"name", "reporter", "agency", "staff"} & set(kinds)) and kinds[0] != "date"
    return "agency" in kinds or "reporter" in kinds


def _kind(segment: str, labelled: bool) -> str:
    """Return what a piece of a byline is: name, reporter, agency, staff, role, place, date; ``""``: something else."""
    words, folded = lexicon(), _folded(segment)
    if _credits(segment):
        return "agency"
    if folded in words.staff:
        return "staff"
    if folded in words.roles or _role_somewhere(folded):
        return "role"
    if len(segment) <= 45 and _date_like(segment):
        return "date"
    if not without_report(segment):
        return "place"
    people = split_authors(segment) if may_hold_name(segment) and not _is_prose(segment) else []
    if people and all(is_name(name) for name in people):
        glued = any(segment.endswith(role) or segment.startswith(role) for role in words.glued_roles)
        if glued and people[0] != segment:
            return "reporter"
        if _explained(segment, people):
            return "name"
    if labelled and len(segment.split()) <= 3 and all(w[:1].isupper() for w in segment.split()):
        return "place"
    return ""


def _date_like(segment: str) -> bool:
    """Tell whether a piece may be a date or time: numbers, among at most a few short words."""
    tokens = _TOKENS.findall(segment)
    first = next((i for i, token in enumerate(tokens) if token.isdigit()), None)
    words = [token for token in tokens if token.isalpha()]
    return (
        first is not None
        and len(words) <= _DATE_WORDS
        and sum(map(str.isalpha, tokens[:first])) <= _DATE_WORDS // 2
        and all(len(word) <= _DATE_WORD for word in words)
        and all(token.isalnum() or token in _DATE_MARKS for token in tokens)
    )


def _role_somewhere(folded: str) -> bool:
    """Tell whether a piece is a role and where it is held ("envoyée spéciale à Lyon")."""
    words = lexicon()
    place = words.place.search(folded)
    if not place:
        return False
    return folded[: place.start()] in words.roles and len(folded[place.end() :].split()) <= 3


def _is_prose(segment: str) -> bool:
    """Tell whether a piece has more words in lower case than may stand beside names (`_explained`)."""
    particles = lexicon().particles
    small = sum(word.islower() for word in segment.split() if word not in particles)
    return small > _BESIDE and not is_unspaced(segment)


def _explained(segment: str, people: list[str]) -> bool:
    """Tell whether names, roles, places and joiners are all that a segment holds."""
    words = lexicon()
    rest = segment
    for name in people:
        rest = rest.replace(name, " ", 1)
    rest = _folded(" ".join(rest.split()))
    return len(rest.split()) <= _BESIDE and (
        not rest
        or rest in words.roles
        or bool(words.joiners.fullmatch(f" {rest} ") or words.weak_joiners.fullmatch(f" {rest} "))
        or all(token in words.titles for token in rest.split())
        or words.place.match(f" {rest} ") is not None
        or clean_name(segment) == people[0]
    )


def _credits(text: str) -> bool:
    """Tell whether ``text`` is agencies, what joins them, and nothing else."""
    spans = find(text)
    if not spans:
        return False
    rest = text
    for start, end, _ in spans[::-1]:
        rest = f"{rest[:start]} {rest[end:]}"
    rest = _folded(" ".join("".join(c if c.isalnum() else " " for c in rest).split()))
    words = lexicon()
    return not rest or bool(words.joiners.fullmatch(f" {rest} ") or words.agency_joiner.fullmatch(f" {rest} "))


def _sentence(text: str) -> bool:
    """Tell whether ``text`` ends like a sentence."""
    return text.rstrip("\"”»' ")[-1:] in ".!?…。" and len(text.split()) > 3


def _word(name: str) -> bool:
    """Tell whether a single word may be a name where a label says so."""
    return name[:1].isupper() and name.replace("-", "").isalpha()


def _folded(text: str) -> str:
    folded = text.casefold()
    return folded if len(folded) == len(text) else text.lower()
