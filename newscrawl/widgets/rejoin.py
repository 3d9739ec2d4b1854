"""Sentences that a widget broke in two are put together again."""

from __future__ import annotations

import re
from functools import cache
from typing import Final
from unicodedata import category

from newscrawl.text.kept_patterns import compiled
from newscrawl.text.package_data import table
from newscrawl.text.scripts import CJK, HALF_WIDTH_KANA, THAI

CLOSERS: Final = "\"'\u201d\u2019\u00bb\u00ab\u201c\u203a)]}\uff09\u300d\u300f\u3011\u3009\u300b \u00a0\u202f"
FINAL: Final = ".!?…。！？؟।॥｡⸮"
STOPS: Final = ",.;:!?%…)]}»”’、。，．：；！？）」』】"
SPACELESS: Final = compiled(f"[{THAI}{CJK}{HALF_WIDTH_KANA}]")
LAST_WORD: Final = re.compile(r"(?<![^\W_])([^\W_]++)['’]?\W{0,3}\Z")
_FIRST_WORD: Final = re.compile(r"[^\W_]+")
URL_END: Final = re.compile(r"(?<!\S)(?=\S*+\Z)\S*?(?:https?://|www\.|[@#]|\.(?:com|org|net|co|fr|de))")
MIN_WORDS: Final = 9
MIN_OPEN_WORDS: Final = 14
MIN_CASELESS: Final = 16
MIN_CASELESS_WORDS: Final = 6
TAIL: Final = 400


def should_join(left: str, right: str, language: str | None = None) -> bool:
    """Tell whether ``right`` goes on with the sentence that ``left`` broke off; neither is a heading or a list's item.

    Told by the end of ``left`` (no full stop, or a word that cannot be the last) and the start of ``right`` (lower
    case, a stop), or by the length of ``left`` where the script has no case or the next word is a name.

    >>> should_join("The talks were held in", "front of the palace.")
    True
    >>> should_join("The talks were held in March.", "They failed.")
    False
    """
    left, right = left[-TAIL:].rstrip(), right[:TAIL].lstrip()
    bare = left.rstrip(CLOSERS)
    first = next((c for c in right if c.isalnum()), "")
    if not bare or not first:
        return False
    if right[0] in ",;" or (right[0] in ".:!?)" and right[1:2] == " "):
        return True
    if bare[-1] in FINAL:
        return False
    if SPACELESS.match(bare[-1]) or SPACELESS.match(first):
        return len(bare) >= MIN_CASELESS and right[0] not in "「『【■●▼◆◇・※"
    words = bare.split()
    last = LAST_WORD.search(bare)
    is_open = bool(last) and _is_open(last.group(1) if last else "", language)
    if first.islower():
        return bare[-1] != ":" or len(words) >= MIN_WORDS
    if right[0] in "-–—•*·" or URL_END.search(bare) or bare[-1] == ":":
        return False
    begins = first.isupper() and _is_open(_FIRST_WORD.findall(right)[0], language)
    if is_open and len(words) > (MIN_OPEN_WORDS if begins else 1):
        return True
    if bare[-1] in ",–—-(" or left[-1] in "(«“„":
        return len(words) >= 4
    if begins:
        return False  # an article or preposition with a capital begins a sentence of its own
    if len(left) == len(bare) and first.isalpha() and first.upper() == first.lower():
        return len(words) >= MIN_CASELESS_WORDS and category(bare[-1])[0] in "LM"
    if len(left) != len(bare) or len(words) < MIN_WORDS:
        return False
    if first.isupper() and words[-1].isupper() and len(words[-1]) > 1:
        return False
    lower = sum(word[0].islower() for word in words)
    return lower * 2 >= len(words) and (
        not words[-1][0].isdigit() or (first.isdigit() is False and lower * 3 >= 2 * len(words))
    )


def join(left: str, right: str, language: str | None = None) -> tuple[int, str]:
    """Return the mended text, and the offset in it at which ``right`` begins.

    >>> join("The talks were held in", "front of the palace.")
    (23, 'The talks were held in front of the palace.')
    """
    left, right = left.rstrip(), right.lstrip()
    if not left or not right:
        return len(left), left + right
    if left[-1] in "\u00ad¬":
        left, space = left[:-1], ""
    elif (
        right[0] in STOPS
        or left[-1] in "(«[“„/’'"
        or (SPACELESS.match(left[-1]) and SPACELESS.match(right[0]))
        or (
            left[-1] == "-"
            and left[-2:-1].isalpha()
            and right[0].isalpha()
            and not _is_open(right.split()[0], language)
        )
    ):
        space = ""
    else:
        space = " "
    if right[0] in "»!?:;" and language and language.startswith("fr"):
        space = " "
    return len(left) + len(space), f"{left}{space}{right}"


def is_cut(text: str, language: str | None = None) -> bool:
    """Tell whether a text stops behind a word that cannot end a sentence.

    >>> is_cut("The talks were held in the"), is_cut("The talks were held.")
    (True, False)
    """
    last = LAST_WORD.search(text[-TAIL:].rstrip())
    return bool(last) and text.rstrip()[-1:].isalnum() and _is_open(last.group(1) if last else "", language)


def _is_open(word: str, language: str | None) -> bool:
    words = open_words()
    known = words.get((language or "").split("-")[0])
    folded = word.lower()
    return folded in known if known is not None else any(folded in ws for ws in words.values())


@cache
def open_words() -> dict[str, frozenset[str]]:
    """Return words that cannot end a sentence, by language."""
    words = table("widgets/open_words.toml")["words"]
    return {language: frozenset(listed.split()) for language, listed in words.items()}
