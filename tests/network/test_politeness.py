"""How sites are treated: pauses they ask for, reservations they make, and one never paying for another."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from tests.commands.test_cron import start, wait_for, wait_for_lines
from tests.newspaper import TEXT, Reply, newspaper
from tests.support import crawl, page, read_jsonl

BUSY = "/2024/05/03/the-ferry-returns-to-wexmouth-1.html"


@pytest.mark.parametrize(
    ("robots", "reply", "asked"),
    [
        (Reply("User-agent: *\nCrawl-delay: 3000\n", kind=TEXT), Reply(page()), 0),
        (Reply("User-agent: *\nAllow: /\n", kind=TEXT), Reply("busy", 429, headers={"Retry-After": "3000"}), 1),
        (Reply("User-agent: *\nAllow: /\n", kind=TEXT, drip=3000), Reply(page()), 0),
    ],
    ids=["Crawl-delay", "Retry-After", "slow robots.txt"],
)
def test_a_pause_that_a_site_asks_for_is_kept_and_paid_for_by_no_other(
    tmp_path: Path, robots: Reply, reply: Reply, asked: int
) -> None:
    """The paused site has more to be asked for than there are places; its pause would outlast the test."""
    with newspaper() as paper, newspaper() as other:
        paper["/robots.txt"] = robots
        paths = [f"/2024/05/03/the-ferry-stays-{number}.html" for number in range(12)]
        for path in paths:
            paper[path] = reply
        urls = [paper.url(path) for path in paths]
        elsewhere = [other.story(number, host="localhost") for number in range(20, 32)]
        (tmp_path / "urls.txt").write_text("\n".join([*urls, *elsewhere]))
        patient = ("-s", "NEWSCRAWL_CRAWL_DELAY_MAX=4000", "-s", "NEWSCRAWL_RETRY_LONGEST=4000")
        quick = ("-s", "DOWNLOAD_DELAY=0.01", "-s", "AUTOTHROTTLE_ENABLED=False", "-s", "CONCURRENT_REQUESTS=6")
        named = ["article", "-a", "urls_file=urls.txt"]
        run, said = start(tmp_path, paper, "-O", "out.jsonl", *patient, *quick, spider=named)
        wait_for(other, 12)
        wait_for(paper, asked)
        wait_for_lines(tmp_path / "out.jsonl", 12)
        run.send_signal(signal.SIGTERM)
        run.wait(timeout=300)
    assert len(other.articles_asked) == 12, said.read_text()
    assert len(paper.articles_asked) == asked
    assert paper.asked[0] == "/robots.txt"
    assert {line["url"] for line in read_jsonl(tmp_path / "out.jsonl")} == set(elsewhere)


def test_after_its_pause_a_site_is_asked_again(tmp_path: Path) -> None:
    with newspaper() as paper:
        urls = [paper.story(number) for number in range(1, 4)]
        paper[BUSY] = [Reply("busy", 429, headers={"Retry-After": "1"}), Reply(page("Ferry number 1 returns"))]
        run = crawl(tmp_path, "article", f"url={','.join(urls)}")
    assert (run.code, len(run.lines)) == (0, 3), run.err
    assert paper.asked.count(BUSY) == 2


def test_a_site_that_asks_for_an_hour_is_left_alone(tmp_path: Path) -> None:
    with newspaper() as paper:
        urls = [paper.story(n) for n in (1, 2, 3)]
        for number in (1, 2, 3):
            path = f"/2024/05/03/the-ferry-returns-to-wexmouth-{number}.html"
            paper[path] = Reply("later", 503, headers={"Retry-After": "3600"})
        run = crawl(tmp_path, "article", f"url={','.join(urls)}", "-s", "DOWNLOAD_DELAY=0.5")
        assert len(paper.articles_asked) == 1
    assert run.code == 4
    assert sorted(failure["reason"] for failure in run.failures) == ["http-503", "retry-later", "retry-later"]


RESERVED = {
    "/.well-known/tdmrep.json": Reply('[{"location": "/2024/*", "tdm-reservation": 1}]', kind="application/json"),
    "/robots.txt": Reply("User-agent: GPTBot\nDisallow: /\n\nUser-agent: *\nAllow: /\n", kind=TEXT),
}


def test_reservations_are_recorded_and_the_contact_stands_in_the_user_agent(tmp_path: Path) -> None:
    with newspaper() as paper:
        for path, reply in RESERVED.items():
            paper[path] = reply
        url = paper.story(1, head='<meta name="robots" content="noai, max-snippet:20">')
        path = next(path for path in paper.replies if "the-ferry" in path)
        paper[path] = Reply(paper.replies[path].body, headers={"tdm-reservation": "1"})  # type: ignore[union-attr]
        contact = ("-s", "NEWSCRAWL_CONTACT=desk@a.example")
        run = crawl(tmp_path, "article", f"url={url}", "-s", "NEWSCRAWL_TDMREP=True", *contact)
    assert paper.agents
    assert all("desk@a.example" in agent for agent in paper.agents)
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
