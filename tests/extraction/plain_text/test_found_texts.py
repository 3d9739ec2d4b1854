"""Texts as they are found: header glued together, leftovers around and within, lines broken at a margin."""

# ruff: noqa: E501

from __future__ import annotations

import textwrap

import pytest

from newscrawl import clean_text

FR = [
    "Le bac de Montcalvet a repris son service jeudi après onze semaines d'arrêt, et la file des voyageurs s'étirait "
    "jusqu'à la chapelle avant même que le premier câble ne soit tendu, raconte le passeur.",
    "Les mécaniciens ont changé les deux treuils et quatre kilomètres de câble, un chantier que le département avait "
    "repoussé trois fois faute d'argent, alors que la rivière emportait chaque hiver une partie de la rampe.",
    "Un aller-retour coûte désormais trois euros au lieu de deux, mais les écoliers et les infirmières de la clinique "
    "continuent de passer sans payer, a précisé la régie.",
]
EN = [
    "The ferry of Larkmoor carried its first passengers in eleven weeks on Thursday, and the queue reached the chapel "
    "before the cable had been tightened, the ferryman said with a laugh.",
    "Mechanics replaced both winches and four kilometres of cable, work that the county had put off three times for "
    "want of money while the river took a part of the ramp every winter.",
    "A return ticket now costs three crowns instead of two, while pupils and the nurses of the clinic still cross "
    "without paying, the company added.",
]


def body(article):
    return [block["text"] for block in article.blocks]


@pytest.mark.parametrize(
    ("lines", "authors", "source", "published"),
    [
        (["Par Odile Caron", "Publié le 12/03/2024 à 08:30"], ["Odile Caron"], None, "2024-03-12T08:30"),
        (["Odile Caron, le 12/03/2024 à 08:30"], ["Odile Caron"], None, "2024-03-12T08:30"),
        (["Article rédigé par", "Odile Caron", "Publié le 12/03/2024 08:30"], ["Odile Caron"], None, "2024-03-12T08:30"),
        (["Par La rédaction avec AFP - 12 mars 2024 à 08:30 - Temps de lecture : 2 min"], [], "AFP", "2024-03-12T08:30"),
        (["Source AFP", "12 mars 2024"], [], "AFP", "2024-03-12"),
        (["Odile Caron Suivre", "Publié le 12/03/2024 à 08:30"], ["Odile Caron"], None, "2024-03-12T08:30"),
        (["Odile Caron pour La Gazette", "Publié le 12/03/2024 à 08:30"], ["Odile Caron"], None, "2024-03-12T08:30"),
        (["Par : Odile Caron | GAZETTE Montcalvet | traduit par X", "12-03-2024"], ["Odile Caron"], None, "2024-03-12"),
        (["La Gazette avec l’AFP", "Publié le 12/03/2024 à 08:30"], [], "AFP", "2024-03-12T08:30"),
        (["afp.com/ODILE CARON", "", "Publié le 12/03/2024 à 08:30"], [], None, "2024-03-12T08:30"),
    ],
)  # fmt: skip
def test_header_lines_as_printed(lines, authors, source, published):
    article = clean_text("\n\n".join(["Le bac de Montcalvet repart", *lines, *FR]), language="fr")
    assert (article.headline, article.authors, article.source) == ("Le bac de Montcalvet repart", authors, source)
    assert (article.date_published or "").startswith(published)
    assert body(article) == FR


def test_a_date_out_of_a_list_of_other_articles_is_not_the_articles():
    below = [
        "Related articles",
        "Bridge over the Larn to open",
        "May 11, 2024",
        "Mayor wants fewer lorries",
        "May 9, 2024",
    ]
    article = clean_text("\n\n".join(["Ferry sails again", "By Milo Farrant", *EN, *below]), language="en")
    assert (article.date_published, article.date_modified) == (None, None)
    assert body(article) == EN


@pytest.mark.parametrize(
    "leftover",
    [
        ">> Au village d'en haut, l'école aura un toit dès le mois de mai",
        "▶ Au village d'en haut, l'école aura un toit dès le mois de mai",
        "À lire aussiAu village d'en haut, l'école aura un toit",
        "Publicité",
    ],
)
def test_what_leaks_between_paragraphs(leftover):
    source = "\n\n".join(["Le bac repart", "Par Odile Caron", FR[0], leftover, *FR[1:]])
    article = clean_text(source, language="fr")
    assert body(article) == FR
    assert any(leftover.lstrip(">▶ ") in removal["text"] for removal in article.removed)


def test_a_box_in_a_sentence_goes_whatever_its_words():
    cut = FR[1].index("repoussé")
    box = ["La Lettre du fleuve", "Chaque matin dans votre boîte", "Votre adresse e-mail", "Je m'inscris"]
    source = "\n\n".join(["Le bac repart", "Par Odile Caron", FR[0], FR[1][:cut].strip(), *box, FR[1][cut:], FR[2]])
    article = clean_text(source, language="fr")
    assert body(article) == FR
    assert [removal["split"] for removal in article.removed if "boîte" in removal["text"]] == [True]


@pytest.mark.parametrize("width", [60, 72, 90, 120])
def test_the_same_wrapped_and_indented(width):
    paragraphs = ["Le bac de Montcalvet repart", "Par Odile Caron", "Publié le 12/03/2024 à 08:30", *FR, "Publicité"]
    source = "\n\n".join(textwrap.fill(p, width, break_on_hyphens=False) for p in paragraphs)
    article = clean_text(source, language="fr")
    assert (article.headline, article.authors) == ("Le bac de Montcalvet repart", ["Odile Caron"])
    assert body(article) == FR


def test_a_title_without_a_full_stop_is_no_first_half():
    source = "\n\n".join(["Ferry sails again", "By Milo Farrant", EN[0], "Five questions that the county has not answered yet",
                          "Advertisement", "The auditors did not say how many boards must be burnt.", EN[1]])  # fmt: skip
    assert "Five questions that the county has not answered yet" in body(clean_text(source, language="en"))


def test_cleaning_the_cleaned_changes_nothing():
    box = ["Sign up for our newsletter", "Your email address", "Subscribe"]
    first = clean_text("\n\n".join(["Ferry sails again", "By Milo Farrant", EN[0], *box, *EN[1:]]), language="en")
    again = clean_text(first.article_body, language="en")
    assert body(first) == body(again) == EN


@pytest.mark.parametrize(
    ("text", "blocks"),
    [("Hello", 1), ("", 0), ("Sign up for our newsletter\nYour email\nSubscribe", 3), ("\x00\x01\x02" * 50, 0)],
)
def test_a_text_that_is_hardly_one(text, blocks):
    article = clean_text(text)
    assert len(article.blocks) == blocks
    assert (article.not_article is None) == bool(blocks)


def test_mixed_line_ends_and_utf_16():
    from newscrawl.extraction.complete import complete_article
    from newscrawl.extraction.document import Document

    text = f"Ferry sails again\r\n\r\nBy Milo Farrant\r\r{EN[0]}\n\n{EN[1]}\r\n\r\n{EN[2]}"
    assert body(clean_text(text, language="en")) == EN
    document = Document(url="file:///a.txt", body=text.encode("utf-16"), media="text")
    assert body(complete_article(document)) == EN


def test_a_request_within_a_broken_sentence_goes_with_its_box():
    box = ["[Suscríbete al boletín](#)", "Boletín de la tarde",
           "Elige a qué hora del día quieres recibir lo esencial de la comarca en tu correo:",
           "- Por la mañana Por la tarde", "Tu dirección de correo", "[Suscríbete gratis](#)"]  # fmt: skip
    halves = [
        "El barquero, que había prometido los cables nuevos para el invierno y",
        "había pedido un crédito, firmó.",
    ]
    header = ["El barco vuelve", "Por Berta Salcedo", "12/03/2024 09:00"]
    article = clean_text("\n\n".join([*header, halves[0], *box, halves[1]]), language="es")
    assert body(article) == [" ".join(halves)]


def test_initials_below_a_box_stay():
    box = "Inscrivez-vous à notre newsletter et recevez chaque jour l’essentiel des infos dans votre boîte mail."
    article = clean_text("\n\n".join(["Le bac repart", "Par Odile Caron", *FR, box, "(oca)"]), language="fr")
    assert body(article) == [*FR, "(oca)"]


def test_an_offer_that_counts_what_is_left_goes():
    offer = "Cet article est réservé aux abonnés. Il vous reste 87 % à lire."
    article = clean_text("\n\n".join(["Le bac repart", "Par Odile Caron", *FR, offer]), language="fr")
    assert body(article) == FR


def test_a_first_half_of_a_sentence_is_no_headline():
    halves = ["The ferryman of Larkmoor knows full well that", "his ramp will not outlive another flood."]
    box = ["### Sign up for our newsletter", "[Subscribe](#)"]
    article = clean_text("\n\n".join([halves[0], *box, halves[1], *EN]), language="en")
    assert (article.headline, body(article)[0]) == (None, " ".join(halves))


def test_turns_of_a_transcript_stay_whatever_their_words():
    turns = ["MAYOR: Good evening.", "READER: Can we sign up for the alerts?",
             "MAYOR: Yes. Sign up for text alerts on the town's page.", "READER: Who pays?", "MAYOR: We do."]  # fmt: skip
    article = clean_text("\n\n".join(["The mayor's answers", "12 March 2024", *turns]), language="en")
    assert [text for text in body(article) if text in turns] == turns


def test_a_caption_given_twice_goes_and_runs_into_no_paragraph():
    caption = "Le bac de Montcalvet vu de la rive gauche, jeudi matin, au pied de la chapelle."
    source = [FR[0], f"{caption}\n{caption} — J. Modèle\nrepris jeudi matin après onze semaines.", FR[1]]
    article = clean_text("\n\n".join(source), language="fr")
    assert "Montcalvet vu de la rive" not in article.article_body
    assert "repris jeudi matin après onze semaines." in article.article_body


def test_ten_megabytes_on_one_line_take_linear_time():
    from time import process_time

    def seconds(count):
        began = process_time()
        article = clean_text(" ".join(EN * count), language="en")
        assert article.article_body == " ".join(EN * count)
        return process_time() - began

    seconds(10)
    assert seconds(8 * 2_000) < 5 * 8 * max(seconds(2_000), 0.05)


BOX = "Sign up for our newsletter\nThe best of the week in your inbox\nEnter your email address\nSubscribe"
MORE = [
    "Divers looked at the forty oak piles below the water line, of which a surveyor from the county found all sound.",
    "Fishermen had carried the post and the schoolchildren across in the meantime, for which the council thanked them.",
]


@pytest.mark.parametrize(
    "parts",
    [
        [*EN, "~", "The first boat leaves at 7 am."],
        [*EN[:2], "~", "— Ferry of Larkmoor (@larkmoorferry) June 9, 2021", EN[2], *MORE],
        [EN[0], "Two winches and a cable", "~", *EN[1:]],
    ],
    ids=["last sentence", "signature of a message", "heading above a box"],
)
def test_a_line_without_a_telling_word_beside_boxes_stays(parts):
    boxes = {"~": BOX}
    article = clean_text("\n\n".join(boxes.get(part, part) for part in parts))
    assert body(article) == [part for part in parts if part not in boxes]
    assert [removal["text"] for removal in article.removed] == [boxes[part] for part in parts if part in boxes]
