from __future__ import annotations

from pathlib import Path

import pytest

from newscrawl.sites.linting import Findings, check_all, check_names, check_site_file, check_words
from tests.support import ROOT, Run, run_scrapy

STRIP = "[[strip]]\nselector = '{}'\nkind = 'ad'\nreason = 'x'\n"
TEXT = "[[strip_text]]\npattern = '{}'\nkind = 'ad'\nreason = 'x'\ncase = 'Zu mel'\n"


def run(*settings: str) -> Run:
    return run_scrapy(ROOT, "checkrules", *(word for setting in settings for word in ("-s", setting)))


def test_rules_of_the_package_have_no_faults() -> None:
    findings = check_all([], [])
    assert findings.faults == []
    assert findings.rules > 100


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("not toml [", "no TOML"),
        ("zone = 'x'", "unknown key 'zone'"),
        ("host = 'other.example'", "is not the file's name"),
        ("language = 'french'", "no BCP 47 tag"),
        ("time_zone = 'Europe/Nowhere'", "is not known"),
        ("time_zone = 7", "time_zone is no name"),
        ("valid_until = '2027'", "valid_until is no date"),
        ("valid_until = 2020-01-01", "were valid until 2020-01-01"),
        ("strip = 7", "strip is no list"),
        ("[[strip]]\nselector = 'a'\nkind = 'ad'", "[[strip]] 1: no reason"),
        (STRIP.format("div["), "no selector that can be used"),
        (STRIP.format("a").replace("'ad'", "'advert'"), "unknown kind 'advert'"),
        (STRIP.format("a") + "case = '<b>x</b>'", "does not find its case"),
        (STRIP.format("a") + "keeps = '<a>x</a>'", "finds what it is to keep"),
        (STRIP.format("a") + "cases = 'x'", "unknown key 'cases'"),
        (TEXT.format("(Zu{1,3} ?){1,3}mel"), "a repeat within a repeat"),
        (TEXT.format("Zu .* mel"), "an endless repeat"),
        (TEXT.format("Ze mel"), "does not find its case"),
        (TEXT.format("Zu mel") + "keeps = 'a Zu mel'", "finds what it is to keep"),
        (TEXT.format("Zu mel") + "[[must_survive]]\ntext = 'Zu mel votu'\nreason = 'x'", "finds what must survive"),
    ],
)
def test_fault_of_a_site_file(tmp_path: Path, text: str, fault: str) -> None:
    file = tmp_path / "paper.example.toml"
    file.write_text(text)
    findings = Findings()
    check_site_file(file, findings)
    assert len(findings.faults) == 1
    assert fault in findings.faults[0][1]


def test_file_whose_name_is_no_host(tmp_path: Path) -> None:
    (tmp_path / "Paper.toml").write_text("language = 'fr'")
    findings = Findings()
    check_site_file(tmp_path / "Paper.toml", findings)
    assert "no host" in findings.faults[0][1]


def test_words_whose_case_is_not_found(tmp_path: Path) -> None:
    file = tmp_path / "xx.toml"
    rule = "language = 'xx'\n[[rule]]\nid = 'a'\n"
    file.write_text(f"{rule}kind = 'ad'\nstrength = 'label'\nreason = 'x'\ncase = 'Votu'\nphrases = ['mel']")
    findings = Findings()
    check_words(file, findings)
    assert "does not find its case" in findings.faults[0][1]
    file.write_text(rule)
    check_words(file, findings)
    assert "missing or unknown" in findings.faults[1][1]


def test_names_in_markup(tmp_path: Path) -> None:
    file = tmp_path / "names.toml"
    file.write_text("[[mark]]\nkind = 'ad'\nwords = ['Ad']\nparts = []\n[[mark]]\nkind = 'x'\nwords = []")
    findings = Findings()
    check_names(file, findings)
    assert [fault for _, fault in findings.faults] == [
        "mark 'ad': words: 'Ad' is not in lower case, or no name",
        "mark 'x': no parts",
    ]


def test_command_says_each_fault_in_a_line_and_ends_with_2(tmp_path: Path) -> None:
    (tmp_path / "paper.example.toml").write_text("language = 'french'\nzone = 1\n")
    filters = tmp_path / "mine.txt"
    filters.write_text("##.ad\n||x.example^\n")
    done = run(f"NEWSCRAWL_SITES_DIR={tmp_path}", f"NEWSCRAWL_FILTER_LISTS={filters}")
    assert done.code == 2
    lines = done.out.splitlines()
    assert sum("paper.example.toml: " in line for line in lines) == 2
    assert "1 hiding rules used, 1 lines of other kinds not" in done.out
    assert lines[-1].endswith("2 faults")
    assert "Traceback" not in done.err


def test_command_with_a_folder_that_is_not_there() -> None:
    done = run("NEWSCRAWL_SITES_DIR=/no/such")
    assert (done.code, done.err.count("\n")) == (2, 1)
    assert "no such folder" in done.err
