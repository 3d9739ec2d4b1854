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
        self._odds: dict[str, dict[str, float]] = {"": {}}
        """Those of words by tag, and under no tag those of any."""
        for key, value in odds.items():
            tag, _, word = key.rpartition(".")
            self._odds.setdefault(tag, {})[word] = value
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
        of_any = self._odds[""]
        of_tag = self._odds.get(tag, of_any)
        strongest = 0.0
        for name in names:
            odds = of_tag[name] if name in of_tag else of_any.get(name, 0.0)
            if abs(odds) > abs(strongest):
                strongest = odds
        return strongest


@cache
def load_names() -> NameOdds:
    """Return the odds as trained."""
    path = resources.files("newscrawl") / "data" / "models" / "names.json"
    return NameOdds({k: float(v) for k, v in json.loads(path.read_text(encoding="utf-8"))["odds"].items()})
