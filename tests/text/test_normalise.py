from __future__ import annotations

import re
from pathlib import Path

import pytest

from newscrawl.text import normalise
from newscrawl.text.normalise import (
    INVISIBLE,
    caseless_line,
    collapse,
    page_text,
    squeeze,
    title_key,
    unaccented,
    unaccented_in_place,
    visible,
    words_of,
)


@pytest.mark.parametrize("character", [chr(code) for code in INVISIBLE])
def test_nothing_is_left_of_what_nobody_sees(character: str) -> None:
    assert visible(f"Hafen{character}fest") == "Hafenfest"


@pytest.mark.parametrize("joiner", ["\u200c", "\u200d"])
def test_a_joiner_is_part_of_the_spelling(joiner: str) -> None:
    assert visible(f"می{joiner}روم") == f"می{joiner}روم"
    assert page_text(f"می{joiner}روم") == f"می{joiner}روم"


def test_white_space_of_any_kind_is_one_space_or_none() -> None:
    assert collapse("\u00a0The\t ferry \u3000sails\n") == "The ferry sails"
    assert squeeze("\u00a0The\t ferry \u3000sails\n") == "Theferrysails"


def test_a_zero_width_space_stands_between_the_words_of_a_page_and_a_soft_hyphen_within_one() -> None:
    assert page_text("long\u200bname  and Hafen\u00adfest") == "long name and Hafenfest"


def test_titles_are_the_same_whatever_their_punctuation_case_and_width() -> None:
    assert title_key("Snow, in MAY – ２０２４") == title_key("snow in May 2024")
    assert title_key("Snow in May") != title_key("Snow in June")


def test_a_phrase_is_found_whatever_its_apostrophe() -> None:
    assert caseless_line("DON’T\n miss it") == caseless_line("don't miss it")


@pytest.mark.parametrize("text", ["À LIRE Aussi", "İstanbul’da Straße", "ΆΡΘΡΟ Łódź", "أخبار Œuvre \ufb01n", "漢字 Ｎ"])
def test_offsets_stay_where_accents_are_taken_off_in_place(text: str) -> None:
    assert len(unaccented_in_place(text)) == len(text)


def test_words_of_dates_have_one_form_whatever_their_accents() -> None:
    assert unaccented("Août") == unaccented("AOUT") == "aout"
    assert unaccented("STRASSE") == unaccented("Straße")


def test_nothing_but_the_family_normalises_forms_of_characters() -> None:
    """Names of hosts and signs of dates apart, and hashes, whose form is part of the record's contract."""
    package = Path(normalise.__file__).parent.parent
    found = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if re.search(r"unicodedata\.normalize\(", path.read_text(encoding="utf-8"))
    }
    assert found <= {
        "text/normalise.py", "network/public_hosts.py", "dates/text.py", "record/completion.py",
        "extraction/metadata/people.py",
    }  # fmt: skip


@pytest.mark.parametrize("rest", ["", " and so it goes on, line after line, for more than sixty characters in all"])
def test_words_are_the_runs_of_letters_and_digits_whatever_stands_between_them(rest: str) -> None:
    for code in (*range(0x3000), 0x3042, 0x4E2D, 0xAC00, 0xFF10, 0x1D400, 0x1F600):
        text = f"é{chr(code)}1?{rest}"
        assert words_of(text) == re.findall(r"[^\W_]+", text), hex(code)
        assert words_of(chr(code)) == re.findall(r"[^\W_]+", chr(code)), hex(code)
