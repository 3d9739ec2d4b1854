"""Calls to the reader that the models are in doubt about: a sentence that begins with a widget's own words."""

from __future__ import annotations

from newscrawl.extraction.segments.elements import is_heading
from newscrawl.extraction.segments.model import Segment
from newscrawl.extraction.segments.role import Role
from newscrawl.parsing.trees import Matrix
from newscrawl.widgets.lexicon import default_lexicon

_DOUBT = 1.5
"""Logit up to which the words decide."""
_LONGEST = 160
_KINDS = frozenset(("newsletter", "follow", "app", "paywall", "donation", "social", "podcast"))


def take_out_calls(segments: list[Segment], roles: list[Role], logits: Matrix) -> None:
    """Take short paragraphs that call on the reader out of the body, in place, where the models are in doubt.

    "Follow our channel" at a paragraph's start speaks to the reader, "He asked them to follow our channel" does not.
    """
    for i, item in enumerate(segments):
        if roles[i] is Role.BODY and logits[i] < _DOUBT and len(item.text) <= _LONGEST and not is_heading(item):
            hits = default_lexicon().hits(item.text)
            if any(hit.strength == "strong" and hit.start == 0 and hit.kind in _KINDS for hit in hits):
                roles[i] = Role.OUT
