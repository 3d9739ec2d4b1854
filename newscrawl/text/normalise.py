"""The normalisers of text: each makes those texts equal that mean the same for one purpose.

| purpose | normaliser |
|---|---|
| a value of the record, on one line | `visible`, `collapse` |
| the same text in other markup | `squeeze` |
| a repeated piece of boilerplate, a word list | `normal` |
| two titles, two names of a site | `title_key`, `caseless_words` |
| phrases of a table within a sentence | `caseless_line` |
| a widget's phrases, with the places where they were found | `unaccented_in_place`, `unaccented_line` |
| words of dates, whatever their accents | `unaccented` |
| the same words, whatever stands between them | `words_of` |
| the words of near-duplicates | `caseless` |

Segments have `page_text`, which is `collapse` and `visible` in one, as a page's every text passes through it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

LONGEST: Final = 4000
_INVISIBLE: Final = "\u00ad\u200b\u200e\u200f\u2060\ufeff"
INVISIBLE: Final = dict.fromkeys(map(ord, _INVISIBLE))
"""Table for `str.translate`: soft hyphens, zero-width spaces, direction marks. The joiners (U+200C, U+200D) are no part
of it: Persian and the scripts of India are spelt with them.
"""

_CASELESS_WORD: Final = re.compile(r"\w+")
_WORD: Final = re.compile(r"[^\W_]+")
_NO_WORD: Final = re.compile(r"[\W_]")
_ZERO_WIDTH: Final = ("\u200b", "\u2060", "\ufeff")
_REMEMBERED: Final = 256
"""Titles whose keys are kept: those of a page are compared several times over."""

_LETTERS: Final = str.maketrans(
    {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "\u200c": "", "\u200d": ""}
)
"""Letters that do not decompose into one without an accent, and joiners."""
_ACCENTED: Final = "àáâãäåāăąçćčďđèéêëēėęěğìíîïīįıłľñńňòóôõöøōőřśšşșťţțùúûüūůűųýÿźżžё’ʼάέήίϊΐόύϋΰώςأإآىة"
_BARE: Final = "aaaaaaaaacccddeeeeeeeegiiiiiiillnnnoooooooorsssstttuuuuuuuuyyzzzе''αεηιιιουυυωσااايه"
_WITHOUT_ACCENT: Final = dict(zip(_ACCENTED, _BARE, strict=True))
_ACCENT: Final = re.compile(f"[{_ACCENTED}]")
_LATIN: Final = "latin-1"
_SPACED: Final = bytes(code if chr(code).isalnum() else ord(" ") for code in range(256))
"""Table for `bytes.translate`: a space in place of each character of `_LATIN` that is no letter or digit."""
_LOWER_LINES: Final = bytes(code if code in b"\n_" else ord(chr(to).lower()) for code, to in enumerate(_SPACED))
_NO_LATIN: Final = re.compile(r"[^\x00-\xff]")
_RARE: Final = 8
"""Characters of a Western text to one that `_LATIN` does not have."""
_SIGNS: Final = ("’", "“", "”", "–", "—", "…", "‘", "„", "•", "€")
"""Nearly all of those, none a letter: counting each is quicker than to look for all others."""
_PROSE: Final = 60
"""Characters from which it is quicker to look for what else a text may have than to search for its words."""


def collapse(text: str) -> str:
    """Return ``text`` on one line, with one space between words."""
    return " ".join(text.split())


def squeeze(text: str) -> str:
    """Return ``text`` without white space: markup changes where that stands, and nothing else."""
    return "".join(text.split())


def visible(text: str) -> str:
    """Return ``text`` without the characters that nobody sees.

    >>> visible("Hafen\\u00adfest"), visible("می\\u200cخواهم") == "می\\u200cخواهم"
    ('Hafenfest', True)
    """
    if not text.isascii():
        for character in _INVISIBLE:  # five times as fast as a table: hardly a text holds any
            text = text.replace(character, "")
    return text


def page_text(text: str) -> str:
    """Return a page's text on one line; a zero-width space stands between words, a soft hyphen within one."""
    text = text.strip()
    if text.isprintable() and "  " not in text:  # as nearly all: of white space only the blank is printable
        return text
    if not text.isascii():
        text = text.replace("\u00ad", "")  # hardly a text holds any: quicker than an expression for all
        for character in _ZERO_WIDTH:
            text = text.replace(character, " ")
    return " ".join(text.split())


def caseless(text: str) -> str:
    """Return ``text`` with the case of letters and the forms of characters (full-width, ligatures) aside.

    >>> caseless("ＮＥＷＳ ﬁnal")
    'news final'
    """
    return text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()


def caseless_line(text: str) -> str:
    """Return ``text`` on one line, with case and the form of apostrophes aside.

    >>> caseless_line("It  isn’t HERE")
    "it isn't here"
    """
    return " ".join(text.casefold().replace("’", "'").split())


def caseless_words(text: str) -> list[str]:
    """Return the words of ``text`` without their case.

    >>> caseless_words("Snow in May: no, really")
    ['snow', 'in', 'may', 'no', 'really']
    """
    if text.isascii():
        return text.encode().translate(_LOWER_LINES).decode().split()
    return _CASELESS_WORD.findall(text.casefold())


def words_of(text: str) -> list[str]:
    """Return the runs of letters and digits in ``text``.

    >>> words_of("don't read_more: 24/7")
    ['don', 't', 'read', 'more', '24', '7']
    """
    found = latin(text) if len(text) > _PROSE or text.isascii() else None
    return _WORD.findall(text) if found is None else found.translate(_SPACED).decode(_LATIN).split()


def latin(text: str) -> bytes | None:
    """Return ``text`` in Latin-1, with a ``?`` for each other sign; ``None`` where it has other letters."""
    if text.isascii():
        return text.encode()
    found = text.encode(_LATIN, "replace")
    others = found.count(b"?") - text.count("?")
    if others * _RARE > len(text):
        return None
    for sign in _SIGNS:
        if not others:
            return found
        others -= text.count(sign)
    return None if others and any(map(str.isalnum, _NO_LATIN.findall(text))) else found


@lru_cache(_REMEMBERED)
def title_key(text: str) -> str:
    """Return the letters and digits of ``text``, caseless: what makes two titles the same.

    >>> title_key("Snow in May!") == title_key("SNOW IN MAY")
    True
    """
    if text.isascii():
        return "".join(text.encode().translate(_LOWER_LINES).decode().split())
    return "".join(_CASELESS_WORD.findall(caseless(text)))


def normal(text: str) -> str:
    """Return words in lower case with one space between; for a script whose letters are unknown, the characters.

    >>> normal("  Sign  up — it’s FREE! ")
    'sign up it s free'
    """
    text = caseless(text[:LONGEST])
    known = " ".join(words_of(text))
    if len(known) * 3 >= len(text):
        return known
    plain = squeeze(text)
    return known if len(known) * 3 >= len(plain) else plain


@lru_cache(maxsize=4096)
def unaccented(word: str) -> str:
    """Return a word without case and accents, so that "Février" and "FEVRIER" are one; its length may change.

    >>> unaccented("FÉVRIER"), unaccented("Straße"), unaccented("Kasım")
    ('fevrier', 'strasse', 'kasim')
    """
    if word.isascii():
        return word.lower()
    bare = "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", bare.translate(_LETTERS))


def unaccented_in_place(text: str) -> str:
    """Return ``text`` in lower case without accents (Latin, Greek, the forms of alef), character for character.

    >>> unaccented_in_place("À LIRE Aussi")
    'a lire aussi'
    """
    if text.isascii():
        return text.lower()
    return _ACCENT.sub(_without_accent, text.replace("İ", "i").lower())


def _without_accent(found: re.Match[str]) -> str:
    return _WITHOUT_ACCENT[found[0]]


def unaccented_line(text: str) -> str:
    """Return ``unaccented_in_place(text)`` with a space for each character that is no letter or digit.

    For many texts there is `newscrawl.text.page_words.unaccented_lines`.

    >>> unaccented_line("À LIRE: l’Été")
    'a lire  l ete'
    """
    return _NO_WORD.sub(" ", unaccented_in_place(text))
