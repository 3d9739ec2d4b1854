"""What one line of a text says of itself: the evidence on which it is taken for a widget's, or for the article's."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Final

from newscrawl.parsing.markdown import TABLE_RULE, read_line
from newscrawl.text.normalise import unaccented_in_place
from newscrawl.widgets.lexicon import LexiconHit, default_lexicon
from newscrawl.widgets.phrases import WORD
from newscrawl.widgets.rejoin import CLOSERS, FINAL, SPACELESS
from newscrawl.widgets.source_block import SourceBlock

LEXICON_CHARS: Final = 500
WORD_CHARS: Final = 1500
HEAD_CHARS: Final = 160
ARROW: Final = re.compile(r"[»›→>▶►➜➤⇒❯]{1,3}\s{0,2}\Z|\A[»›→>▶►➜➤⇒❯]")
URL: Final = re.compile(r"https?://|www\.|\b[\w-]{2,40}\.(?:com|org|net|fr|de|es|it|pl|co\.uk)\b")
POINTER: Final = re.compile(r"(?:>>|»»|[▶►➜➤⇒❯→]|->)\s?\S")
EMAIL: Final = re.compile(r"[\w.+-]{1,40}@[\w-]{1,40}\.\w")
SENTENCE: Final = re.compile(r"(?<![.!?…。！？])[.!?…。！？]++[\"'”’»)」]{0,2}(?:\s|\Z)")
LEAD_MARK: Final = re.compile(r"\s{0,2}(?:[:|.–—>»/：｜]|-\s)")
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
INDEX: Final = {name: i for i, name in enumerate(NAMES)}


@dataclass(slots=True)
class LineEvidence:
    """A block's line with its hits and its values of `NAMES`."""

    text: str
    words: list[str]
    hits: list[LexiconHit]
    values: list[float]
    mass: float
    """The strongest evidence of a widget, 0 to 4."""
    pointed: bool = False
    """It stands behind an arrow."""


def own_language(language: str | None) -> str:
    """Return the name of the file of rules for a language, whether there is one or not."""
    own = (language or "").split("-")[0]
    return "no" if own in ("nb", "nn") else own


def is_at_home(hit: LexiconHit, own: str) -> bool:
    """Tell whether a rule's words count in full in a text of the language ``own``: English widgets stand everywhere."""
    return not own or hit.rule.startswith((own + "/", "en/", "general/"))


def find_hits(blocks: list[SourceBlock]) -> dict[str, list[LexiconHit]]:
    """Return what the lexicon finds in each block, by its folded text."""
    lexicon = default_lexicon()
    texts = {unaccented_in_place(block["text"][:WORD_CHARS]) for block in blocks}
    return {text: lexicon.hits_folded(text[:LEXICON_CHARS]) for text in texts}


def most_mass(hits: dict[str, list[LexiconHit]]) -> float:
    """Return the upper bound of a block's mass."""
    strengths = {hit.strength for found in hits.values() for hit in found}
    return max((LEAD if strength == "lead" else MASS[strength] for strength in strengths), default=0.0)


def read_evidence(
    blocks: list[SourceBlock], language: str | None, hits: dict[str, list[LexiconHit]]
) -> list[LineEvidence]:
    """Return the evidence of each block of a document; ``hits`` as `find_hits` gives them."""
    texts = [unaccented_in_place(block["text"][:WORD_CHARS]) for block in blocks]
    folded = [WORD.findall(text) for text in texts]
    spread: Counter[str] = Counter(word for words in folded for word in {w for w in words if len(w) > 4})
    repeats = Counter(block["text"] for block in blocks)
    return [
        _line(block, hits[text], words, spread, repeats[block["text"]], language)
        for block, text, words in zip(blocks, texts, folded, strict=True)
    ]


def _line(
    block: SourceBlock,
    hits: list[LexiconHit],
    words: list[str],
    spread: Counter[str],
    repeats: int,
    language: str | None,
) -> LineEvidence:
    text = block["text"]
    lexicon = default_lexicon()
    own = own_language(language)
    values = [0.0] * len(NAMES)

    def put(name: str, value: float) -> None:
        values[INDEX[name]] = value

    raw = block.get("raw", "")
    read = read_line(raw.strip("\n").split("\n", 1)[0]) if raw else None
    cover = 0.0
    mass = 0.0
    kinds = set()
    for hit in hits:
        weight = MASS[hit.strength] if is_at_home(hit, own) else min(MASS[hit.strength], 2.0)
        if hit.strength == "lead":
            marked = hit.end >= len(text) or bool(LEAD_MARK.match(text, hit.end))
            put("lead_marked", 1.0 if marked else values[INDEX["lead_marked"]])
            following = text[hit.end :].lstrip()
            put("lead_open", max(values[INDEX["lead_open"]], float(following[:1].isupper() or following[:1] in QUOTES)))
            weight = LEAD if marked else 1.0
        name = hit.strength
        put(name, values[INDEX[name]] + 1.0 if name in ("strong", "weak") else 1.0)
        if name in ("strong", "lead"):
            cover = max(cover, (hit.end - hit.start) / max(1, len(text)))
            kinds.add(hit.kind)
        family = "is_" + FAMILIES[hit.kind]
        put(family, max(values[INDEX[family]], weight))
        mass = max(mass, weight)
    put("hit_cover", cover)
    put("strong_kinds", float(len(kinds)))
    count = len(words)
    put("words", float(min(count, 200)))
    put("chars_word", min(len(text) / max(1, count), 30.0))
    bare = text.rstrip(CLOSERS)
    put("final", float(bool(bare) and bare[-1] in FINAL))
    put("colon", float(text.rstrip()[-1:] in (":", "：")))
    put("question", float("?" in text or "？" in text))
    put("exclamation", float("!" in text or "！" in text))
    head = text[:HEAD_CHARS]
    first = next((c for c in head if c.isalpha()), "")
    put("lower_start", float(first.islower()))
    put("upper_share", sum(map(str.isupper, head)) / max(1, sum(map(str.isalpha, head))))
    tokens = head.split()
    put("title_share", sum(token[:1].isupper() for token in tokens) / max(1, len(tokens)))
    put("digit_share", sum(map(str.isdigit, head)) / max(1, len(head)))
    put("sentences", float(min(len(SENTENCE.findall(text[:2000])), 12)))
    put("commas", float(min(text.count(",") + text.count("、"), 8)))
    put("quotes", float(min(sum(map(text.count, QUOTES)), 6)))
    put("bracketed", float(text[:1] in "[(" and text.rstrip()[-1:] in "])"))
    put("arrow", float(bool(ARROW.search(text))))
    put("url", float(bool(URL.search(text))))
    put("email", float("@" in text and bool(EMAIL.search(text))))
    put("address", lexicon.address_share(words, own))
    put("report", lexicon.report_share(words, own))
    if block["type"] != "paragraph":
        put(block["type"], 1.0)
    if read is not None:
        put("linked", read.linked)
        put("link_only", float(read.linked > 0.9))
        put("bold", float(read.bold))
        put("stub", float("\n" in raw.strip("\n") and bool(TABLE_RULE.match(raw.rsplit("\n", 1)[-1]))))
        put("indented", float(raw.lstrip("\n")[:1] == "\t"))
    put("repeated", float(repeats > 1))
    long_words = [w for w in words if len(w) > 4]
    put("overlap", sum(spread[w] > 1 for w in long_words) / len(long_words) if long_words else 0.5)
    put("spaceless", float(bool(SPACELESS.search(text[:100]))))
    return LineEvidence(text, words, hits, values, mass, bool(POINTER.match(raw.lstrip() or text)))
