"""Every rule of words can be read, gives its reason, and meets its own example."""

import pytest

from newscrawl.widgets.lexicon import default_lexicon
from newscrawl.widgets.rules import load_languages, parse_language, split_phrase

RULES = [rule for file in load_languages() for rule in file.rules]
RULE = {"id": "a", "kind": "ad", "strength": "label", "reason": "x", "case": "Ad", "phrases": ["ad"]}


@pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
def test_rule_meets_its_example(rule):
    assert rule.id in {hit.rule for hit in default_lexicon().hits(rule.case)}, f"{rule.id}: its case is not met"


def test_rule_ids_are_unique():
    ids = [rule.id for rule in RULES]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("language", [file.language for file in load_languages() if file.language != "general"])
def test_language_has_sign_up_links_line_and_advertisement(language):
    own = {(rule.kind, rule.strength) for rule in RULES if rule.language == language}
    assert {
        ("newsletter", "strong"),
        ("newsletter", "label"),
        ("related", "lead"),
        ("related", "label"),
        ("ad", "label"),
    } <= own


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        ({"reason": ""}, "no reason"),
        ({"reason": None}, "missing or unknown"),
        ({"kind": "banner"}, "unknown kind"),
        ({"strength": "certain"}, "strength"),
        ({"phrases": []}, "no phrases"),
        ({"phrases": ["(ad|"]}, "not closed"),
    ],
)
def test_broken_rule_is_refused_by_name(broken, message):
    rule = {k: v for k, v in {**RULE, **broken}.items() if v is not None}
    with pytest.raises(ValueError, match=message):
        parse_language({"language": "en", "rule": [rule]}, "en.toml")


@pytest.mark.parametrize(
    ("phrase", "parts"),
    [
        ("sign up", [["sign up"]]),
        ("a (b|c d|) e", [["a"], ["b", "c d", ""], ["e"]]),
        ("(a (b|c)|d)", [["a b", "a c", "d"]]),
    ],
)
def test_phrase_is_split_into_alternatives(phrase, parts):
    assert split_phrase(phrase) == parts


@pytest.mark.parametrize("phrase", ["(a", "a)", "a|b"])
def test_unbalanced_phrase_is_refused(phrase):
    with pytest.raises(ValueError, match="phrase"):
        split_phrase(phrase)
