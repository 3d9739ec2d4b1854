"""Pages of invented words in the markup of real ones: where their dates stand, and which of them are another's."""

import pytest
from lxml import etree

from newscrawl.dates import collect, decide
from newscrawl.parsing import structured, tree

URL = "https://gazette.example/politics/bridges-close"
BODY = "<p>" + "The council of the harbour town closed both bridges after a long night of talks. " * 3 + "</p>"


def dates(html, url=URL, **known):
    page = tree.parse(f"<html lang='en-GB'><head><title>Bridges close</title></head><body>{html}</body></html>")
    known = {"fetched_at": "2024-06-01T00:00:00Z", "language": "en", "country": "GB", "site_zone": None, **known}
    decision = decide(collect(page, structured.read(page), url), **known)
    return decision.date_published, decision.date_modified


EXAMPLES = [
    (
        "a time element below the headline",
        f"<h1>Bridges close</h1><time datetime='2024-05-03T10:00:00+01:00'>3 May</time>{BODY}",
        ("2024-05-03T10:00:00+01:00", None),
    ),
    (
        "published and updated by class",
        "<h1>Bridges close</h1><time class='entry-date published' datetime='2024-05-03T10:00:00+01:00'>3 May</time>"
        f"<time class='updated' datetime='2024-05-04T10:00:00+01:00'>4 May</time>{BODY}",
        ("2024-05-03T10:00:00+01:00", "2024-05-04T10:00:00+01:00"),
    ),
    (
        "published and updated by label",
        "<h1>Bridges close</h1>"
        "<div><span>Updated</span> <time datetime='2024-05-04T10:00:00+01:00'>4 May 2024</time></div>"
        f"<div><span>Published</span> <time datetime='2024-05-03T10:00:00+01:00'>3 May 2024</time></div>{BODY}",
        ("2024-05-03T10:00:00+01:00", "2024-05-04T10:00:00+01:00"),
    ),
    (
        "microdata",
        "<article itemscope itemtype='http://schema.org/NewsArticle'><h1>Bridges close</h1>"
        f"<span itemprop='datePublished' content='2024-05-03T10:00:00+01:00'>Friday</span>{BODY}</article>",
        ("2024-05-03T10:00:00+01:00", None),
    ),
    (
        "a visible line whose parts are elements of their own",
        f"<h1>Bridges close</h1><p class=meta><span>By</span> <a href='/author/roe'>Jane Roe</a> "
        f"<span>3 May 2024</span>, <span>10:15</span></p>{BODY}",
        ("2024-05-03T10:15:00+01:00", None),
    ),
    (
        "a date that links to the article itself",
        f"<h1>Bridges close</h1><a href='{URL}' rel=bookmark>3 May 2024</a>{BODY}",
        ("2024-05-03", None),
    ),
    (
        "a date that links to its day's archive",
        f"<h1>Bridges close</h1><a href='/2024/05/03/'>3 May 2024</a>{BODY}",
        ("2024-05-03", None),
    ),
    (
        "a date that links to the section",
        f"<h1>Bridges close</h1><p>Published: <a href='/politics/'>3 May 2024</a></p>{BODY}",
        ("2024-05-03", None),
    ),
    (
        "a date that links to another article",
        f"<h1>Bridges close</h1><a href='/politics/harbour-opens'>3 May 2024</a>{BODY}",
        (None, None),
    ),
    (
        "a date set off by dots from other things",
        f"<h1>Bridges close</h1><div>⋅ May 3, 2024 ⋅ email this post ⋅ print this post ⋅ say something</div>{BODY}",
        ("2024-05-03", None),
    ),
    (
        "the same words without dots",
        f"<h1>Bridges close</h1><div>Email this on May 3, 2024 and print this or say something</div>{BODY}",
        (None, None),
    ),
    (
        "a short name of the month between dots",
        f"<h1>Bridges close</h1><div>Jane Roe, Datum: 03.Mai.24</div>{BODY}",
        ("2024-05-03", None),
    ),
    (
        "a line of its own within a longer element",
        "<h1>Bridges close</h1><div>The talks went on until the morning, and nobody was content with what came of "
        f"them. {'They had gone on for days. ' * 10}<br>Jane Roe • May 3, 2024<br>Picture: somebody</div>{BODY}",
        ("2024-05-03", None),
    ),
    (
        "a plain line of the head and a labelled one of a reply",
        f"<h1>Bridges close</h1><div>3 May 2024</div>{BODY * 12}"
        "<div><p class='post-date'>Posted on: 9 May 2024</p><p>Well said, I think so too.</p></div>",
        ("2024-05-03", None),
    ),
    ("a word that is another language's now", f"<h1>Bridges close</h1><div>Most</div>{BODY}", (None, None)),
    ("above the headline", f"<div class=date>3 May 2024</div><h1>Bridges close</h1>{BODY}", ("2024-05-03", None)),
    ("below the body", f"<h1>Bridges close</h1>{BODY * 3}<p class=date>Published 3 May 2024</p>", ("2024-05-03", None)),
    (
        "an opening of the first paragraph",
        f"<h1>Bridges close</h1><p>SPRINGFIELD, 3 May 2024 – {BODY[3:]}",
        ("2024-05-03", None),
    ),
    (
        "a teaser-like name on what holds the headline",
        f"<div class='teaser related'><h1>Bridges close</h1><span>3 May 2024</span>{BODY}</div>",
        ("2024-05-03", None),
    ),
    (
        "an updated line alone is no publication",
        f"<h1>Bridges close</h1><p>Last updated 3 May 2024</p>{BODY}",
        (None, "2024-05-03"),
    ),
    (
        "a comment's date",
        f"<h1>Bridges close</h1>{BODY}"
        "<div class=comments><div>Ann</div><time datetime='2024-05-09'>9 May 2024</time></div>",
        (None, None),
    ),
    (
        "a teaser's date",
        f"<h1>Bridges close</h1>{BODY}"
        "<article><h3><a href='/other'>Other</a></h3><time datetime='2024-05-09'>9 May</time></article>",
        (None, None),
    ),
    (
        "related articles between headline and body",
        f"<h1>Bridges close</h1><ul><li><h3><a href='/other'>Other</a></h3><span>9 May 2024</span></li></ul>{BODY}",
        (None, None),
    ),
    (
        "prose",
        f"<h1>Bridges close</h1>{BODY}<p>On 9 May 2023 the town voted for the first time in its history.</p>",
        (None, None),
    ),
    (
        "a line within the text",
        f"<h1>Bridges close</h1><div>{BODY * 9}<p>9 May 2023</p>{BODY * 2}</div>",
        (None, None),
    ),
    (
        "a table below the text",
        f"<h1>Bridges close</h1><div>{BODY * 3}</div><table><tr><td>Closed</td><td>9 May 2023</td></tr>"
        "<tr><td>Opened</td><td>3 June 2024</td></tr></table>",
        (None, None),
    ),
    (
        "the headings of a chronicle",
        f"<h1>Bridges close</h1><div>{BODY * 3}</div><h3>9 May 2023</h3><p>Closed.</p><h3>3 June 2023</h3><p>Open.</p>",
        (None, None),
    ),
    (
        "a list of books",
        f"<h1>Bridges close</h1><div>{BODY * 3}</div><ul><li>Rivers of the North, 9 May 2023</li></ul>",
        (None, None),
    ),
    (
        "what a picture shows",
        f"<h1>Bridges close</h1><p class='caption'>The harbour, 9 May 2023</p>{BODY}",
        (None, None),
    ),
    ("an event", f"<h1>Bridges close</h1><p>Event date: 9 May 2023</p>{BODY}", (None, None)),
    ("a member", f"<h1>Bridges close</h1>{BODY}<div><b>anna</b> Member since 9 May 2023</div>", (None, None)),
    ("a version", f"<h1>Bridges close</h1>{BODY}<p>Bridge Tools 8.4.13</p>", (None, None)),
    (
        "a sentence below the text that tells when it was posted",
        f"<h1>Bridges close</h1>{BODY}<div class='post-footer'>This entry was posted on 3 May 2024 by anna and is filed"
        " under bridges, harbours, talks of the council and long nights. You can follow any responses to it.</div>",
        ("2024-05-03", None),
    ),
    (
        "a date in three elements",
        "<div class='date'><i>May</i> <i>03</i> <i>2024</i></div><h1>Bridges close</h1>" + BODY,
        ("2024-05-03", None),
    ),
    (
        "a date that links to an archive",
        "<h1>Bridges close</h1><div class='meta'><span class='meta-date'><a href='/topic/'>3 May 2024</a></span></div>"
        + BODY,
        ("2024-05-03", None),
    ),
    (
        "a line of metadata that is a list by name",
        "<h1>Bridges close</h1>" + BODY + "<p class='inline-list item__date'>3 May 2024</p>",
        ("2024-05-03", None),
    ),
    ("a copyright line", f"<h1>Bridges close</h1>{BODY}<footer>© 2003-2024 The Gazette</footer>", (None, None)),
    (
        "hAtom",
        f"<h1>Bridges close</h1><abbr class='published' title='2024-05-03T10:00:00+01:00'>10:00 AM</abbr>{BODY}",
        ("2024-05-03T10:00:00+01:00", None),
    ),
    (
        "RDFa",
        f"<h1>Bridges close</h1><span property='schema:dateCreated' content='2024-05-03T10:00:00+01:00'></span>{BODY}",
        ("2024-05-03T10:00:00+01:00", None),
    ),
    (
        "the data of the page's scripts",
        f'<h1>Bridges close</h1><script>x = {{"publishedAt":"2024-05-03T09:00:00Z","id":5}}</script>{BODY}',
        ("2024-05-03T09:00:00+00:00", None),
    ),
    (
        "scripts that name several days",
        '<h1>Bridges close</h1><script>[{"publishedAt":"2024-05-03T09:00:00Z"},{"publishedAt":"2024-05-04T09:00:00Z"}]'
        f"</script>{BODY}",
        (None, None),
    ),
    ("a script", f"<h1>Bridges close</h1><script>var day = '3 May 2024';</script>{BODY}", (None, None)),
    ("nothing at all", "", (None, None)),
]


@pytest.mark.parametrize(("html", "expected"), [row[1:] for row in EXAMPLES], ids=[row[0] for row in EXAMPLES])
def test_dates_of_a_page(html, expected):
    assert dates(html) == expected


def test_the_tags_instant_beats_the_day_of_the_address():
    html = f"<meta property='article:published_time' content='2024-05-02T23:50:00+01:00'><h1>Bridges close</h1>{BODY}"
    assert dates(html, "https://gazette.example/2024/05/03/bridges-close")[0] == "2024-05-02T23:50:00+01:00"


def test_a_line_of_the_head_gives_a_bare_tag_its_time():
    html = (
        "<script type='application/ld+json'>{'@type': 'NewsArticle', 'headline': 'Bridges close',"
        " 'datePublished': '2024-05-03'}</script>".replace("'", '"')
        + f"<h1>Bridges close</h1><p>3 May 2024, 10:15</p>{BODY}"
    )
    assert dates(html)[0] == "2024-05-03T10:15:00+01:00"


def test_a_date_of_creation_gives_way_to_a_line_of_the_head():
    page = f"<meta name='dcterms.date' content='2024-05-01T08:00:00+01:00'><h1>Bridges close</h1>{{}}{BODY}"
    assert dates(page.format("<p>3 May 2024</p>"))[0] == "2024-05-03"
    assert dates(page.format(""))[0] == "2024-05-01T08:00:00+01:00"
    assert dates(page.format(""), url=f"{URL}/2024/05/03/x")[0] == "2024-05-03"


def test_a_link_to_the_page_itself_as_an_archive_has_it_is_no_other_article_s():
    html = f"<h1>Bridges close</h1><a href='{URL}'><time datetime='2024-05-03'>3 May 2024</time></a>{BODY}"
    assert dates(html, f"https://archive.example/2024/{URL}")[0] == "2024-05-03"
    assert dates(html, "https://archive.example/another")[0] is None


def test_the_tree_is_left_as_it_was():
    page = tree.parse(f"<body><h1>Bridges close</h1><p>3 May 2024</p>{BODY}</body>")
    before = etree.tostring(page, method="html")
    collect(page, structured.read(page), URL)
    assert etree.tostring(page, method="html") == before
