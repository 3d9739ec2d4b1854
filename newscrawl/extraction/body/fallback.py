"""The fallback for pages on which the models find next to nothing, or just miss most: trafilatura."""

from __future__ import annotations

from typing import Final

from newscrawl.extraction.segments.features import words
from newscrawl.extraction.segments.model import Frame, Segment
from newscrawl.extraction.segments.role import Role
from newscrawl.parsing.trees import Matrix
from newscrawl.widgets.markup import bit

THIN: Final = 250
"""Characters of body below which the fallback is used."""
_LARGEST: Final = 3_000_000
_MOST: Final = 4_000
"""Segments beyond which it is not used: its time grows with the square of the links and cells of a page."""
_HEAD: Final = 60
_MISSED: Final = -2.5
"""Log odds from which prose counts as just missed."""
_OUTWEIGHS: Final = 2.2
_FAR: Final = -4.0
"""Log odds from which only prose is taken from the fallback, which on a short page also finds links and buttons."""
_DOUBT: Final = 1.0
_MOSTLY: Final = 0.8
"""Log odds up to which comments are in doubt, and the share of the body from which it is nothing else."""
_NEAR: Final = 4
"""Frames upwards in which a name speaks of comments."""


def is_thin(segments: list[Segment], roles: list[Role]) -> bool:
    """Tell whether the body found is shorter than `THIN`."""
    body, size = Role.BODY, 0
    for item, role in zip(segments, roles, strict=True):
        if role is body and (size := size + len(item.text)) >= THIN:
            return False
    return True


def is_doubtful(segments: list[Segment], logits: Matrix) -> bool:
    """Tell whether prose that just misses is more than twice as long as all that is taken.

    On a page of an unknown kind the logits of the whole article lie a little too low together. Readers' comments,
    which look like an article too, do not count.
    """
    taken = missed = 0
    for item, logit in zip(segments, logits.tolist(), strict=True):
        if logit > 0:
            taken += len(item.text)
        elif logit > _MISSED and _is_loose_prose(item) and not is_comment(item):
            missed += len(item.text)
    return missed > _OUTWEIGHS * taken


def _is_loose_prose(item: Segment) -> bool:
    return not item.control and item.link_chars * 2 < len(item.text) and item.prose


def is_comment(item: Segment) -> bool:
    """Tell whether a name near a segment speaks of readers' comments."""
    return comments_around(item) is not None


def comments_around(item: Segment) -> Frame | None:
    """Return the element near a segment whose name speaks of readers' comments, if any."""
    mark = bit("comment")
    at: Frame | None = item.frame
    for _ in range(_NEAR):
        if at is None or at.marks & mark:
            return at
        at = at.parent
    return None


def promote(page: str, segments: list[Segment], roles: list[Role], logits: Matrix) -> None:
    """Take into the body, in place, the segments that trafilatura takes, where it finds at least twice as much."""
    if len(page) > _LARGEST or len(segments) > _MOST:
        return
    from trafilatura import bare_extraction

    try:
        found = bare_extraction(page, with_metadata=False, include_comments=False, include_tables=False)
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError):
        return
    text = getattr(found, "text", None) or ""
    ours = sum(len(s.text) for s, role in zip(segments, roles, strict=True) if role is Role.BODY)
    if len(text) < max(THIN, 2 * ours):
        return
    theirs = f" {' '.join(words(text))} "
    for i, item in enumerate(segments):
        own = " ".join(words(item.text))
        if (
            roles[i] is Role.OUT
            and len(own) > 1
            and f" {own[:_HEAD]}" in theirs
            and not item.control
            and (logits[i] > _FAR or _is_loose_prose(item))
        ):
            roles[i] = Role.BODY


def promote_beside_comments(page: str, segments: list[Segment], roles: list[Role], logits: Matrix) -> None:
    """Where next to all of the body is comments, and none of them surely an article, take what stands beside them.

    A short post with a long discussion is such a page; one on which the fallback finds nothing else stays as it is.
    """
    body = [i for i, role in enumerate(roles) if role is Role.BODY]
    comments = [i for i in body if logits[i] < _DOUBT and is_comment(segments[i])]
    size = sum(len(segments[i].text) for i in body)
    if not comments or sum(len(segments[i].text) for i in comments) < _MOSTLY * size:
        return
    again = list(roles)
    for i in comments:
        again[i] = Role.OUT
    promote(page, segments, again, logits)
    for i, item in enumerate(segments):
        if again[i] is Role.BODY and is_comment(item):
            again[i] = Role.OUT
    if not is_thin(segments, again):
        roles[:] = again
