"""A plain-text document becomes an article."""

import pytest

from newscrawl.extraction.document import Document
from newscrawl.extraction.plain_text.document import read_text

PROSE = (
    "Le conseil municipal avait voté deux fois sur la question et personne dans la salle ne s'attendait à ce que la "
    "maire change d'avis, alors que la pluie tombait depuis le matin sur la place."
)
TITLE = "Le pont de Valmont rouvre après six ans de travaux"
LEAD = "Les riverains n'avaient plus vu passer une voiture depuis l'effondrement de la deuxième arche, un soir de crue."


def read(text, media="text", **facts):
    return read_text(Document(url="file:///a.txt", body=text.encode(), media=media, facts=facts)).article


def test_header_of_a_wire_story():
    date = "Modifié le 09/03/2018 à 08:05 - Publié le 08/03/2018 à 17:20 | La Gazette.fr"
    article = read(f"{TITLE}\n\n{LEAD}\n\nSource AFP\n\n{date}\n\n{PROSE}\n\n{PROSE} Fin.")
    assert (article.headline, article.description) == (TITLE, LEAD)
    assert (article.source, article.publisher, article.in_language) == ("AFP", "La Gazette", "fr")
    assert (article.date_published, article.date_modified) == ("2018-03-08T17:20:00+01:00", "2018-03-09T08:05:00+01:00")
    assert {evidence["source"] for evidence in article.date_evidence.values()} == {"visible"}
    assert [b["text"] for b in article.blocks] == [PROSE, f"{PROSE} Fin."]


def test_a_first_line_alone_is_no_headline():
    article = read(f"{TITLE}\n\n{LEAD}\n\n{PROSE}")
    assert (article.headline, article.description) == (None, None)
    assert article.blocks[0]["text"] == TITLE


def test_a_byline_is_evidence_enough():
    article = read(f"{TITLE}\n\nPar Jeanne Modèle\n\n{PROSE}\n\n{PROSE} Fin.")
    assert (article.headline, article.authors) == (TITLE, ["Jeanne Modèle"])
    assert article.blocks[0]["text"] == PROSE


def test_a_markdown_title_is_a_headline():
    assert read(f"# {TITLE}\n\n{PROSE}", "markdown").headline == TITLE


def test_what_the_row_says_wins():
    article = read(f"{TITLE}\n\n{PROSE}", headline=TITLE.upper(), date_published="2018-03-08", in_language="fr-CH")
    assert (article.headline, article.in_language) == (TITLE.upper(), "fr-CH")
    assert [b["text"] for b in article.blocks] == [PROSE]
    assert article.date_published == "2018-03-08"
    assert article.date_evidence["date_published"]["source"] == "row"


@pytest.mark.parametrize(
    "body", [b"", b"\x00\xff\xfe", b"\xef\xbb\xbf", b"\n" * 1000, b"a", "é".encode("latin-1") * 50]
)
def test_any_bytes_are_read(body):
    article = read_text(Document(url="file:///a", body=body, media="text")).article
    assert article.url == "file:///a"


CUT = "Die Gespräche zwischen Stadt und Betreiber, die recht schwierig"
BOX = "Newsletter abonnieren\nIhre E-Mail-Adresse\nJetzt anmelden"


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_the_rest_of_a_broken_sentence_stays_though_short(between):
    rest = "geworden waren, kamen zum Stillstand."
    first = "Die Fähre fährt seit Freitag wieder, wie das Hafenamt am Morgen mitteilte, und sie war voll besetzt."
    article = read(between.join([first, CUT, BOX, rest, BOX, first.replace("Freitag", "Sonntag")]))
    assert f"{CUT} {rest}" in [block["text"] for block in article.blocks]


def test_cleaned_again_a_quotation_stays_apart():
    text = f"{PROSE}\n\nIt described the work as,\n\n“a long effort on behalf of the town and its harbour.”\n\n{PROSE}"
    once = [block["text"] for block in read(text).blocks]
    assert [block["text"] for block in read("\n".join(once)).blocks] == once


def blocks_of(text):
    return [block["text"] for block in read(text).blocks]


def test_a_calendar_stays_beside_a_box():
    days = [f"June {day} -- Town Hall, {place}" for day, place in ((9, "Wexmouth"), (11, "Corran"), (14, "Larkmoor"))]
    days += ["July 2 -- Ferry Pier, Valmont"]
    box = "Sign up for our newsletter\nEnter your email address\nSubscribe"
    assert all(day in blocks_of("\n\n".join([PROSE, box, *days, box])) for day in days)


def test_steps_and_hours_stay_with_their_sentences():
    steps = [
        "Schritt 1",
        "Klicken Sie auf den Link am Ende der Mail.",
        "Schritt 2",
        "Geben Sie Ihre E-Mail-Adresse ein.",
    ]
    steps += ["Schritt 3", "Melden Sie sich beim Hafenamt, wenn das nicht hilft."]
    start = "So bestellen Sie Newsletter ab, von denen Sie nichts mehr hören wollen\n\nVon Henrike Wolters"
    assert blocks_of("\n\n".join([start, *steps])) == steps
    hours = [
        "18:40 Uhr",
        "Die Fähre fährt wieder.",
        "17:15 Uhr",
        "Video: Der Anleger hält, wie das Hafenamt am Abend mitteilt.",
        "16:02 Uhr",
        "Es stürmt.",
    ]
    assert blocks_of("\n\n".join(["Ticker zum Sturm", "Stand: 12.03.2024, 18:40 Uhr", *hours])) == hours


def test_a_list_of_news_with_hours_is_no_series():
    news = [
        "17h40",
        "CARTE. Le port rouvre : notre récit",
        "17h35",
        "DIRECT. La foire de Valmont",
        "17h21",
        "Les ports",
    ]
    assert not set(news) & set(blocks_of("\n".join([f"{PROSE}\n\n{PROSE} Fin.\n\nPartager\n\nEn continu", *news])))


@pytest.mark.parametrize("behind", ["Publicité", "À lire aussi : Gare du bas, deux conducteurs suspendus"])
def test_a_subheading_behind_an_advert_or_a_link(behind):
    text = f"{TITLE}\n\nPar Jeanne Modèle\n\n{PROSE}\n\n{behind}\n\nUne ligne très raide\n\n{PROSE} Fin."
    assert blocks_of(text) == [PROSE, "Une ligne très raide", f"{PROSE} Fin."]
