"""How sites are treated: pauses they ask for, reservations they make, and one never paying for another."""

from __future__ import annotations

import time
from pathlib import Path

from tests.newspaper import TEXT, Reply, newspaper
from tests.support import crawl, page


def test_the_delay_that_robots_txt_asks_for(tmp_path: Path) -> None:
    with newspaper() as paper:
        paper["/robots.txt"] = Reply("User-agent: *\nCrawl-delay: 0.7\n", kind=TEXT)
        urls = [paper.story(n) for n in range(1, 5)]
        run = crawl(tmp_path, "article", f"url={','.join(urls)}")
        gaps = paper.gaps()
    assert (run.code, len(run.lines)) == (0, 4)
    assert min(gaps[1:]) >= 0.65


def test_retry_after_pauses_the_site_and_no_other(tmp_path: Path) -> None:
    """Though the paused site has more to be asked for than there are places."""
    with newspaper() as paper:
        urls = [paper.story(n) for n in range(1, 13)]
        busy = "/2024/05/03/the-ferry-returns-to-wexmouth-1.html"
        paper[busy] = [Reply("busy", 429, headers={"Retry-After": "6"}), Reply(page("Ferry number 1 returns"))]
        others = [paper.story(n, folder="news") for n in range(20, 24)]
        others = [url.replace("127.0.0.1", "localhost") for url in others]
        run = crawl(tmp_path, "article", f"url={','.join([*urls, *others])}", "-s", "CONCURRENT_REQUESTS=6")
        asked = [at for at, path in paper.times if path == busy]
        elsewhere = [at for at, path in paper.times if path.startswith("/news/")]
    assert run.code == 0, run.err
    assert len(run.lines) == len(urls) + len(others)
    assert asked[1] - asked[0] >= 5.9
    assert len(elsewhere) == 4
    assert max(elsewhere) < asked[1]


def test_a_site_that_asks_for_an_hour_is_left_alone(tmp_path: Path) -> None:
    with newspaper() as paper:
        urls = [paper.story(n) for n in (1, 2, 3)]
        for number in (1, 2, 3):
            path = f"/2024/05/03/the-ferry-returns-to-wexmouth-{number}.html"
            paper[path] = Reply("later", 503, headers={"Retry-After": "3600"})
        begun = time.monotonic()
        run = crawl(tmp_path, "article", f"url={','.join(urls)}", "-s", "DOWNLOAD_DELAY=0.5")
        assert time.monotonic() - begun < 60
        assert len(paper.articles_asked) == 1
    assert run.code == 4
    assert sorted(failure["reason"] for failure in run.failures) == ["http-503", "retry-later", "retry-later"]


def test_the_contact_stands_in_the_user_agent(tmp_path: Path) -> None:
    with newspaper() as paper:
        run = crawl(tmp_path, "article", f"url={paper.story(1)}", "-s", "NEWSCRAWL_CONTACT=desk@a.example")
        assert run.code == 0
        assert paper.agents
        assert all("desk@a.example" in agent for agent in paper.agents)


RESERVED = {
    "/.well-known/tdmrep.json": Reply('[{"location": "/2024/*", "tdm-reservation": 1}]', kind="application/json"),
    "/robots.txt": Reply("User-agent: GPTBot\nDisallow: /\n\nUser-agent: *\nAllow: /\n", kind=TEXT),
}


def test_reservations_are_recorded(tmp_path: Path) -> None:
    with newspaper() as paper:
        for path, reply in RESERVED.items():
            paper[path] = reply
        url = paper.story(1, head='<meta name="robots" content="noai, max-snippet:20">')
        path = next(path for path in paper.replies if "the-ferry" in path)
        paper[path] = Reply(paper.replies[path].body, headers={"tdm-reservation": "1"})  # type: ignore[union-attr]
        run = crawl(tmp_path, "article", f"url={url}", "-s", "NEWSCRAWL_TDMREP=True")
    (line,) = run.lines
    assert {(right["source"], right["value"]) for right in line["rights"]} == {
        ("meta robots", "noai"),
        ("robots.txt", "GPTBot"),
        ("tdmrep.json", "1"),
        ("http tdm-reservation", "1"),
    }


def test_reservations_are_obeyed_where_that_is_wanted(tmp_path: Path) -> None:
    with newspaper() as paper:
        paper["/.well-known/tdmrep.json"] = RESERVED["/.well-known/tdmrep.json"]
        urls = [paper.story(1), paper.story(2, folder="free", head='<meta name="tdm-reservation" content="1">')]
        urls.append(paper.story(3, folder="open"))
        options = ("-s", "NEWSCRAWL_OBEY_TDM=True", "-s", "NEWSCRAWL_TDMREP=True")
        run = crawl(tmp_path, "article", f"url={','.join(urls)}", *options)
        assert not [path for path in paper.articles_asked if path.startswith("/2024/")]
    assert [line["url"] for line in run.lines] == urls[2:]
    assert [failure["reason"] for failure in run.failures] == ["reserved", "reserved"]
