"""Selectors that people wrote, applied to a page: what they take, with a guard that keeps the article."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from newscrawl.extraction.body.container import KEPT
from newscrawl.extraction.segments.elements import INLINE
from newscrawl.extraction.segments.model import Segment
from newscrawl.extraction.segments.role import Role
from newscrawl.parsing.tree import Element
from newscrawl.sites.filter_files import general_index, host_index
from newscrawl.sites.selectors import SelectorIndex, SelectorRule
from newscrawl.text.normalise import normal

SITE_SHARE: Final = 0.4
"""Share of the article's letters that one rule of a site file may take."""
LIST_SHARE: Final = 0.15
"""The same for a rule of a filter list, written for no site in particular."""
ALL_SHARE: Final = 0.5
PROSE: Final = 3
"""Paragraphs of prose that a rule of a filter list may take; it may take one less than this."""
_CUT: Final = "data-module"


@dataclass(slots=True)
class Marked:
    """What the rules mean on one page: the elements they take and keep, and texts that must stay.

    ``refused``: rules that would have taken too much of the article.
    """

    taken: dict[Element, SelectorRule] = field(default_factory=dict)
    kept: set[Element] = field(default_factory=set)
    survive: tuple[str, ...] = ()
    refused: list[str] = field(default_factory=list)
    cut: list[tuple[Element, str | None]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.taken or self.kept or self.survive)


@lru_cache(maxsize=256)
def _index(rules: tuple[SelectorRule, ...]) -> SelectorIndex:
    return SelectorIndex(rules)


def mark(tree: Element, site: dict[str, Any]) -> Marked:
    """Find what the rules of ``site`` mean on a page.

    ``site``: as `newscrawl.sites.site_rules.plain` makes it, and ``filter_lists``, a tuple of (path, time of change),
    with ``page_host``. Inline elements to be taken are marked in the tree for the segmentation to cut them out;
    `unmark` undoes it.
    """
    found = Marked(survive=tuple(filter(None, map(normal, site.get("must_survive", ())))))
    if keep := site.get("keep"):
        rules = tuple(SelectorRule("keep", "", selector) for selector in keep)
        found.kept = {element for element, _ in _index(rules).match(tree)}
    if strip := site.get("strip"):
        found.taken = dict(_index(tuple(SelectorRule(*rule) for rule in strip)).match(tree))
    for path, changed in site.get("filter_lists", ()):
        own, spared = host_index(path, changed, site.get("page_host", ""))
        for index in filter(None, (general_index(path, changed), own)):
            for element, rule in index.match(tree):
                if rule.selector not in spared:
                    found.taken.setdefault(element, rule)
    for element in [e for e in found.taken if e.tag in ("html", "body")]:
        del found.taken[element]
    for element in found.taken:
        if element.tag in INLINE:
            found.cut.append((element, element.get(_CUT)))
            element.set(_CUT, "newsletter")
    return found


def unmark(found: Marked) -> None:
    """Take the marks out of the tree."""
    for element, before in found.cut:
        if before is None:
            element.attrib.pop(_CUT, "")
        else:
            element.set(_CUT, before)
    found.cut = []


def apply(segments: list[Segment], roles: list[Role], found: Marked) -> dict[int, tuple[str, str]]:
    """Give segments the roles that the rules mean, in place; (kind, rule) of those that rules take.

    A rule is refused on this page where it takes more of the article than it may; so are, the greediest first, those
    that together take more than half of it.
    """
    rule_of = _by_segment(segments, found)
    for i, item in enumerate(segments):
        if roles[i] is Role.OUT and i not in rule_of and (_within(item, found.kept) or _survives(item, found.survive)):
            roles[i] = Role.BODY
    whole = sum(len(s.text) for s, role in zip(segments, roles, strict=True) if role in KEPT) or 1
    cost: dict[str, int] = defaultdict(int)
    prose: dict[str, int] = defaultdict(int)
    for i, rule in rule_of.items():
        if roles[i] in KEPT:
            cost[rule.name] += len(segments[i].text)
            prose[rule.name] += segments[i].prose and segments[i].link_chars * 2 < len(segments[i].text)
    refused = {name for name in cost if _is_greedy(name, cost[name] / whole, prose[name])}
    spent = sum(size for name, size in cost.items() if name not in refused)
    for name in sorted(cost, key=cost.__getitem__, reverse=True):
        if spent > ALL_SHARE * whole and name not in refused:
            refused.add(name)
            spent -= cost[name]
    found.refused = sorted(refused)
    ruled = {}
    for i, rule in rule_of.items():
        if rule.name not in refused and roles[i] is not Role.HEADLINE:
            roles[i] = Role.RULED
            ruled[i] = (rule.kind, rule.name)
    return ruled


def _is_greedy(name: str, share: float, prose: int) -> bool:
    if name.startswith("filter/"):
        return share > LIST_SHARE or prose >= PROSE
    return share > SITE_SHARE


def _by_segment(segments: list[Segment], found: Marked) -> dict[int, SelectorRule]:
    """Return the rule of each segment that stands in an element to be taken, unless it is one to be kept."""
    if not found.taken:
        return {}
    rule_of: dict[int, SelectorRule] = {}
    seen: dict[int, SelectorRule | None] = {}
    for i, item in enumerate(segments):
        key = id(item.frame)
        if key not in seen:
            element = item.frame.element
            while element is not None and element not in found.taken:
                element = element.getparent()
            seen[key] = found.taken[element] if element is not None else None
        rule = seen[key]
        if rule is not None and not _within(item, found.kept) and not _survives(item, found.survive):
            rule_of[i] = rule
    return rule_of


def _within(item: Segment, elements: set[Element]) -> bool:
    element = item.frame.element if elements else None
    while element is not None:
        if element in elements:
            return True
        element = element.getparent()
    return False


def _survives(item: Segment, texts: tuple[str, ...]) -> bool:
    return bool(texts) and any(text in normal(item.text) for text in texts)
