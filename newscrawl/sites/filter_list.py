"""Filter lists in the EasyList syntax: their plain element-hiding rules.

Read are ``##selector``, ``host,other.host##selector``, ``~host##selector`` and the exceptions ``host#@#selector``.
Everything else (network rules, procedural and script rules) is counted as not used. Syntax:
https://help.adblockplus.org/hc/en-us/articles/360062733293
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from newscrawl.sites.selectors import LONGEST, SelectorRule

MOST_LINES: Final = 400_000
_HIDING: Final = re.compile(r"([^#\s]{0,2000})#(@?)#([^\s].{0,1000})")
_BEYOND_CSS: Final = re.compile(
    r":(?:-abp-|has-text|matches-|xpath|upward|style|remove|nth-ancestor|min-text|watch)|\+js"
)


@dataclass(slots=True)
class FilterList:
    """Hiding rules: for all hosts, for some, and what some hosts are spared; ``unused``: lines of other kinds."""

    general: list[SelectorRule] = field(default_factory=list)
    by_host: dict[str, list[SelectorRule]] = field(default_factory=dict)
    spared: dict[str, set[str]] = field(default_factory=dict)
    unused: int = 0

    @property
    def size(self) -> int:
        """How many rules are used."""
        return len(self.general) + sum(map(len, self.by_host.values()))


def parse_filter_list(text: str, name: str) -> FilterList:
    """Read a list; its rules are called ``filter/<name>/<line>``, their kind is ``ad``."""
    found = FilterList()
    everywhere: set[str] = set()
    for number, line in enumerate(text.splitlines()[:MOST_LINES], 1):
        line = line.strip()
        if not line or line.startswith(("!", "[Adblock")):
            continue
        match = _HIDING.fullmatch(line) if "##" in line or "#@#" in line else None
        if match is None or _BEYOND_CSS.search(match[3]) or len(match[3]) > LONGEST or match[3].startswith("^"):
            found.unused += 1
            continue
        hosts, exception, selector = match[1].lower(), match[2], match[3].strip()
        rule = SelectorRule(f"filter/{name}/{number}", "ad", selector)
        named = [host for host in hosts.split(",") if host and not host.startswith("~")]
        if exception:
            for host in named:
                found.spared.setdefault(host, set()).add(selector)
            if not named:
                everywhere.add(selector)
            continue
        for host in hosts.split(","):
            if host.startswith("~"):
                found.spared.setdefault(host[1:], set()).add(selector)
        for host in named:
            found.by_host.setdefault(host, []).append(rule)
        if not named:
            found.general.append(rule)
    if everywhere:
        found.general = [rule for rule in found.general if rule.selector not in everywhere]
    return found
