from __future__ import annotations

import pytest
from lxml import etree

from newscrawl.parsing.tree import body_of, parse, text_of


@pytest.mark.parametrize(
    ("markup", "items"),
    [
        ("<dl><dd>one<dd>two<b>x</b> y<dd>three</dl>", ["one", "twox y", "three"]),
        ("<dl><dt>a<dd>one<dd>two<dt>b<dd>three</dl>", ["one", "two", "three"]),
        ("<dl><dd>one<p>more</p><dd>two</dl>", ["onemore", "two"]),
    ],
)
def test_a_dd_that_is_not_closed_ends_at_the_next(markup: str, items: list[str]) -> None:
    assert [text_of(dd) for dd in parse(markup).iter("dd")] == items


def test_a_list_in_a_dd_stays_in_it() -> None:
    outer = parse("<dl><dd>one<dl><dd>in</dd></dl></dd></dl>").find(".//dd")
    assert text_of(outer) == "onein"


@pytest.mark.parametrize(
    "markup",
    [
        "<html><body><p>One.</p></body></html><p>Two.</p>",
        "<HTML><BODY><p>One.</p></BODY></HTML >\n<!-- end --><script>1</script><div><p>Two.</p></div></body></html>",
        "<html><body><p>One.</p></html>Two.",
        "<html><body><p>One.</p></body><div><p>Two.</p></div></html>",
    ],
)
def test_what_stands_behind_the_end_of_the_body_is_in_it(markup: str) -> None:
    texts = [text for element in body_of(parse(markup)).iter("body", "p") for text in (element.text, element.tail)]
    assert " ".join(filter(None, texts)).split() == ["One.", "Two."]


@pytest.mark.parametrize(
    "markup",
    [
        "",
        " ",
        "bare text",
        "<!-- a comment --><?php echo 1 ?>",
        "<p>a<!-- b -->c<?d e?>&f;<![CDATA[g]]></p>",
        "<title>no body</title>",
        "<plaintext>a<b>c",
        "<frameset><frame></frameset>",
        "<o:p>a</o:p><x-y>b</x-y><svg:g/>",
    ],
)
def test_a_tree_holds_nothing_but_etree_s_own_elements(markup: str) -> None:
    assert {(type(node), type(node.tag)) for node in parse(markup).iter()} == {(etree._Element, str)}


def test_a_tag_of_thousands_of_attributes_loses_them() -> None:
    crowded = "<p " + " ".join(f'a{n}="{n}"' for n in range(3_000)) + ">Text</p>"
    script = "<script>" + "x = 1; " * 3_000 + "</script>"
    body = body_of(parse(f"<body>{script}<div class='a'>{crowded}{script}<i id=b>{crowded}</i></div></body>"))
    assert [len(e.attrib) for e in body.iter("p")] == [0, 0]
    assert [e.get("class") or e.get("id") for e in body.iter("div", "i")] == ["a", "b"]
    assert text_of(body).count("Text") == 2


@pytest.mark.parametrize("reference", ["&#1;", "&#x1f;", "&#65535;", "&#x0000B"])
def test_a_reference_to_no_character_is_a_space(reference: str) -> None:
    assert text_of(body_of(parse(f"<p>#1 &#35;2 a{reference} z &#8217;"))) == "#1 #2 a  z \u2019"
