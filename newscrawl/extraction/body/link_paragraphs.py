"""Paragraphs and lists that are only links to other articles of the site: decided as wholes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from urllib.parse import urljoin, urlsplit

from newscrawl.extraction.segments.elements import FLAGS, is_heading
from newscrawl.extraction.segments.model import Frame, Segment
from newscrawl.extraction.segments.role import Role
from newscrawl.parsing.trees import Matrix
from newscrawl.widgets.lexicon import default_lexicon
from newscrawl.widgets.rejoin import SPACELESS

_POINTERS = " \u00a0>»›<«‹▶►▸→➜➤•·■–—-*|"
_SIGNS = "»›▶►▸→➜➤"
_SHARE = 0.9
_LEAST_WORDS = 4
_LEAST_CHARACTERS = 8
_LONGEST = 220
_SURE = 3.0
"""Log odds from which a link is the article's, whatever its form."""
_MOST = 0.34
"""Share of the body's characters beyond which links are what the article consists of."""
_MANY_HEADINGS = 3
"""Linked headings from which they head the parts of the article."""
_LISTS = FLAGS["ul"] | FLAGS["ol"]


def take_out_links(segments: list[Segment], roles: list[Role], logits: Matrix, url: str) -> None:
    """Take links to other articles, alone in their paragraph, out of the body, in place; a list as a whole or not."""
    links = [i for i in range(len(segments)) if roles[i] is Role.BODY and _is_link(i, segments, url)]
    body = [i for i, role in enumerate(roles) if role is Role.BODY]
    if not links or sum(len(segments[i].text) for i in links) > _MOST * sum(len(segments[i].text) for i in body):
        return
    if sum(is_heading(segments[i]) for i in links) >= _MANY_HEADINGS:
        links = [i for i in links if not is_heading(segments[i])]
    known = frozenset(links)
    for group in _groups(links, segments):
        before = next((i for i in range(group[0] - 1, -1, -1) if roles[i] is Role.BODY), -1)
        label = before >= 0 and before == group[0] - 1 and _is_label(segments[before].text)
        if not label and (before < 0 or _is_announced(segments[before].text) or _is_sure(group, segments, logits)):
            continue
        if not _is_whole(group, segments, roles, known):
            continue
        for i in [before, *group] if label else group:
            roles[i] = Role.OUT


def _is_link(at: int, segments: list[Segment], url: str) -> bool:
    """Tell whether a segment is a whole paragraph and only a link, worded like a headline, to a page of the site."""
    item = segments[at]
    text = item.text.strip(_POINTERS)
    if (
        item.frame.tag == "h1"
        or item.continues
        or (at + 1 < len(segments) and segments[at + 1].continues)
        or not item.links
    ):
        return False
    if not text or item.link_chars < _SHARE * len(text) or len(text) > _LONGEST or text[-1] in ".:;,":
        return False
    unspaced = SPACELESS.match(text[-1]) is not None
    if (len(text) < _LEAST_CHARACTERS) if unspaced else (text.count(" ") + 1 < _LEAST_WORDS):
        return False
    return leads_elsewhere(item, url)


def leads_elsewhere(item: Segment, url: str) -> bool:
    """Tell whether the links of a segment, if any, all lead to other pages of the site."""
    targets = [urljoin(url, href.strip()) for href in _targets(item)]
    return bool(targets) and all(_is_elsewhere(target, url) for target in targets)


def _targets(item: Segment) -> Iterator[str]:
    """Yield the targets of the links in which a segment's text stands."""
    seen = set()
    for node, tail in item.nodes:
        at = node.getparent() if tail else node
        for _ in range(6):
            if at is None or at is item.frame.element.getparent():
                break
            if at.tag == "a" and at.get("href") and at not in seen:
                seen.add(at)
                yield at.get("href")
                break
            at = at.getparent()


def _is_elsewhere(target: str, url: str) -> bool:
    """Tell whether a link leads to another page of the same host."""
    try:
        there, here = urlsplit(target), urlsplit(url)
    except ValueError:
        return False
    same = (there.hostname or "").removeprefix("www.") == (here.hostname or "").removeprefix("www.")
    return same and there.path.strip("/") != "" and there.path != here.path


def _groups(links: list[int], segments: list[Segment]) -> Iterator[list[int]]:
    """Yield links that stand one after the other in boxes of one kind."""
    order = {i: k for k, i in enumerate(links)}
    for _, group in groupby(links, key=lambda i: (i - order[i], _list(segments[i]))):
        yield list(group)


def _list(item: Segment) -> int:
    """Return the number of the list around a segment, 0 outside of lists."""
    at: Frame | None = item.frame
    while at is not None and at.tag not in ("ul", "ol"):
        at = at.parent
    return at.index if at is not None else 0


def _is_whole(group: list[int], segments: list[Segment], roles: list[Role], links: frozenset[int]) -> bool:
    """Tell whether a group of list items is all of its list that is in the body."""
    if not segments[group[0]].frame.flags & _LISTS:
        return True
    at: Frame | None = segments[group[0]].frame
    while at is not None and at.tag not in ("ul", "ol"):
        at = at.parent
    return at is None or all(roles[i] is not Role.BODY or i in links for i in range(at.first, at.last + 1))


def _is_label(text: str) -> bool:
    """Tell whether a line is the label of related articles."""
    return len(text) < 80 and any(
        hit.kind == "related" and hit.strength == "label" for hit in default_lexicon().hits(text)
    )


def _is_sure(group: list[int], segments: list[Segment], logits: Matrix) -> bool:
    """Tell whether the models are sure of a group, and no sign in front of each says that it only points elsewhere."""
    return float(max(logits[group])) > _SURE and not all(segments[i].text[0] in _SIGNS for i in group)


def _is_announced(text: str) -> bool:
    """Tell whether a text announces what comes behind it."""
    return text.rstrip().endswith((":", "："))
