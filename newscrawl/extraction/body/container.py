"""The article's container: what stands in it and is not article is logged, page boilerplate outside is not."""

from __future__ import annotations

from newscrawl.extraction.segments.model import Frame, Segment
from newscrawl.extraction.segments.role import Role

KEPT = frozenset((Role.BODY, Role.STANDFIRST))
_FULL = 0.97
_WIDE = 0.5


def container(segments: list[Segment], roles: list[Role]) -> frozenset[int]:
    """Return indices of the segments within the article's container.

    The container is the deepest frame that holds nearly all of the body's characters. Where that is a frame of mostly
    other text (a page without structure), only what stands between the first and the last piece of the body counts.
    """
    body = [i for i, role in enumerate(roles) if role in KEPT]
    if not body:
        return frozenset()
    mass = sizes_around([segments[i] for i in body])
    total = max(mass.values())
    best = max((f for f, chars in mass.items() if chars >= _FULL * total), key=lambda f: f.depth)
    while best.parent is not None and (
        best.tag not in ("div", "section", "article", "main", "td") or mass[best] == best.chars
    ):
        if best.parent.tag == "body":
            break
        best = best.parent
    within = set(range(best.first, best.last + 1))
    if best.tag == "body" or mass[best] < _WIDE * best.chars:
        within = set()
    return frozenset(within | set(range(body[0], body[-1] + 1)))


def sizes_around(body: list[Segment]) -> dict[Frame, int]:
    """Return the characters of the body in each frame around it; paragraphs side by side are added up first."""
    mass: dict[Frame, int] = {}
    above: dict[Frame | None, int] = {}
    for item in body:
        size = len(item.text)
        mass[item.frame] = mass.get(item.frame, 0) + size
        above[item.frame.parent] = above.get(item.frame.parent, 0) + size
    for at, size in above.items():
        while at is not None:
            mass[at] = mass.get(at, 0) + size
            at = at.parent
    return mass


def removable(item: Segment, first: int, last: int) -> Frame | None:
    """Return the largest frame around a segment all of whose segments go; ``None`` where only its own text can go.

    ``first``, ``last``: of the run of segments around it that go.
    """
    best = None
    at: Frame | None = item.frame
    while at is not None and at.first >= 0 and at.parent is not None:
        if at.first < first or at.last > last:
            break
        best = at
        at = at.parent
    return best
