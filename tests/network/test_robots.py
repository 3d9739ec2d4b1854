"""What of a robots.txt reaches Protego, and what it makes of it."""

from __future__ import annotations

import pytest
from scrapy.settings import Settings
from scrapy.utils.test import get_crawler

from newscrawl.network.robots.hosts import RobotsHosts
from newscrawl.network.robots.parser import BoundedRobotParser

URL = "https://a.example/news/1"


def parser(text: str) -> BoundedRobotParser:
    return BoundedRobotParser.from_crawler(get_crawler(), text.encode())


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("User-agent: newscrawl\nContent-Usage: train=n\nUser-agent: b\nDisallow: /", False),
        ("User-agent: newscrawl\nNoindex: /x\n\nUser-agent: b\nDisallow: /", False),
        ("User-agent: newscrawl\nAllow: /\nNoindex: /x\nUser-agent: b\nDisallow: /", True),
        ("User-agent: newscrawl/1.0\nDisallow: /", False),
        ("\ufeffUser-Agent: NewsCrawl/2.1 (+https://b.example)\r\nDisallow: /", False),
        ("User-agent: newscrawl-images/1.0\nDisallow: /", True),
        ("User-agent: *\nDisallow: /newsletter/1.0", True),
        ("User agent: *\nDissalow: /news", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: newscrawl/3\nAllow: /news/", True),
        ("User-agent: news\nDisallow: /", True),
        ("User-agent: NEWSCRAWL\nDisallow: /\n\nUser-agent: *\nAllow: /", False),
        ("User-agent: news\nAllow: /\n\nUser-agent: *\nDisallow: /", False),
        ("User-agent: news*\nDisallow: /", False),
        ("User-agent: newscrawl (all versions)\nDisallow: /", False),
        ("User-agent: crawl\nUser-agent: newscrawler\nDisallow: /", True),
        ("", True),
    ],
)
def test_groups(text: str, allowed: bool) -> None:
    assert parser(text).allowed(URL, "newscrawl") is allowed


@pytest.mark.parametrize(
    ("agent", "allowed", "delay"),
    [
        ("Mozilla/5.0 (compatible; Newscrawl/2.1; +https://b.example)", False, 7.0),
        (b"newscrawl/1.0 (news corpus crawler)", False, 7.0),
        ("news/1.0", True, None),
        ("newscrawl-images", True, None),
    ],
)
def test_a_whole_header_matches_by_its_tokens(agent: str | bytes, allowed: bool, delay: float | None) -> None:
    found = parser("User-agent: newscrawl\nDisallow: /\nCrawl-delay: 7\n\nUser-agent: *\nDisallow: /x")
    assert found.allowed(URL, agent) is allowed
    assert found.crawl_delay(agent) == delay


def test_sitemaps_are_made_absolute() -> None:
    hosts = RobotsHosts(get_crawler().settings)
    text = (
        "Sitemap: /news.xml\nSitemap: map/index.xml.gz\nsitemap: https://b.example/s.xml\nSitemap: ftp://b.example/\n"
    )
    hosts.add("a.example", parser(text + "Sitemap: https://a.example/news.xml"))
    assert hosts.sitemaps("https://a.example/en/home") == [
        "https://a.example/news.xml",
        "https://a.example/map/index.xml.gz",
        "https://b.example/s.xml",
    ]
    assert hosts.sitemaps("https://c.example/") == []


@pytest.mark.parametrize(
    ("line", "delay"), [("Crawl-delay: 2.5", 2.5), ("Crawl-delay: 86400", 60.0), ("Allow: /", 0.0)]
)
def test_a_delay_is_bounded(line: str, delay: float) -> None:
    hosts = RobotsHosts(Settings({"NEWSCRAWL_CRAWL_DELAY_MAX": 60, "ROBOTSTXT_USER_AGENT": "newscrawl"}))
    assert hosts.add("a.example", parser(f"User-agent: *\n{line}\n")) == delay


def test_the_longest_delay_of_the_hosts_of_a_slot_holds() -> None:
    hosts = RobotsHosts(Settings())
    for seconds in (2.0, 5.0, 3.0):
        hosts.set_delay("a.example", seconds)
    assert hosts.delays == {"a.example": 5.0}


@pytest.mark.parametrize(
    ("strict", "status", "failed"), [(True, 503, True), (True, 429, True), (True, 404, False), (False, 503, False)]
)
def test_a_host_whose_file_has_a_server_error_is_unreachable(strict: bool, status: int, failed: bool) -> None:
    hosts = RobotsHosts(Settings({"NEWSCRAWL_ROBOTS_STRICT": strict, "NEWSCRAWL_CRAWL_DELAY_MAX": 60}))
    assert hosts.has_failed("a.example", status) is failed
    assert ("a.example" in hosts.unreachable) is failed
