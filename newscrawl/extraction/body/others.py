"""Text that reads like an article's but is another one's: comments, tickers, terms, copies of the whole."""

from __future__ import annotations

from typing import Final

from newscrawl.extraction.body.container import sizes_around
from newscrawl.extraction.body.fallback import comments_around
from newscrawl.extraction.segments.elements import FLAGS
from newscrawl.extraction.segments.features import words
from newscrawl.extraction.segments.model import Frame, Segment
from newscrawl.extraction.segments.role import Role
from newscrawl.parsing.trees import Matrix
from newscrawl.widgets.markup import republishing_words
from newscrawl.widgets.rejoin import CLOSERS, FINAL

_OWN: Final = 400
"""Characters of the body elsewhere from which the rest may be another text's."""
_SURE: Final = 3.0
_NEAR: Final = 1.0
"""Logit from which a box holds the article, whatever its name, and how near that must be to the best of the rest."""
_IN_DOUBT: Final = 1.5
_SURER: Final = 3.5
"""Mean logit below which the models are in doubt of a tail, and how much surer they must be of the rest."""
_LISTS: Final = FLAGS["ul"] | FLAGS["ol"]
_ASIDE: Final = FLAGS["aside"]
_ARTICLE: Final = FLAGS["article"]
_COPY: Final = 1000
_WHOLE: Final = 0.25
"""Characters, and share of the body, from which a segment may be a copy of all of it."""
_COPIED: Final = 0.8
_GRAM: Final = 4


def take_out_others(segments: list[Segment], roles: list[Role], logits: Matrix) -> None:
    """Take out of the body, in place, what belongs to another text, where enough is left that does not."""
    body = [i for i, role in enumerate(roles) if role is Role.BODY]
    size = sum(len(segments[i].text) for i in body)
    for others in (
        _in_comments(body, segments, logits),
        _in_dialogs(body, segments),
        _above_headline(body, segments, roles, logits),
        _in_asides(body, segments, roles),
        _in_doubt_behind(_in_other_articles(body, segments, roles), body, segments, logits),
        _in_doubt_behind(_behind_box(body, segments), body, segments, logits),
        _in_doubt_behind(_in_last_box(body, segments), body, segments, logits),
        _copies(body, segments),
    ):
        gone = [i for i in others if roles[i] is Role.BODY]
        taken = sum(len(segments[i].text) for i in gone)
        if gone and size - taken >= _OWN:
            size -= taken
            for i in gone:
                roles[i] = Role.OUT


def _in_comments(body: list[int], segments: list[Segment], logits: Matrix) -> list[int]:
    """Return the segments in comments, where the models are as sure of none of them as of the rest."""
    around = {i: box for i in body if (box := comments_around(segments[i])) is not None}
    rest = max((float(logits[i]) for i in body if i not in around), default=_SURE)
    sure = {box.index for i, box in around.items() if logits[i] >= max(_SURE, rest - _NEAR)}
    return [i for i, box in around.items() if box.index not in sure]


def _in_dialogs(body: list[int], segments: list[Segment]) -> list[int]:
    """Return the segments in dialogs on how other papers may print the article."""
    known: dict[Frame, bool] = {}
    return [i for i in body if _is_in_dialog(segments[i].frame, known)]


def _is_in_dialog(frame: Frame, known: dict[Frame, bool]) -> bool:
    """Tell whether a frame or one above it is such a dialog; ``known``: of the frames looked at so far.

    No function within another calls itself: it would hold the page's tree until the collector of cycles comes.
    """
    found = known.get(frame)
    if found is None:
        found = not republishing_words().isdisjoint(frame.names)
        if not found and frame.parent is not None:
            found = _is_in_dialog(frame.parent, known)
        known[frame] = found
    return found


def _above_headline(body: list[int], segments: list[Segment], roles: list[Role], logits: Matrix) -> list[int]:
    """Return what stands above the headline: items of lists, and text outside of its box that the models doubt.

    A first-level heading is the headline rather than a link to the page above it; it may stand at the end, too.
    """
    headlines = [i for i, role in enumerate(roles) if role is Role.HEADLINE]
    if not headlines:
        return []
    above = [i for i in body if i < headlines[0] and segments[i].frame.flags & _LISTS]
    main = next((i for i in headlines if segments[i].frame.tag == "h1"), headlines[0])
    box = segments[main].frame.parent
    if box is None or sum(len(segments[i].text) for i in body if i > main) < _OWN:
        return above
    return above + [i for i in body if i < min(main, box.first) and logits[i] < _SURE and i not in above]


def _in_asides(body: list[int], segments: list[Segment], roles: list[Role]) -> list[int]:
    """Return the segments in asides beside the box that holds the headline and the paragraph behind it.

    Within that box an aside is the article's: a quote set apart, a box of facts.
    """
    around = {i: aside for i in body if (aside := _innermost_aside(segments[i].frame)) is not None}
    headline = max((i for i, role in enumerate(roles) if role is Role.HEADLINE), default=-1)
    opening = next((i for i in body if i > headline and i not in around), -1)
    if not around or headline < 0 or opening < 0:
        return []
    box: Frame | None = segments[headline].frame
    while box is not None and not box.first <= opening <= box.last:
        box = box.parent
    return [i for i, aside in around.items() if box is not None and (aside.first > box.last or aside.last < box.first)]


def _innermost_aside(frame: Frame) -> Frame | None:
    """Return the innermost aside around a frame, itself included."""
    at: Frame | None = frame if frame.flags & _ASIDE else None
    while at is not None and at.tag != "aside":
        at = at.parent
    return at


def _in_doubt_behind(tail: list[int], body: list[int], segments: list[Segment], logits: Matrix) -> list[int]:
    """Return a tail of the body of which the models are in doubt, while they are far surer of all before it.

    Below an article some pages have the next one in full, and many have teasers, rules for comments, a notice on
    rights. A list's entries may stand in boxes or articles of their own too, but the models are about as sure of them
    as of its introduction. What follows a sentence that stops short may be the rest of it.
    """
    if not tail or tail[0] <= body[0] or tail != body[-len(tail) :]:
        return []
    if segments[body[-len(tail) - 1]].text.rstrip(CLOSERS)[-1:] not in FINAL:
        return []
    doubt, sure = (_mean_logit(part, segments, logits) for part in (tail, body[: -len(tail)]))
    return tail if doubt < _IN_DOUBT and sure - doubt > _SURER else []


def _behind_box(body: list[int], segments: list[Segment]) -> list[int]:
    """Return the segments behind the innermost box that holds half of the body."""
    sizes = sizes_around([segments[i] for i in body])
    least = max(sizes.values(), default=0) / 2
    box = max((box for box, size in sizes.items() if size >= least), key=_depth, default=None)
    return [i for i in body if i > box.last] if box is not None else []


def _in_last_box(body: list[int], segments: list[Segment]) -> list[int]:
    """Return the segments in a box of their own right behind the last paragraph beside most of the others.

    Where something else stands between, that may be a widget that cuts the article in two.
    """
    sizes: dict[int, int] = {}
    for i in body:
        box = segments[i].box.index
        sizes[box] = sizes.get(box, 0) + len(segments[i].text)
    main = max(sizes, key=sizes.__getitem__, default=0)
    last = max((i for i in body if segments[i].box.index == main), default=0)
    behind = [i for i in body if i > last]
    return behind if behind[:1] == [last + 1] else []


def _depth(frame: Frame) -> int:
    return frame.depth


def _in_other_articles(body: list[int], segments: list[Segment], roles: list[Role]) -> list[int]:
    """Return the segments in elements of other articles than the one with the headline."""
    own = _outermost_article(segments[roles.index(Role.HEADLINE)].frame) if Role.HEADLINE in roles else None
    if own is None:
        return []
    around = {i: _outermost_article(segments[i].frame) for i in body}
    return [i for i, frame in around.items() if frame is not None and frame is not own]


def _outermost_article(frame: Frame) -> Frame | None:
    """Return the outermost article element around a frame, itself included."""
    found = None
    at: Frame | None = frame
    while at is not None and at.flags & _ARTICLE:
        if at.tag == "article":
            found = at
        at = at.parent
    return found


def _mean_logit(part: list[int], segments: list[Segment], logits: Matrix) -> float:
    """Return the mean logit of some segments by their length."""
    size = sum(len(segments[i].text) for i in part)
    return sum(float(logits[i]) * len(segments[i].text) for i in part) / size


def _copies(body: list[int], segments: list[Segment]) -> list[int]:
    """Return the segments that say in one piece what most of the others say together."""
    size = sum(len(segments[i].text) for i in body)
    copies = []
    for i in (i for i in body if len(segments[i].text) >= max(_COPY, size * _WHOLE)):
        rest: set[tuple[str, ...]] = set().union(*(_grams(segments[k].text) for k in body if k != i))
        own = _grams(segments[i].text)
        if len(own & rest) >= _COPIED * len(own):
            copies.append(i)
    return copies


def _grams(text: str) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[i : i + _GRAM]) for i in range(len(found) - _GRAM + 1)}
