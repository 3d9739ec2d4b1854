"""Site files: what people know of one site. Schema and use: docs/sites.md."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, Final, get_args

from newscrawl.text.patterns import PatternError, compile_pattern
from newscrawl.widgets.rules import Kind

KINDS: Final = frozenset((*get_args(Kind), "byline", "date_line", "caption", "furniture", "other"))
MOST_RULES: Final = 500
_HOST: Final = re.compile(r"[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}")
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
_TABLES: Final = {
    "strip": ("selector", ("kind", "reason"), ("case", "keeps")),
    "strip_text": ("pattern", ("kind", "reason", "case"), ("keeps",)),
    "keep": ("selector", ("reason",), ("case",)),
    "must_survive": ("text", ("reason",), ()),
}
"""Table → the key that is the rule, the other keys it needs, and those it may have."""
_FETCH: Final = ("render", "cookies", "verify_certificates")
_KEYS: Final = frozenset(("host", "language", "time_zone", "valid_until", "discovery", "fetch", *_FETCH, *_TABLES))


def faults_of(table: dict[str, Any], host: str) -> list[str]:
    """Return what is wrong with a site file's table, a sentence each; ``host`` is the file's name without ``.toml``.

    The tables ``discovery`` and ``fetch`` belong to others and are not looked into.
    """
    faults = [f"unknown key {key!r}" for key in table if key not in _KEYS]
    if not _HOST.fullmatch(host):
        faults.append(f"the file's name is no host: {host!r} (example.org.toml)")
    if table.get("host", host) != host:
        faults.append(f"host {table['host']!r} is not the file's name")
    language = table.get("language")
    if language is not None and not (isinstance(language, str) and _LANGUAGE.fullmatch(language)):
        faults.append(f"language {language!r} is no BCP 47 tag, such as 'fr' or 'pt-BR'")
    if not isinstance(table.get("time_zone", ""), str):
        faults.append("time_zone is no name, such as 'Europe/Paris'")
    for name in ("render", "verify_certificates"):
        if not isinstance(table.get(name, False), bool):
            faults.append(f"{name} is neither true nor false")
    cookies = table.get("cookies", "file")
    if not isinstance(cookies, str) or not cookies.strip():
        faults.append('cookies names no file, such as cookies = "example.org.cookies.txt"')
    if "valid_until" in table and not isinstance(table["valid_until"], dt.date):
        faults.append("valid_until is no date (valid_until = 2027-12-31, without quotes)")
    for name, (main, needed, allowed) in _TABLES.items():
        rules = table.get(name, [])
        if not isinstance(rules, list) or len(rules) > MOST_RULES:
            faults.append(f"{name} is no list of at most {MOST_RULES} tables: write [[{name}]]")
            continue
        for number, rule in enumerate(rules, 1):
            faults += [f"[[{name}]] {number}: {fault}" for fault in _rule_faults(rule, main, needed, allowed)]
    return faults


def _rule_faults(rule: Any, main: str, needed: tuple[str, ...], allowed: tuple[str, ...]) -> list[str]:
    if not isinstance(rule, dict):
        return ["is no table"]
    faults = [f"no {key}" for key in (main, *needed) if key not in rule]
    faults += [f"unknown key {key!r}" for key in rule if key not in (main, *needed, *allowed)]
    faults += [f"{key} is empty or no text" for key, v in rule.items() if not isinstance(v, str) or not v.strip()]
    if faults:
        return faults
    if "kind" in rule and rule["kind"] not in KINDS:
        faults.append(f"unknown kind {rule['kind']!r}: one of {', '.join(sorted(KINDS))}")
    if main == "pattern":
        try:
            pattern = compile_pattern(rule["pattern"])
        except PatternError as error:
            return [*faults, f"pattern {rule['pattern']!r}: {error}"]
        if not pattern.search(rule["case"]):
            faults.append(f"pattern {rule['pattern']!r} does not find its case {rule['case']!r}")
        if "keeps" in rule and pattern.search(rule["keeps"]):
            faults.append(f"pattern {rule['pattern']!r} finds what it is to keep: {rule['keeps']!r}")
    return faults


def plain(table: dict[str, Any], host: str) -> dict[str, Any]:
    """Return a sound table as the plain values that travel with a document (``Document.site``).

    ``strip``: (rule, kind, selector); ``strip_text``: (rule, kind, pattern); ``keep``: selectors; ``must_survive``:
    texts; ``render``, ``cookies``, ``verify_certificates``: how its pages are fetched. Rules are called
    ``site/<host>/<number>``, those on text ``site/<host>/text-<number>``.
    """
    site: dict[str, Any] = {"host": host}
    kept = ("language", "time_zone", "discovery", "fetch", *_FETCH)
    site |= {key: table[key] for key in kept if key in table}
    for key, main, prefix in (("strip", "selector", ""), ("strip_text", "pattern", "text-")):
        rules = enumerate(table.get(key, ()), 1)
        site[key] = tuple((f"site/{host}/{prefix}{n}", rule["kind"], rule[main]) for n, rule in rules)
    site["keep"] = tuple(rule["selector"] for rule in table.get("keep", ()))
    site["must_survive"] = tuple(rule["text"] for rule in table.get("must_survive", ()))
    return site
