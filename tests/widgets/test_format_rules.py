import tomllib

from docs.format_rules import format_rules

UNFORMATTED = """language = "xx"
address = ["wir", "du"]

[[rule]]
phrases = [ "(z|a) ~ b", "a [x] b",
]
"""


def test_gives_each_phrase_and_word_a_line():
    assert format_rules(UNFORMATTED) == (
        'language = "xx"\naddress = [\n  "du",\n  "wir",\n]\n\n[[rule]]\nphrases = [\n  "(z|a) ~ b",\n  "a [x] b",\n]\n'
    )


def test_keeps_the_order_of_phrases_and_what_the_file_says():
    formatted = format_rules(UNFORMATTED)
    assert tomllib.loads(formatted)["rule"] == tomllib.loads(UNFORMATTED)["rule"]
    assert format_rules(formatted) == formatted


def test_leaves_lists_with_comments():
    text = 'report = [\n  "b", # why\n  "a",\n]\n'
    assert format_rules(text) == text
