"""The registrable domain of a host, by a bundled copy of the Public Suffix List (https://publicsuffix.org)."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from newscrawl.text.package_data import FOLDER, kept

_LIST: Final = FOLDER / "urls" / "public_suffix_list.txt"


@cache
def _rules() -> frozenset[str]:
    return kept("public-suffixes", [_LIST, Path(__file__)], _read)


def _read() -> frozenset[str]:
    """Return the rules of the list, those of international names in letters and in punycode."""
    lines = _LIST.read_text(encoding="utf-8").splitlines()
    rules = {line for line in lines if line and not line.startswith("//")}
    return frozenset(rules | {rule.encode("idna").decode() for rule in rules if not rule.isascii()})


def registrable_domain(host: str) -> str:
    """Return the part of a host that its owner registered; the host itself where it is a public suffix or a number.

    >>> registrable_domain("www.news.paper.co.uk"), registrable_domain("m.co.uk"), registrable_domain("127.0.0.1")
    ('paper.co.uk', 'm.co.uk', '127.0.0.1')
    """
    labels = host.split(".")
    if ":" in host or labels[-1].isdigit():
        return host
    rules, size = _rules(), 1  # a top-level domain that the list does not know is a public suffix
    for start in range(len(labels)):
        name = ".".join(labels[start:])
        if f"!{name}" in rules:
            size = len(labels) - start - 1
            break
        if name in rules or f"*.{'.'.join(labels[start + 1 :])}" in rules:
            size = len(labels) - start
            break
    return ".".join(labels[-size - 1 :])
