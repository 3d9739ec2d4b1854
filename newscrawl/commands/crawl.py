"""``scrapy crawl`` with arguments checked before the start and an exit code for each outcome."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from scrapy.commands.crawl import Command as ScrapyCrawlCommand
from scrapy.crawler import Crawler
from scrapy.settings import BaseSettings
from scrapy.spiderloader import SpiderLoaderProtocol
from scrapy.utils.misc import load_object

from newscrawl.cluster.lease import leased
from newscrawl.commands.base import CheckedCommand
from newscrawl.commands.spider_help import SpiderHelp
from newscrawl.commands.unattended import own_log, run_of_job
from newscrawl.exceptions import ArgumentError, SettingError, StoreError
from newscrawl.exitcodes import ExitCode, of_stats
from newscrawl.exporters import parquet as exporters_parquet
from newscrawl.output.closing import part_of
from newscrawl.output.feeds import local_path
from newscrawl.output.file import is_written
from newscrawl.run.checks import leave, name_contact
from newscrawl.run.run import Run
from newscrawl.run.summary import summary
from newscrawl.run.terminal import quiet_log
from newscrawl.scrapy_internals.engine import create_crawler
from newscrawl.spiders.base import NewsSpider
from newscrawl.text.near import nearest


class Command(CheckedCommand, ScrapyCrawlCommand):
    """Runs a spider, as Scrapy's own command does; see `newscrawl.exitcodes.ExitCode` for its exit codes.

    Wrong, unknown and missing arguments end it with a one-line message before the engine starts.
    """

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add Scrapy's options; ``-h`` after a spider's name shows that spider's arguments."""
        super().add_options(parser)
        parser.add_argument(
            "-h", "--help", action=SpiderHelp, settings=self.settings, help="show this help, or that of a spider"
        )

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Read the options; check the spider's name and arguments."""
        super().process_options(args, opts)
        name_contact(self.settings)
        self.check_typed(args, opts)
        if args:
            own_log(self.settings, args[0], opts.spargs)
        quiet_log(self.settings)

    def check_typed(self, args: list[str], opts: argparse.Namespace) -> None:
        """Check the spider's name and arguments before Scrapy logs anything."""
        self.spider_class = self._spider_class(args)
        self.inputs: list[Path] = []
        self.values: dict[str, Any] | None = None
        if issubclass(self.spider_class, NewsSpider):
            try:
                self.values = self.spider_class.check_arguments(opts.spargs, self.settings)
                self.inputs = self.spider_class.inputs(self.values)
            except ArgumentError as error:
                leave(str(error), ExitCode.USAGE)
            confirm_all_sites(opts.spargs, self.values)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Run the spider and set the exit code."""
        spider_class = self.spider_class
        check_outputs(self.settings, self.inputs)
        check_archive(self.settings)
        with run_of_job(self.settings, spider_class.name, opts.spargs) as outcome, leased(self.settings):
            crawler = create_crawler(self, spider_class)
            run = Run.of(crawler)
            run.arguments = self.values
            if getattr(spider_class, "NAMES_ALL", False):  # at least one file is read for sure
                run.workers.start()
            check_site_files(run)
            check_store(run)
            code, stats = self.crawl(crawler, opts.spargs)
            outcome.code = self.exitcode = int(code)
            outcome.summary = summary(spider_class.name, stats, code)

    def crawl(self, crawler: Crawler, arguments: dict[str, str]) -> tuple[ExitCode, dict[str, Any]]:
        """Run the crawl to its end, and return the exit code and the statistics."""
        self.crawler_process.crawl(crawler, **arguments)
        self.crawler_process.start()
        if self.crawler_process.bootstrap_failed:
            return ExitCode.INTERNAL, {}
        stats = crawler.stats.get_stats()
        return of_stats(stats), stats

    def _spider_class(self, args: list[str]) -> type[Any]:
        loader: SpiderLoaderProtocol = load_object(self.settings["SPIDER_LOADER_CLASS"]).from_settings(self.settings)
        if not args:
            names = ", ".join(sorted(loader.list()))
            leave(f"which spider? scrapy crawl <spider>, one of {names}", ExitCode.USAGE)
        if len(args) > 1:
            leave(
                f"one spider at a time, and arguments as -a name=value: {' '.join(args[1:])} is neither", ExitCode.USAGE
            )
        try:
            return loader.load(args[0])
        except KeyError:
            known = sorted(loader.list())
            near = nearest(args[0], known)
            hint = f"did you mean {near}?" if near else f"there are {', '.join(known)}"
            leave(f"there is no spider {args[0]}: {hint}", ExitCode.USAGE)


def check_outputs(settings: BaseSettings, inputs: Iterable[Path] = ()) -> None:
    """End the program with one line where a local output cannot be written, before anything is requested.

    A non-empty output that is among ``inputs`` is an invalid argument: reading it would never end, or
    overwriting it destroy the input.
    """
    read = {path.resolve() for path in inputs}
    for uri, options in settings.getdict("FEEDS").items():
        path = local_path(str(uri))
        kind = options.get("format")
        appends = not options.get("overwrite") and path is not None and path.is_file() and path.stat().st_size > 0
        if kind == exporters_parquet.FORMAT and (why := exporters_parquet.complaint(str(uri), appends=appends)):
            leave(why, ExitCode.USAGE)
        if appends and kind in ("json", "xml"):
            leave(f"the output {path} is there, and {kind} cannot be appended to: overwrite it with -O", ExitCode.USAGE)
        if path is None or "%(" in str(uri):
            continue
        if path.resolve() in read and path.stat().st_size:
            leave(f"the output {path} is one of the files to be read: write it elsewhere", ExitCode.USAGE)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.is_dir():
                raise IsADirectoryError(21, "it is a folder")
            is_new = not path.exists()
            if is_new or path.is_file():
                with Path(path).open("ab"):
                    pass
            if is_new:
                path.unlink()
        except OSError as error:
            leave(f"the output {path} cannot be written: {error.strerror or error}", ExitCode.OUTPUT)


def check_archive(settings: BaseSettings) -> None:
    """End the program with one line where NEWSCRAWL_ARCHIVE_DIR cannot be written."""
    if not settings.get("NEWSCRAWL_ARCHIVE_DIR"):
        return
    folder = Path(settings.get("NEWSCRAWL_ARCHIVE_DIR")).expanduser()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        leave(f"NEWSCRAWL_ARCHIVE_DIR={folder}: it cannot be written ({error.strerror or error})", ExitCode.OUTPUT)
    if settings.getfloat("NEWSCRAWL_ARCHIVE_MB") <= 0:
        leave("NEWSCRAWL_ARCHIVE_MB: the size of a file has to be more than 0", ExitCode.USAGE)


def check_site_files(run: Run) -> None:
    """End the program with one line where site files, filter lists, or their dependencies cannot be loaded."""
    try:
        run.site_files.check_cookies()
    except SettingError as error:
        leave(str(error), ExitCode.USAGE)
    if not any(site.get("render") for _, site in run.site_files.asked_specially()):
        return
    from newscrawl.middlewares import render  # slow to import, for the few sites that need it

    if why := render.complaint(run.settings, run.site_files):
        leave(why, ExitCode.USAGE)


def check_store(run: Run) -> None:
    """End the program with one line where the store cannot be opened, or another run writes to an output."""
    try:
        run.open_store()
    except StoreError as error:
        leave(str(error), ExitCode.OUTPUT)
    for uri in run.settings.getdict("FEEDS"):
        path = local_path(str(uri))
        if path is not None and (is_written(path) or is_written(part_of(path))):
            leave(f"another run writes to the output {path}", ExitCode.LOCKED)


def confirm_all_sites(arguments: dict[str, str], values: dict[str, Any]) -> None:
    """Ask for confirmation of ``site=all`` at a terminal, and end the program without it; elsewhere do nothing."""
    if arguments.get("site", "").strip().lower() != "all" or values["dry_run"]:
        return
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return
    sys.stderr.write(
        f"site=all crawls {len(values['site'])} newspapers, those that come with newscrawl included; "
        "site=own takes those of NEWSCRAWL_SITES_DIR alone.\nCrawl them all? [y/N] "
    )
    sys.stderr.flush()
    if sys.stdin.readline().strip().lower() not in ("y", "yes"):
        leave("nothing was crawled", ExitCode.USAGE)
