"""Give a removed piece its kind and the rule that speaks loudest against it."""

from __future__ import annotations

from collections import defaultdict

from newscrawl.widgets.lexicon import default_lexicon
from newscrawl.widgets.markup import kinds

_WEIGHT = {"label": 4.0, "lead": 3.0, "strong": 3.0, "button": 1.5, "weak": 0.5}
SAYS_LITTLE = frozenset(("body", "standfirst", "paywall", "navigation", "infobox", "byline"))


def name_piece(texts: list[str], marks: int, emails: int, link_share: float, model: str) -> tuple[str, str]:
    """``(kind, rule)`` of a removed piece: by its words, then by the names around it, then by its form.

    ``marks`` is the mask of `newscrawl.widgets.markup` of the frames that go with it, ``emails`` the number of its
    e-mail fields, ``model`` the rule to name where only the model speaks.
    """
    votes: defaultdict[str, float] = defaultdict(float)
    rules: dict[str, tuple[float, str]] = {}
    for text in texts[:60]:
        for hit in default_lexicon().hits(text[:1500]):
            weight = _WEIGHT[hit.strength]
            votes[hit.kind] += weight
            if weight > rules.get(hit.kind, (0.0, ""))[0]:
                rules[hit.kind] = (weight, hit.rule)
    if emails:
        votes["newsletter"] += 3
        rules.setdefault("newsletter", (3, "markup/email-field"))
    for i, kind in enumerate(kinds()):
        if marks >> i & 1:
            votes[kind] += 1 if kind in SAYS_LITTLE else 2
            rules.setdefault(kind, (2, f"markup/{kind}"))
    best = max(votes, key=votes.__getitem__, default="other")
    if best in votes and votes[best] >= 1.5:
        return best, rules[best][1]
    if link_share > 0.6:
        return "related", "markup/links"
    return best, model
