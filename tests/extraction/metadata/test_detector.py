"""The detector of languages from a mapped model: the answers of the library itself, whatever becomes of the file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from py3langid import langid, modelio

from newscrawl.extraction.metadata import detector

TEXTS = (
    "The ferry to the island sails again after the storm, the harbour master says, and nobody was hurt.",
    "Die Fähre zur Insel fährt nach dem Sturm wieder, sagt der Hafenmeister, und niemand wurde verletzt.",
    "フェリーは嵐の後に再び島へ出航する", "\ud800", "",
)  # fmt: skip


@pytest.fixture(scope="module")
def own() -> Callable[[str], tuple[str, float]]:
    return langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True).classify


def never(*_: object) -> None:
    raise AssertionError("unpacked again")


def test_a_mapped_model_answers_as_the_librarys(
    own: Callable[[str], tuple[str, float]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSCRAWL_CACHE_DIR", str(tmp_path))
    first = detector.load()
    monkeypatch.setattr(modelio, "load_model", never)
    second = detector.load()
    for text in TEXTS:
        assert first(text) == second(text) == own(text)


def test_nothing_kept_or_another_release(
    own: Callable[[str], tuple[str, float]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSCRAWL_CACHE_DIR", "")
    assert detector.load()(TEXTS[0]) == own(TEXTS[0])
    monkeypatch.delattr(modelio, "load_model")
    assert detector.load()(TEXTS[1]) == own(TEXTS[1])
