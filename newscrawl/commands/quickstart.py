"""``scrapy quickstart``: a first crawl whose result can be seen at once; ``make crawl`` runs it."""

from __future__ import annotations

import argparse
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from rich.console import Console
from scrapy.utils.conf import closest_scrapy_cfg

from newscrawl.commands.crawl import Command as CrawlCommand
from newscrawl.commands.crawl import check_outputs, leave
from newscrawl.commands.report import write_report
from newscrawl.exceptions import ArgumentError
from newscrawl.exitcodes import ExitCode
from newscrawl.output.feeds import FILE_NAME
from newscrawl.report.terminal import read_lines, show
from newscrawl.sample.server import sample_newspaper
from newscrawl.spiders.article import ArticleSpider


class Command(CrawlCommand):
    """Crawls the sample newspaper, or the addresses given, and shows what was found and stripped."""

    def syntax(self) -> str:
        """Return what follows the command's name."""
        return "[options]"

    def short_desc(self) -> str:
        """Return the command's line in the list of commands."""
        return "Crawl the sample newspaper (or --url) into articles.jsonl and show the result"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Take an address."""
        super().add_options(parser)
        parser.add_argument("--url", default="", help="crawl this address (or several, with commas) instead")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Set up the output and, for the sample newspaper, leave to ask this machine."""
        assert self.settings is not None
        self.output = Path(closest_scrapy_cfg()).parent / "articles.jsonl"
        chosen: dict[str, Any] = {
            "FEEDS": {self.output.as_uri(): {"format": "jsonlines", "overwrite": True}},
            "LOG_LEVEL": "ERROR",  # the tables say the rest
            "NEWSCRAWL_PROGRESS_ENABLED": False,
            "NEWSCRAWL_STORE_ENABLED": False,  # the second time shall show what the first one did
        }
        if not opts.url:
            chosen |= {"NEWSCRAWL_ALLOW_PRIVATE": True, "DOWNLOAD_DELAY": 0, "AUTOTHROTTLE_ENABLED": False}
        self.settings.setdict(chosen, priority="cmdline")
        super().process_options(args, opts)

    def check_typed(self, args: list[str], opts: argparse.Namespace) -> None:
        """Leave it to `run`: there is no spider to name."""

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Crawl, show the result, and set the exit code."""
        assert self.settings is not None
        if args:
            leave(f"{args[0]} is no option of quickstart: give addresses with --url", ExitCode.USAGE)
        check_outputs(self.settings)
        with sample_newspaper() if not opts.url else nullcontext([opts.url]) as addresses:
            arguments = {"url": ",".join(addresses)}
            try:
                ArticleSpider.check_arguments(arguments)
            except ArgumentError as error:
                leave(str(error), ExitCode.USAGE)
            code, _ = self.crawl(self._create_crawler(ArticleSpider), arguments)
            self.exitcode = int(code)
        console = Console()
        show(read_lines(self.output), read_lines(self.output.parent / FILE_NAME), console)
        console.print(f"Written to {self.output}", soft_wrap=True, highlight=False, markup=False)
        report = self.output.with_name("report.html")
        try:
            if write_report([self.output], report):
                console.print(f"Report: {report.as_uri()}", soft_wrap=True, highlight=False, markup=False)
        except OSError as error:
            console.print(f"The report {report} could not be written: {error.strerror or error}", markup=False)
