"""The language of an article as a BCP 47 tag: what the page declares, checked against the text."""

from __future__ import annotations

import re
from functools import cache

from newscrawl.extraction.metadata.detector import Classify, load
from newscrawl.extraction.metadata.function_words import confirms
from newscrawl.parsing.structured import StructuredData
from newscrawl.parsing.tree import Element
from newscrawl.parsing.values import listed, text
from newscrawl.text.scripts import HAN, HANGUL, KANA, THAI

_TAG = re.compile(r"([a-z]{2,3})(?:[-_]([a-z]{4}))?(?:[-_]([a-z]{2}|\d{3}))?(?:[-_@.].{0,20})?\Z", re.IGNORECASE)
_METAS = ("content-language", "language", "dc.language", "dcterms.language", "inlanguage", "lang")
_OLD = {
    "iw": "he",
    "in": "id",
    "ji": "yi",
    "jp": "ja",
    "cz": "cs",
    "gr": "el",
    "ua": "uk",
    "kr": "ko",
    "dk": "da",
    "se": "sv",
    "nb": "nb",
}
_SAME = ({"nb", "no", "nn", "da"}, {"hr", "sr", "bs", "sh"}, {"ms", "id"}, {"cs", "sk"}, {"fil", "tl"}, {"fa", "prs"})
"""Languages that a detector confuses, so that what the page declares stands."""

_SAMPLE = 1_000
_MIN_LETTERS = 80
_SURE = 0.95


def normalise(value: str | None) -> str | None:
    """Return a language tag as BCP 47 writes it, or ``None`` if it is none.

    >>> normalise("pt_br")
    'pt-BR'
    """
    found = _TAG.match((value or "").strip())
    if not found:
        return None
    language, script, region = found.groups()
    language = _OLD.get(language.lower(), language.lower())
    if language in {"und", "mul", "zxx", "mis"} or (len(language) == 3 and not _known(language)):
        return None
    parts = [language, script.title() if script else None, region.upper() if region else None]
    return "-".join(part for part in parts if part)


def declared(tree: Element, data: StructuredData) -> str | None:
    """Return the declared language: of the article's JSON-LD, ``<html lang>``, ``<meta>``, ``og:locale``."""
    root = tree.getroottree().getroot()
    values = [text(value) for value in listed((data.article or {}).get("inLanguage"))]
    values += [
        root.get("lang") or "",
        root.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get("xml:lang") or "",
    ]
    values += [value for name in _METAS for value in data.meta.get(name, ())]
    values += data.meta.get("og:locale", [])[:1]
    tags = [tag for value in values if (tag := normalise(value))]
    if not tags:
        return None
    longer = [tag for tag in tags if tag.split("-")[0] == tags[0].split("-")[0] and "-" in tag]
    return longer[0] if longer else tags[0]


def check(declared_tag: str | None, body: str) -> str | None:
    """Return the article's language: the declared one unless ``body`` is surely written in another, else the detected.

    ``body`` is the article's text; where it is too short to tell, what is declared stands.
    """
    sample = body[:_SAMPLE]
    if all(sum(map(str.isalpha, part)) < _MIN_LETTERS for part in (sample[: 2 * _MIN_LETTERS], sample)):
        return declared_tag
    if declared_tag and confirms(declared_tag.split("-")[0].replace("nb", "no"), sample):
        return declared_tag
    found, probability = _detect(sample)
    if not found:
        return declared_tag
    if not declared_tag:
        return found if probability >= 0.5 else None
    own = declared_tag.split("-")[0]
    if own == found or any(own in group and found in group for group in _SAME):
        return declared_tag
    script = _script_language(sample)
    if script and own not in script:
        return found if found in script else declared_tag
    sure = probability >= _SURE or confirms(found, sample)
    return found if sure and not (script and found not in script) else declared_tag


def _known(language: str) -> bool:
    return language in {
        "fil",
        "ceb",
        "haw",
        "hmn",
        "ast",
        "yue",
        "cmn",
        "gsw",
        "nds",
        "hsb",
        "dsb",
        "ckb",
        "prs",
        "zul",
        "xho",
        "tsn",
    }


def _detect(sample: str) -> tuple[str | None, float]:
    """Return the language that the detector sees in ``sample``, and its probability."""
    language, probability = _classifier()(sample)
    return (language or None), float(probability)


@cache
def _classifier() -> Classify:
    """Load the detector's model once per process, and only where it is needed."""
    return load()


def _script_language(sample: str) -> set[str] | None:
    """Return the languages that are written in the script of ``sample``, where its script tells."""
    counts = dict.fromkeys(("kana", "hangul", "han", "greek", "cyrillic", "hebrew", "arabic", "thai"), 0)
    for c in sample[:600]:
        if c > "\u036f":
            for name, low, high in _RANGES:
                if low <= c <= high:
                    counts[name] += 1
                    break
    if counts["kana"] > 20:
        return {"ja"}
    best = max(counts, key=lambda name: counts[name])
    return _LANGUAGES[best] if counts[best] > 100 and best in _LANGUAGES else None


_RANGES = (
    ("greek", "\u0370", "\u03ff"), ("cyrillic", "\u0400", "\u052f"), ("hebrew", "\u0590", "\u05ff"),
    ("arabic", "\u0600", "\u06ff"), ("thai", THAI[0], THAI[-1]), ("kana", KANA[0], KANA[-1]),
    ("han", HAN[0], HAN[-1]), ("hangul", HANGUL[0], HANGUL[-1]),
)  # fmt: skip
_LANGUAGES = {
    "kana": {"ja"}, "hangul": {"ko"}, "han": {"zh", "ja", "yue", "cmn"}, "greek": {"el"}, "hebrew": {"he", "yi"},
    "thai": {"th"}, "arabic": {"ar", "fa", "ur", "ps", "ku", "ckb", "ug", "prs"},
    "cyrillic": {"ru", "uk", "be", "bg", "mk", "sr", "kk", "ky", "mn", "tg"},
}  # fmt: skip
