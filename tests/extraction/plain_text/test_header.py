"""What stands in the lines of a plain document's header and at its end."""

import pytest

from newscrawl.extraction.document import Document
from newscrawl.extraction.plain_text.credits import read_credits
from newscrawl.extraction.plain_text.document import read_text
from newscrawl.extraction.plain_text.header import read_header
from newscrawl.extraction.plain_text.lines import read_blocks
from newscrawl.extraction.plain_text.signs import plain, sign

TITLE = "Le pont de Valmont rouvre après six ans de travaux"
PROSE = (
    "Le conseil municipal avait voté deux fois sur la question et personne dans la salle ne s'attendait à ce que la "
    "maire change d'avis, alors que la pluie tombait depuis le matin sur la place."
)
CAPTION = (
    "La deuxième arche du pont, vue depuis la rive droite le jour de la réouverture, au moment où la maire coupe le "
    "ruban devant les habitants venus nombreux malgré la pluie et le vent. • ©Paul Exemple"
)


def read(text):
    return read_text(Document(url="file:///a.txt", body=text.encode(), media="text", facts={})).article


@pytest.mark.parametrize(
    ("line", "language", "expected"),
    [
        ("3 mai 2024 Paix et sécurité", "fr", "date"),
        ("3 mai 2024 Le conseil a voté deux fois sur la question.", "fr", ""),
        (
            "JCTS avec Jeanne Modèle • Publié le 28 mai 2024 à 10h12, mis \ufffd jour le 29 mai 2024 à 18h33",
            "fr",
            "date",
        ),
        ("Por Ana Muestra, ex-diputada, abogada y presidenta del Instituto del Puerto", "es", "byline"),
        ("Por Ana Muestra, que votó dos veces, el puente sigue cerrado.", "es", ""),
        ("diAnna Esempio", "it", "byline"),
        ("Jane Model Jane Model Reporter", "en", "name"),
        ("By Jane ModelUpdated: May 3, 2024", "en", "date"),
        ("Jane Model3/4/2025", "en", "date"),
    ],
)
def test_sign(line, language, expected):
    assert sign(line, language) == expected


def test_what_ran_into_each_other_is_set_apart():
    assert plain("byJane Model") == "by Jane Model"
    assert plain("Jane McModel") == "Jane McModel"


@pytest.mark.parametrize(
    ("lines", "authors"),
    [
        (["By Jane Model", "Open Menu", "May 3, 2024"], ["Jane Model"]),
        (["Jane Model", "May 3, 2024"], ["Jane Model"]),
        (["Water Matters", "May 3, 2024"], []),
        (["Jane Model", "HOME", "MEDIA", "CONTACT", "May 3, 2024"], []),
        (["Posted by Jane Model on 19 Sep 2016"], ["Jane Model"]),
        (["Żaneta Muestra Żaneta Muestra Autorka w", "30 marca 2017, 10:15"], ["Żaneta Muestra"]),
        (["By Colin Model Colin Model"], ["Colin Model"]),
        (["By", "Quorra Uncommon"], ["Quorra Uncommon"]),
    ],
)
def test_a_bare_name_needs_evidence(lines, authors):
    assert read_credits(lines, list(range(len(lines))), "en").authors == authors


def test_a_rare_name_right_between_headline_and_date_line():
    lines = ["A bridge opens to traffic", "Quorra Uncommon", "May 3, 2024"]
    assert read_credits(lines, [1, 2], "en", headline=0).authors == ["Quorra Uncommon"]
    assert read_credits(lines[1:], [0, 1], "en").authors == []


def test_a_header_below_a_caption_and_a_standfirst():
    date = "JCTS avec Jeanne Modèle • Publié le 28 mai 2024 à 10h12, mis \ufffd jour le 29 mai 2024 à 18h33"
    article = read(f"{TITLE}\n\n{CAPTION}\n{PROSE}\n{date}\n\n{PROSE} Suite.\n\n{PROSE} Fin.")
    assert (article.headline, article.authors) == (TITLE, ["Jeanne Modèle"])
    assert (article.date_published, article.date_modified) == ("2024-05-28T10:12:00+02:00", "2024-05-29T18:33:00+02:00")


def test_a_section_above_the_headline_is_no_author():
    lines = ["Claire Santé", TITLE, "Par Jeanne Modèle, de l'Agence Exemple 2 mai 2024, 11h56", PROSE, PROSE]
    header = read_header(lines, [True, False, True, False, False], 1, "fr")
    assert (header.authors, header.source) == (["Jeanne Modèle"], "Agence Exemple")
    assert read_header([lines[0], TITLE, PROSE], [True, False, False], 1, "fr").authors == ["Claire Santé"]


def test_a_signature_above_what_is_left_of_a_list():
    body = "\n\n".join(f"{PROSE} Partie {n}." for n in range(6))
    left = "1. " + PROSE.replace("Le conseil", "Un autre conseil")
    article = read(f"{TITLE}\n\nLe 03/05/2024 à 10:41\n\n{body}\n\nJeanne Modèle avec AFP\n\nLes plus lus\n{left}")
    assert (article.authors, article.source) == (["Jeanne Modèle"], "AFP")


@pytest.mark.parametrize(
    ("lines", "blocks"),
    [
        (["By Jane Model - Mar 27, 2024", "a view of the bridge from the bank"], 2),
        (["Publié le 28 mai 2024 à 10h12, mis à", "jour le 29 mai 2024 à 18h33"], 1),
        (["The ferry Anna sails twice a day in", "summer."], 1),
        (["A new bridge opens to the traffic of Valmont", "11 mai 2024 Société"], 2),
    ],
)
def test_a_date_line_is_no_first_half(lines, blocks):
    assert len(read_blocks("\n".join(lines))) == blocks
