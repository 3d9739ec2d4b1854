"""Rules of words as data: reads and checks ``newscrawl/data/widgets/<language>.toml``.

A file has ``language`` (BCP 47, or ``general``), ``address`` (words by which a widget speaks to its reader), ``report``
(words by which a newspaper tells of somebody) and a list of rules::

    [[rule]]
    id = "newsletter-signup"        # "en/newsletter-signup" in a record
    kind = "newsletter"             # one of KINDS
    strength = "strong"             # one of STRENGTHS
    reason = "asks the reader to sign up for letters by e-mail"
    case = "Sign up for our free weekly newsletter"
    phrases = ["(sign up|subscribe) (to|for) ~ newsletter"]

A phrase is words separated by spaces, lower case. ``(a|b c|)`` stands for one of its alternatives, the empty one
included; ``~`` for up to six words between (at the end of a label: for the rest of the line); ``#`` for a number.
Punctuation, accents and case play no part; Chinese and Japanese are compared without word boundaries.
"""

from __future__ import annotations

import re
from dataclasses import astuple, dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

from newscrawl.text.package_data import FOLDER, kept, tables

Kind = Literal[
    "newsletter", "related", "ad", "paywall", "social", "comment", "consent", "follow", "video", "donation",
    "author_bio", "tts", "app", "podcast", "poll", "event", "navigation",
]  # fmt: skip
Strength = Literal["label", "button", "lead", "strong", "weak"]
"""``label``: the whole line, telling by itself. ``button``: the whole line, evidence only beside other evidence.
``lead``: opens a line. ``strong``: telling anywhere in a line. ``weak``: adds to other evidence."""

KINDS: tuple[str, ...] = get_args(Kind)
STRENGTHS: tuple[str, ...] = get_args(Strength)

TOKENS = re.compile(r"([()|])")


@dataclass(frozen=True, slots=True)
class LexiconRule:
    """One rule of words; ``id`` is ``<language>/<name>``."""

    id: str
    language: str
    kind: Kind
    strength: Strength
    reason: str
    case: str
    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LanguageFile:
    """The words of one language."""

    language: str
    address: tuple[str, ...]
    report: tuple[str, ...]
    rules: tuple[LexiconRule, ...]


def parse_language(data: dict[str, Any], name: str) -> LanguageFile:
    """Read one file's table.

    Raises:
        ValueError: a rule lacks a key or has an unknown one, kind or strength; the message names file and rule.
    """
    language = data.get("language")
    if not isinstance(language, str):
        raise ValueError(f"{name}: no language")
    rules = []
    for entry in data.get("rule", []):
        where = f"{name}: rule {entry.get('id', '?')!r}"
        if missing := {"id", "kind", "strength", "reason", "case", "phrases"} ^ set(entry):
            raise ValueError(f"{where}: missing or unknown: {', '.join(sorted(missing))}")
        if entry["kind"] not in KINDS or entry["strength"] not in STRENGTHS:
            raise ValueError(f"{where}: unknown kind {entry['kind']!r} or strength {entry['strength']!r}")
        phrases = tuple(entry["phrases"])
        if not entry["reason"].strip() or not phrases:
            raise ValueError(f"{where}: no reason or no phrases")
        for phrase in phrases:
            split_phrase(phrase)
        rule_id = f"{language}/{entry['id']}"
        rules.append(
            LexiconRule(rule_id, language, entry["kind"], entry["strength"], entry["reason"], entry["case"], phrases)
        )
    return LanguageFile(language, tuple(data.get("address", ())), tuple(data.get("report", ())), tuple(rules))


def split_phrase(phrase: str) -> list[list[str]]:
    """Return a phrase as a sequence of alternatives: ``"a (b|)"`` → ``[["a"], ["b", ""]]``.

    A bracket within a bracket is multiplied out: ``"(a (b|c)|d)"`` → ``[["a b", "a c", "d"]]``.

    Raises:
        ValueError: a bracket is not closed, or a bar stands outside.
    """
    tokens = [token for token in TOKENS.split(phrase) if token.strip()]
    parts: list[list[str]] = []
    at = 0
    while at < len(tokens):
        if tokens[at] == "(":
            group, at = _alternatives(tokens, at + 1, phrase)
            parts.append(group)
        elif tokens[at] in ")|":
            raise ValueError(f"phrase {phrase!r}: {tokens[at]!r} out of place")
        else:
            parts.append([tokens[at].strip()])
            at += 1
    return parts


def _alternatives(tokens: list[str], at: int, phrase: str) -> tuple[list[str], int]:
    done: list[str] = []
    current = [""]
    while at < len(tokens):
        token, at = tokens[at], at + 1
        if token == ")":
            return done + current, at
        if token == "|":
            done += current
            current = [""]
        else:
            inner = [token.strip()]
            if token == "(":
                inner, at = _alternatives(tokens, at, phrase)
            current = [f"{left} {right}".strip() for left in current for right in inner]
    raise ValueError(f"phrase {phrase!r}: bracket not closed")


@cache
def load_languages() -> tuple[LanguageFile, ...]:
    """Return every language file of the package, ordered by name."""
    return tuple(
        LanguageFile(language, address, report, tuple(LexiconRule(*rule) for rule in rules))
        for language, address, report, rules in kept("widget-rules", sources(), _languages)
    )


def sources() -> list[Path]:
    """Return the files on which the rules of the package depend."""
    return [*sorted((FOLDER / "widgets").glob("*.toml")), Path(__file__)]


def _languages() -> list[tuple[Any, ...]]:
    """Return the language files, checked, as plain tuples."""
    files = (parse_language(data, name) for name, data in tables("widgets").items() if "language" in data)
    return [astuple(file) for file in files]
