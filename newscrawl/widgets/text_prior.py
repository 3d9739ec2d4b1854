"""What is so plain in a line that it is put on the scale beside the trained classifier's weight."""

from __future__ import annotations

import re
from typing import Final

from newscrawl.widgets.lexicon import LexiconHit
from newscrawl.widgets.phrases import WORD
from newscrawl.widgets.rejoin import CLOSERS
from newscrawl.widgets.text_context import breaks
from newscrawl.widgets.text_evidence import INDEX, MASS, LineEvidence, is_at_home, own_language

SEPARATOR: Final = re.compile(r"\s{0,2}[:|»>：｜]|\.\s[^\W\d_a-z]")
POINTED: Final = 3.0
"""For a line like a headline behind an arrow, by itself."""
TITLE: Final = re.compile(r"\s{0,2}[\"“«„]?\s?[^\W\d_a-zà-ÿа-я]")
NOUNS_CAPITALISED: Final = frozenset(("de",))
ASKING: Final = frozenset(("newsletter", "follow", "app", "donation", "podcast", "social"))
MIN_COVER: Final = 0.4
MAX_ASKING_WORDS: Final = 18
MIN_OFFER: Final = 0.25
MAX_OFFER_WORDS: Final = 28
REST: Final = re.compile(r"\d\s?%")
"""How much of an article is left to read, as offers of a subscription say."""
SURE: Final = 6.0
PLAIN: Final = 2.5
COUNTED: Final = 4.0
"""For an offer of a subscription that says how much of the article is left."""
MAX_PITCH_WORDS: Final = 45
LISTED: Final = 2.0
"""For a line like a headline under the heading of a list of articles."""
MAX_TITLE_WORDS: Final = 22
MAX_HEADING_WORDS: Final = 6
MAX_LISTED: Final = 8
MAX_LINK_WORDS: Final = 32
MIN_LEAD_WORDS: Final = 2
PROSE: Final = 4.0
PROSE_WORDS: Final = 40
SOME_PROSE: Final = 1.5
HALF_WORDS: Final = 6
HALF: Final = 1.5
"""For the halves of a broken sentence."""
SOME_PROSE_WORDS: Final = 20


def priors(lines: list[LineEvidence], language: str | None) -> list[float]:
    """Log odds to add to each line's logit."""
    own = own_language(language)
    out = [_prior(line, own) if line.mass > 0 else _prose(line) for line in lines]
    for i, line in enumerate(lines):
        is_listed = any(other.pointed for other in (*lines[max(0, i - 1) : i], *lines[i + 1 : i + 2]))
        if line.pointed and not is_listed and _is_title(line):
            out[i] = max(out[i], POINTED)
    _, left, right = breaks(lines)
    listed = 0
    for i, line in enumerate(lines):
        if line.mass == 0 and len(line.words) >= HALF_WORDS:
            out[i] -= HALF * max(left[i], right[i])
        if _heads_list(line):
            listed = MAX_LISTED
        elif listed and _is_title(line) and not _heads_text(line, lines[i + 1 : i + 2], is_first=listed == MAX_LISTED):
            out[i] += LISTED
            listed -= 1
        else:
            listed = 0
    return out


def _heads_list(line: LineEvidence) -> bool:
    """A label such as "Related articles", by itself on its line."""
    return line.values[INDEX["is_related"]] >= MASS["lead"] and line.values[INDEX["label"]] > 0


def _is_title(line: LineEvidence) -> bool:
    return 2 < len(line.words) <= MAX_TITLE_WORDS and not line.text.rstrip(CLOSERS).endswith((".", "…", "。"))


def _heads_text(line: LineEvidence, after: list[LineEvidence], *, is_first: bool) -> bool:
    """A heading with a paragraph after it; in a list that has an item already, any few words are one."""
    is_heading = line.values[INDEX["heading"]] > 0 or (not is_first and len(line.words) <= MAX_HEADING_WORDS)
    return is_heading and any(len(following.words) > MAX_TITLE_WORDS for following in after)


def _prose(line: LineEvidence) -> float:
    """A line of sentences without one telling word counts for the article."""
    if line.values[INDEX["linked"]] > 0.5:
        return 0.0
    return -PROSE if line.size >= PROSE_WORDS else -SOME_PROSE if line.size >= SOME_PROSE_WORDS else 0.0


def _prior(line: LineEvidence, own: str) -> float:
    best = 0.0
    for hit in line.hits:
        if not is_at_home(hit, own):
            continue
        if hit.strength == "lead" and hit.kind == "related" and len(line.words) <= MAX_LINK_WORDS:
            lead = line.text[hit.start : hit.end]
            is_word = len(WORD.findall(lead)) < MIN_LEAD_WORDS and not line.values[INDEX["spaceless"]]
            if is_word and not lead.isupper():
                continue
            if SEPARATOR.match(line.text, hit.end):
                best = max(best, SURE)
            elif TITLE.match(line.text, hit.end) and not line.values[INDEX["final"]] and own not in NOUNS_CAPITALISED:
                best = max(best, PLAIN)
        elif (hit.strength == "strong" and hit.kind in ASKING and (_asks(line, hit) or _pitches(line, hit))) or (
            hit.strength == "strong" and hit.kind == "paywall" and _sells(line, hit)
        ):
            best = max(best, COUNTED if hit.kind == "paywall" and REST.search(line.text) else PLAIN)
        elif hit.kind == "ad" and hit.strength == "label":
            best = max(best, SURE)
        elif hit.kind == "ad" and hit.strength == "strong" and line.values[INDEX["hit_cover"]] > 0.6:
            best = max(best, PLAIN)
    return best


def _pitches(line: LineEvidence, hit: LexiconHit) -> bool:
    """A line that has a request to subscribe and speaks to the reader; it neither quotes nor reports."""
    values = line.values
    reports = values[INDEX["report"]] >= values[INDEX["address"]]
    telling = values[INDEX["quotes"]] or reports or hit.kind != "newsletter"
    return bool(values[INDEX["address"]]) and not telling and len(line.words) <= MAX_PITCH_WORDS


def _sells(line: LineEvidence, hit: LexiconHit) -> bool:
    """A line of few words of which an offer to read on for money is a good part; it quotes and tells of nobody."""
    values = line.values
    covers = hit.end - hit.start >= MIN_OFFER * len(line.text)
    counts = bool(REST.search(line.text)) and bool(values[INDEX["address"]])
    reports = values[INDEX["report"]] and not counts
    return covers and not values[INDEX["quotes"]] and not reports and len(line.words) <= MAX_OFFER_WORDS


def _asks(line: LineEvidence, hit: LexiconHit) -> bool:
    """A short line that opens with that request, and neither quotes nor reports."""
    values = line.values
    telling = values[INDEX["quotes"]] or values[INDEX["report"]] or values[INDEX["commas"]] > 1
    covers = hit.end - hit.start >= MIN_COVER * len(line.text)
    return hit.start == 0 and covers and not telling and len(line.words) <= MAX_ASKING_WORDS
