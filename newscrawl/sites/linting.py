"""Checks of all files with rules: their form, and whether each rule does what its own example says."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from newscrawl.exceptions import CookieFileError
from newscrawl.parsing.tree import Element, parse
from newscrawl.sites.cookies import SiteCookies
from newscrawl.sites.filter_list import parse_filter_list
from newscrawl.sites.selectors import SelectorIndex, SelectorRule, compile_selector
from newscrawl.sites.site_files import is_past, toml_files
from newscrawl.sites.site_rules import faults_of
from newscrawl.text.normalise import normal
from newscrawl.text.patterns import compile_pattern
from newscrawl.widgets.lexicon import default_lexicon
from newscrawl.widgets.rules import KINDS, parse_language

File = Path | Traversable


@dataclass(slots=True)
class Findings:
    """What was checked: faults as (file, sentence), remarks that are no faults, and how much was looked at."""

    faults: list[tuple[str, str]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    files: int = 0
    rules: int = 0


def check_site_file(file: File, findings: Findings) -> None:
    """Check a site file."""
    table = _table(file, findings)
    if table is None:
        return
    host = file.name.removesuffix(".toml")
    faults = faults_of(table, host)
    zone = table.get("time_zone")
    if isinstance(zone, str) and zone not in available_timezones():
        faults.append(f"time_zone {zone!r} is not known, such as 'Europe/Paris'")
    if not faults:
        faults += [f"[[{name}]] {n}: {fault}" for name, n, rule in _rules(table) for fault in _example(name, rule)]
        faults += _taken_that_must_survive(table)
        if is_past(table):
            faults.append(f"its rules were valid until {table['valid_until']}: look at the site again")
        faults += _cookie_faults(table, file, host)
    findings.rules += sum(1 for _ in _rules(table))
    findings.faults += [(str(file), fault) for fault in faults]


def _cookie_faults(table: dict[str, Any], file: File, host: str) -> Iterator[str]:
    if "cookies" in table and isinstance(file, Path):
        try:
            SiteCookies(file.parent / Path(table["cookies"]).expanduser(), host)
        except CookieFileError as error:
            yield str(error)


def _rules(table: dict[str, Any]) -> Iterator[tuple[str, int, dict[str, Any]]]:
    for name in ("strip", "strip_text", "keep", "must_survive"):
        rules = table.get(name, ())
        for number, rule in enumerate(rules if isinstance(rules, list) else (), 1):
            if isinstance(rule, dict):
                yield name, number, rule


def _example(name: str, rule: dict[str, Any]) -> Iterator[str]:
    """Run the example of a rule with a selector; those with a pattern ran with the check of their form."""
    if "selector" not in rule:
        return
    try:
        compile_selector(rule["selector"])
    except ValueError as error:
        yield f"selector {rule['selector']!r}: {error}"
        return
    index = SelectorIndex([SelectorRule(name, "", rule["selector"])])
    if "case" in rule and not any(index.match(_page(rule["case"]))):
        yield f"selector {rule['selector']!r} does not find its case {rule['case']!r}"
    if "keeps" in rule and any(index.match(_page(rule["keeps"]))):
        yield f"selector {rule['selector']!r} finds what it is to keep: {rule['keeps']!r}"


def _taken_that_must_survive(table: dict[str, Any]) -> Iterator[str]:
    for rule in table.get("strip_text", ()):
        for passage in table.get("must_survive", ()):
            if compile_pattern(rule["pattern"]).search(passage["text"]):
                yield f"pattern {rule['pattern']!r} finds what must survive: {passage['text']!r}"


def _page(markup: str) -> Element:
    return parse(f"<html><body>{markup}</body></html>")


def check_words(file: File, findings: Findings) -> None:
    """Check a language's words for widgets, and run the case of each rule."""
    table = _table(file, findings)
    if table is None or "language" not in table:
        return
    try:
        language = parse_language(table, file.name)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        findings.faults.append((str(file), str(error)))
        return
    seen: set[str] = set()
    for rule in language.rules:
        findings.rules += 1
        if rule.id in seen:
            findings.faults.append((str(file), f"rule {rule.id!r} stands there twice"))
        seen.add(rule.id)
        if rule.id not in {hit.rule for hit in default_lexicon().hits(rule.case)}:
            findings.faults.append((str(file), f"rule {rule.id!r} does not find its case {rule.case!r}"))


def check_names(file: File, findings: Findings) -> None:
    """Check the names in markup."""
    table = _table(file, findings)
    if table is None:
        return
    seen: dict[str, str] = {}
    for mark in table.get("mark", []):
        findings.rules += 1
        kind = mark.get("kind")
        for fault in _mark_faults(mark, seen):
            findings.faults.append((str(file), f"mark {kind!r}: {fault}"))


def _mark_faults(mark: dict[str, Any], seen: dict[str, str]) -> Iterator[str]:
    for key in {"kind", "words", "parts"} - set(mark):
        yield f"no {key}"
    for key in ("words", "parts"):
        for name in mark.get(key, ()):
            if name != name.lower() or not normal(name):
                yield f"{key}: {name!r} is not in lower case, or no name"
            earlier = seen.setdefault(f"{key} {name}", str(mark.get("kind")))
            if earlier != mark.get("kind") and earlier in KINDS and mark.get("kind") in KINDS:
                yield f"{key}: {name!r} stands under {earlier!r} too"


def check_filter_list(path: Path, findings: Findings) -> None:
    """Check a filter list: what of it is used, and what is not."""
    findings.files += 1
    filters = parse_filter_list(path.read_text(encoding="utf-8", errors="replace"), path.stem)
    unusable = 0
    for rule in [*filters.general, *(rule for rules in filters.by_host.values() for rule in rules)]:
        try:
            compile_selector(rule.selector)
        except ValueError:
            unusable += 1
    unusable += SelectorIndex(filters.general).left_out
    findings.rules += filters.size
    findings.remarks.append(
        f"{path}: {filters.size - unusable} hiding rules used, {filters.unused + unusable} lines of other kinds not"
    )


def check_all(folders: list[Path], filter_lists: list[Path]) -> Findings:
    """Check the package's own files, the user's site files and filter lists."""
    findings = Findings()
    data = resources.files("newscrawl") / "data"
    for folder in (data / "sites", *folders):
        for file in toml_files(folder):
            check_site_file(file, findings)
    for file in toml_files(data / "widgets"):
        check_words(file, findings)
    for file in toml_files(data / "markup"):
        check_names(file, findings)
    for path in filter_lists:
        check_filter_list(path, findings)
    return findings


def _table(file: File, findings: Findings) -> dict[str, Any] | None:
    findings.files += 1
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        findings.faults.append((str(file), f"no TOML: {error}"))
        return None
