"""Sentences that a box breaks in two: the second half is the article's too, and what stands between is not.

The words of a sentence that only look like a box, such as a link's, are no box and stay.
"""

from __future__ import annotations

from typing import Final

from newscrawl.extraction.segments.elements import FLAGS, INLINE, is_heading
from newscrawl.extraction.segments.model import Segment
from newscrawl.extraction.segments.role import Role
from newscrawl.parsing.trees import Matrix
from newscrawl.widgets.lexicon import default_lexicon
from newscrawl.widgets.rejoin import CLOSERS, FINAL, should_join

_NESTED: Final = 40
_HOPELESS: Final = -6.0
_DOUBTFUL: Final = -3.0
_SURE: Final = 1.5
"""Log odds from which a piece between the halves is left alone."""
_LIKELY: Final = -1.5
"""Log odds from which a piece in the middle of a sentence is one of its words."""
_LONG: Final = 300
_FEW: Final = 4
_SHARES: Final = ("share", "intent/", "/send", "submit?", "pin/create", "subscribe", "signup", "newsletter")
"""Parts of the targets of buttons."""
_LISTS: Final = FLAGS["ul"] | FLAGS["ol"]


def mend(segments: list[Segment], roles: list[Role], logits: Matrix) -> None:
    """Take the second half of a broken sentence into the body, and what stands between the halves out, in place."""
    odds: list[float] = logits.tolist()
    _take_words(segments, roles, odds)
    last = -1
    for i, item in enumerate(segments):
        if roles[i] is not Role.BODY and not (0 <= last < i - 1 and _may_be_rest(item, odds[i])):
            continue
        if 0 <= last < i - 1 and i - last <= _NESTED and _goes_on(segments[last], item, odds[i], roles[i]):
            roles[i] = Role.BODY
        if roles[i] is Role.BODY:
            last = i
    for i in range(len(segments)):
        if roles[i] is Role.BODY:
            _empty(i, segments, roles, odds)


def _take_words(segments: list[Segment], roles: list[Role], odds: list[float]) -> None:
    """Take doubtful words of a paragraph, its first ones too, into the body where its sentence goes on behind them."""
    for i in range(len(segments) - 1):
        item, following = segments[i], segments[i + 1]
        if not following.continues or roles[i] is not Role.OUT or roles[i + 1] is not Role.BODY:
            continue
        first = not item.continues
        opened = not first and roles[i - 1] is Role.BODY and not _ends(segments[i - 1].text)
        low = _starts_low(following.text)
        word = odds[i] > _LIKELY and not item.control and any(map(str.isalpha, item.text))
        if ((opened or first) and low and _is_linked_word(item)) or (
            word and (opened or (not _ends(item.text) and (low or following.text[0] in ",;.")))
        ):
            roles[i] = Role.BODY


def _is_linked_word(item: Segment) -> bool:
    """Tell whether a piece is a few words linked to a page, whatever the link is called; a share button is not."""
    element = item.frame.element
    hits = default_lexicon().hits(item.text)
    target = (element.get("href") or "").strip().lower() if element.tag == "a" else ""
    return (
        not item.control
        and item.text.count(" ") < _FEW
        and target.startswith(("http:", "https:", "/"))
        and not any(word in target for word in _SHARES)
        and (not hits or any(hit.kind == "social" for hit in hits))
    )


def _ends(text: str) -> bool:
    return text.rstrip(CLOSERS)[-1:] in FINAL


def _may_be_rest(item: Segment, logit: float) -> bool:
    return not item.control and logit > _HOPELESS and item.link_chars * 2 < len(item.text)


def _goes_on(before: Segment, item: Segment, logit: float, role: Role) -> bool:
    """Tell whether a piece is loose text around the paragraph before, or the next paragraph, and goes on with it."""
    if role is Role.BODY or is_heading(before) or is_heading(item):
        return False
    loose = item.frame in (before.frame, before.frame.parent)
    beside = item.frame.parent is before.frame.parent and (
        item.bare or (logit > _DOUBTFUL and item.frame.tag == before.frame.tag == "p" and _starts_low(item.text))
    )
    return (loose or beside) and should_join(before.text, item.text)


def _empty(at: int, segments: list[Segment], roles: list[Role], odds: list[float]) -> None:
    """Take out what stands between a sentence's halves, where it is short, doubtful and elsewhere in the tree."""
    left = segments[at]
    if is_heading(left) or left.frame.tag == "li":
        return
    for k in range(at + 1, min(at + _NESTED, len(segments))):
        item = segments[k]
        loose = item.frame in (left.frame, left.frame.parent)
        beside = item.frame.parent is left.frame.parent and item.frame.tag == left.frame.tag == "p"
        if loose or beside:
            apart = item.frame is not left.frame or any(roles[i] is Role.OUT for i in range(at + 1, k))
            if apart and roles[k] is Role.BODY and _starts_low(item.text) and should_join(left.text, item.text):
                for i in range(at + 1, k):
                    if roles[i] is Role.BODY:
                        roles[i] = Role.OUT
            return
        if roles[k] is Role.BODY and (odds[k] > _SURE or len(item.text) > _LONG or _is_part(item)):
            return


def _is_part(item: Segment) -> bool:
    """Tell whether a piece is what interrupts sentences that are whole: a link's words, an item of a list."""
    return item.frame.tag in INLINE or "-" in item.frame.tag or item.frame.flags & _LISTS != 0


def _starts_low(text: str) -> bool:
    return next((c for c in text if c.isalpha()), "").islower()
