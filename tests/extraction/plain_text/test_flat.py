"""Texts flattened to one line: a box's sentences go, and nothing else does."""

import pytest

from newscrawl.extraction.document import Document
from newscrawl.extraction.plain_text.document import read_text

STORY = {
    "en": (
        "The council of Wexmouth voted on Monday to reopen the bridge after six years of work.",
        "Fishermen had asked for it since the spring of last year, and the mayor agreed at once.",
    ),
    "fr": (
        "Le conseil de Valmont a voté lundi la réouverture du pont après six ans de travaux.",
        "Les pêcheurs la réclamaient depuis le printemps dernier, et le maire leur a donné raison.",
    ),
    "de": (
        "Der Rat von Lerchenau hat am Montag beschlossen, die Brücke nach sechs Jahren wieder zu öffnen.",
        "Die Fischer hatten das seit dem Frühjahr verlangt, und die Bürgermeisterin gab ihnen recht.",
    ),
}
BOXES = {
    "en": "Sign up for our daily newsletter to get the news of the valley. By signing up you agree to our terms.",
    "fr": "Inscrivez-vous à notre newsletter pour recevoir chaque matin l'essentiel de l'actualité.",
    "de": "Melden Sie sich jetzt für unseren kostenlosen Newsletter an.",
}


def read(text, language):
    return read_text(Document(url="a", body=text.encode(), media="text", facts={"in_language": language})).article


@pytest.mark.parametrize("language", STORY)
def test_a_box_in_the_middle_goes(language):
    story = " ".join(STORY[language] * 4)
    article = read(f"{story} {BOXES[language]} {story}", language)
    assert article.article_body == f"{story} {story}"
    (removal,) = article.removed
    assert (removal["text"], removal["before"], removal["split"]) == (BOXES[language], 0, True)
    assert article.article_body[removal["offset"] :] == story


@pytest.mark.parametrize(
    "sentence",
    [
        "READ MORE: Bridge closed to lorries The first crossing leaves on Monday at six in the morning.",
        "The mayor said that readers could sign up for the newsletter of the town.",
        "Sign up for our newsletter The mayor then opened the talks that had been put off since March.",
    ],
)
def test_what_cannot_be_told_stays(sentence):
    story = " ".join(STORY["en"] * 4)
    text = f"{story} {sentence} {story}"
    article = read(text, "en")
    assert (article.article_body, article.removed) == (text, [])


def test_a_long_paragraph_among_others_is_left_alone():
    story = " ".join(STORY["en"] * 4)
    text = f"{story} {BOXES['en']} {story}"
    assert BOXES["en"] in read("\n\n".join([text] + list(STORY["en"]) * 2), "en").article_body


@pytest.mark.parametrize(
    "text", ["word " * 400, "One long sentence of many words, and so on, " * 40 + ". Two. Three.", "x" * 2000]
)
def test_a_long_line_of_few_sentences_is_left_alone(text):
    assert read(text, "en").article_body == text.strip()
