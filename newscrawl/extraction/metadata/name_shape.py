"""How a person's name is written, and a name without titles, roles and credentials."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from newscrawl.extraction.metadata.lexicon import given_names, lexicon
from newscrawl.text.kept_patterns import compiled
from newscrawl.text.scripts import EAST_ASIAN

_MAX_NAME: Final = 60
_MAX_TOKENS: Final = 7
_LONG: Final = 4
_KEY: Final = re.compile(r"[a-z_]{2,30}(?:\.[a-z_]{2,30}){2,5}")
"""The name of a template's variable, left where a person's name should stand."""
_ACCOUNT: Final = re.compile(r"(?=.{0,200}[a-z])[a-z0-9]{1,60}+(?:[._-][a-z0-9]{1,60}+){0,10}")
_UNSPACED: Final = compiled(f"[{EAST_ASIAN}]")
EDGES: Final = ' \t\r\n.,;:-–—/|&"“”„«»<>_~·•'


@lru_cache(maxsize=4096)
def clean_name(text: str) -> str:
    """Return a name without titles, roles and credentials, or ``""`` where nothing is left that could be one."""
    words = lexicon()
    name = text.strip(EDGES.replace(".", "")).rstrip(",;:")
    if is_unspaced(name):
        return _cleanis_unspaced(name)
    if name.casefold() in words.roles or name.casefold() in words.staff or name.casefold() in words.nobody:
        return ""
    tokens = name.split()
    while tokens and tokens[0].casefold() in words.titles:
        tokens.pop(0)
    while len(tokens) > 1 and tokens[-1].casefold().rstrip(",") in words.credentials and tokens[-1][:2].isupper():
        tokens.pop()
    tokens = _without_role(tokens)
    for cut in range(min(len(tokens) - 1, words.longest_role), 0, -1):
        if " ".join(tokens[:cut]).casefold().rstrip(":") in words.roles:
            tokens = tokens[cut:] if tokens[cut][:1].isupper() else []
            break
    name = " ".join(tokens).strip(EDGES.replace(".", ""))
    if (
        name.endswith(".")
        and name.casefold().rsplit(" ", 1)[-1] not in words.suffixes
        and len(name.rsplit(" ", 1)[-1]) > 3
    ):
        name = name.rstrip(".")
    if not (1 < len(name) <= _MAX_NAME) or len(tokens) > _MAX_TOKENS or not any(c.isalpha() for c in name):
        return ""
    if ":" in name or _KEY.fullmatch(name):
        return ""
    return "" if sum(c.isdigit() for c in name) > 2 else name


def _cleanis_unspaced(name: str) -> str:
    for role in lexicon().glued_roles:
        if name.endswith(role) and len(name) > len(role):
            name = name[: -len(role)].strip(EDGES + "=＝")
        elif name.startswith(role + " ") or (name.startswith(role) and 2 <= len(name) - len(role) <= 4):
            name = name[len(role) :].strip(EDGES)
    return "" if name in lexicon().staff or name in lexicon().roles or len(name) > 20 else name


@lru_cache(maxsize=4096)
def is_name(text: str) -> bool:
    """Tell whether ``text`` is written like a person's full name: two words or more, each with a capital.

    Scripts without capitals count by their length.
    """
    words = lexicon()
    tokens = text.split()
    if is_unspaced(text):
        return 2 <= len(text) <= 12 and text.replace(" ", "").isalpha()
    if not 2 <= len(tokens) <= 6 or len(text) > _MAX_NAME or any(c.isdigit() for c in text):
        return False
    bare = [token.casefold().strip(".,") for token in tokens]
    if bare[0] in words.modifiers and bare[0] not in given_names():
        return False
    if any(word in words.never or word in words.organization or word in words.roles for word in bare):
        return False
    if any(word.startswith(words.organization_stems) for word in bare):
        return False
    proper = [t for t in tokens if t not in words.particles]
    return len(proper) >= 2 and all(_proper(t) for t in proper)


def may_hold_name(text: str) -> bool:
    """Tell whether a full name may stand in a text: it has two capitals, where its script is known to have any."""
    return not text.isascii() or "&" in text or sum(map(str.isupper, text)) > 1


def _proper(token: str) -> bool:
    """Tell whether a word is written like a name's: a capital first, or after an apostrophe or hyphen ("d'Exemple")."""
    if not all(c.isalpha() or c in ".'’-‐·" or unicodedata.category(c) in {"Mn", "Mc"} for c in token):
        return False
    head = re.split("[-'’]", token, maxsplit=1)
    return any(part[:1].isupper() or unicodedata.category(part[:1] or "0") == "Lo" for part in head)


def same_name(a: str, b: str) -> bool:
    """Tell whether two names are the same but for case, spaces and punctuation."""
    return _key(a) == _key(b) != ""


def _key(name: str) -> str:
    return "".join(c for c in name.casefold() if c.isalnum())


def _without_role(tokens: list[str]) -> list[str]:
    """Return the words of a name without the role behind it ("Anna Sample Senior Politics Reporter")."""
    words = lexicon()
    folded = [token.casefold().strip(".,") for token in tokens]
    for cut in range(max(2, len(tokens) - words.longest_role), len(tokens)):
        if " ".join(folded[cut:]) in words.roles:
            break
    else:
        return tokens
    ahead = next((i for i in range(2, cut) if folded[i] in words.modifiers), cut)
    return tokens[:ahead]


def is_account(name: str) -> bool:
    """Tell whether ``name`` is that of an account or a URL ("anna-sample", "asample2"), and no written name."""
    return bool(_ACCOUNT.fullmatch(name))


def is_alias(name: str) -> bool:
    """Tell whether ``name`` is one word with a capital or a digit within, as people call their accounts ("AnnaS")."""
    return " " not in name and not is_unspaced(name) and (any(map(str.isdigit, name)) or name[1:] != name[1:].lower())


def has_given_name(name: str) -> bool:
    """Tell whether the first word of ``name`` is a common given name."""
    first = re.split(r"[\s-]", name.casefold(), maxsplit=1)[0]
    return first in given_names()


def is_unspaced(text: str) -> bool:
    """Tell whether ``text`` is written in Chinese, Japanese or Korean letters."""
    return not text.isascii() and _UNSPACED.search(text) is not None
