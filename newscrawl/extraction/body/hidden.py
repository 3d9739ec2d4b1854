"""Text that no reader sees: hidden copies of the article, data of scripts."""

from __future__ import annotations

import re

from newscrawl.extraction.segments.elements import HIDDEN, UNTOLD
from newscrawl.extraction.segments.features import words
from newscrawl.extraction.segments.model import Segment
from newscrawl.extraction.segments.role import Role

_UNSEEN = HIDDEN | UNTOLD
_JSON = re.compile(r"\s{0,9}[\[{]\s{0,9}[\"\[{]")
_KEYS = 2
_RUN = 4
_COPIED = 0.8


def take_out_hidden(segments: list[Segment], roles: list[Role]) -> None:
    """Take JSON and hidden copies of visible text out of the body, in place.

    Hidden text that is not visible elsewhere stays: scripts unfold it, or a paywall covers it.
    """
    hidden = []
    for i, item in enumerate(segments):
        if roles[i] is not Role.BODY:
            continue
        if _JSON.match(item.text) and item.text.count('":') >= _KEYS:
            roles[i] = Role.OUT
        elif item.frame.flags & _UNSEEN:
            hidden.append(i)
    if not hidden:
        return
    shown: set[tuple[str, ...]] = set()
    for i, item in enumerate(segments):
        if roles[i] in (Role.BODY, Role.STANDFIRST, Role.HEADLINE) and i not in hidden:
            shown.update(_runs(item.text))
    for i in hidden:
        own = _runs(segments[i].text)
        if sum(run in shown for run in own) > _COPIED * len(own):
            roles[i] = Role.OUT


def _runs(text: str) -> list[tuple[str, ...]]:
    """Return the runs of `_RUN` words of a text; all its words where it has no more."""
    own = words(text)
    return [tuple(own[i : i + _RUN]) for i in range(max(1, len(own) - _RUN + 1))]
