"""``scrapy report``: write one self-contained page on the results of a crawl and their quality."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from scrapy.commands import ScrapyCommand

from newscrawl.commands.base import CheckedCommand
from newscrawl.exceptions import ArgumentError, PathError
from newscrawl.exitcodes import ExitCode
from newscrawl.readers.paths import expand
from newscrawl.report import FULL
from newscrawl.run.checks import leave

if TYPE_CHECKING:
    from newscrawl.report.build import Gathered
    from newscrawl.sites.site_files import SiteFiles


def write_report(paths: list[Path], output: Path, full: int = FULL) -> int:
    """Write the report on output files and return the number of articles in it; raises `OSError`."""
    from newscrawl.report.build import gather

    found = gather(paths, full)
    write_found(found, output)
    return found.articles


def write_found(found: Gathered, output: Path, sites: SiteFiles | None = None) -> None:
    """Write the report on gathered results, with the reasons of site rules; raises `OSError`.

    It names the files in its own folder or below from there, since they move with it.
    """
    from newscrawl.report.page import write_page
    from newscrawl.report.view import page

    folder = output.absolute().parent
    names = ((path, path.absolute()) for path in found.files)
    found.files = [full.relative_to(folder) if full.is_relative_to(folder) else path for path, full in names]
    write_page(page(found, datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"), sites), output)


class Command(CheckedCommand, ScrapyCommand):
    """Writes the report."""

    SYNTAX = "[options] <articles.jsonl> [more.jsonl …]"
    SUMMARY = "Write a page on the results of a crawl: coverage, dates, removals, sites, and the articles"
    requires_crawler_process = False

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the options for the output and the size of the sample."""
        super().add_options(parser)
        parser.add_argument("-o", "--output", metavar="FILE", default="report.html", help="default: report.html")
        parser.add_argument(
            "--full",
            metavar="N",
            type=int,
            default=FULL,
            help=f"articles that stand whole in the page (default {FULL})",
        )
        parser.add_argument(
            "--below", metavar="X", help="only the articles whose confidence (0 to 1) is lower: --below 0.6"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Write the page, and set the exit code."""
        try:
            below = _chance(opts.below)
            paths = self._paths(args)
        except ArgumentError as error:
            leave(str(error), ExitCode.USAGE)
        output = Path(opts.output)
        if output.resolve() in {path.resolve() for path in paths}:
            leave(f"{output} is one of the files to be read: write the report elsewhere", ExitCode.USAGE)
        try:
            from newscrawl.report.build import gather

            found = gather(paths, max(0, opts.full), below)
        except OSError as error:
            leave(f"{error.filename} cannot be read: {error.strerror or error}", ExitCode.USAGE)
        if not found.articles and found.surer:
            sys.stdout.write(f"No article has a confidence below {opts.below}: all {found.surer} have more, or none\n")
            return
        if not found.articles:
            leave(f"there is no article in {', '.join(map(str, paths))}: give the lines a crawl wrote", ExitCode.USAGE)
        try:
            write_found(found, output, self.site_files())
        except OSError as error:
            leave(f"the output {output} cannot be written: {error.strerror or error}", ExitCode.OUTPUT)
        sys.stdout.write(f"Report on {found.articles} articles written to {output}\n")

    def _paths(self, args: list[str]) -> list[Path]:
        if not args:
            raise ArgumentError(f"on which articles? scrapy report {self.syntax()}")
        paths: list[Path] = []
        for name in args:
            try:
                paths += expand(name, (".jsonl", ".jl"), any_suffix=True)
            except PathError as error:
                raise ArgumentError(str(error)) from None
        return [path for path in dict.fromkeys(paths) if path.name not in ("failures.jsonl", "hosts.jsonl")]


def _chance(given: str | None) -> float | None:
    """Return the value of ``--below``; raises `ArgumentError` where it is no number from 0 to 1."""
    if given is None:
        return None
    try:
        value = float(given)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise ArgumentError(f"--below takes a confidence from 0 to 1, as in --below 0.6, not {given}")
    return value
