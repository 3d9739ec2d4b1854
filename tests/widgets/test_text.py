"""Widgets go out of text whole; an article that speaks of newsletters or adverts stays whole."""
# ruff: noqa: E501

import pytest

from newscrawl.extraction.plain_text.lines import read_blocks
from newscrawl.widgets.text import strip_blocks

EN = [
    "The council had voted twice on the matter and nobody in the room expected the mayor to change her mind now.",
    "Rain had fallen since the morning, and the river stood a hand's breadth below the mark of the flood of 1910.",
    "“We knew the arch was weak,” said the engineer, who had written three reports about it in as many years.",
    "The new bridge will cost eleven million, a third of it paid by the province, and open in the spring of next year.",
]
FR = [
    "Le conseil municipal avait voté deux fois sur la question et personne ne s'attendait à un changement d'avis.",
    "La pluie tombait depuis le matin, et la rivière montait d'une main au-dessous de la marque de la crue de 1910.",
    "« Nous savions que l'arche était fragile », a déclaré l'ingénieure, auteure de trois rapports en trois ans.",
    "Le nouveau pont coûtera onze millions, dont un tiers payé par la province, et ouvrira au printemps prochain.",
]
DE = [
    "Der Gemeinderat hatte zweimal abgestimmt, und niemand im Saal rechnete damit, dass die Bürgermeisterin nachgibt.",
    "Seit dem Morgen fiel Regen, und der Fluss stand eine Handbreit unter der Marke des Hochwassers von 1910.",
    "„Wir wussten, dass der Bogen schwach ist“, sagte die Ingenieurin, die darüber drei Berichte geschrieben hatte.",
    "Die neue Brücke kostet elf Millionen, ein Drittel davon zahlt das Land, und sie öffnet im Frühjahr.",
]

WIDGETS = [
    ("en", "newsletter", "Newsletter\nThe Morning Post\nAll you need to start your day, free in your inbox.\nYour email address\nSign up\nBy signing up you agree to our Terms of Use and Privacy Policy."),
    ("en", "newsletter", "### The weekly letter\n\nSign up for our free newsletter and never miss a story.\n\n\tEmail\n---\t-----\n\n[Subscribe](#)\n\nThanks for signing up!"),
    ("en", "related", "READ MORE: The bridge that took forty years to build"),
    ("en", "related", "RELATED: The bridge that took forty years to build"),
    ("en", "related", "**ALSO READ:** [The bridge that took forty years to build](#)"),
    ("en", "related", "Related articles\nA second arch shows cracks\nProvince to pay for repairs"),
    ("en", "related", "Trending News\nVideo shows the arch falling: \"There it goes!\"\nMan held after the crossing\nWho pays for the repairs?"),
    ("en", "newsletter", "We are the place for news of the river towns, long reads and sharp comment. Please bookmark our page and sign up for our daily newsletter here."),
    ("en", "ad", "Advertisement"),
    ("en", "ad", "Story continues below advertisement"),
    ("fr", "related", "À lire aussi : Le pont qui mit quarante ans à naître"),
    ("fr", "newsletter", "[S'inscrire à la newsletter](#)\n\nLa lettre du soir\n\nRecevez chaque soir l'essentiel de l'actualité.\n\n\tVotre adresse e-mail\n---\t--------\n\n[Je m'inscris](#)"),
    ("fr", "ad", "Publicité"),
    ("de", "related", "Lesen Sie auch: Die Brücke, die vierzig Jahre brauchte"),
    ("de", "newsletter", "Newsletter\nDer Abend\nMelden Sie sich für unseren kostenlosen Newsletter an.\nJetzt anmelden\nMit der Anmeldung stimme ich der Datenschutzerklärung zu."),
    ("de", "ad", "Anzeige"),
    ("de", "related", "Das könnte Sie auch interessieren\n\n[Zweiter Bogen zeigt Risse](#)\n\n[Land zahlt für die Reparatur](#)"),
]  # fmt: skip
BODIES = {"en": EN, "fr": FR, "de": DE}


def strip(text, language):
    kept, removed = strip_blocks(read_blocks(text), language=language)
    return [block["text"] for block in kept], removed


@pytest.mark.parametrize(("language", "kind", "widget"), WIDGETS)
def test_widget_between_paragraphs_goes_whole(language, kind, widget):
    body = BODIES[language]
    kept, removed = strip("\n\n".join([*body[:2], widget, *body[2:]]), language)
    assert kept == body
    assert [(r["kind"], r["level"], r["before"], r["split"], r["offset"]) for r in removed] == [
        (kind, "text", 2, False, None)
    ]
    assert removed[0]["rule"]


@pytest.mark.parametrize(("language", "kind", "widget"), WIDGETS)
def test_widget_in_a_sentence_goes_and_the_sentence_is_mended(language, kind, widget):
    body = BODIES[language]
    words = body[3].split(" ")
    halves = " ".join(words[:9]), " ".join(words[9:])
    kept, removed = strip("\n\n".join([*body[:3], halves[0], widget, halves[1]]), language)
    assert kept == body
    assert [(r["before"], r["split"], r["offset"]) for r in removed] == [(3, True, len(halves[0]) + 1)]


INNOCENTS = [
    ("en", "“Subscribe to our newsletter,” read the banner on the ministry's site, which was taken down on Monday."),
    ("en", "The party's weekly newsletter, sent to 60,000 members, called the vote a betrayal."),
    ("en", "She asked readers to donate to the families through a fund set up by the city."),
    ("en", "The regulator fined the company for setting advertising cookies without consent."),
    ("fr", "La lettre d'information du syndicat, lue par 20 000 personnes, avait annoncé la grève dès lundi."),
    ("fr", "La publicité représentait alors les deux tiers des recettes du journal, selon le rapport."),
    ("de", "Gegen den Mann liegt eine Anzeige wegen Betrugs vor, wie die Staatsanwaltschaft sagte."),
    ("de", "Der Newsletter der Partei ging am Montag an 30.000 Mitglieder, sagte die Sprecherin."),
]


@pytest.mark.parametrize(("language", "sentence"), INNOCENTS)
def test_article_that_speaks_of_such_things_stays(language, sentence):
    body = [*BODIES[language][:2], sentence, *BODIES[language][2:]]
    assert strip("\n\n".join(body), language) == (body, [])
    inside = [BODIES[language][0], f"{BODIES[language][1]} {sentence}", *BODIES[language][2:]]
    assert strip("\n\n".join(inside), language) == (inside, [])


def test_blocks_without_source_lines():
    blocks = [{"type": "paragraph", "text": text, "time": None} for text in [*EN[:2], "Advertisement", *EN[2:]]]
    kept, removed = strip_blocks(blocks, language="en")
    assert [b["text"] for b in kept] == EN
    assert len(removed) == 1


def test_given_blocks_are_not_changed():
    blocks = read_blocks("\n\n".join([*EN[:2], "Advertisement", *EN[2:]]))
    copy = [dict(block) for block in blocks]
    strip_blocks(blocks, language="en")
    assert blocks == copy


def test_a_text_of_nothing_else_stays():
    assert strip("Advertisement", "en")[0] == ["Advertisement"]


@pytest.mark.parametrize("language", [None, "", "xx", "fr-CH"])
def test_any_language(language):
    assert strip("\n\n".join(EN), language)[0] == EN


def test_cleaning_the_cleaned_changes_nothing():
    for language, _, widget in WIDGETS:
        once, _ = strip("\n\n".join([*BODIES[language][:2], widget, *BODIES[language][2:]]), language)
        assert strip("\n\n".join(once), language) == (once, [])
