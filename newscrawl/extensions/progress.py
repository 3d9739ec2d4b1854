"""Progress of a crawl for a person at a terminal: one line while it runs, a short table at its end."""

from __future__ import annotations

import logging
import shlex
import sys
import time
from collections import deque
from collections.abc import Mapping
from typing import IO, TYPE_CHECKING, Any, cast

from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from twisted.internet.task import LoopingCall

from newscrawl.output.feeds import feed_files
from newscrawl.run.component import Component
from newscrawl.run.run import Run
from newscrawl.run.terminal import is_watched
from newscrawl.scrapy_internals.engine import in_progress, queued
from newscrawl.text.plain import one_line

if TYPE_CHECKING:  # rich is imported where there is a terminal
    from rich.table import Table
    from rich.text import Text

SECONDS = 0.5
"""Seconds between two updates,"""
WINDOW = 20
"""and the number of updates over which the rate is averaged."""
_TROUBLED = 3
_ROWS = 8


class TerminalProgress(Component):
    """Extension that shows progress on standard error where that is a terminal, and nothing anywhere else.

    Lines of the log that go to the same terminal are put above it, whole. NEWSCRAWL_PROGRESS_ENABLED switches it off.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        if not is_watched(crawler.settings):
            raise NotConfigured
        from rich.console import Console
        from rich.live import Live

        self.console = Console(stderr=True)
        self._live = Live(console=self.console, auto_refresh=False, transient=True, redirect_stdout=False)
        self._loop = LoopingCall(self.look)
        self._pages: deque[tuple[float, int]] = deque(maxlen=WINDOW)
        self._started = time.monotonic()
        self._outputs: list[str] = []
        self._moved: list[tuple[logging.StreamHandler[IO[str]], IO[str]]] = []

    def spider_opened(self) -> None:
        """Start the display."""
        self._outputs = [str(path) for path, _ in feed_files(self.crawler)]
        terminal = sys.stderr
        self._started = time.monotonic()
        self._live.start()
        for handler in logging.root.handlers:  # they hold the terminal itself; rich puts their output above the line
            if isinstance(handler, logging.StreamHandler) and handler.stream is terminal:
                self._moved.append((handler, handler.stream))
                handler.setStream(cast("IO[str]", sys.stderr))
        self._loop.start(SECONDS, now=True)

    def look(self) -> None:
        """Update the display."""
        stats = self.crawler.stats.get_stats()
        now = time.monotonic()
        self._pages.append((now, stats.get("response_received_count", 0)))
        line = status(stats, self.waiting(), rate(self._pages), now - self._started, self.troubles())
        self._live.update(line, refresh=True)

    def waiting(self) -> int:
        """Return the number of requests pending or in progress."""
        return in_progress(self.crawler) + queued(self.crawler)

    def troubles(self) -> list[tuple[str, int]]:
        """Return the hosts with most failures, and their numbers."""
        return Run.of(self.crawler).failures.hosts.most_common(_TROUBLED)

    def spider_closed(self) -> None:
        """Remove the line."""
        if self._loop.running:
            self._loop.stop()
        self._live.stop()
        for handler, stream in self._moved:
            handler.setStream(stream)
        self._moved.clear()

    def engine_stopped(self) -> None:
        """Print the table."""
        failures = Run.of(self.crawler).failures
        stats = self.crawler.stats.get_stats()
        hosts = failures.hosts.most_common(_ROWS)
        self.console.print(outcome(stats, time.monotonic() - self._started, hosts, failures.details))
        for line in next_steps(stats, self._outputs, failures.written):
            self.console.print(one_line(line, 4000), soft_wrap=True, highlight=False, markup=False)


def rate(pages: deque[tuple[float, int]]) -> float:
    """Return pages a second over the updates given, as (seconds, pages until then).

    >>> rate(deque([(0.0, 0), (2.0, 5), (4.0, 12)]))
    3.0
    >>> rate(deque([(0.0, 0)]))
    0.0
    """
    (start, before), (end, after) = pages[0], pages[-1]
    return (after - before) / (end - start) if end > start else 0.0


def status(
    stats: Mapping[str, Any], waiting: int, pages_a_second: float, seconds: float, troubles: list[tuple[str, int]]
) -> Text:
    """Return the line that shows the state of a crawl."""
    from rich.text import Text

    parts = [
        (_clock(seconds), "dim"),
        (f"{stats.get('response_received_count', 0):,} pages", ""),
        (f"{stats.get('item_scraped_count', 0):,} articles", "bold"),
        (f"{waiting:,} waiting", ""),
        (f"{pages_a_second:.1f}/s", ""),
    ]
    if troubles:
        parts.append(("trouble: " + ", ".join(f"{one_line(host, 60)} {count:,}" for host, count in troubles), "yellow"))
    line = Text(no_wrap=True, overflow="ellipsis")
    for number, (text, style) in enumerate(parts):
        line.append("  ·  " if number else "", "dim").append(text, style)
    return line


def outcome(
    stats: Mapping[str, Any], seconds: float, hosts: list[tuple[str, int]], details: Mapping[str, str] | None = None
) -> Table:
    """Return the table that ends a crawl; ``details``: a sentence for each reason of a failure."""
    from rich.table import Table
    from rich.text import Text

    table = Table(title=f"Done in {_clock(seconds)}", title_justify="left", title_style="bold", show_header=False)
    table.add_column(justify="right")
    table.add_column(overflow="fold")
    removed = sum(_group(stats, "newscrawl/widgets/removed/").values())
    rows = [
        ("articles written", stats.get("item_scraped_count", 0)),
        ("pages fetched", stats.get("response_received_count", 0)),
        ("unchanged or seen", stats.get("newscrawl/decided/unchanged", 0) + stats.get("newscrawl/seen_skipped", 0)),
        ("removals", removed),
        ("with a confidence below 0.6", stats.get("newscrawl/unsure", 0)),
    ]
    for name, value in rows:
        if value or name in ("articles written", "pages fetched"):
            table.add_row(f"{value:,}", name)
    for reason, count in _group(stats, "newscrawl/not_article/").items():
        table.add_row(f"{count:,}", Text(f"not an article: {one_line(reason.replace('_', ' '), 80)}"))
    for reason, count in _group(stats, "newscrawl/failures/").items():
        if reason != "not-article":
            sentence = (details or {}).get(reason) or reason
            table.add_row(Text(f"{count:,}", "yellow"), Text(f"failed: {one_line(sentence, 120)}", "yellow"))
    for host, count in hosts:
        table.add_row(Text(f"{count:,}", "yellow"), Text(f"failed on {one_line(host, 80)}", "yellow"))
    return table


def next_steps(stats: Mapping[str, Any], outputs: list[str], failures: list[str]) -> list[str]:
    """Return the paths of the lists of failures, and suggested next commands."""
    lines = [f"Each failure with its URL: {path}" for path in failures]
    articles = stats.get("item_scraped_count", 0)
    readable = [path for path in outputs if path.endswith((".jsonl", ".jl"))]
    if articles and not outputs:
        lines.append("Nothing was kept: -o articles.jsonl writes the articles")
    elif articles and readable:
        lines.append(f"Next: scrapy report {shlex.quote(readable[0])} -o report.html")
    return lines


def _group(stats: Mapping[str, Any], prefix: str) -> dict[str, int]:
    """Return the counts below ``prefix``, the largest first."""
    found = {name.removeprefix(prefix): value for name, value in stats.items() if name.startswith(prefix)}
    return dict(sorted(found.items(), key=lambda item: -item[1])[:_ROWS])


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
