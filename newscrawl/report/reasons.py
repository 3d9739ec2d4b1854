"""What the name of a rule means, in a sentence."""

from __future__ import annotations

from functools import cache

from newscrawl.text.package_data import table
from newscrawl.widgets.rules import load_languages

_OWN = {
    "model/segments": "the models that tell article text from the rest, by words, form and place",
    "markup/email-field": "it has a field for an e-mail address",
    "markup/links": "it is made of links",
    "text/lines": "the model that reads a text line by line, by words, form and neighbours",
    "text/email-field": "it has the stub of a field for an e-mail address",
    "text/links": "it is made of links",
    "role/byline": "a line that names the authors; they are in authors",
    "role/date_line": "a line that gives the date; it is in date_published, date_modified or their evidence",
    "role/caption": "the caption of a picture; it is in images where its picture is",
}


@cache
def _table() -> dict[str, str]:
    reasons = dict(_OWN)
    for file in load_languages():
        reasons |= {rule.id: f"{rule.reason} ({_STRENGTH[rule.strength]})" for rule in file.rules}
    for mark in table("markup/names.toml")["mark"]:
        for level in ("markup", "text"):
            reasons.setdefault(f"{level}/{mark['kind']}", f"names in the markup: {mark['reason']}")
    return reasons


_STRENGTH = {
    "label": "words of the whole line",
    "button": "words of the whole line, beside other evidence",
    "lead": "words that open the line",
    "strong": "words in the line",
    "weak": "words in the line, beside other evidence",
}


def reason(rule: str) -> str:
    """Return what ``rule`` looks for; ``""`` for a rule that this version does not know.

    >>> reason("markup/email-field")
    'it has a field for an e-mail address'
    """
    return _table().get(rule, "")
