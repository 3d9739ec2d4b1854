"""The language files: complete, and right on their own cases whether or not the page's language is known."""

import pytest

from newscrawl.dates.lexicon import PHRASES, UNITS, language_files, lexicon
from newscrawl.dates.machine import parse_machine
from newscrawl.dates.parse import reading
from newscrawl.dates.scan import scan

FILES = language_files()
NUMBERED_MONTHS = {"ja", "ko", "zh", "vi"}
KEYS = {*PHRASES, "language", "order", "months", "units", "case", "dot_time", "bare_units"}


@pytest.mark.parametrize("data", FILES, ids=lambda d: d["language"])
def test_a_language_file_is_complete(data):
    assert not data.keys() - KEYS
    assert data["order"] in {"dmy", "mdy", "ymd"}
    assert len(data["months"]) == (0 if data["language"] in NUMBERED_MONTHS else 12)
    assert all(data["months"])
    assert len(data["weekdays"]) == 7
    assert not data["units"].keys() - set(UNITS)
    assert data["published"]
    assert data["modified"]
    for key in ("published", "modified", "join"):
        assert len(set(data[key])) == len(data[key])
    assert data["case"]


@pytest.mark.parametrize("known", [True, False], ids=["language known", "language unknown"])
@pytest.mark.parametrize(
    ("language", "case"), [pytest.param(d["language"], c, id=c["line"]) for d in FILES for c in d["case"]]
)
def test_the_cases_of_a_language_file_hold(language, case, known):
    moments = scan(case["line"], reading(language if known else None, None)).moments
    for role, roles in (("published", {"published", "unknown"}), ("modified", {"modified"})):
        found = [m.parsed.isoformat() for m in moments if m.role in roles and m.parsed]
        wanted = [parse_machine(case[role]).isoformat()] if role in case else []
        assert found[:1] == wanted


def test_words_are_found_in_any_case_and_without_accents():
    assert lexicon().month("fevrier", "fr") == 2
    assert lexicon().month("nonsense") == 0


def test_the_languages_promised_are_there():
    wanted = {
        "fr",
        "en",
        "de",
        "es",
        "it",
        "pt",
        "pl",
        "no",
        "da",
        "sv",
        "tr",
        "nl",
        "ja",
        "ko",
        "ru",
        "uk",
        "cs",
        "el",
        "zh",
    }
    assert wanted <= {d["language"] for d in FILES}
