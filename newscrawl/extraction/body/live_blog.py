"""Entries of a live blog: where they stand, what of them is text, and when each was written.

Only a page that calls itself one (schema.org's ``LiveBlogPosting``, or names in its markup) and whose text stands in
entries with a time each is taken for one; any other page is left as it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from newscrawl.dates import is_date_line
from newscrawl.extraction.body.live_blog_times import Clocks, is_clock
from newscrawl.extraction.metadata.lexicon import load
from newscrawl.extraction.segments.elements import is_heading
from newscrawl.extraction.segments.model import Frame, Segment
from newscrawl.extraction.segments.role import Role
from newscrawl.parsing.json_ld import types
from newscrawl.parsing.structured import StructuredData
from newscrawl.parsing.tree import Element
from newscrawl.parsing.values import listed
from newscrawl.parsing.values import text as plain
from newscrawl.widgets.markup import bit

_FEWEST: Final = 3
"""Entries that make a live blog."""
_MOST: Final = 2000
_HOLDS: Final = 0.5
"""Share of the page's text that has to stand in the entries."""
_TEXT: Final = 40
_PREFIX: Final = 60
_ENDS: Final = '.!?…:。！？।»”"'
_WIDGETS: Final = ("newsletter", "related", "ad", "social", "comment", "donation", "follow", "paywall")


@dataclass(slots=True)
class LiveBlogEntry:
    """An entry: its segments from ``first`` to ``last``, and the ``raw`` times found, the best first."""

    first: int
    last: int
    element: Element | None = None
    raw: list[str] = field(default_factory=list)


def mark_entries(
    tree: Element, data: StructuredData, segments: list[Segment], roles: list[Role], clocks: Clocks
) -> bool:
    """Give the segments of a live blog's entries their time; return whether the page is a live blog.

    Changes ``segments`` (`Segment.time`) and ``roles`` in place, so that all text and headings of the entries are kept
    and their times are not; leaves any other page as it is. An entry whose time cannot be told has none.
    """
    updates = [u for node in data.nodes for u in listed(node.get("liveBlogUpdate")) if isinstance(u, dict)][:_MOST]
    if not updates and not any("LiveBlogPosting" in types(node) for node in data.nodes) and not _is_named(segments):
        return False
    entries = _in_boxes(tree, segments, roles) or _under_times(segments, roles)
    if not entries:
        return False
    _match(entries, updates, segments)
    for entry in entries:
        _keep(entry, segments, roles)
    for entry, time in zip(entries, clocks.resolve([entry.raw for entry in entries]), strict=True):
        for index in range(entry.first, entry.last + 1):
            segments[index].time = time
    return True


def _frames(segments: list[Segment]) -> list[Frame]:
    found: dict[Frame, None] = {}
    for item in segments:
        at: Frame | None = item.frame
        while at is not None and at not in found:
            found[at] = None
            at = at.parent
    return list(found)


def _is_named(segments: list[Segment]) -> bool:
    """Tell whether the tag and names of an element around some text hold a live blog's word."""
    seen: set[int] = set()
    signatures: dict[int, str] = {}
    for item in segments:
        at: Frame | None = item.frame
        while at is not None and at.index not in seen:
            seen.add(at.index)
            if at.kind not in signatures and (at.names or "-" in at.tag):
                signatures[at.kind] = at.signature
            at = at.parent
    names = "\n".join(set(signatures.values())).lower()
    return any(part in names for part in load("live_blog")["rule"][0]["parts"])


def _mass(first: int, last: int, segments: list[Segment], roles: list[Role]) -> int:
    return sum(len(segments[i].text) for i in range(first, last + 1) if roles[i] is Role.BODY)


def _in_boxes(tree: Element, segments: list[Segment], roles: list[Role]) -> list[LiveBlogEntry]:
    """Return entries as boxes of one kind, each with a time in it, that hold most of the text; the smallest such."""
    frames = {id(frame.element): frame for frame in _frames(segments)}
    timed: dict[int, Frame] = {}
    for element in tree.iter("time"):
        at: Element | None = element
        while at is not None and id(at) not in frames:
            at = at.getparent()
        if at is not None:
            timed[id(at)] = frames[id(at)]
    for item in segments:
        if is_clock(item.text):
            timed[id(item.frame.element)] = item.frame
    kinds: dict[str, dict[int, Frame]] = {}
    for frame in timed.values():
        up: Frame | None = frame
        while up is not None and up.parent is not None and up.first >= 0:
            kind = kinds.setdefault(_kind(up), {})
            if id(up) in kind:
                break
            kind[id(up)] = up
            up = up.parent
    total = _mass(0, len(segments) - 1, segments, roles)
    best: list[Frame] = []
    for boxes in kinds.values():
        chosen = _apart(list(boxes.values()))
        if len(chosen) < _FEWEST or len(chosen) <= len(best) or len(chosen) > _MOST:
            continue
        if sum(_mass(f.first, f.last, segments, roles) for f in chosen) >= _HOLDS * total > 0:
            best = chosen
    return [LiveBlogEntry(f.first, f.last, f.element, _raw(f, segments)) for f in best]


def _kind(frame: Frame) -> str:
    names = (frame.element.get("class") or "").split()
    upper = frame.parent
    return f"{frame.depth} {upper.signature if upper is not None else ''} > {frame.tag}.{names[0] if names else ''}"


def _apart(frames: list[Frame]) -> list[Frame]:
    """Return boxes in page order, none within another."""
    out: list[Frame] = []
    for frame in sorted(frames, key=lambda f: (f.first, -f.last)):
        if not out or frame.first > out[-1].last:
            out.append(frame)
    return out


def _raw(frame: Frame, segments: list[Segment]) -> list[str]:
    """Return the times in an entry's markup: its first ``<time>``, by attribute and as it reads, then a visible one."""
    found: list[str] = []
    stamp = next(frame.element.iter("time"), None)
    if stamp is not None:
        found += [stamp.get("datetime") or "", "".join(stamp.itertext())[:80]]
    shown = (segments[i].text for i in range(frame.first, min(frame.last, frame.first + 4) + 1))
    found += [text for text in shown if is_clock(text) or (len(text) < 60 and is_date_line(text))]
    return [text.strip() for text in found if text.strip()]


def _under_times(segments: list[Segment], roles: list[Role]) -> list[LiveBlogEntry]:
    """Return entries without boxes: each begins with a line that is a time."""
    body = [i for i, role in enumerate(roles) if role is Role.BODY]
    if not body:
        return []
    starts = [i for i in range(max(body[0] - 3, 0), body[-1]) if is_clock(segments[i].text)]
    if len(starts) < _FEWEST:
        return []
    ends = [*(i - 1 for i in starts[1:]), body[-1]]
    if _mass(starts[0], body[-1], segments, roles) < _HOLDS * _mass(0, body[-1], segments, roles):
        return []
    return [LiveBlogEntry(a, b, None, [segments[a].text]) for a, b in zip(starts, ends, strict=True)]


def _match(entries: list[LiveBlogEntry], updates: list[dict[str, Any]], segments: list[Segment]) -> None:
    """Put the times that the page's data give before those of the markup: by id, headline, or how the text begins."""
    keyed: dict[str, str] = {}
    for update in updates:
        raw = (
            plain(update.get("datePublished")) or plain(update.get("dateCreated")) or plain(update.get("dateModified"))
        )
        anchor = plain(update.get("url")) or plain(update.get("@id"))
        keys = [f"#{anchor.rpartition('#')[2]}" if "#" in anchor else ""]
        keys += [_key(plain(update.get(name))) for name in ("headline", "articleBody")]
        for key in keys if raw else ():
            if key:
                keyed.setdefault(key, raw)
    for entry in entries if keyed else ():
        names = [f"#{entry.element.get('id')}"] if entry.element is not None and entry.element.get("id") else []
        names += [_key(segments[i].text) for i in range(entry.first, min(entry.last, entry.first + 8) + 1)]
        found = next((keyed[name] for name in names if name in keyed), None)
        if found:
            entry.raw.insert(0, found)


def _key(text: str) -> str:
    folded = "".join(filter(str.isalnum, text[: 3 * _PREFIX].casefold()))[:_PREFIX]
    return folded if len(folded) >= 12 else ""


def _keep(entry: LiveBlogEntry, segments: list[Segment], roles: list[Role]) -> None:
    """Keep the text and headings of an entry, and take its time for what it is."""
    widgets = sum(bit(kind) for kind in _WIDGETS)
    for i in range(entry.first, entry.last + 1):
        item = segments[i]
        if is_clock(item.text) or _is_time_line(item.text, entry):
            roles[i] = Role.DATE
        elif roles[i] is Role.OUT and not item.control and item.link_chars * 2 < len(item.text):
            head = is_heading(item) and i < entry.last
            prose = len(item.text) >= _TEXT and item.text.rstrip()[-1:] in _ENDS
            if (head or prose) and not _marks(item.frame, entry) & widgets:
                roles[i] = Role.BODY
        elif roles[i] is Role.OUT and is_heading(item) and i < entry.last and not _marks(item.frame, entry) & widgets:
            roles[i] = Role.BODY


def _is_time_line(text: str, entry: LiveBlogEntry) -> bool:
    """Tell whether a line is the entry's time, or that and who wrote it."""
    if len(text) > 2 * _TEXT or text.rstrip()[-1:] in _ENDS:
        return False
    return any(text == raw or (is_clock(raw) and text.startswith(raw)) for raw in entry.raw)


def _marks(frame: Frame, entry: LiveBlogEntry) -> int:
    """Return what the names between a segment and its entry speak of."""
    marks = 0
    at: Frame | None = frame
    while at is not None and at.element is not entry.element and at.first >= entry.first and at.last <= entry.last:
        marks |= at.marks
        at = at.parent
    return marks
