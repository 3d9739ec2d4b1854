# ruff: noqa: E501  (tables of markup)
"""Who wrote, by all the ways in which pages say so."""

import pytest

from newscrawl.extraction.article import extract_html
from newscrawl.extraction.document import Document

TEXT = """
<p>The old bridge was closed on Monday because the river had risen, and the people of the town waited for a new one.</p>
<p>Lorries have been sent over the hill since then, a way that takes an hour longer and costs the mills a good deal.</p>
<p>The council had put the repairs off three times for want of money, as the minutes of its meetings have shown.</p>
<p>Engineers want to look at the piers in June, when the water is low, and will then say what the works may cost.</p>
"""


def of(head="", body="", behind=""):
    html = (
        f"<html lang='en'><head><title>Old bridge closed</title>{head}</head><body><main><article>"
        f"<h1>Old bridge closed</h1>{body}{TEXT}{behind}</article></main></body></html>"
    )
    return extract_html(Document("https://www.example-times.org/bridge", html.encode(), article_only=True)).article


def ld(author, more=""):
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Old bridge closed", "author": {author}{more}}}</script>'


PUBLISHER = ', "publisher": {"@type": "Organization", "name": "Example Times"}'
HEADS = {
    "person": (ld('{"@type": "Person", "name": "Anna Sample"}'), ["Anna Sample"]),
    "persons": (ld('[{"name": "Anna Sample"}, {"name": "Bob Example"}]'), ["Anna Sample", "Bob Example"]),
    "string": (ld('"Anna Sample and Bob Example"'), ["Anna Sample", "Bob Example"]),
    "list of strings": (ld('["Anna Sample", "Bob Example"]'), ["Anna Sample", "Bob Example"]),
    "names in a list": (ld('{"name": ["Anna Sample", "Bob Example"]}'), ["Anna Sample", "Bob Example"]),
    "with a label": (ld('"By Anna Sample"'), ["Anna Sample"]),
    "reference": (
        ld('{"@id": "#p"}')
        + '<script type="application/ld+json">{"@id": "#p", "@type": "Person", "name": "Anna Sample"}</script>',
        ["Anna Sample"],
    ),
    "publisher as author": (ld('{"@type": "Organization", "name": "Example Times"}', PUBLISHER), []),
    "publisher as person": (ld('{"@type": "Person", "name": "Example Times"}', PUBLISHER), []),
    "host as person": (ld('"example-times.org"'), []),
    "other organisation": (ld('{"@type": "Organization", "name": "Council"}'), []),
    "agency": (ld('"Reuters"'), []),
    "twice": (ld('["Anna Sample", "ANNA SAMPLE"]'), ["Anna Sample"]),
    "capitals stay without evidence": (ld('"ANNA SAMPLE"'), ["ANNA SAMPLE"]),
    "capitals recased by meta": (ld('"ANNA SAMPLE"') + '<meta name="author" content="Anna Sample">', ["Anna Sample"]),
    "meta": ('<meta name="author" content="Anna Sample, Bob Example">', ["Anna Sample", "Bob Example"]),
    "meta twice": (
        '<meta name="author" content="Anna Sample"><meta name="author" content="Bob Example">',
        ["Anna Sample", "Bob Example"],
    ),
    "address in meta": ('<meta property="article:author" content="https://example.org/anna">', []),
    "parsely": ('<meta name="parsely-author" content="Anna Sample">', ["Anna Sample"]),
    "Twitter label": (
        '<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Anna Sample">',
        ["Anna Sample"],
    ),
    "site in JSON-LD, person in meta": (
        ld('"Example Times"', PUBLISHER) + '<meta name="author" content="Anna Sample">',
        ["Anna Sample"],
    ),
    "the site's own account": (
        ld('{"@type": "Person", "name": "Example T", "url": "https://example.org/author/admin/"}')
        + '<meta name="author" content="Example T">',
        [],
    ),
    "a template's variable": ('<meta name="author" content="page.head.extra.author">', []),
    "duties": ('<meta name="author" content="text: Anna Sample, code: Bob Example">', ["Anna Sample"]),
    "makers of the site": ('<meta name="author" content="content: Example Times, design: Bob Example, BOXLABS">', []),
    "papers": (
        '<meta name="citation_author" content="Sample, Anna"><meta name="citation_author" content="Example, Bob T.">',
        ["Anna Sample", "Bob T. Example"],
    ),
    "broken values": (ld('[null, 5, {}, {"name": null}, [], ""]'), []),
}


@pytest.mark.parametrize("name", HEADS)
def test_declared_authors(name):
    head, people = HEADS[name]
    assert of(head).authors == people


BODIES = {
    "class": ('<p class="byline">By Anna Sample and Bob Example</p>', ["Anna Sample", "Bob Example"]),
    "camel case": ('<div class="articleByline">Von Max Muster, Berlin</div>', ["Max Muster"]),
    "links": (
        '<div class="c-author">Text <a href="/autor/max">Max Muster</a>, <a href="/autor/eva">Eva Beispiel</a> 3 min</div>',
        ["Max Muster", "Eva Beispiel"],
    ),
    "rel": ('<a rel="author" href="/anna">Anna Sample</a>', ["Anna Sample"]),
    "itemprop": ('<span itemprop="author" itemscope><span itemprop="name">Anna Sample</span></span>', ["Anna Sample"]),
    "with date": ('<div class="author">Par Jeanne Modèle | 3 mai 2024</div>', ["Jeanne Modèle"]),
    "section first": ('<div class="meta author">politik von Max Muster | 3 Min.</div>', ["Max Muster"]),
    "line without class": ("<p>Von Max Muster</p><p>Die alte Brücke wurde am Montag gesperrt.</p>", ["Max Muster"]),
    "name in bold": (
        "<p><strong>Anna Sample/Bob Example</strong></p><p>The bridge was closed.</p>",
        ["Anna Sample", "Bob Example"],
    ),
    "bold sentence": ("<p><strong>Council Shuts Bridge.</strong></p><p>The bridge was closed.</p>", []),
    "parts": (
        '<div class="byline"><span>By</span> <span>Anna Sample</span> <span>Senior Reporter</span></div>',
        ["Anna Sample"],
    ),
    "label in its own element": ("<li><strong>Autorin/Autor</strong> Anna Sample</li>", ["Anna Sample"]),
    "label and name side by side": ("<p><span>Author:</span><span>Anna Sample</span></p>", ["Anna Sample"]),
    "a label of something else": ("<li><strong>Topics</strong> Anna Sample</li>", []),
    "link to an author's page": (
        '<div><a href="/authors/anna/">Anna Sample</a>, <a href="/authors/bob/">Bob Example</a></div>',
        ["Anna Sample", "Bob Example"],
    ),
    "link to a page about somebody": ('<p><a href="/person/carl/">Carl Model</a></p>', []),
    "box about the author": (
        '<div class="author-box"><h4 class="author-box__name">Anna Sample</h4><p>Anna writes about rivers.</p></div>',
        ["Anna Sample"],
    ),
    "byline in an aside": ('<aside class="post-author">Anna Sample</aside>', ["Anna Sample"]),
    "name and role in one link": (
        '<div class="author"><a href="/author/anna"><b>Anna Sample</b><i>Head of Rivers</i></a></div>',
        ["Anna Sample"],
    ),
    "bold line within the text": (
        f"<p>{'The bridge was closed after the flood. ' * 4}</p><p><strong>Bridge Works</strong></p>",
        [],
    ),
    "bold headline of a list": ("<p><strong>Key Takeaways</strong></p><p>The bridge was closed.</p>", []),
    "photographer": ("<p>Copyright Anna Sample/AP</p><p>The bridge was closed.</p>", []),
    "comment": ('<div class="comments"><span class="author">Troll Trollson</span></div>', []),
    "teaser": ('<div class="related"><p class="byline">By Anna Sample</p></div>', []),
    "prose": ("<p>By Friday the river had risen.</p><p>By Anna Sample's account it was worse.</p>", []),
    "invitation": (
        "<p>Only here: columns by Anna Sample, Bob Example and many others. Plus four letters a week.</p>",
        [],
    ),
    "link to a biography": ('<div class="author">By Example Times Staff <a href="/author/1/">Full Bio</a></div>', []),
    "author's picture": ('<figure class="author-photo"><figcaption>Anna Sample</figcaption></figure>', []),
}


@pytest.mark.parametrize("name", BODIES)
def test_visible_authors(name):
    body, people = BODIES[name]
    assert of(body=body).authors == people


BEHIND = {
    "boxes about two authors of other texts": (
        '<div class="author-box"><h4>Anna Sample</h4></div><div class="author-box"><h4>Bob Example</h4></div>',
        [],
    ),
    "a box about the author": (
        '<div class="about"><h4>Anna Sample</h4><p>Anna writes about rivers, and lives by one of them.</p></div>',
        ["Anna Sample"],
    ),
    "entry's footer": (
        '<footer class="entry-footer"><span class="byline"><a class="url fn n" href="/author/a/">Anna Sample</a></span></footer>',
        ["Anna Sample"],
    ),
    "signature at the right": ('<p style="text-align: right"><b>Anna Sample</b></p>', ["Anna Sample"]),
    "label on a line of its own": ("<h4>Author</h4><p>Anna Sample</p>", ["Anna Sample"]),
    "entry's footer below a heading": (
        '<h3>Notes</h3><footer class="entry-footer"><span class="author"><a rel="author" href="/a">Anna</a></span></footer>',
        ["Anna"],
    ),
    "initials for a picture": (
        "<aside><div>ZQ</div><div>Zorka Quillon</div><div>Zurich</div></aside>",
        ["Zorka Quillon"],
    ),
    "list of other texts": (
        '<ul><li><a href="/1">A third bridge for the town</a> by <a rel="author" href="/a">Anna Sample</a></li>'
        '<li><a href="/2">What the mills say of it</a> by <a rel="author" href="/b">Bob Example</a></li></ul>',
        [],
    ),
    "another article": (
        '</article><article><h2><a href="/1">A third bridge for the town</a></h2><a rel="author" href="/a">Anna Sample</a>',
        [],
    ),
    "plain footer": (
        '<footer>Posted by <a class="author" href="/a">Anna Sample</a> at 10:00</footer>',
        ["Anna Sample"],
    ),
    "topic": ('<ul class="topics"><li><a href="/person/anna-sample">Anna Sample</a></li></ul>', []),
    "editor": ("<p>Editor: Anna Sample</p>", []),
    "rail": (
        '<div class="latest"><h3>Latest</h3><p><a href="/1">Mill sold</a> by <a rel="author" href="/a">Anna Sample</a></p>'
        '<p><a href="/2">Road built</a> by <a rel="author" href="/b">Bob Example</a></p></div>',
        [],
    ),
}


@pytest.mark.parametrize("name", BEHIND)
def test_authors_behind_the_text(name):
    behind, people = BEHIND[name]
    assert of(behind=behind).authors == people


HEADERS = {
    "bare name over a date": ("<div>Anna Sample</div><div>14 May 2024</div>", ["Anna Sample"]),
    "bare name below a date": ("<div>14 May 2024</div><div>Kjersti Prøve</div>", ["Kjersti Prøve"]),
    "section over a date": ("<div>River News</div><div>14 May 2024</div>", []),
    "phrase over a date": ("<div>Old Bridge</div><div>14 May 2024</div>", []),
    "name, role and date": ("<p>Anna Sample | Senior Writer | July 2, 2024</p>", ["Anna Sample"]),
    "name with account": ('<div><a href="/about/editors/a/">Anna Sample</a>, <a href="/x">@asample</a></div><div>3 May 2024</div>', ["Anna Sample"]),
    "label over a name": ("<p>Written by</p><p>Anna Sample</p>", ["Anna Sample"]),
    "reviewer first": ('<div class="byline">Reviewed by <a href="/p/1">Dr Bob Example</a></div><div class="byline">Written by <a href="/p/2">Anna Sample</a></div>', ["Anna Sample"]),
    "editor in a line of his own": ("<p>Edited by</p><p>Bob Example</p><p>By Anna Sample</p>", ["Anna Sample"]),
    "Oxford comma": ('<p class="byline">By Anna Sample, Bob Example, and Carl Model</p>', ["Anna Sample", "Bob Example", "Carl Model"]),
    "with": ('<p class="author">By Anna Sample with Bob Example</p>', ["Anna Sample", "Bob Example"]),
    "picture's author": ('<div>Hero image by <a href="/b">Bob Example</a></div><p class="author">Anna Sample</p>', ["Anna Sample"]),
    "section behind the name": ('<div class="meta-author">By <a href="/a">Anna Sample</a> in <a href="/r">Rivers</a></div>', ["Anna Sample"]),
    "class that denies": ('<div class="sig hasnt-bio"><span class="byline">By <a href="/people/a">Anna Sample</a></span></div>', ["Anna Sample"]),
    "list of links": (
        '<div><a href="/author/a/">Anna Sample</a>, <a href="/author/z/">Zork Bridge Quillon</a> &amp; <a href="/author/q/">Quent Zorro</a></div>',
        ["Anna Sample", "Zork Bridge Quillon", "Quent Zorro"],
    ),
    "reporter, place": ("<p>【記者王小明／台北報導】</p>", ["王小明"]),
    "reporter, place behind a slash with spaces": ("<p>記者 王小明 / 台北報導</p>", ["王小明"]),
    "name, place": ('<div class="author">王小明 台北報導</div>', ["王小明"]),
    "place alone": ('<div class="author">台北報導</div>', []),
    "reporter behind the name": ("<p>김민수 기자</p>", ["김민수"]),
    "reporter with an address": ("<p>김민수 기자 minsu@example.kr</p>", ["김민수"]),
    "Arabic": ("<p>بقلم: سامي البحري</p>", ["سامي البحري"]),
    "Hebrew": ("<p>מאת דנה ימית</p>", ["דנה ימית"]),
    "Persian": ("<p>نویسنده: مینا دریایی</p>", ["مینا دریایی"]),
    "Hindi": ("<p>लेखक: रवि नाविक</p>", ["रवि नाविक"]),
    "on behalf of": ('<div class="author">Dec. 19, 2025 · Zork Quillon on behalf of Bridge group</div>', ["Zork Quillon"]),
    "headline of another text": ("<h2>Anna Sample Call for Papers is Open Until the End of July</h2>", []),
    "editor in a tip": (
        '<div class="author"><a href="/author/a/">Anna Sample</a><div class="edited-by"><a href="/author/b/">Bob Example</a></div></div>',
        ["Anna Sample"],
    ),
    "summary before the byline": (
        "<p>The repairs to the bridge had been put off for years, and now the town has to pay a good deal more for them.</p>"
        "<p>It was the dearest flood that the town has known, and the mills say that they will not build again.</p>"
        '<div><h4>Contents</h4></div><div><span class="author">by Anna Sample, Senior Writer</span></div>',
        ["Anna Sample"],
    ),
    "single name": ('<p>by <a href="/author/anna/">Anna</a> · Dec 20, 2025</p>', ["Anna"]),
}  # fmt: skip


@pytest.mark.parametrize("name", HEADERS)
def test_authors_in_the_header(name):
    body, people = HEADERS[name]
    assert of(body=body).authors == people


ORGANIZATIONS = {
    "newsroom behind a label": (of, "", '<p class="byline">By Example Times Newsroom</p>', ["Example Times Newsroom"]),
    "house in meta": (of, '<meta name="author" content="Hollis Verlag">', '<p class="byline">By Anna Sample</p>', ["Hollis Verlag"]),
    "agency": (of, ld('"Reuters"'), "", ["Reuters"]),
    "typed": (of, ld('{"@type": "Organization", "name": "Council of Wexmouth"}'), "", ["Council of Wexmouth"]),
    "the publication": (of, ld('{"@type": "Organization", "name": "Example Times"}', PUBLISHER), "", ["Example Times"]),
    "account": (of, '<meta name="author" content="admin">', "", []),
    "nobody": (of, "", "", []),
}  # fmt: skip


@pytest.mark.parametrize("name", ORGANIZATIONS)
def test_organizations_named_as_author(name):
    make, head, body, organizations = ORGANIZATIONS[name]
    assert make(head, body).author_organizations == organizations


def test_a_written_name_goes_before_an_account():
    slug = '<meta name="parsely-author" content="anna-sample"><meta name="author" content="Anna Sample">'
    assert of(slug).authors == ["Anna Sample"]
    assert of(ld('"AnnaS"'), '<p class="byline">By Anna Sample</p>').authors == ["Anna Sample"]


def test_a_fuller_byline_goes_before_json_ld():
    body = '<p class="byline">By Anna Sample and Bob Example</p>'
    assert of(ld('"Bob Example"'), body).authors == ["Anna Sample", "Bob Example"]


def test_a_writers_own_site():
    own = '<meta property="og:site_name" content="Anna Sample"><meta name="author" content="Anna Sample">'
    assert of(own).authors == ["Anna Sample"]


def test_a_first_name_alone_is_completed_from_the_page():
    body = '<p class="byline">By Anna Sample</p>'
    assert of(ld('"Anna"'), body).authors == ["Anna Sample"]
    assert of(ld('"Carla"'), body).authors == ["Carla"]


def test_an_editor_in_json_ld_gives_way_to_the_author_shown():
    body, behind = '<div class="author">Anna Sample</div>', "<p>Editor: Bob Example</p>"
    assert of(ld('"Bob Example"'), body, behind).authors == ["Anna Sample"]
    assert of(ld('"Bob Example"'), "", behind).authors == ["Bob Example"]


def page(before, after="", wrapper="page", url="https://www.example-times.org/bridge"):
    html = (
        f"<html lang='en'><head><title>Old bridge closed</title></head><body><div class='{wrapper}'><div>{before}</div>"
        f"<h1>Old bridge closed</h1>{TEXT}{after}</div></body></html>"
    )
    return extract_html(Document(url, html.encode(), article_only=True)).article


def test_what_holds_the_whole_article_does_not_make_its_byline_another_s():
    html = (
        f"<body><div class='newsletter-entry'><h1>Old bridge closed</h1><p>by <a>Anna Sample</a></p>{TEXT}</div></body>"
    )
    document = Document("https://example.org/", html.encode(), article_only=True)
    assert extract_html(document).article.authors == ["Anna Sample"]


OWN_SITES = {
    "host": ("Anna Quillon", "", "https://quillon.example/bridge", ["Anna Quillon"]),
    "copyright": (
        "Anna Quillon",
        "<footer>© 2025 Anna Quillon</footer>",
        "https://aq.example/bridge",
        ["Anna Quillon"],
    ),
    "neither": ("Anna Quillon", "", "https://www.example-times.org/bridge", []),
    "no person": ("Quillon Daily", "", "https://quillon.example/bridge", []),
}


@pytest.mark.parametrize("name", OWN_SITES)
def test_the_person_whose_site_it_is(name):
    masthead, after, url, people = OWN_SITES[name]
    assert page(f'<nav><a href="/">{masthead}</a></nav>', after, url=url).authors == people


RAILS = {
    "one": ('<aside class="sidebar"><div class="author-name">Anna Sample</div></aside>', ["Anna Sample"]),
    "list": (
        '<aside><ul><li><a href="/?_author=a">Anna Sample</a></li><li><a href="/?_author=b">Bob Example</a></li></ul></aside>',
        ["Anna Sample", "Bob Example"],
    ),
    "two places": (
        '<aside><p><a href="/author/a">Anna Sample</a></p><p><a href="/author/b">Bob Example</a></p></aside>',
        [],
    ),
    "reviewer": (
        '<p>Reviewed by <a href="/author/a">Anna Sample</a></p><p><a href="/author/a">Anna Sample</a></p>',
        [],
    ),
}


@pytest.mark.parametrize("name", RAILS)
def test_the_only_names_marked_on_the_page(name):
    rail, people = RAILS[name]
    assert page("", f"<section><h2>Bridges</h2></section>{rail}").authors == people


def test_json_ld_beats_the_page():
    assert of(ld('"Anna Sample"'), '<p class="byline">By Bob Example</p>').authors == ["Anna Sample"]


SOURCES = [
    (ld('"AFP"'), "", "AFP"),
    (ld('[{"name": "Anna Sample"}, {"name": "dpa"}]'), "", "dpa"),
    (ld('"Anna Sample"', ', "sourceOrganization": {"name": "Reuters"}'), "", "Reuters"),
    ("", '<p class="byline">Par Jeanne Modèle avec AFP</p>', "AFP"),
    ('<meta name="source" content="EFE">', "", "EFE"),
    (ld('"Anna Sample"'), "", None),
]


@pytest.mark.parametrize(("head", "body", "agency"), SOURCES)
def test_source_of_the_page(head, body, agency):
    assert of(head, body).source == agency


def test_a_person_who_publishes_alone_is_an_author():
    more = ', "publisher": {"@type": ["Person", "Organization"], "name": "Anna Sample"}'
    assert of(ld('{"@type": "Person", "name": "Anna Sample"}', more)).authors == ["Anna Sample"]
