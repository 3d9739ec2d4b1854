"""From segments with roles to the record's blocks and removals."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal

from newscrawl.extraction.body.container import removable
from newscrawl.extraction.body.removed_lines import lines_of
from newscrawl.extraction.segments.elements import FLAGS, is_heading
from newscrawl.extraction.segments.model import Frame, Segment
from newscrawl.extraction.segments.role import Role
from newscrawl.items import Block, Removal
from newscrawl.site_memory.pieces import MEMORY_RULE, boilerplate_kind
from newscrawl.widgets.kind import name_piece
from newscrawl.widgets.rejoin import join, should_join

_LISTS: Final = FLAGS["ul"] | FLAGS["ol"]
_QUOTE: Final = FLAGS["blockquote"]
_BULLETS: Final = "•·▪◦‣●■–—-* "
_LOGGED_AS: Final = {Role.BYLINE: "byline", Role.DATE: "date_line", Role.CAPTION: "caption"}


@dataclass(slots=True)
class Assembly:
    """Blocks of the body, what was taken from within it, and the frames and segments to drop from the tree."""

    blocks: list[Block] = field(default_factory=list)
    removed: list[Removal] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)
    bare: list[Segment] = field(default_factory=list)
    mended: list[Segment] = field(default_factory=list)
    """Segments whose text was put to that of the block before them."""


def assemble(
    segments: list[Segment],
    roles: list[Role],
    within: frozenset[int],
    language: str | None,
    ruled: dict[int, tuple[str, str]] | None = None,
) -> Assembly:
    """Put the body together: broken sentences mended, what goes logged in reading order.

    ``ruled``: (kind, rule) of the segments that people's rules take.
    """
    ruled = ruled or {}
    out = Assembly()
    article = frozenset((Role.BODY, Role.STANDFIRST, Role.HEADLINE))
    gone = frozenset([i for i in within if roles[i] not in article])
    pending: list[Removal] = []
    group: tuple[object, list[int]] | None = None
    last: Segment | None = None
    unbroken = False  # since the last piece of the body all stands in one paragraph
    run_first, run_last = 0, -1  # of the segments that go, one behind the other

    def close() -> None:
        nonlocal group
        if group is not None:
            pending.append(_removal(segments, roles, group[1], out, ruled))
            group = None

    for i, item in enumerate(segments):
        unbroken = unbroken and item.continues
        if roles[i] is Role.BODY:
            close()
            mended = last is not None and _goes_on(last, item, out.blocks, unbroken, pending, language)
            if mended:
                block = out.blocks[-1]
                offset, block["text"] = join(block["text"], item.text, language)
                out.mended.append(item)
            else:
                out.blocks.append({"type": _type(item), "text": _strip_bullet(item), "time": item.time})
                offset = None
            for removal in pending:
                removal["before"] = len(out.blocks) - 1
                removal["split"], removal["offset"] = mended, offset
            out.removed += pending
            pending = []
            last, unbroken = item, True
        elif i in gone:
            if i > run_last:
                run_first = run_last = i
                while run_last + 1 in gone:
                    run_last += 1
            frame = removable(item, run_first, run_last)
            key: object = ruled.get(i) or frame or (roles[i], id(item.frame))
            if group is None or group[0] != key:
                close()
                group = (key, [])
            group[1].append(i)
        elif group is not None:
            close()
    close()
    for removal in pending:
        removal["before"] = len(out.blocks)
    out.removed += pending
    return out


def _goes_on(
    last: Segment, item: Segment, blocks: list[Block], unbroken: bool, parted: list[Removal], language: str | None
) -> bool:
    """Tell whether a segment is the rest of the block before it.

    ``unbroken``: the paragraph of ``last`` does not end before it; ``parted``: what was taken out between them.
    """
    if item.is_rest:
        return True
    if item.time != last.time:
        return False
    if unbroken and (
        item.frame is last.frame
        or item.frame.parent is last.frame
        or item.frame is last.frame.parent
        or item.frame.parent is last.frame.parent
    ):
        return True
    if not parted and not item.bare:
        return False
    if is_heading(item) or is_heading(last) or blocks[-1]["type"] == "heading":
        return False
    same = item.bare and (item.frame is last.frame or item.frame is last.frame.parent)
    if not parted and not same:
        return False
    own = item.frame in (last.frame, last.frame.parent)
    if not own and (blocks[-1]["type"] != _type(item) or blocks[-1]["type"] == "list_item"):
        return False  # a key point, a quote: what comes behind it has its own beginning
    if any(removal["rule"].startswith("role/") for removal in parted) and not _starts_low(item.text):
        return False  # a byline stands behind a standfirst, a caption between paragraphs
    return should_join(blocks[-1]["text"], item.text, language)


def _starts_low(text: str) -> bool:
    first = next((c for c in text if c.isalnum()), "")
    return not first.isupper()


def _type(item: Segment) -> Literal["paragraph", "heading", "list_item", "quote"]:
    frame = item.frame
    if is_heading(item):
        return "heading"
    if frame.flags & _QUOTE:
        return "quote"
    if frame.flags & _LISTS and any(
        f is not None and f.tag == "li" for f in (frame, frame.parent, frame.parent and frame.parent.parent)
    ):
        return "list_item"
    if (
        item.bold_chars >= len(item.text) - 1
        and len(item.text) < 90
        and item.text[-1] not in ".,;:…"
        and not item.link_chars
    ):
        return "heading"
    return "paragraph"


def _strip_bullet(item: Segment) -> str:
    text = item.text
    if text[0] in "•·▪◦‣●■" and len(text) > 2:
        return text.lstrip(_BULLETS) or text
    return text


def _removal(
    segments: list[Segment], roles: list[Role], indices: list[int], out: Assembly, ruled: dict[int, tuple[str, str]]
) -> Removal:
    """Log a run of segments that goes, and note what to drop from the tree."""
    pieces = [segments[i] for i in indices]
    first, last = indices[0], indices[-1]
    frame = removable(pieces[0], first, last)
    texts = [p.text for p in pieces]
    if frame is not None and (frame.first, frame.last) == (first, last):
        out.frames.append(frame)
        marks, emails = frame.inner, frame.emails
    else:
        out.bare += pieces
        marks = emails = 0
        for piece in pieces:
            marks |= piece.frame.marks
    logged = _LOGGED_AS.get(roles[first])
    if first in ruled:
        kind, rule = ruled[first]
    elif logged:
        kind, rule = logged, f"role/{logged}"
    elif all(roles[i] is Role.BOILERPLATE for i in indices):
        kind, rule = boilerplate_kind(texts, marks, emails), MEMORY_RULE
    else:
        size = sum(map(len, texts)) or 1
        kind, rule = name_piece(texts, marks, emails, sum(p.link_chars for p in pieces) / size, "model/segments")
    return {
        "kind": kind,
        "rule": rule,
        "level": "html",
        "text": "\n".join(line for piece in pieces for line in lines_of(piece)),
        "before": 0,
        "split": False,
        "offset": None,
    }
