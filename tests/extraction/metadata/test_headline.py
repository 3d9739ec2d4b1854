"""Headlines without site name or kicker, confirmed by what the page says of itself."""

import pytest

from newscrawl.extraction.metadata.headline import headline
from newscrawl.extraction.metadata.publisher import site_names
from newscrawl.extraction.metadata.titles import without_site
from newscrawl.parsing.structured import read
from newscrawl.parsing.tree import parse

T = "Old bridge closed after flood"


def of(html, url="https://www.example-times.org/local-news/bridge"):
    tree = parse(html)
    data = read(tree)
    return headline(tree, data, site_names(data, url), url)


def page(title="", h1="", og="", ld="", site="", body=""):
    head = f"<title>{title}</title>"
    head += f'<meta property="og:title" content="{og}">' if og else ""
    head += f'<meta property="og:site_name" content="{site}">' if site else ""
    head += f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{ld}"}}</script>' if ld else ""
    return f"<html><head>{head}</head><body>{h1}{body}</body></html>"


CASES = {
    "h1 alone": page(h1=f"<h1>{T}</h1>"),
    "title alone": page(title=T),
    "title with site name": page(title=f"{T} | The Example Times", site="Example Times"),
    "title with host": page(title=f"{T} - example-times.org"),
    "title with section and site": page(
        title=f"{T} | Politics | Example Times", h1=f"<h1>{T}</h1>", site="Example Times"
    ),
    "site name first": page(title=f"Example Times | {T}", site="Example Times"),
    "og with site name": page(og=f"{T} — Example Times", site="Example Times"),
    "h1 is the logo": page(title=f"{T} | Example Times", h1="<h1>Example Times</h1>", og=T, site="Example Times"),
    "h1 against a title of section and site": page(
        title="Valley news | Example Times and Dale",
        og="Valley news | Example Times and Dale",
        h1=f"<article><h1>{T}</h1></article>",
    ),
    "titles that are the site's name": page(
        title="Example Times", og="Example Times", site="Example Times", h1=f"<h1>{T}</h1>"
    ),
    "masthead beside the title of a blog": page(title=f"River Notes: {T}", og=T, h1="<h1>River Notes</h1>"),
    "masthead that links home": page(title=f"{T} | x", h1='<h1><a href="/">River Notes</a></h1>', body=f"<h3>{T}</h3>"),
    "section in h1, title in h2": page(title=T, h1="<h1>River Health Center</h1>", body=f"<h2>{T}</h2>"),
    "site's name before a colon": page(title=f"River Notes: {T}", site="River Notes"),
    "dash behind a kicker": page(
        og=T, h1=f'<h1><span class="overline">Valley</span><span aria-hidden="true"> - </span><span>{T}</span></h1>'
    ),
    "byline in h1": page(title="Bridge closed", h1=f"<h1>{T}<br><small>By Anna Sample</small></h1>"),
    "itemprop": page(title="River Notes", h1="<h1>Pulse!</h1>", body=f"<div itemprop='headline'>{T}</div>"),
    "second h1": page(title=f"{T} | x", h1=f"<h1>Newsletter</h1><article><h1>{T}</h1></article>", og=T),
    "kicker in h1": page(
        og=T, h1=f'<h1><span class="article-kicker">Weather</span><span class="title">{T}</span></h1>'
    ),
    "kicker in h1, title long": page(
        title=f"Weather: {T}", og=T, h1=f'<h1><span class="kicker">Weather: </span>{T}</h1>'
    ),
    "screen readers' words": page(og=T, h1=f'<h1><span class="visually-hidden">Article:</span> {T}</h1>'),
    "badge in h1": page(title=T, h1=f'<h1><span class="premium-badge">Plus</span> {T}</h1>'),
    "script in h1": page(title=T, h1=f"<h1>{T}<script>x()</script></h1>"),
    "h1 in a breadcrumb": page(
        title="Bridge flood: river rises",
        ld="Bridge flood: river rises",
        og=T,
        h1="<ol class='breadcrumb'><h1>Bridge flood: river rises</h1></ol>",
        body=f"<h2>{T}</h2>",
    ),
    "headline in h2": page(title=f"{T} | Example Times", og=T, site="Example Times", body=f"<h2>{T}</h2>"),
    "line break": page(title=T, h1="<h1>Old bridge<br>closed after flood</h1>"),
    "references": page(title=T, h1="<h1>Old&nbsp;bridge closed after&#8203; flood</h1>"),
    "doubly escaped": page(ld="Old bridge closed after &amp;flood").replace("&amp;flood", "flood"),
    "JSON-LD alone": page(ld=T),
    "soft hyphens": page(title=T, h1="<h1>Old bridge clo\u00adsed after flood</h1>"),
    "facebook title differs": page(
        title=f"{T} - Example Times", og="You will not believe which bridge", h1=f"<h1>{T}</h1>", site="Example Times"
    ),
    "section behind all titles": page(
        title=f"{T} | Weather", og=f"{T} | Weather", h1=f"<h1>{T} | Weather</h1>", body="<h1>About us</h1>"
    ).replace("<head>", '<head><meta property="article:section" content="Weather">'),
    "folder of the address behind the title": page(title=f"{T} | Local News - Example Times", site="Example Times"),
    "site name behind the h1": page(og=T, h1=f"<h1>{T} – Example Times</h1>", site="Example Times"),
    "h1 in a page builder's widget": page(
        title="Floods: a river guide",
        h1=f'<div class="elementor-widget-heading"><div class="elementor-widget-container"><h1>{T}</h1></div></div>',
        og="A closed bridge after the flood",
    ),
    "meta headline alone": page(title="x").replace("<head>", f'<head><meta name="headline" content="{T}">'),
    "h2 with a kicker, marked by its data": page(
        title="Bridge flood: river rises",
        og=f"Weather: {T}",
        body=f'<h2><span data-kicker="Weather">Weather: </span><span>{T}</span></h2>',
    ),
    "search engines' title everywhere, no news": page(
        title="Bridge flood: old bridge closed", og="Bridge flood: old bridge closed", h1=f"<h1>{T}</h1>"
    ),
    "title unrelated": page(title="x", h1=f"<h1>{T}</h1>"),
}


@pytest.mark.parametrize("name", CASES)
def test_headline(name):
    assert of(CASES[name]) == T


def test_a_kicker_that_all_titles_have_stays():
    full = f"Weather: {T}"
    h1 = f'<h1><span class="kicker">Weather</span><span class="separator">: </span><span>{T}</span></h1>'
    assert of(page(title=full, og=full, ld=full, h1=h1)) == full


def test_a_kicker_that_only_descriptions_have_stays_out():
    full = f"Weather: {T}"
    assert of(page(title=T, og=full, ld=full, h1=f"<h1>{T}</h1>")) == T


def test_a_blog_s_linked_title_in_h1_is_no_headline():
    title = f"The Millers Blog: {T}"
    assert of(page(title=title, h1=f'<h1><a href="/blog/">The Millers Blog</a></h1><h2>{T}</h2>')) == T
    assert of(page(title=f"{T} - Example Times", h1=f"<h1>{T}</h1><h2>Example Times</h2>")) == T


def test_a_lone_h1_wins_over_titles_that_share_only_words_without_meaning():
    title = "Read what happened to the town"
    assert of(page(title=title, og=title, h1="<h1>The mill sold for a song</h1>")) == "The mill sold for a song"


def test_a_lost_colon_comes_back():
    assert (
        of(page(title="Strike: mills stop", og="Strike: mills stop", h1="<h1>Strike mills stop</h1>"))
        == "Strike: mills stop"
    )
    glued = "<h1><span>Strike:</span><span>Mills stop</span></h1>"
    assert of(page(title="Example Times", h1=glued)) == "Strike: Mills stop"


def test_markup_that_the_reader_sees_stays():
    page = "<title>Years of &lt;br&gt; tags</title><body><h1>Years of &lt;br&gt; tags</h1>"
    assert of(page) == "Years of <br> tags"


def test_a_short_part_that_is_no_section_stays():
    assert of(page(title="Flood | Part two", h1="<h1>Flood | Part two</h1>")) == "Flood | Part two"


def test_none_where_nothing_is_said():
    assert of("<html><body><p>Text.</p></body></html>") is None


SUFFIXES = [
    ("A - B - The Example Times", ["Example Times"], "A - B"),
    ("Snow in May: what now?", ["Example"], "Snow in May: what now?"),
    ("Example wins the cup", ["Example"], "Example wins the cup"),
    ("Example: what the new app does", ["Other"], "Example: what the new app does"),
    ("Schnee im Mai｜例時報", ["例時報"], "Schnee im Mai"),
    ("Snow - live", ["Example"], "Snow - live"),
    ("Snow | www.example.com", [], "Snow"),
    ("Example Times", ["Example Times"], "Example Times"),
    ("", ["x"], ""),
]


@pytest.mark.parametrize(("title", "names", "expected"), SUFFIXES)
def test_without_site(title, names, expected):
    assert without_site(title, names) == expected


def test_words_that_meet_at_an_elements_border_are_set_apart():
    assert (
        of(page(h1="<h1><span>Rope strike</span>Weavers show their strength</h1>"))
        == "Rope strike Weavers show their strength"
    )


def test_long_words_are_no_script_without_spaces():
    title = "Bergbahnverwaltung Seilwechselgenehmigung"
    assert (
        of(page(title="Bergbahnverwaltung entscheidet | x", og=f"{title} | Talblick", h1=f"<h1>{title}</h1>")) == title
    )


def test_sections_go_with_the_site_in_a_title_without_spaces():
    html = page(title="这座老桥星期一关闭_本地_河谷日报", h1="<h1><a href='/'>河谷日报</a></h1>")
    assert of(html) == "这座老桥星期一关闭"
