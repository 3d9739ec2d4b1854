"""Pages whose segments have given logits, and what of them is taken into the body."""

from __future__ import annotations

import numpy as np

from newscrawl.extraction.body.near_misses import take_near_misses
from newscrawl.extraction.body.siblings import take_siblings
from newscrawl.extraction.segments.role import Role
from newscrawl.extraction.segments.segment import segment
from newscrawl.parsing.tree import body_of, parse

PROSE = "{} came over the strait in the spring, with a load of salt, and left for the south in May."
SHIPS = ("Anna", "Berta", "Clara", "Dora")
TAKEN = [PROSE.format(ship) for ship in SHIPS]


def taken(markup: str, **logits: float) -> list[str]:
    """Texts in the body after it; a text's logit is given by its first word, 3 otherwise."""
    segments, _ = segment(body_of(parse(f"<article>{markup}</article>")))
    row = np.array([logits.get(s.text.split()[0], 3.0) for s in segments], dtype=np.float32)
    roles = [Role.BODY if logit > 0 else Role.OUT for logit in row]
    take_siblings(segments, roles, row)
    take_near_misses(segments, roles, row)
    return [s.text for s, role in zip(segments, roles, strict=True) if role is Role.BODY]
