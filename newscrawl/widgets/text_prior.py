"""What is so plain in a line that it is put on the scale beside the trained classifier's weight."""

from __future__ import annotations

import re
from typing import Final

from newscrawl.widgets.phrases import WORD
from newscrawl.widgets.text_evidence import INDEX, LineEvidence

SEPARATOR: Final = re.compile(r"\s{0,2}[:|»>：｜]")
SURE: Final = 4.0
PLAIN: Final = 2.5
MAX_LINK_WORDS: Final = 32
MIN_LEAD_WORDS: Final = 2


def priors(lines: list[LineEvidence], language: str | None) -> list[float]:
    """Log odds to add to each line's margin."""
    own = (language or "").split("-")[0]
    own = "no" if own in ("nb", "nn") else own
    return [_prior(line, own) if line.hits else 0.0 for line in lines]


def _prior(line: LineEvidence, own: str) -> float:
    best = 0.0
    for hit in line.hits:
        if own and not hit.rule.startswith((own + "/", "en/", "general/")):
            continue
        if hit.strength == "lead" and hit.kind == "related" and len(line.words) <= MAX_LINK_WORDS:
            words = len(WORD.findall(line.text[hit.start : hit.end]))
            spaceless = line.values[INDEX["spaceless"]] > 0
            if (words >= MIN_LEAD_WORDS or spaceless) and SEPARATOR.match(line.text, hit.end):
                best = max(best, SURE)
        elif hit.kind == "ad" and hit.strength == "label":
            best = max(best, SURE)
        elif hit.kind == "ad" and hit.strength == "strong" and line.values[INDEX["hit_cover"]] > 0.6:
            best = max(best, PLAIN)
    return best
