"""``scrapy quickstart``: run a first crawl and show its result; ``make crawl`` runs it."""

from __future__ import annotations

import argparse
import re
import shlex
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from scrapy.utils.conf import closest_scrapy_cfg

from newscrawl.commands.crawl import Command as CrawlCommand
from newscrawl.exceptions import ArgumentError
from newscrawl.exitcodes import ExitCode
from newscrawl.output.feeds import FILE_NAME
from newscrawl.run.checks import leave
from newscrawl.scrapy_internals.engine import create_crawler
from newscrawl.spiders.article import ArticleSpider
from newscrawl.spiders.kind import SPIDERS, kind_name
from newscrawl.text.plain import one_line
from newscrawl.urls.site import site_name

if TYPE_CHECKING:
    from rich.console import Console

    from newscrawl.spiders.any_page import AnyPageSpider

_LINES = "articles.jsonl"
_REPORT = "report.html"
_MOST = 20
_UNSAFE = re.compile(r"[^\w.-]")


class Command(CrawlCommand):
    """Crawls the sample newspaper, or the URLs given, and shows the articles found and the text removed."""

    SYNTAX = "[options]"
    SUMMARY = "Crawl the sample newspaper (or --url) and show the result"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the URL option."""
        super().add_options(parser)
        help_ = f"crawl this article, home page, feed or sitemap instead (several: with commas), {_MOST} articles"
        parser.add_argument("--url", default="", help=help_)

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Set up the crawl and, for the sample newspaper, allow requests to this machine."""
        self.settings.set(
            "LOG_LEVEL", "WARNING" if opts.url else "ERROR", priority="project"
        )  # the tables say the rest
        chosen: dict[str, Any] = {"NEWSCRAWL_STORE_ENABLED": False}  # a second run shows the same as the first
        if not opts.url:
            chosen |= {"NEWSCRAWL_ALLOW_PRIVATE": True, "DOWNLOAD_DELAY": 0, "AUTOTHROTTLE_ENABLED": False}
            chosen |= {"NEWSCRAWL_PROGRESS_ENABLED": False}
        self.settings.setdict(chosen, priority="cmdline")
        super().process_options(args, opts)

    def check_typed(self, args: list[str], opts: argparse.Namespace) -> None:
        """Check the URLs; there is no spider name."""
        if args:
            leave(f"{args[0]} is no option of quickstart: give URLs with --url", ExitCode.USAGE)
        self.folder = Path(closest_scrapy_cfg()).parent / "sample"
        if opts.url:
            try:
                from newscrawl.spiders.any_page import AnyPageSpider  # Scrapy imports the commands for each of them

                urls = AnyPageSpider.check_arguments({"url": opts.url})["url"]
            except ArgumentError as error:
                leave(str(error), ExitCode.USAGE)
            self.folder = self.folder.with_name("out") / _UNSAFE.sub("_", site_name(urls[0]) or "pages")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Crawl into a new folder; show the result and keep it if there is one; set the exit code."""
        from rich.console import Console

        from newscrawl.report.terminal import read_lines, show

        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            fresh = Path(tempfile.mkdtemp(prefix=".crawl-", dir=self.folder))
        except OSError as error:
            leave(f"the folder {self.folder} cannot be written: {error.strerror or error}", ExitCode.OUTPUT)
        try:
            self._crawl_into(fresh / _LINES, opts.url)
            console = Console()
            articles = read_lines(fresh / _LINES)
            show(articles, read_lines(fresh / FILE_NAME), console)
            if articles:
                self._keep(fresh, console)
                self._say_next(opts.url, console)
            else:
                self.exitcode = self.exitcode or int(ExitCode.NAMED_FAILED)
                kept = " The output of an earlier crawl there is unchanged." if any(self.folder.glob("*")) else ""
                _print(console, f"No article was found, so nothing was written to {self.folder}.{kept}")
        finally:
            shutil.rmtree(fresh, ignore_errors=True)

    def _crawl_into(self, output: Path, urls: str) -> None:
        feed = {"format": "jsonlines", "overwrite": True}
        self.settings.set("FEEDS", {output.as_uri(): feed}, priority="cmdline")
        if urls:
            arguments = {"url": urls, "max_articles": str(max(_MOST, urls.count(",http") + 1))}
            from newscrawl.spiders.any_page import AnyPageSpider

            self.crawler = create_crawler(self, AnyPageSpider)
            code, _ = self.crawl(self.crawler, arguments)
        else:
            from newscrawl.sample.server import sample_newspaper

            with sample_newspaper() as pages:
                code, _ = self.crawl(create_crawler(self, ArticleSpider), {"url": ",".join(pages)})
        self.exitcode = int(code)

    def _keep(self, fresh: Path, console: Console) -> None:
        """Write the report, and move all files over those of an earlier crawl."""
        from newscrawl.commands.report import write_report

        try:
            has_report = write_report([fresh / _LINES], fresh / _REPORT)
            for name in (_LINES, FILE_NAME, _REPORT):
                if (fresh / name).exists():
                    (fresh / name).replace(self.folder / name)
                else:
                    (self.folder / name).unlink(missing_ok=True)
        except OSError as error:
            leave(f"the folder {self.folder} cannot be written: {error.strerror or error}", ExitCode.OUTPUT)
        _print(console, f"Written to {self.folder / _LINES}")
        if has_report:
            _print(console, f"Report: {(self.folder / _REPORT).as_uri()}")

    def _say_next(self, urls: str, console: Console) -> None:
        """Print the commands to continue with."""
        if not urls:
            _print(console, "Next: make crawl URL=<an article, home page, feed or sitemap of your choice>")
            return
        spider = cast("AnyPageSpider", self.crawler.spider)
        for url, kind in spider.kinds.items():
            if kind != "article":
                command = f"scrapy crawl {SPIDERS[kind]} -a url={shlex.quote(one_line(url))} -o articles.jsonl"
                _print(console, f"All articles of {kind_name(kind, url)}: .venv/bin/{command}")


def _print(console: Console, text: str) -> None:
    console.print(one_line(text, limit=4000), soft_wrap=True, highlight=False, markup=False)
