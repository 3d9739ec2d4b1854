"""What the words in class names and ids say: how often each stands around article text and around the rest."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources


@cache
def load_names() -> dict[str, float]:
    """Log odds of article text per word of a class name or id (``word`` or ``tag.word``), as trained."""
    path = resources.files("newscrawl") / "data" / "models" / "names.json"
    return {k: float(v) for k, v in json.loads(path.read_text(encoding="utf-8")).items()}
