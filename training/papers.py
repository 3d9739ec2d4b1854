"""Which hosts are one paper's: what must not stand on both sides of a split."""

from __future__ import annotations

import re
from collections.abc import Iterable


def paper(host: str) -> frozenset[str]:
    """Return the names by which a host's paper is known: its labels without hyphens, top level and counters.

    >>> sorted(paper("www.valmont-gazette.fr")), sorted(paper("gazette24-fr.one.example"))
    (['valmontgazette'], ['gazette24'])
    """
    labels = host.lower().split(".")
    if labels[-1] == "example":
        labels = [re.sub(r"-(?:fr|\d+)$", "", labels[0]), ""]
    names = (label.replace("-", "") for label in labels[:-1])
    return frozenset(name for name in names if name not in ("www", "com", "co", "m", "news", ""))


def same_paper(one: Iterable[str], other: Iterable[str]) -> bool:
    """Tell whether two papers are one: a name of one begins one of the other's."""
    return any(a == b or (min(len(a), len(b)) > 4 and (a.startswith(b) or b.startswith(a))) for a in one for b in other)
