"""What the name of a rule means, in plain words."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from newscrawl.sites.site_files import SiteFiles
from newscrawl.text.package_data import table
from newscrawl.widgets.rules import load_languages


class Meaning(NamedTuple):
    """A rule in plain words: ``name`` says what it takes, ``detail`` by which evidence; both may be empty."""

    name: str
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.name} ({self.detail})" if self.detail else self.name


_OWN = {
    "model/segments": Meaning("not article text, by the models", "they look at words, form and place"),
    "markup/email-field": Meaning("has a field for an e-mail address"),
    "markup/links": Meaning("is made of links"),
    "memory/site": Meaning("repeats on other pages of the site"),
    "text/lines": Meaning("not article text, by the model of lines", "it looks at words, form and neighbours"),
    "text/header": Meaning("belongs to the header of the text", "which has fields of its own"),
    "text/email-field": Meaning("has the stub of a field for an e-mail address"),
    "text/links": Meaning("is made of links"),
    "role/byline": Meaning("names the authors", "they are in authors"),
    "role/date_line": Meaning("gives the date", "it is in date_published, date_modified or their evidence"),
    "role/caption": Meaning("describes a picture", "it is in images where its picture is"),
    "role/headline": Meaning("repeats the headline"),
}
_STRENGTH = {
    "label": "words of the whole line",
    "button": "words of the whole line, beside other evidence",
    "lead": "words that open the line",
    "strong": "words in the line",
    "weak": "words in the line, beside other evidence",
}


@cache
def _table() -> dict[str, Meaning]:
    meanings = dict(_OWN)
    for file in load_languages():
        meanings |= {rule.id: Meaning(rule.reason, _STRENGTH[rule.strength]) for rule in file.rules}
    for mark in table("markup/names.toml")["mark"]:
        for level in ("markup", "text"):
            meanings.setdefault(f"{level}/{mark['kind']}", Meaning(mark["reason"], "by names in the markup"))
    return meanings


def meaning(rule: str, sites: SiteFiles | None = None) -> Meaning:
    """Return the meaning of ``rule``; an empty one for a rule that this version does not know.

    >>> str(meaning("model/segments"))
    'not article text, by the models (they look at words, form and place)'
    """
    if rule.startswith("site/"):
        host = rule.split("/")[1]
        return Meaning(sites.reason_of(rule) if sites else "", f"rule of the site file {host}.toml")
    if rule.startswith("filter/"):
        return Meaning("hidden by a filter list", rule.split("/", 1)[1].rpartition("/")[0])
    return _table().get(rule, Meaning(""))
