"""Bylines and credits, in many languages; the words' own cases too."""

import pytest

from newscrawl.extraction.metadata.lexicon import load
from newscrawl.extraction.metadata.names import agencies_in, is_byline, parse_byline, split_authors

LANGUAGES = load("bylines")["language"]
CASES = [(language["code"], case) for language in LANGUAGES for case in language["case"]]


@pytest.mark.parametrize(("code", "case"), CASES, ids=[f"{code}: {case['line']}" for code, case in CASES])
def test_case_of_a_language(code, case):
    authors, source = parse_byline(case["line"])
    assert authors == case["authors"]
    assert source == case.get("source")
    assert is_byline(case["line"]) or case["line"] == "Ana Muestra, enviada especial"  # a name and a role: not enough


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language["code"])
def test_a_language_has_what_it_needs(language):
    assert {"code", "by", "source", "role", "staff", "case"} <= set(language)
    assert set(language) <= {
        "code",
        "by",
        "other",
        "and",
        "with",
        "source",
        "photo",
        "role",
        "title",
        "staff",
        "place",
        "case",
    }
    for key, words in language.items():
        if key not in {"code", "case"}:
            assert words == [w.strip() for w in words]
            assert len(words) == len(set(words)), key


@pytest.mark.parametrize("agency", load("agencies")["agency"], ids=lambda agency: agency["name"])
def test_case_of_an_agency(agency):
    assert agencies_in(agency["case"]) == [agency["name"]]
    assert set(agency) <= {"name", "also", "short", "case"}


SPLIT = [
    ("Anna Sample and Bob Example", ["Anna Sample", "Bob Example"]),
    ("Anna Sample, Bob Example & Carl Model", ["Anna Sample", "Bob Example", "Carl Model"]),
    ("Anna Sample; Bob Example", ["Anna Sample", "Bob Example"]),
    ("Sample, Anna", ["Anna Sample"]),
    ("ANNA SAMPLE", ["ANNA SAMPLE"]),
    ("Anna Sample, PhD", ["Anna Sample"]),
    ("Anna Sample, MS, RD, FAND", ["Anna Sample"]),
    ("Anna Sample (Content Manager)", ["Anna Sample"]),
    ("anna.sample@example.org", []),
    ("Anna Sample anna.sample@example.org", ["Anna Sample"]),
    ("@annasample", []),
    ("https://www.example.org/authors/anna", []),
    ("Anna Sample | The Example Newsroom", ["Anna Sample"]),
    ("Juan Ortega y Gasset", ["Juan Ortega y Gasset"]),
    ("João da Costa e Silva", ["João da Costa e Silva"]),
    ("Robert Example, Jr.", ["Robert Example, Jr."]),
    ("Eva O’Muster-Beispiel", ["Eva O’Muster-Beispiel"]),
    ("Julia K. Arni", ["Julia K. Arni"]),
    ("Reuters", []),
    ("dpa", []),
    ("Max Muster, dpa", ["Max Muster"]),
    ("Anna Sample in Nairobi", ["Anna Sample"]),
    ("Anna Sample, Lea Example, Nairobi", ["Anna Sample", "Lea Example"]),
    ("見本太郎、見本花子", ["見本太郎", "見本花子"]),
    ("大見本 美咲", ["大見本 美咲"]),
    ("박모범 기자 외 1명", ["박모범"]),
    ("admin", []),
    ("Newsroom", []),
    ("", []),
    ("x" * 5000, []),
]


@pytest.mark.parametrize(("text", "authors"), SPLIT)
def test_split_authors(text, authors):
    assert split_authors(text) == authors


PUBLISHER = [
    ("Der Bote und AFP", "Der Bote", []),
    ("The Example Times", "Example Times", []),
    ("derbote.de", "Der Bote", []),
    ("Der Bote Redaktion", "Der Bote", []),
    ("Anna Bote", "Der Bote", ["Anna Bote"]),
]


@pytest.mark.parametrize(("text", "publisher", "authors"), PUBLISHER)
def test_publisher_is_no_author(text, publisher, authors):
    assert split_authors(text, publisher) == authors


BYLINES = [
    "AFP",
    "(dpa)",
    "dpa/AFP",
    "Source AFP",
    "Par Jeanne Modèle, le 7 mai 2020 - 12:38",
    "By Anna Sample | May 3, 2024",
    "Von Max Muster, Berlin",
    "Jane Sample, Reuters",
    "Foto: Max Muster/dpa",
    "Text: Max Muster; Fotos: Eva Beispiel",
    "홍모범 기자 hong@example.org",
    "Quelle: Eigener Bericht",
    "〔記者范例明／例城報導〕",
    "記者 范例明／報導",
]


@pytest.mark.parametrize("line", BYLINES)
def test_bylines(line):
    assert is_byline(line)


PROSE = [
    "By Friday the talks had failed.",
    "By then, Anna Sample had left the country.",
    "Von Hamburg nach Berlin",
    "Von Anfang an war Max Muster dagegen",
    "Par ailleurs, Jeanne Modèle a démissionné",
    "Source of the Nile dries up",
    "Reuters reported on Monday that the bank had failed.",
    "Anna Sample",
    "Con la ayuda de Juan Modelo",
    "Di Maria segna ancora",
    "Text of the agreement",
    "Die Quelle: ein Brunnen im Wald, der seit Jahren trocken liegt und niemandem mehr nützt",
    "By Design",
    "Photo of the day",
    "AP Chemistry exams start in May",
    "",
    "12 May 2024",
]


@pytest.mark.parametrize("line", PROSE)
def test_prose_is_no_byline(line):
    assert not is_byline(line)


@pytest.mark.parametrize(
    "line", ["\ud800", "By " * 500, "(" * 300, "a@" * 300, ", , ,", "By", "Von :", "：", "İ von Max Muster"]
)
def test_any_text_is_taken(line):
    split_authors(line)
    parse_byline(line)
    is_byline(line)
    agencies_in(line)


@pytest.mark.parametrize(
    ("line", "credit"),
    [
        ("Par la rédaction avec AFP - 12 déc. 2021 à 08:15", ([], "AFP")),
        ("Von Erika Muster mit dpa - 12. Mai 2021, 10:12 Uhr", (["Erika Muster"], "dpa")),
    ],
)
def test_a_date_may_stand_behind_the_agency_of_a_byline(line, credit):
    assert is_byline(line)
    assert parse_byline(line) == credit


@pytest.mark.parametrize(
    ("line", "credit"),
    [
        ("By AFP", ([], "AFP")),
        ("Par AFP", ([], "AFP")),
        ("La Gazette avec l’AFP", ([], "AFP")),
        ("AFP contributed to this report.", ([], "AFP")),
        ("Posted by Ada Quill on 19 Sep 2021", (["Ada Quill"], None)),
        ("Von Erika Muster am 12. Mai 2021", (["Erika Muster"], None)),
        ("Por Ana Muestra, da Agência Exemplo* 2 nov 2021, 11h56", (["Ana Muestra"], "Agência Exemplo")),
        ("Par Jean Modèle, Agence Exemple de Presse", (["Jean Modèle"], None)),  # a part of a name is none
        ("By Friday", ([], None)),
    ],
)
def test_what_a_byline_names(line, credit):
    assert parse_byline(line) == credit


@pytest.mark.parametrize("line", ["By AFP", "AFP contributed to this report."])
def test_a_credit_of_an_agency_is_a_byline(line):
    assert is_byline(line)
