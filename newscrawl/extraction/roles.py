"""What part each segment of a page plays: body, headline, standfirst, or something that is left out."""

from __future__ import annotations

from newscrawl.extraction.credits import mark_credits
from newscrawl.extraction.features import words
from newscrawl.extraction.role import Role
from newscrawl.extraction.segment import FLAGS, Segment
from newscrawl.extraction.trees import Matrix
from newscrawl.widgets.markup import bit
from newscrawl.widgets.rejoin import should_join

_FIGURES = FLAGS["figcaption"]
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_SHORT = 200
_LONG = 60
_NESTED = 40
_HOPELESS = -6.0


def is_heading(item: Segment) -> bool:
    """True for a segment in a heading element."""
    return item.frame.tag in _HEADINGS or (item.frame.parent is not None and item.frame.parent.tag in _HEADINGS)


def assign(segments: list[Segment], margins: Matrix, headline: str | None, description: str | None) -> list[Role]:
    """Roles of a page's segments by the models' margins and what the page calls itself."""
    roles = [Role.BODY if margin > 0 else Role.OUT for margin in margins]
    title = words(headline or "")
    for i, item in enumerate(segments):
        if item.frame.flags & _FIGURES:
            roles[i] = Role.CAPTION
    lead = next(
        (i for i, role in enumerate(roles) if role is Role.BODY and len(segments[i].text) > _SHORT), len(segments)
    )
    for i, item in enumerate(segments):
        if (
            title
            and len(item.text) < 2 * len(headline or "") + 20
            and (i <= lead or is_heading(item))
            and _same(words(item.text), title)
        ):
            roles[i] = Role.HEADLINE
    _tails(segments, roles, margins)
    mark_credits(segments, roles)
    _repeats(segments, roles)
    _standfirst(segments, roles, description)
    _trailing_headings(segments, roles)
    return roles


def _tails(segments: list[Segment], roles: list[Role], margins: Matrix) -> None:
    """The rest of a sentence that an element nested in its paragraph cut off: bare text that goes on where it broke."""
    last = -1
    for i, item in enumerate(segments):
        if roles[i] is Role.BODY:
            last = i
        elif 0 <= last < i - 1 and i - last <= _NESTED and item.bare and not item.control and margins[i] > _HOPELESS:
            before = segments[last]
            kin = (
                item.frame is before.frame
                or item.frame is before.frame.parent
                or item.frame.parent is before.frame.parent
            )
            if (
                kin
                and item.link_chars * 2 < len(item.text)
                and not is_heading(before)
                and should_join(before.text, item.text)
            ):
                roles[i] = Role.BODY
                last = i


def _repeats(segments: list[Segment], roles: list[Role]) -> None:
    """Paragraphs that stand in the page twice in the same order (for phones, for print) are taken once.

    One repeated by itself is the article's own: a question put to each guest, a refrain.
    """
    body = [i for i, role in enumerate(roles) if role is Role.BODY]
    texts = [segments[i].text for i in body]
    seen: set[tuple[str, str]] = set()
    again: set[int] = set()
    for k in range(len(body) - 1):
        pair = texts[k], texts[k + 1]
        if min(map(len, pair)) <= _LONG:
            continue
        if pair in seen:
            again |= {body[k], body[k + 1]}
        seen.add(pair)
    for i in again:
        roles[i] = Role.OUT


def _same(one: list[str], other: list[str]) -> bool:
    if one == other:
        return True
    a, b = set(one), set(other)
    return len(b) > 3 and len(a & b) >= 0.85 * len(a | b)


def _standfirst(segments: list[Segment], roles: list[Role], description: str | None) -> None:
    """The lead set apart between headline and body: by its name, its heading, or the page's own description."""
    body = [i for i, role in enumerate(roles) if role is Role.BODY]
    if len(body) < 3:
        return
    mark = bit("standfirst")
    said = words(description or "")
    main = _main_parent(segments, body)
    for i in body[:3]:
        item = segments[i]
        if len(item.text) < 25 or len(item.text) > 1200:
            continue
        named = any(f.marks & mark for f in (item.frame, item.frame.parent) if f is not None and f is not main)
        own = words(item.text)
        told = len(said) > 4 and (own == said or (own[: len(said)] == said[: len(own)] and len(own) <= len(said) + 3))
        apart = item.frame.parent is not main and item.frame is not main
        if (
            (named and (apart or told))
            or (is_heading(item) and i == body[0] and len(item.text) > _LONG)
            or (told and apart)
        ):
            roles[i] = Role.STANDFIRST
            return


def _main_parent(segments: list[Segment], body: list[int]) -> object:
    """The frame in which most of the body stands."""
    counts: dict[int, int] = {}
    frames = {}
    for i in body:
        frame = (
            segments[i].frame if segments[i].frame.tag in ("div", "section", "article") else segments[i].frame.parent
        )
        if frame is not None:
            counts[id(frame)] = counts.get(id(frame), 0) + len(segments[i].text)
            frames[id(frame)] = frame
    return frames[max(counts, key=counts.__getitem__)] if counts else None


def _trailing_headings(segments: list[Segment], roles: list[Role]) -> None:
    """A heading with no text of its own after it heads something that was left out."""
    for i in range(len(roles) - 1, -1, -1):
        if roles[i] is Role.BODY:
            if not is_heading(segments[i]):
                return
            roles[i] = Role.OUT
