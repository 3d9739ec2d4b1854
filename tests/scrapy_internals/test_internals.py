"""What the project uses of Scrapy beyond its documented interface, each against the Scrapy that is installed."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from scrapy.utils.test import get_crawler

from newscrawl.scrapy_internals.engine import has_ended, in_progress, is_closing, queued, waits_for_requests
from tests.scrapy_internals.probe import probe
from tests.support import ROOT, Answer, run_scrapy, serve

SLOW = "/slow"


@pytest.fixture
def base() -> Iterator[str]:
    def answer(path: str) -> Answer:
        if path == SLOW:
            time.sleep(20)
        headers = {f"X-{n}": "x" * 500 for n in range(200)} if path == "/long" else {}
        return Answer("<p>text</p>", 503 if path == "/robots.txt" else 200, headers)

    with serve(answer) as server:
        yield server.url("")


def test_pending_and_active_requests_are_counted(base: str, tmp_path: Path) -> None:
    source = """
from newscrawl.scrapy_internals.engine import has_ended, in_progress, is_closing, queued, waits_for_requests
settings["CONCURRENT_REQUESTS"] = 1
class Probe(ProbeSpider):
    def parse(self, response):
        counts = found.setdefault("counts", [])
        counts.append([queued(self.crawler) + in_progress(self.crawler), in_progress(self.crawler)])
        found["open"] = [is_closing(self.crawler), waits_for_requests(self.crawler), has_ended(self.crawler)]
    def closed(self, reason):
        found["closed"] = is_closing(self.crawler)
"""
    found = probe(base, source, tmp_path)
    totals = [total for total, _ in found["counts"]]
    assert totals == sorted(totals, reverse=True)
    assert totals[0] > totals[-1] >= 0
    assert max(active for _, active in found["counts"]) >= 1
    assert (found["open"], found["closed"]) == ([False, False, False], True)


def test_a_spider_that_closes_abandons_its_requests(base: str, tmp_path: Path) -> None:
    source = """
from newscrawl.scrapy_internals.engine import abandon_requests, is_closing, waits_for_requests
settings["CONCURRENT_REQUESTS_PER_DOMAIN"] = 2
class Probe(ProbeSpider):
    paths = ["/slow", "/1"]
    async def parse(self, response):
        self.task = asyncio.ensure_future(self.crawler.engine.close_spider_async(reason="enough"))
        asyncio.get_running_loop().call_later(0.3, self.abandon)
    def abandon(self):
        found["waited"] = [is_closing(self.crawler), waits_for_requests(self.crawler)]
        abandon_requests(self.crawler)
        found["abandoned"] = waits_for_requests(self.crawler)
    def closed(self, reason):
        found["reason"] = reason
"""
    begun = time.monotonic()
    found = probe(base, source, tmp_path)
    assert time.monotonic() - begun < 15
    assert found["waited"] == [True, True]
    assert (found["abandoned"], found["reason"]) == (False, "enough")


def test_pending_requests_of_a_slot_fail(base: str, tmp_path: Path) -> None:
    source = """
from newscrawl.scrapy_internals.downloader import fail_pending, slot_key, slot_keys
class Probe(ProbeSpider):
    paths = [f"/{number}" for number in range(5)]
    custom_settings = {"DOWNLOAD_DELAY": 1}
    def parse(self, response):
        key = slot_key(self.crawler, response.request)
        found["keys"] = [key, slot_keys(self.crawler)]
        found.setdefault("counts", []).append(fail_pending(self.crawler, key, lambda: ValueError("dropped")))
        found["none"] = fail_pending(self.crawler, "elsewhere", ValueError)
"""
    found = probe(base, source, tmp_path)
    assert found["keys"] == ["127.0.0.1", ["127.0.0.1"]]
    assert [reason for _, reason in found["failed"]] == ["ValueError('dropped')"] * sum(found["counts"])
    assert (sum(found["counts"]) >= 3, found["none"]) == (True, 0)


def test_a_slot_is_paused_and_slowed(base: str, tmp_path: Path) -> None:
    source = """
from newscrawl.scrapy_internals.downloader import has_slot, pause, raise_delay
class Probe(ProbeSpider):
    paths = [f"/{number}" for number in range(4)]
    custom_settings = {"DOWNLOAD_DELAY": 0.3}
    def parse(self, response):
        times = found.setdefault("times", [])
        times.append(time.monotonic())
        found["slots"] = [has_slot(self.crawler, key) for key in ("127.0.0.1", "elsewhere")]
        if len(times) == 1:
            pause(self.crawler, "127.0.0.1", 2.5)
        elif len(times) == 2:
            raise_delay(self.crawler, "127.0.0.1", 2.5)
            raise_delay(self.crawler, "127.0.0.1", 0.1)
            raise_delay(self.crawler, "elsewhere", 9)
"""
    found = probe(base, source, tmp_path)
    first, second, third, fourth = found["times"]
    assert found["slots"] == [True, False]
    assert second - first >= 1.5  # a busy machine may hear of a response a second late
    assert fourth - third >= 1.5


def test_a_queue_sees_the_slots(base: str, tmp_path: Path) -> None:
    (tmp_path / "probe_queue.py").write_text(
        """
from scrapy.pqueues import DownloaderAwarePriorityQueue
from newscrawl.scrapy_internals.downloader import active_requests, concurrency, under_way

seen = []

class Queue(DownloaderAwarePriorityQueue):
    def pop(self):
        request = super().pop()
        outside = [request] if request is not None else []
        seen.append([len(active_requests(self)), under_way(self, outside)["127.0.0.1"], concurrency(self, "127.0.0.1")])
        return request
""",
        encoding="utf-8",
    )
    source = """
sys.path.insert(0, ".")
import probe_queue
settings["SCHEDULER_PRIORITY_QUEUE"] = "probe_queue.Queue"
settings["CONCURRENT_REQUESTS_PER_DOMAIN"] = 3
class Probe(ProbeSpider):
    def parse(self, response):
        found["seen"] = probe_queue.seen
"""
    seen = probe(base, source, tmp_path)["seen"]
    assert seen[0] == [0, 1, 3]
    assert max(active for active, _, _ in seen) >= 1
    assert max(under_way for _, under_way, _ in seen) >= 2


@pytest.fixture
def deaf() -> Iterator[str]:
    """An address that accepts no connection, since its queue of connections is full."""
    with ExitStack() as stack:
        server = stack.enter_context(socket.socket())
        server.bind(("127.0.0.1", 0))
        server.listen(0)
        for _ in range(8):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(server.getsockname())
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


HANDLER = """
from scrapy.utils.misc import build_from_crawler
from newscrawl.scrapy_internals.http11 import LimitedHttpHandler, unverified_tls_policy
class Handler(LimitedHttpHandler):
    def __init__(self, crawler):
        super().__init__(crawler)
        self.limit_headers(20_000, "long headers")
        self.limit_connecting(1, "no connection")
        self.replace_tls_policy(lambda usual: found.setdefault("policies", [
            hasattr(policy, "creatorForNetloc") for policy in (usual, unverified_tls_policy(crawler))]) and usual)
settings["DOWNLOAD_HANDLERS"] = {"http": Handler, "https": Handler}
"""


def test_headers_are_limited(base: str, tmp_path: Path) -> None:
    source = HANDLER + 'class Probe(ProbeSpider):\n    paths = ["/long", "/1"]\n    def parse(self, response):\n'
    found = probe(base, source + '        found.setdefault("urls", []).append(response.url)\n', tmp_path)
    ((path, reason),) = found["failed"]
    assert (path, "long headers" in reason, found["urls"]) == ("/long", True, [f"{base}/1"])
    assert found["policies"] == [True, True]


def test_connecting_is_limited(deaf: str, tmp_path: Path) -> None:
    begun = time.monotonic()
    found = probe(deaf, HANDLER + 'class Probe(ProbeSpider):\n    paths = ["/1"]\n', tmp_path)
    assert time.monotonic() - begun < 20
    assert "no connection" in found["failed"][0][1]


def test_certificates_are_not_verified_where_asked(tmp_path: Path) -> None:
    source = """
from OpenSSL import SSL
from newscrawl.scrapy_internals.http11 import LimitedHttpHandler, unverified_tls_policy
settings["DOWNLOAD_VERIFY_CERTIFICATES"] = True
class Handler(LimitedHttpHandler):
    def __init__(self, crawler):
        super().__init__(crawler)
        lax = unverified_tls_policy(crawler)
        found["verifies"] = [type(policy.creatorForNetloc(b"paper.example", 443)).__name__
                             for policy in (self._contextFactory, lax)]
settings["DOWNLOAD_HANDLERS"] = {"http": Handler}
class Probe(ProbeSpider):
    pass
"""
    with serve(lambda path: Answer("<p>text</p>")) as server:
        strict, lax = probe(server.url(""), source, tmp_path)["verifies"]
    assert strict == "ClientTLSOptions"
    assert strict != lax


def test_steps_of_the_feed_exporter_are_replaced(base: str, tmp_path: Path) -> None:
    (tmp_path / "probe_feeds.py").write_text(
        """
from newscrawl.scrapy_internals.feed_export import OpenFeedExporter, after_storing, is_standard_output

told = []

class Exporter(OpenFeedExporter):
    def uri_parameters(self, parameters):
        return {**parameters, "name": "replaced"}

    async def close_feed(self, slot, spider):
        told.append([is_standard_output(slot), type(self.storage_of(slot.uri, slot.feed_options)).__name__])
        after_storing(slot, lambda: told.append("stored"))
        await super().close_feed(slot, spider)
""",
        encoding="utf-8",
    )
    source = """
sys.path.insert(0, ".")
import probe_feeds
settings["EXTENSIONS"] = {"scrapy.extensions.feedexport.FeedExporter": None, "probe_feeds.Exporter": 0}
settings["FEEDS"] = {"%(name)s.jsonl": {"format": "jsonlines"}, "stdout:": {"format": "jsonlines"}}
found["told"] = probe_feeds.told
class Probe(ProbeSpider):
    paths = ["/1"]
    def parse(self, response):
        return {"url": response.url}
""".replace("%", "%%")
    told = probe(base, source % (), tmp_path)["told"]
    assert [entry for entry in told if entry != "stored"] == [[False, "FileFeedStorage"], [True, "StdoutFeedStorage"]]
    assert told.count("stored") == 2
    assert (tmp_path / "replaced.jsonl").read_text().count("url") == 1


def test_outcomes_of_robots_txt_are_replaced(base: str, tmp_path: Path) -> None:
    source = """
from newscrawl.scrapy_internals.robots import OpenRobotsMiddleware
settings["ROBOTSTXT_OBEY"] = True
class Middleware(OpenRobotsMiddleware):
    def received(self, response, netloc):
        found["received"] = [response.status, netloc]
        return response.replace(body=b"User-agent: *\\nDisallow: /2")
    def failed(self, error, netloc):
        found["unreachable"] = netloc
    def check(self, parser, request):
        found.setdefault("checked", []).append([request.url, parser is None])
        super().check(parser, request)
scrapys = "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware"
settings["DOWNLOADER_MIDDLEWARES"] = {scrapys: None, Middleware: 100}
class Probe(ProbeSpider):
    paths = ["/1", "/2", "http://127.0.0.1:1/3"]
    async def start(self):
        for path in self.paths:
            yield Request(path if "://" in path else self.base + path, errback=self.failed)
    def parse(self, response):
        found.setdefault("urls", []).append(response.url)
"""
    found = probe(base, source, tmp_path)
    assert found["received"] == [503, base.removeprefix("http://")]
    assert found["unreachable"] == "127.0.0.1:1"
    assert (found["urls"], sorted(found["checked"])) == (
        [f"{base}/1"],
        sorted([[f"{base}/1", False], [f"{base}/2", False], ["http://127.0.0.1:1/3", True]]),
    )


def test_a_command_makes_a_crawler(tmp_path: Path) -> None:
    """Where Scrapy renames the method, the settings of the command line would lose their priority over a spider's."""
    (tmp_path / "scrapy.cfg").write_text("[settings]\ndefault = probe_settings\n", encoding="utf-8")
    (tmp_path / "probe_settings.py").write_text('COMMANDS_MODULE = "probe_commands"\n', encoding="utf-8")
    (tmp_path / "probe_commands").mkdir()
    (tmp_path / "probe_commands" / "__init__.py").touch()
    (tmp_path / "probe_commands" / "made.py").write_text(
        """
import scrapy
from scrapy.commands.crawl import Command as CrawlCommand
from newscrawl.scrapy_internals.engine import create_crawler

class OwnSpider(scrapy.Spider):
    name = "own"
    custom_settings = {"DOWNLOAD_DELAY": 7}

class Command(CrawlCommand):
    def run(self, args, opts):
        print(create_crawler(self, OwnSpider).settings["DOWNLOAD_DELAY"])
""",
        encoding="utf-8",
    )
    env = {"SCRAPY_SETTINGS_MODULE": "probe_settings", "PYTHONPATH": f"{ROOT}:{tmp_path}"}
    assert run_scrapy(tmp_path, "made", "-s", "DOWNLOAD_DELAY=3", env=env).out.strip() == "3"


def test_before_the_crawl_there_is_no_engine() -> None:
    crawler = get_crawler()
    assert (queued(crawler), in_progress(crawler)) == (0, 0)
    assert [is_closing(crawler), has_ended(crawler), waits_for_requests(crawler)] == [False] * 3
