"""``scrapy addsite``: write a site file with the feeds and sitemaps that the site links to."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from scrapy.commands import ScrapyCommand

from newscrawl.commands.base import CheckedCommand
from newscrawl.exitcodes import ExitCode, of_stats
from newscrawl.run.checks import leave, name_contact
from newscrawl.sites.catalogue import packaged
from newscrawl.spiders.article import urls
from newscrawl.urls.site import site_name

if TYPE_CHECKING:
    from newscrawl.spiders.probe import ProbeSpider


class Command(CheckedCommand, ScrapyCommand):
    """Fetches a home page and the feeds and sitemaps found, and writes those that can be used."""

    SYNTAX = "[options] <home page>"
    PRESET: ClassVar[dict[str, Any]] = {"LOG_LEVEL": "ERROR"}
    SUMMARY = "Write a site's file from the feeds and sitemaps that the site links to"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the folder option."""
        super().add_options(parser)
        parser.add_argument(
            "--force", action="store_true", help="replace the [discovery] table of a file that is there"
        )

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Read the options; disable the store."""
        super().process_options(args, opts)
        self.settings.set("NEWSCRAWL_STORE_ENABLED", False, priority="cmdline")
        name_contact(self.settings)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Inspect the site, write its file, and set the exit code."""
        home = self._home(args)
        host = site_name(home)
        path = self._folder() / f"{host}.toml"
        old = self._earlier(path, replaces=opts.force)
        spider = self._inspect(home)
        seen_in = f"looked up on the site by scrapy addsite, {dt.datetime.now(dt.UTC).date()}"
        self._write(path, with_discovery(old, host, spider, seen_in))
        found = ", ".join(f"{len(urls)} {name}" for name, urls in spider.found.items() if urls)
        sys.stdout.write(f"{path}: {found}\n")

    def _home(self, args: list[str]) -> str:
        if len(args) != 1:
            leave("which site? scrapy addsite https://www.example.org/", ExitCode.USAGE)
        try:
            home, *more = urls(args[0])
        except ValueError as error:
            leave(str(error), ExitCode.USAGE)
        if more or not site_name(home):
            leave(f"one home page, such as https://www.example.org/: {args[0]} is none", ExitCode.USAGE)
        return home

    def _folder(self) -> Path:
        own = self.settings.get("NEWSCRAWL_SITES_DIR")
        folder = Path(own).expanduser() if own else packaged()
        if not folder.is_dir():
            leave(f"NEWSCRAWL_SITES_DIR={own}: there is no such folder", ExitCode.USAGE)
        return folder

    def _earlier(self, path: Path, *, replaces: bool) -> str:
        """Return the text of the site's file, ``""`` where there is none."""
        try:
            old = path.read_text(encoding="utf-8") if path.exists() else ""
        except (OSError, ValueError) as error:
            leave(f"{path} cannot be read: {error}", ExitCode.USAGE)
        if "[discovery]" in old and not replaces:
            leave(f"{path} has a [discovery] table already: --force replaces it", ExitCode.USAGE)
        return old

    def _inspect(self, home: str) -> ProbeSpider:
        """Fetch the home page and its sources; return the spider, which has those that can be used."""
        from newscrawl.spiders.probe import ProbeSpider  # Scrapy imports the commands for each of them

        crawler = self.crawler_process.create_crawler(ProbeSpider)
        self.crawler_process.crawl(crawler, home=home)
        self.crawler_process.start()
        spider = crawler.spider
        if not isinstance(spider, ProbeSpider) or not any(spider.found.values()):
            code = ExitCode(of_stats(crawler.stats.get_stats())) or ExitCode.NAMED_FAILED
            leave(f"{home}: no feed, sitemap or section page was found", code)
        return spider

    def _write(self, path: Path, text: str) -> None:
        fresh = path.with_name(f"{path.name}.new")
        try:
            fresh.write_text(text, encoding="utf-8")
            fresh.replace(path)
        except OSError as error:
            fresh.unlink(missing_ok=True)
            leave(f"{path} cannot be written: {error.strerror}", ExitCode.OUTPUT)


def with_discovery(old: str, host: str, spider: ProbeSpider, seen_in: str) -> str:
    """Return a site file's text with its table ``[discovery]`` replaced and everything else unchanged."""
    old = old or f"host = {_quoted(host)}\n"
    kept = re.sub(r"(?ms)^\[discovery\]\n.*?(?=^\[|\Z)", "", old).rstrip("\n")
    found = dict(spider.found)
    if found["feeds"]:
        found["sections"] = []  # the home page links to them again, and feeds list the articles
    lines = ["[discovery]", f"home = {_quoted(spider.home)}"]
    for name, listed in found.items():
        if listed:
            lines.append(f"{name} = [\n" + "".join(f"  {_quoted(url)},\n" for url in dict.fromkeys(listed)) + "]")
    lines.append(f"seen_in = {_quoted(seen_in)}")
    return kept + "\n\n" + "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """Return ``text`` as a TOML string (JSON's escapes are TOML's, but for U+007F)."""
    return json.dumps(text, ensure_ascii=True).replace("\x7f", "\\u007f")
