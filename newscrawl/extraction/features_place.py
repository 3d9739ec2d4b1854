"""Where a segment stands, as numbers: its elements, their names, and the company it keeps."""

from __future__ import annotations

from functools import cache
from math import log1p

from newscrawl.extraction.segment import COMPLEX, FLAGS, HIDDEN, Frame, Segment, is_prose
from newscrawl.widgets.markup import kinds

_TAGS = (
    "p", "div", "li", "h1", "h2", "h3", "h4", "td", "span", "section", "blockquote", "figcaption", "a", "button", "article",
)  # fmt: skip
_BOXES = ("newsletter", "related", "social", "comment", "ad", "author_bio", "donation", "consent", "video")
_FAR = 12.0

PLACE = (
    *(f"tag_{t}" for t in _TAGS), *(f"in_{t}" for t in FLAGS), "hidden", "complex", "depth", "names_own", "names_parent",
    "names_min", "names_max", "names_sum", "names_near", "parent_chars", "parent_links", "parent_prose", "parent_segments", "grand_chars",
    "grand_links", "grand_prose", "grand_segments", "great_prose", "great_links", "best_share", "in_main", "main_distance", "main_depth",
    "form_chars", "form_distance", "emails", "inputs", "sig_count", "sig_chars", "sig_links", "sig_prose", "branch_chars",
    "branch_links", "branch_prose", "branch_segments", *(f"mark_{k}" for k in kinds()), *(f"box_{k}" for k in _BOXES),
)  # fmt: skip


def main_frame(frames: list[Frame]) -> Frame:
    """The deepest frame that holds the bulk of the page's prose."""
    main = frames[0]
    total = main.prose or 1
    for frame in frames:
        if frame.prose >= 0.75 * total and frame.depth > main.depth:
            main = frame
    return main


def signature(frame: Frame) -> str:
    """Kind of place: a frame's tag and names with its parent's."""
    return f"{frame.parent.signature if frame.parent else ''}>{frame.signature}"


@cache
def _box_bits() -> tuple[int, ...]:
    return tuple(1 << kinds().index(kind) for kind in _BOXES)


class Places:
    """The `PLACE` figures of a page's frames; each is worked out once, from its parent's."""

    def __init__(self, segments: list[Segment], main: Frame, odds: dict[str, float]) -> None:
        self._main = main
        self._odds = odds
        self._line: set[int] = set()
        at: Frame | None = main
        while at is not None:
            self._line.add(id(at))
            at = at.parent
        self._signatures = _signatures(segments)
        self._values: dict[str, float] = {}
        self._names: dict[int, tuple[float, float, float, float, float]] = {}
        self._marks: dict[int, list[float]] = {}
        self._boxes: dict[int, list[float]] = {}
        self._forms: dict[int, tuple[float, float, int, int]] = {}
        self._ways: dict[int, tuple[Frame, Frame, int]] = {}
        self._rows: dict[int, list[float]] = {}

    def row(self, frame: Frame) -> list[float]:
        """The figures of a segment in this frame."""
        row = self._rows.get(id(frame))
        if row is None:
            row = self._rows[id(frame)] = self._row(frame)
        return row

    def _row(self, frame: Frame) -> list[float]:
        flags, main = frame.flags, self._main
        parent = frame.parent or frame
        grand = parent.parent or parent
        great = grand.parent or grand
        names = self._evidence(frame)
        branch, at, up = self._way(frame)
        return [
            *(frame.tag == tag for tag in _TAGS),
            *(flags & bit != 0 for bit in FLAGS.values()),
            flags & HIDDEN != 0,
            flags & COMPLEX != 0,
            frame.depth,
            names[0], self._evidence(parent)[0], *names[1:],
            log1p(parent.chars), parent.link_chars / (parent.chars or 1), log1p(parent.prose), log1p(parent.segments),
            log1p(grand.chars), grand.link_chars / (grand.chars or 1), log1p(grand.prose), log1p(grand.segments),
            log1p(great.prose), great.link_chars / (great.chars or 1),
            parent.prose / (main.prose or 1),
            at is main, up, main.depth - at.depth,
            *self._form(frame),
            *self._signatures[signature(frame)],
            log1p(branch.chars), branch.link_chars / (branch.chars or 1), branch.prose / (branch.chars or 1), log1p(branch.segments),
            *self._mark(frame), *self._box(frame),
        ]  # fmt: skip

    def _evidence(self, frame: Frame) -> tuple[float, float, float, float, float]:
        """Log odds of the words of its names: own, then lowest, highest, sum and nearest up to the body."""
        known = self._names.get(id(frame))
        if known is None:
            own = self._values.get(frame.signature)
            if own is None:
                own = 0.0
                for token in frame.names:
                    value = self._odds.get(f"{frame.tag}.{token}", self._odds.get(token, 0.0))
                    if abs(value) > abs(own):
                        own = value
                self._values[frame.signature] = own
            if frame.parent is None:
                known = (own, min(own, 0.0), max(own, 0.0), own, own)
            else:
                _, low, high, total, near = self._evidence(frame.parent)
                known = (own, min(low, own), max(high, own), total + own, own or near)
            self._names[id(frame)] = known
        return known

    def _mark(self, frame: Frame) -> list[float]:
        """For each kind of name, how many frames up it stands."""
        known = self._marks.get(id(frame))
        if known is None:
            if frame.parent is None:
                known = [_FAR] * len(kinds())
            else:
                known = [min(d + 1, _FAR) for d in self._mark(frame.parent)]
            mask = frame.marks
            if mask:
                for i in range(len(known)):
                    if mask >> i & 1:
                        known[i] = 0.0
            self._marks[id(frame)] = known
        return known

    def _box(self, frame: Frame) -> list[float]:
        """For each kind of box, the size of the smallest frame around that holds such a name, off the main line."""
        known = self._boxes.get(id(frame))
        if known is None:
            known = [_FAR] * len(_BOXES) if frame.parent is None else self._box(frame.parent)
            if frame.inner and id(frame) not in self._line:
                size = log1p(frame.chars)
                known = [size if frame.inner & bit else old for old, bit in zip(known, _box_bits(), strict=True)]
            self._boxes[id(frame)] = known
        return known

    def _form(self, frame: Frame) -> tuple[float, float, int, int]:
        """Size of the smallest frame around that holds a form field, how far up it is, and its fields."""
        known = self._forms.get(id(frame))
        if known is None:
            if frame.emails or frame.inputs:
                known = (log1p(frame.chars), 0.0, frame.emails, frame.inputs)
            elif frame.parent is None:
                known = (0.0, 99.0, 0, 0)
            else:
                size, up, emails, inputs = self._form(frame.parent)
                known = (size, min(up + 1, 99.0), emails, inputs)
            self._forms[id(frame)] = known
        return known

    def _way(self, frame: Frame) -> tuple[Frame, Frame, int]:
        """Where the way down leaves the line from the body to the main frame: the branch, the frame left, the steps."""
        known = self._ways.get(id(frame))
        if known is None:
            if id(frame) in self._line or frame.parent is None:
                known = (frame, frame, 0)
            elif id(frame.parent) in self._line:
                known = (frame, frame.parent, 1)
            else:
                branch, at, up = self._way(frame.parent)
                known = (branch, at, up + 1)
            self._ways[id(frame)] = known
        return known


def _signatures(segments: list[Segment]) -> dict[str, list[float]]:
    """For each kind of place: how many segments stand in such ones, how long, how much linked, how much prose."""
    sums: dict[str, list[float]] = {}
    for item in segments:
        row = sums.setdefault(signature(item.frame), [0.0, 0.0, 0.0, 0.0])
        size = len(item.text)
        row[0] += 1
        row[1] += size
        row[2] += min(item.link_chars, size)
        row[3] += size if is_prose(item.text) else 0
    return {k: [log1p(n), log1p(c / n), lc / (c or 1), log1p(p)] for k, (n, c, lc, p) in sums.items()}
