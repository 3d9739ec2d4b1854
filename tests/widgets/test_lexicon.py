"""Phrases are found as words, whatever the case, the accents and the punctuation."""

import pytest

from newscrawl.widgets.lexicon import WidgetLexicon, default_lexicon
from newscrawl.widgets.rules import parse_language


def lexicon(*phrases, strength="strong"):
    rule = {"id": "r", "kind": "ad", "strength": strength, "reason": "x", "case": "x", "phrases": list(phrases)}
    return WidgetLexicon([parse_language({"language": "xx", "rule": [rule]}, "xx.toml")])


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("sign up", "Please SIGN-UP here", "SIGN-UP"),
        ("sign up", "design update", None),
        ("a l ecoute", "Être à l'écoute", "à l'écoute"),
        ("join ~ newsletter", "Join our free weekly newsletter!", "Join our free weekly newsletter"),
        ("join ~ newsletter", "Join us in the old town hall on Friday; newsletter follows", None),
        ("(get|receive) (the|) news", "get news", "get news"),
        ("subscri* now", "Subscribers now pay more", "Subscribers now"),
        ("# free articles", "You have 3 free articles left", "3 free articles"),
    ],
)
def test_phrase_anywhere(phrase, text, found):
    hits = lexicon(phrase).hits(text)
    assert [text[hit.start : hit.end] for hit in hits] == ([found] if found else [])


@pytest.mark.parametrize(
    ("text", "is_label"),
    [
        ("Advertisement", True),
        ("— ADVERTISEMENT —", True),
        ("Advertisement Advertisement", True),
        ("The advertisement showed a lake.", False),
        ("", False),
    ],
)
def test_label_is_the_whole_line(text, is_label):
    assert bool(lexicon("advertisement", strength="label").hits(text)) is is_label


@pytest.mark.parametrize(("text", "is_lead"), [("Read more: The bridge", True), ("They read more: novels", False)])
def test_lead_opens_the_line(text, is_lead):
    assert bool(lexicon("read more", strength="lead").hits(text)) is is_lead


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Inscrivez-vous à notre lettre quotidienne gratuite", "newsletter"),
        ("Jetzt kostenlos zum Newsletter anmelden", "newsletter"),
        ("Facebook Twitter WhatsApp", "social"),
        ("関連記事", "related"),
        ("この記事は有料会員限定です", "paywall"),
        ("Подписывайтесь на наш Telegram-канал", "follow"),
        ("Czytaj też: Most", "related"),
        ("Publicidad", "ad"),
        ("分享 到 微信", "social"),
        ("分享到： 微信 微博 QQ空间", "social"),
        ("收藏 | 打印", "social"),
        ("相关 阅读：修了四十年的桥", "related"),
    ],
)
def test_packaged_words(text, kind):
    assert kind in {hit.kind for hit in default_lexicon().hits(text)}


@pytest.mark.parametrize("text", ["微信 修了四十年的桥", "修了四十年的桥 收藏", "微信上 有人说 桥修好了"])
def test_a_line_of_chinese_with_other_words_is_no_row_of_labels(text):
    assert not [hit for hit in default_lexicon().hits(text) if hit.strength in ("label", "button")]


def test_offsets_count_the_spaces_between_chinese_words():
    text = "  分享 到 微信。"
    assert [text[hit.start : hit.end] for hit in default_lexicon().hits(text)] == ["分享 到 微信"]


@pytest.mark.parametrize("text", ["\x00", "\ud800 x", "İSTANBUL", "a" * 100_000, "~ # ( |", "9" * 5000, "\u202e\u0301"])
def test_any_text_is_read(text):
    for hit in default_lexicon().hits(text):
        assert 0 <= hit.start < hit.end <= len(text)
