"""What one line of a text says of itself: the evidence on which it is taken for a widget's, or for the article's."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Final

from newscrawl.parsing.markdown import TABLE_RULE, read_line
from newscrawl.text.normalise import latin
from newscrawl.text.page_words import unaccented_lines
from newscrawl.widgets.lexicon import LexiconHit, default_lexicon
from newscrawl.widgets.rejoin import CLOSERS, FINAL, SPACELESS
from newscrawl.widgets.source_block import SourceBlock

LEXICON_CHARS: Final = 500
WORD_CHARS: Final = 1500
HEAD_CHARS: Final = 160
CHARS_PER_WORD: Final = 2.5
ARROWS: Final = frozenset("»›→>▶►➜➤⇒❯")
ENDINGS: Final = r"\.(?:com|org|net|fr|de|es|it|pl|co\.uk)\b"
HOST_END: Final = re.compile(ENDINGS)
URL: Final = re.compile(rf"https?://|www\.|\b[\w-]{{2,40}}{ENDINGS}")
POINTERS: Final = frozenset(">»▶►➜➤⇒❯→-")
"""What a `POINTER` begins with."""
POINTER: Final = re.compile(r"(?:>>|»»|[▶►➜➤⇒❯→]|->)\s?\S")
EMAIL: Final = re.compile(r"[\w.+-]{1,40}@[\w-]{1,40}\.\w")
SENTENCE: Final = re.compile(r"[.!?…。！？](?<![.!?…。！？]{2})[.!?…。！？]*+[\"'”’»)」]{0,2}(?:\s|\Z)")
"""Begins with the stop, so that the search passes over all else."""
LEAD_MARK: Final = re.compile(r"\s{0,2}(?:[:|.–—>»/：｜]|-\s)")
_KINDS: Final = "".join(
    "A" if sign.isupper() else "a" if sign.isalpha() else "0" if sign.isdigit() else " "
    for sign in map(chr, range(256))
).encode()
"""Table for `bytes.translate`: a capital, another letter and a digit that stand for all of their kind."""
_FINAL: Final = frozenset(FINAL)
QUOTES: Final = frozenset('"“”„«»「」')
MASS: Final = {"label": 4.0, "strong": 3.0, "lead": 2.0, "button": 1.0, "weak": 0.5}
LEAD: Final = 3.0
"""Of a lead with a mark behind it."""
FAMILIES: Final = {
    "newsletter": "newsletter", "related": "related", "ad": "ad", "paywall": "paywall", "social": "social",
    "comment": "comment", "consent": "consent", "follow": "follow", "donation": "donation", "video": "media",
    "tts": "media", "app": "media", "podcast": "media", "poll": "comment", "event": "donation",
    "author_bio": "author", "navigation": "navigation",
}  # fmt: skip
"""Kinds that behave alike in a text are counted together."""
FAMILY_NAMES: Final = tuple(dict.fromkeys(FAMILIES.values()))
NAMES: Final = (
    "label", "button", "lead", "lead_marked", "lead_open", "strong", "strong_kinds", "weak", "hit_cover",
    *(f"is_{name}" for name in FAMILY_NAMES),
    "words", "chars_word", "final", "colon", "question", "exclamation", "lower_start", "upper_share", "title_share",
    "digit_share", "sentences", "commas", "quotes", "bracketed", "arrow", "url", "email", "address", "report",
    "heading", "list_item", "quote", "linked", "link_only", "bold", "stub",
    "indented", "repeated", "overlap", "spaceless",
)  # fmt: skip
Hits = tuple[LexiconHit, ...]
INDEX: Final = {name: i for i, name in enumerate(NAMES)}


@dataclass(slots=True)
class LineEvidence:
    """A block's line with its hits and its values of `NAMES`."""

    text: str
    words: list[str]
    hits: Hits
    values: list[float]
    mass: float
    """The strongest evidence of a widget, 0 to 4."""
    pointed: bool = False
    """It stands behind an arrow."""

    @property
    def size(self) -> int:
        """Count the words; where none are set apart, characters stand for them."""
        return len(self.words) if not self.values[INDEX["spaceless"]] else int(len(self.text) / CHARS_PER_WORD)


def own_language(language: str | None) -> str:
    """Return the name of the file of rules for a language, whether there is one or not."""
    own = (language or "").split("-")[0]
    return "no" if own in ("nb", "nn") else own


def is_at_home(hit: LexiconHit, own: str) -> bool:
    """Tell whether a rule's words count in full in a text of the language ``own``: English widgets stand everywhere."""
    return not own or hit.rule.startswith((own + "/", "en/", "general/"))


def find_hits(blocks: list[SourceBlock]) -> list[Hits]:
    """Return what the lexicon finds in each block."""
    return default_lexicon().hits_of([block["text"][:LEXICON_CHARS] for block in blocks])


def most_mass(hits: list[Hits]) -> float:
    """Return the upper bound of a block's mass."""
    strengths = {hit.strength for found in hits for hit in found}
    return max((LEAD if strength == "lead" else MASS[strength] for strength in strengths), default=0.0)


def mass_of(text: str, hits: Hits, own: str) -> float:
    """Return the strongest evidence of a widget in a block, as `LineEvidence.mass`."""
    return max([_weight(hit, text, own) for hit in hits], default=0.0)


def read_evidence(blocks: list[SourceBlock], language: str | None, hits: list[Hits]) -> list[LineEvidence]:
    """Return the evidence of each block of a document; ``hits`` as `find_hits` gives them."""
    words = [line.split() for line in unaccented_lines([block["text"][:WORD_CHARS] for block in blocks])]
    repeats = Counter(block["text"] for block in blocks)
    seen: set[str] = set()
    shared: set[str] = set()
    for own in words:
        long = {word for word in own if len(word) > 4}
        shared |= seen & long
        seen |= long
    return [
        _line(block, found, own, shared, repeats[block["text"]], language)
        for block, found, own in zip(blocks, hits, words, strict=True)
    ]


def _line(
    block: SourceBlock,
    hits: Hits,
    words: list[str],
    shared: set[str],
    repeats: int,
    language: str | None,
) -> LineEvidence:
    """Return a line's evidence; ``shared``: long words that stand in other lines, too."""
    text, raw, own = block["text"], block.get("raw", ""), own_language(language)
    weights = [_weight(hit, text, own) for hit in hits]
    values = [0.0] * len(NAMES)
    if hits:
        for name, value in (_strengths(hits, text) | _families(hits, weights)).items():
            values[INDEX[name]] = float(value)
    values[INDEX["words"] : INDEX["heading"]] = [  # in the order of `NAMES`
        *_size(text, words), *_ending(text), *_letters(text[:HEAD_CHARS]), _sentences(text), *_signs(text),
        *_speech(words, own),
    ]  # fmt: skip
    for name, value in _markup(block["type"], raw).items():
        values[INDEX[name]] = float(value)
    values[INDEX["repeated"] :] = [float(repeats > 1), _overlap(words, shared), float(_is_spaceless(text))]
    return LineEvidence(text, words, hits, values, max(weights, default=0.0), _is_pointed(raw.lstrip() or text))


def _is_pointed(text: str) -> bool:
    return text[:1] in POINTERS and POINTER.match(text) is not None


_Values = dict[str, float]


def _weight(hit: LexiconHit, text: str, own: str) -> float:
    """How much of a widget a hit tells."""
    if hit.strength == "lead":
        return LEAD if _is_marked(hit, text) else 1.0
    return MASS[hit.strength] if is_at_home(hit, own) else min(MASS[hit.strength], 2.0)


def _is_marked(hit: LexiconHit, text: str) -> bool:
    """Whether a mark that leads to something stands behind a hit, or nothing."""
    return hit.end >= len(text) or bool(LEAD_MARK.match(text, hit.end))


def _strengths(hits: Hits, text: str) -> _Values:
    """Which strengths the hits have, and how much of the line the stronger ones cover."""
    values: _Values = {}
    for hit in hits:
        counted = hit.strength in ("strong", "weak")
        values[hit.strength] = values.get(hit.strength, 0.0) + 1.0 if counted else 1.0
    leads = [hit for hit in hits if hit.strength == "lead"]
    telling = [hit for hit in hits if hit.strength in ("strong", "lead")]
    following = [text[hit.end :].lstrip()[:1] for hit in leads]
    return values | {
        "lead_marked": any(_is_marked(hit, text) for hit in leads),
        "lead_open": any(char.isupper() or char in QUOTES for char in following),
        "hit_cover": max(((hit.end - hit.start) / max(1, len(text)) for hit in telling), default=0.0),
        "strong_kinds": len({hit.kind for hit in telling}),
    }


def _families(hits: Hits, weights: list[float]) -> _Values:
    """The strongest hit of each family of kinds."""
    values: _Values = {}
    for hit, weight in zip(hits, weights, strict=True):
        family = "is_" + FAMILIES[hit.kind]
        values[family] = max(values.get(family, 0.0), weight)
    return values


def _size(text: str, words: list[str]) -> tuple[float, float]:
    """How long the line and its words are."""
    return float(min(len(words), 200)), min(len(text) / max(1, len(words)), 30.0)


def _ending(text: str) -> tuple[float, float, float, float]:
    """Whether the line ends like a sentence or with a colon, and asks or calls."""
    return (
        float(text.rstrip(CLOSERS)[-1:] in _FINAL),
        float(text.rstrip()[-1:] in (":", "：")),
        float("?" in text or "？" in text),
        float("!" in text or "！" in text),
    )


def _letters(head: str) -> tuple[float, float, float, float]:
    """How capitals and digits are spread over the line's beginning."""
    tokens = head.split()
    upper, letters, digits = _counts(head)
    titles, _, _ = _counts("".join([token[0] for token in tokens]))
    return (
        float(_begins_lower(head)),
        upper / max(1, letters),
        titles / max(1, len(tokens)),
        digits / max(1, len(head)),
    )


def _begins_lower(text: str) -> bool:
    """Tell whether the first letter is a small one."""
    for character in text:
        if character.isalpha():
            return character.islower()
    return False


def _is_spaceless(text: str) -> bool:
    return not text.isascii() and bool(SPACELESS.search(text[:100]))


def _counts(text: str) -> tuple[int, int, int]:
    """Return the numbers of capitals, letters and digits."""
    data = latin(text)
    if data is None:
        return sum(map(str.isupper, text)), sum(map(str.isalpha, text)), sum(map(str.isdigit, text))
    kinds = data.translate(_KINDS)  # ten times as fast
    upper = kinds.count(b"A")
    return upper, upper + kinds.count(b"a"), kinds.count(b"0")


def _sentences(text: str) -> float:
    return float(min(len(SENTENCE.findall(text[:2000])), 12))


def _signs(text: str) -> tuple[float, float, float, float, float, float]:
    """Commas, quotation marks, brackets, arrows, URLs and addresses."""
    is_ascii = text.isascii()
    return (
        float(min(text.count(",") + (0 if is_ascii else text.count("、")), 8)),
        float(min(text.count('"') if is_ascii else sum([text.count(quote) for quote in QUOTES]), 6)),
        float(text[:1] in "[(" and text.rstrip()[-1:] in "])"),
        float(text[:1] in ARROWS or text[-3:].rstrip()[-1:] in ARROWS),
        float(_has_url(text)),
        float("@" in text and bool(EMAIL.search(text))),
    )


def _has_url(text: str) -> bool:
    """Tell whether a URL or the name of a host stands in a text; most texts hold no part of either."""
    return ("://" in text or "www." in text or bool(HOST_END.search(text))) and bool(URL.search(text))


def _speech(words: list[str], own: str) -> tuple[float, float]:
    """How much the line speaks to its reader, and tells of somebody."""
    lexicon = default_lexicon()
    return lexicon.address_share(words, own), lexicon.report_share(words, own)


def _markup(kind: str, raw: str) -> _Values:
    """What the line's source says: its type, links, bold type, a table's rule below it, a tab."""
    values: _Values = {} if kind == "paragraph" else {kind: 1.0}
    if not raw:
        return values
    read = read_line(raw.strip("\n").split("\n", 1)[0])
    return values | {
        "linked": read.linked,
        "link_only": read.linked > 0.9,
        "bold": read.bold,
        "stub": "\n" in raw.strip("\n") and bool(TABLE_RULE.match(raw.rsplit("\n", 1)[-1])),
        "indented": raw.lstrip("\n")[:1] == "\t",
    }


def _overlap(words: list[str], shared: set[str]) -> float:
    """How much of the line stands elsewhere in the document."""
    long = [word for word in words if len(word) > 4]
    return len([word for word in long if word in shared]) / len(long) if long else 0.5
