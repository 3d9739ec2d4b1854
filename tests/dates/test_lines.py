import pytest

from newscrawl.dates import collect_text, is_date_line

DATE_LINES = [
    ("fr", "Modifié le 08/07/2021 à 09:05 - Publié le 07/07/2021 à 16:48 | La Gazette.fr"),
    ("fr", "Publié le 18 juil. 2024 à 08:01Mis à jour le 18 juil. 2024 à 09:11"),
    ("fr", "Article mis à jour le 7 janvier 2020."),
    ("fr", "Par Anne Exemple, le mercredi 15 mai 2019 à 08h07"),
    ("fr", "il y a 2 heures"),
    ("en", "Published Jun 05, 2026 • 3 minute read"),
    ("en", "Posted on September 21, 2020 by Jane Roe"),
    ("en", "May 14, 2025"),
    ("en", "Jane Roe | Senior Writer | July 2, 2025"),
    ("en", "Updated at 14:20"),
    ("en", "Last updated 15 hours ago"),
    ("de", "Stand: 26.04.2024, 20:44 Uhr"),
    ("de", "Von Erika Muster, 19.10.2025"),
    ("de", "25.04.24"),
    ("es", "25/04/2026 Actualizado a las 15:10h."),
    ("ja", "2025年1月13日 20時01分"),
    ("ko", "입력 2025.01.13. 오후 3:20"),
    (None, "am 3. Februar 2022 um 21:17"),
    ("en", "AM 10:30, May 3, 2024"),
    (
        "fr",
        "Par la rédaction avec AFP - 12 déc. 2021 à 08:15 | mis à jour le 13 déc. 2021 à 09:30 - Lecture : 3 min",
    ),
    ("de", "Von Erika Muster mit dpa - 12. Mai 2021, 10:12 Uhr"),
    ("en", "By Jane Roe with Reuters, 12 May 2021"),
    (None, "Giriş: 03.07.2024 - 18:24 Güncelleme: 03.07.2024 - 18:57"),
]
PROSE = [
    ("en", "On May 14, 2025 the council voted to close both bridges."),
    ("en", "The mayor resigned on 3 May 2024."),
    ("en", "Published in 2019, the book sold well."),
    ("en", "Updated on 3 May 2020 by the committee that had ordered it."),
    ("en", "Spring Games: January 6, 2026 | Springfield, NV"),
    ("en", "Today the harbour is quiet."),
    ("en", "10:30"),
    ("en", ""),
    ("fr", "Le 3 mai 2024, le conseil a voté la fermeture des deux ponts."),
    ("fr", "Mis à jour tous les jours"),
    ("de", "Am 3. Mai 2024 stimmte der Rat für die Sperrung beider Brücken."),
    ("de", "Stand der Dinge"),
    ("fr", "Rencontre avec Anne Exemple le 12 mai 2021 au théâtre"),
    ("de", "Mit Erika Muster am 12. Mai 2021"),
    ("en", "The meeting with Jane Roe, 12 May 2021"),
    ("es", "El 3 de mayo de 2024 el consejo votó cerrar los dos puentes."),
    ("en", "LAS TORRES, Jan. 11, 2012 /Wire/ -- The firm said"),
    ("en", "3 May 2024 " * 60),
]


@pytest.mark.parametrize(("language", "line"), DATE_LINES)
def test_date_lines(language, line):
    assert is_date_line(line, language)


@pytest.mark.parametrize(("language", "line"), PROSE)
def test_prose_is_no_date_line(language, line):
    assert not is_date_line(line, language)


def roles(lines):
    return [(c["role"], c["raw"]) for c in collect_text(lines)]


def test_both_dates_of_a_header_line_come_with_their_labels():
    lines = [
        "Titre",
        "",
        "Chapeau de l'article",
        "Source AGENCE",
        "Modifié le 08/07/2021 à 09:05 - Publié le 07/07/2021 à 16:48 | La Gazette.fr",
    ]
    assert roles(lines) == [
        ("modified", "Modifié le 08/07/2021 à 09:05"),
        ("published", "Publié le 07/07/2021 à 16:48"),
    ]


def test_an_update_with_a_time_only_keeps_the_day_in_its_raw_text():
    assert roles(["05 Gennaio 2025 Aggiornato alle 16:01"]) == [
        ("unknown", "05 Gennaio 2025"),
        ("modified", "05 Gennaio 2025 Aggiornato alle 16:01"),
    ]


def test_dates_of_the_body_are_left_alone():
    body = "The council met on 3 May 2024. " * 15
    assert roles(["Title", body, "4 May 2024"]) == [("unknown", "4 May 2024")]
    assert roles(["Title", body]) == []


def test_a_dateline_is_read_where_the_header_has_no_date():
    assert roles(["VIENNA, 12 May 2020 – " + "The ministers of the alliance meet again in autumn. " * 8]) == [
        ("unknown", "12 May 2020")
    ]


def test_a_header_line_keeps_the_dateline_out():
    lines = ["3 May 2020", "VIENNA, 12 May 2020 – " + "The ministers of the alliance meet again in autumn. " * 8]
    assert roles(lines) == [("unknown", "3 May 2020")]
