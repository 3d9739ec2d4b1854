"""Odds of the words in class names and ids: how often each contains article text, and other text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib import resources

from newscrawl.extraction.segments.model import BODY, Frame

_REMEMBERED = 20_000
"""Elements' names whose odds are kept: a site has the same on each page."""


class NameOdds:
    """Log odds of article text per word of a class name or id (``word`` or ``tag.word``)."""

    def __init__(self, odds: Mapping[str, float]) -> None:
        self._odds = odds
        self._known: dict[str, float] = {}

    def strongest(self, frames: list[Frame]) -> list[float]:
        """Return of each frame's names the odds of the word that says most, for or against; 0 where it has none."""
        known = self._known
        if len(known) > _REMEMBERED:
            known = self._known = {}
        found = [self._strongest(BODY, frames[0].names)]  # its signature is without its names
        for frame in frames[1:]:
            odds = known.get(frame.signature) if frame.names else 0.0
            if odds is None:
                odds = known[frame.signature] = self._strongest(frame.tag, frame.names)
            found.append(odds)
        return found

    def _strongest(self, tag: str, names: tuple[str, ...]) -> float:
        if not names:
            return 0.0
        odds = self._odds
        return max([odds.get(f"{tag}.{name}", odds.get(name, 0.0)) for name in names], key=abs)


@cache
def load_names() -> NameOdds:
    """Return the odds as trained."""
    path = resources.files("newscrawl") / "data" / "models" / "names.json"
    return NameOdds({k: float(v) for k, v in json.loads(path.read_text(encoding="utf-8"))["odds"].items()})
