"""Odds of the words in class names and ids: how often each contains article text, and other text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import resources

_REMEMBERED = 20_000
"""Elements' names whose odds are kept: a site has the same on each page."""


class NameOdds:
    """Log odds of article text per word of a class name or id (``word`` or ``tag.word``)."""

    def __init__(self, odds: Mapping[str, float]) -> None:
        self._odds = odds
        self.strongest = lru_cache(_REMEMBERED)(self._strongest)

    def _strongest(self, tag: str, names: tuple[str, ...]) -> float:
        """Return the odds of the word that says most, for or against, of an element's names (at least one)."""
        odds = self._odds
        return max([odds.get(f"{tag}.{name}", odds.get(name, 0.0)) for name in names], key=abs)


@cache
def load_names() -> NameOdds:
    """Return the odds as trained."""
    path = resources.files("newscrawl") / "data" / "models" / "names.json"
    return NameOdds({k: float(v) for k, v in json.loads(path.read_text(encoding="utf-8"))["odds"].items()})
