"""The newspaper in the shape of a WordPress site: one article stands under many URLs."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime, timedelta

from tests.newspaper import RSS, TEXT, XML, Newspaper, Reply, index, sitemap
from tests.support import page

OLD, DEEP = 6, 7
"""Articles that only the sitemap of all posts names, with an old date, and only page 2 of a category."""


def path(number: int) -> str:
    return f"/2026/11/the-ferry-returns-to-wexmouth-{number}/"


def publish(paper: Newspaper) -> None:
    """Publish seven articles; `named_by` says where each is named."""
    recent = (datetime.now(UTC) - timedelta(hours=5)).isoformat(timespec="seconds")
    for number in range(1, 8):
        _article(paper, number, recent)
    home = [f"{path(1)}?utm_source=home&utm_medium=teaser", path(3).rstrip("/")]
    head = '<link rel="alternate" type="application/rss+xml" href="/feed/">'
    head += '<link rel="alternate" type="application/rss+xml" href="/comments/feed/">'
    menu = '<nav><a href="/category/harbour/">Harbour</a><a href="/about/">About</a></nav>'
    paper["/"] = f"<html><head>{head}</head><body>{menu}{_teasers(home)}</body></html>"
    pages = '<a href="/category/harbour/page/2/">2</a><a href="/tag/ferry/">Ferry</a>'
    paper["/category/harbour/"] = f"<body>{menu}{_teasers([path(1), path(2)])}{pages}</body>"
    paper["/category/harbour/page/2/"] = f"<body>{menu}{_teasers([path(DEEP)])}</body>"
    paper["/tag/ferry/"] = f"<body>{menu}{_teasers([path(1)])}</body>"
    _feed(paper)
    _sitemaps(paper, recent)


def named_by(spider: str) -> set[int]:
    """Return the articles that a reader would expect of a spider."""
    return {"feed": {1, 2, 3}, "sitemap": {1, 2, 3, 4, 5, OLD}, "site": {1, 2, 3, 4, 5}}[spider]


def number_of(line: dict[str, str | None]) -> int:
    """Return which article a record is."""
    return int(str(line["headline"]).split()[2])


def _article(paper: Newspaper, number: int, published: str) -> None:
    plain = path(number)
    head = f'<link rel="canonical" href="{paper.url(plain)}"><link rel="shortlink" href="{paper.url(f"/?p={number}")}">'
    head += f'<link rel="amphtml" href="{paper.url(plain)}amp/">'
    head += f'<meta property="article:published_time" content="{published}">'
    body = page(f"Ferry number {number} returns to Wexmouth", sentences=8 + number, head=head)
    for tail in ("", "amp/", "?utm_source=rss", "?utm_source=home&utm_medium=teaser", "?fbclid=x"):
        paper[plain + tail] = body
    paper[plain.rstrip("/")] = Reply("", 301, headers={"Location": plain})
    paper[f"/?p={number}"] = Reply("", 301, headers={"Location": plain})
    paper[f"/r/{number}"] = Reply("", 302, headers={"Location": f"{paper.url(plain)}?fbclid=x"})


def _teasers(links: list[str]) -> str:
    title = "The ferry returns to Wexmouth after many years"
    return "<main>" + "".join(f'<article><h2><a href="{link}">{title}</a></h2></article>' for link in links) + "</main>"


def _feed(paper: Newspaper) -> None:
    links = [f"{paper.url(path(1))}?utm_source=rss", paper.url("/r/2", "localhost"), paper.url("/?p=3")]
    items = "".join(
        f"<item><title>Ferry</title><link>{link}</link><guid isPermaLink='false'>{number}</guid></item>"
        for number, link in enumerate(links, 1)
    )
    body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>The Ledger</title>{items}</channel></rss>'
    paper["/feed/"] = Reply(body, kind=RSS)
    paper["/comments/feed/"] = Reply(body.replace(path(1), path(1) + "comment-1/"), kind=RSS)


def _sitemaps(paper: Newspaper, recent: str) -> None:
    robots = "User-agent: *\nDisallow: /wp-admin/\n\nSitemap: /wp-sitemap.xml\nSitemap: news-index.xml.gz\n"
    paper["/robots.txt"] = Reply(robots, kind=TEXT)
    parts = ("posts-post-1", "taxonomies-category-1", "users-1")
    paper["/wp-sitemap.xml"] = Reply(index([(paper.url(f"/wp-sitemap-{part}.xml"), "") for part in parts]), kind=XML)
    posts = [(paper.url(path(number)), "2019-03-01" if number == OLD else recent) for number in range(1, OLD + 1)]
    paper.sitemap("/wp-sitemap-posts-post-1.xml", posts)
    paper.sitemap("/wp-sitemap-taxonomies-category-1.xml", [(paper.url("/category/harbour/"), "")])
    paper.sitemap("/wp-sitemap-users-1.xml", [(paper.url("/author/ann/"), "")])
    news = index([(paper.url("/news-1.xml.gz"), recent)])
    paper["/news-index.xml.gz"] = Reply(gzip.compress(news.encode()), kind="application/gzip")
    entry = sitemap([(f"{paper.url(path(4))}amp/", recent)])
    entry = entry.replace("</lastmod>", f"</lastmod><n:news><n:publication_date>{recent}</n:publication_date></n:news>")
    entry = entry.replace("<urlset ", '<urlset xmlns:n="http://www.google.com/schemas/sitemap-news/0.9" ')
    paper["/news-1.xml.gz"] = Reply(gzip.compress(entry.encode()), kind="application/gzip")
