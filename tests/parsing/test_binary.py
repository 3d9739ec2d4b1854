from __future__ import annotations

import doctest
import random
import zlib

import pytest

from newscrawl.parsing import binary
from newscrawl.parsing.binary import binary_kind

TEXT = "Die Fähre von Ostwarp fährt wieder, sagte der Hafenmeister am Freitag.\n\nAm Montag öffnet das Büro.\n"
CYRILLIC = "Паром снова ходит, сообщила в пятницу администрация порта. Билеты бесплатны всю неделю.\n"


def test_examples() -> None:
    assert doctest.testmod(binary).failed == 0


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_text_in_any_encoding(encoding: str) -> None:
    assert binary_kind(TEXT.encode(encoding)) is None


@pytest.mark.parametrize("encoding", ["utf-8", "koi8-r", "cp1251", "utf-16", "utf-16-le", "utf-16-be"])
def test_other_scripts(encoding: str) -> None:
    assert binary_kind(CYRILLIC.encode(encoding)) is None


@pytest.mark.parametrize(
    "text", ["", "\0", "Ferry", "渡し船は金曜日に再開した。\n", "a\x0cb\x1e\v", "One\0 stray NUL in a text."]
)
def test_odd_texts(text: str) -> None:
    assert binary_kind(text.encode()) is None


def test_text_in_escape_sequences() -> None:
    assert binary_kind("渡し船は金曜日に再開した。".encode("iso2022_jp")) is None


def test_no_text() -> None:
    noise = random.Random(7)
    assert binary_kind(noise.randbytes(4000)) == "binary data"
    assert binary_kind(zlib.compress(noise.randbytes(4000))) == "binary data"
    assert binary_kind(b"\x7fELF\2\1\1" + bytes(60)) == "a program"
    assert binary_kind(bytes(4000)) == "binary data"
    assert binary_kind(b"PK\x03\x04" + b"word/document.xml") == "a ZIP archive or an office document"
