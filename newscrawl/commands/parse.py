"""``scrapy parse`` on article pages: print the record of a page without a crawl."""

from __future__ import annotations

import argparse
import json
import sys
import warnings
from typing import Any, ClassVar

from itemadapter import ItemAdapter
from scrapy.commands.parse import Command as ScrapyParseCommand
from scrapy.exceptions import ScrapyDeprecationWarning

from newscrawl.commands.base import CheckedCommand
from newscrawl.exitcodes import ExitCode
from newscrawl.network.requests import CLEAN, CONTEXT
from newscrawl.run.checks import leave
from newscrawl.spiders.article import ArticleSpider

ALONE: dict[str, Any] = {
    "NEWSCRAWL_EXTRACTION_WORKERS": 0,  # for a single page no worker is worth its start
    "NEWSCRAWL_KEEP_NON_ARTICLES": True,
    "NEWSCRAWL_MAX_ARTICLE_PAGES": 1,
    "NEWSCRAWL_PROGRESS_ENABLED": False,
    "NEWSCRAWL_STORE_ENABLED": False,
}
"""Settings of commands that read one page and store nothing; settings given on the command line take precedence."""


class Command(CheckedCommand, ScrapyParseCommand):
    """Scrapy's own command with the spider ``article``, its callback and the pipelines, unless others are given."""

    PRESET: ClassVar[dict[str, Any]] = {**ALONE, "LOG_LEVEL": "WARNING"}
    SUMMARY = "Fetch an article's page and print its record"
    default_settings: ClassVar[dict[str, Any]] = {**ScrapyParseCommand.default_settings, "LOG_LEVEL": "WARNING"}

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Set the defaults for an article page."""
        super().process_options(args, opts)
        if len(args) != 1 or not args[0].startswith(("http://", "https://")):
            leave("which page? scrapy parse https://www.example.org/article.html", ExitCode.USAGE)
        if (opts.spider or ArticleSpider.name) == ArticleSpider.name:
            opts.spider = ArticleSpider.name
            opts.callback = opts.callback or "parse_article"
            opts.spargs.setdefault("url", args[0])
            opts.meta = {CLEAN: True, CONTEXT: {"url": args[0], "named": True}, **(opts.meta or {})}
        opts.pipelines = True
        warnings.filterwarnings("ignore", ".*returned a Deferred", ScrapyDeprecationWarning)  # of Scrapy's own command

    def print_results(self, opts: argparse.Namespace) -> None:
        """Print the records as JSON; with ``--verbose``, Scrapy's own output."""
        if opts.verbose:
            super().print_results(opts)
            return
        for item in (item for items in self.items.values() for item in items):
            text = json.dumps(ItemAdapter(item).asdict(), ensure_ascii=False, indent=2, default=str)
            sys.stdout.write(text.encode("utf-8", "replace").decode("utf-8") + "\n")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Fetch, print, and set the exit code: 3 where there was no response."""
        super().run(args, opts)
        if not self.first_response:
            self.exitcode = int(ExitCode.NAMED_FAILED)
