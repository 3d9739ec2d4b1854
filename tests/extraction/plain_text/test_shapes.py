"""One text in every shape in which texts are found: wrapped or not, with and without blank lines, broken by a box."""

from __future__ import annotations

import textwrap
from html import escape
from typing import Any, NamedTuple

import pytest

from newscrawl.api import clean_text


class Story(NamedTuple):
    """Paragraphs; the box, and the words of the second paragraph behind which it breaks the sentence."""

    box: tuple[str, ...]
    paragraphs: tuple[str, ...]
    broken_after: str


STORIES = {
    "en": Story(
        (
            "Sign up for our newsletter",
            "Get the best stories in your inbox every morning.",
            "Enter your email address",
            "Subscribe",
        ),
        (
            (
                "The old ferry between Wexmouth and the island of Corran sails again after eleven weeks "
                "of repairs, the harbour office said on Friday morning, and the first crossing was full "
                "to the last seat."
            ),
            (
                "Passengers had been waiting since the spring, when a storm tore the landing stage from "
                "its piles and the talks between the town and the operator, which had become rather "
                "difficult, came to a stop for want of money."
            ),
            (
                "“We never doubted that it would sail again,” said Harriet Molloy, who has run the "
                "ticket office for nineteen years and kept her post while there was nothing for her to "
                "sell."
            ),
            (
                "The town council will decide in October whether the night boats return as well, since "
                "their costs have risen by a third and few travellers used them in the last two winters."
            ),
        ),
        "had become rather",
    ),
    "de": Story(
        (
            "Newsletter abonnieren",
            "Die besten Geschichten jeden Morgen in Ihrem Postfach.",
            "Ihre E-Mail-Adresse",
            "Jetzt anmelden",
        ),
        (
            (
                "Die alte Fähre zwischen Ostwarp und der Insel Korum fährt nach elf Wochen Reparatur "
                "wieder, wie das Hafenamt am Freitag mitteilte, und schon die erste Überfahrt war bis "
                "auf den letzten Platz besetzt."
            ),
            (
                "Die Fahrgäste warteten seit dem Frühjahr, als ein Sturm den Anleger von seinen Pfählen "
                "riss und die Gespräche zwischen Stadt und Betreiber, die recht schwierig geworden "
                "waren, wegen Geldmangels zum Stillstand kamen."
            ),
            (
                "„Wir haben nie daran gezweifelt, dass sie wieder fährt“, sagte Henrike Wolters, die "
                "seit neunzehn Jahren den Schalter leitet und ihren Posten behielt, während es nichts zu "
                "verkaufen gab."
            ),
            (
                "Der Stadtrat entscheidet im Oktober, ob auch die Nachtboote zurückkehren, denn ihre "
                "Kosten sind um ein Drittel gestiegen und nur wenige Reisende nutzten sie in den letzten "
                "beiden Wintern."
            ),
        ),
        "die recht schwierig",
    ),
    "es": Story(
        (
            "Suscríbase a nuestro boletín",
            "Reciba las mejores noticias cada mañana en su correo.",
            "Su correo electrónico",
            "Suscribirse",
        ),
        (
            (
                "El viejo transbordador entre Puerto Lema y la isla de Corán vuelve a navegar tras once "
                "semanas de reparaciones, según anunció el viernes la oficina del puerto, y la primera "
                "travesía se llenó hasta el último asiento."
            ),
            (
                "Los pasajeros esperaban desde la primavera, cuando un temporal arrancó el embarcadero "
                "de sus pilotes y las conversaciones entre el ayuntamiento y la empresa, que se habían "
                "vuelto bastante difíciles, se detuvieron por falta de dinero."
            ),
            (
                "«Nunca dudamos de que volvería a navegar», dijo Elena Robledo, que dirige la taquilla "
                "desde hace diecinueve años y conservó su puesto mientras no había nada que vender."
            ),
            (
                "El pleno decidirá en octubre si vuelven también los barcos nocturnos, pues sus costes "
                "han subido un tercio y pocos viajeros los usaron en los dos últimos inviernos."
            ),
        ),
        "se habían vuelto bastante",
    ),
    "it": Story(
        (
            "Iscriviti alla nostra newsletter",
            "Ricevi ogni mattina le migliori notizie nella tua casella.",
            "Il tuo indirizzo email",
            "Iscriviti",
        ),
        (
            (
                "Il vecchio traghetto tra Porto Lema e l'isola di Corano torna a navigare dopo undici "
                "settimane di riparazioni, ha annunciato venerdì l'ufficio del porto, e la prima "
                "traversata era piena fino all'ultimo posto."
            ),
            (
                "I passeggeri aspettavano dalla primavera, quando una tempesta strappò il pontile dai "
                "suoi pali e le trattative tra il comune e la società, che erano diventate piuttosto "
                "difficili, si fermarono per mancanza di denaro."
            ),
            (
                "«Non abbiamo mai dubitato che sarebbe tornato a navigare», ha detto Elena Robbiani, che "
                "dirige la biglietteria da diciannove anni e ha conservato il posto mentre non c'era "
                "nulla da vendere."
            ),
            (
                "Il consiglio deciderà in ottobre se tornano anche i battelli notturni, perché i loro "
                "costi sono saliti di un terzo e pochi viaggiatori li hanno usati negli ultimi due "
                "inverni."
            ),
        ),
        "erano diventate piuttosto",
    ),
}
WIDTHS = (60, 70, 80, 100, 120, 140, 160, 200)


def shaped(story: Story, shape: str, width: int = 0, between: str = "\n\n", line_end: str = "\n") -> str:
    """Return a story as it is found: ``shape`` says where the box stands."""
    first, second, *rest = story.paragraphs
    at = second.index(story.broken_after) + len(story.broken_after)
    box = "\n".join(story.box)
    parts = {
        "sentence": [first, second[:at], box, second[at:].strip(), *rest],
        "two boxes": [first, second[:at], box, second[at:].strip(), *rest[:-1], box, rest[-1]],
        "paragraphs": [first, second, box, *rest],
    }[shape]
    if width:
        parts = ["\n".join(_wrap(line, width) for line in part.split("\n")) for part in parts]
    return between.join(parts).replace("\n", line_end)


def _wrap(line: str, width: int) -> str:
    return "\n".join(textwrap.wrap(line, width, break_on_hyphens=False))


def texts_of(text: str) -> list[str]:
    blocks: list[Any] = clean_text(text).blocks
    return [block["text"] for block in blocks]


every = pytest.mark.parametrize("language", STORIES)
shapes = pytest.mark.parametrize("shape", ["sentence", "two boxes", "paragraphs"])


@every
@shapes
@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["unix", "windows"])
@pytest.mark.parametrize("between", ["\n\n", "\n"], ids=["blank lines", "no blank lines"])
def test_each_paragraph_on_a_line(language: str, shape: str, between: str, line_end: str) -> None:
    story = STORIES[language]
    assert texts_of(shaped(story, shape, 0, between, line_end)) == list(story.paragraphs)


@every
@shapes
def test_entities_left_in(language: str, shape: str) -> None:
    story = STORIES[language]
    text = escape(shaped(story, shape)).encode("ascii", "xmlcharrefreplace").decode()
    assert texts_of(text) == list(story.paragraphs)


@every
@pytest.mark.parametrize("shape", ["sentence", "two boxes", "paragraphs"])
@pytest.mark.parametrize("between", ["\n\n", "\n"], ids=["blank lines", "no blank lines"])
def test_wrapped_loses_no_word_and_keeps_no_box(language: str, shape: str, between: str) -> None:
    story = STORIES[language]
    for width in WIDTHS:
        for line_end in ("\n", "\r\n"):
            found = " ".join(texts_of(shaped(story, shape, width, between, line_end)))
            assert found == " ".join(story.paragraphs), width


@every
@shapes
@pytest.mark.parametrize("between", ["\n\n", "\n"], ids=["blank lines", "no blank lines"])
def test_cleaned_again_nothing_changes(language: str, shape: str, between: str) -> None:
    once = texts_of(shaped(STORIES[language], shape, 80, between))
    assert texts_of(between.join(once)) == once
