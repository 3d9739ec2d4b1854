from __future__ import annotations

import random
import re
import unicodedata
import zlib

import pytest

from newscrawl.store.similarity import SHINGLE, SIZE, Sketch, is_copy, resemblance, sketch, tokens
from tests.records import text


def joined(*parts: list[str]) -> str:
    return "\n".join(line for part in parts for line in part)


BASE = text(1, 400)


@pytest.mark.parametrize(
    "copy",
    [
        joined(BASE),
        joined(BASE).upper(),
        joined(BASE[:-1]),
        joined(["The agency reports from Wexmouth."], BASE),
        joined(BASE, ["Read more tomorrow in our pages, say the editors of this paper."]),
        joined(text(7, 120), BASE),
        joined(BASE[:3], ["One paragraph was written anew by somebody at the desk."], BASE[4:]),
    ],
)
def test_copies(copy: str) -> None:
    assert is_copy(sketch(joined(BASE)), sketch(copy))


@pytest.mark.parametrize("other", [joined(text(2, 400)), joined(BASE[:4], text(3, 320)), "", joined(BASE[:2])])
def test_others(other: str) -> None:
    assert not is_copy(sketch(joined(BASE)), sketch(other))


def test_a_report_from_the_same_form_is_no_copy() -> None:
    chosen = random.Random(1)

    def report(place: str) -> str:
        values = " ".join(f"{place}{chosen.randrange(10_000)}" for _ in range(120))
        return f"The weather service expects for tomorrow in {place} these values, measured at noon: {values}"

    assert not is_copy(sketch(report("Wexmouth")), sketch(report("Northholm")))


def test_short_texts_are_not_compared() -> None:
    assert sketch("word " * 20) == Sketch()
    assert resemblance(Sketch(), Sketch()) == 0


@pytest.mark.parametrize("language", ["中文", "日本語", "한국어"])
def test_languages_without_blanks(language: str) -> None:
    chosen = random.Random(language)
    start = {"中文": 0x4E00, "日本語": 0x5000, "한국어": 0xAC00}[language]
    body = "".join(chr(start + chosen.randrange(2000)) for _ in range(400))
    assert is_copy(sketch(body), sketch("新" * 10 + body))
    assert not is_copy(sketch(body), sketch("".join(chosen.sample(body, len(body)))))


def test_bytes_and_back() -> None:
    made = sketch(joined(BASE))
    assert Sketch.unpack(made.pack()) == made
    assert Sketch.unpack(None) == Sketch()
    assert Sketch.unpack(Sketch().pack()) == Sketch()


@pytest.mark.parametrize("value", [None, "", "\x00" * 500, "\ud800 " * 500, "a" * 100_000, "𝔞 " * 300])
def test_hostile(value: str | None) -> None:
    sketch(value)


@pytest.mark.parametrize(
    "text", ["The FERRY isn't late: 24/7, ﬁnal ½ snake_case", "Straße œuvre “ja” – ２０２４", "新しい船 sails"]
)
def test_words_are_runs_of_letters_and_digits_or_single_characters(text: str) -> None:
    folded = unicodedata.normalize("NFKC", text).casefold()
    assert tokens(text) == re.findall(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_]+", folded)


def test_a_sketch_is_of_all_runs_of_three_words() -> None:
    words = [f"w{number % 90}" for number in range(200)]
    runs = {zlib.crc32(" ".join(words[at : at + SHINGLE]).encode()) * 2_654_435_761 % 2**32 for at in range(198)}
    assert sketch(" ".join(words)) == Sketch(tuple(sorted(runs)[:SIZE]), len(runs))
