"""``scrapy store``: show and maintain the data kept between runs."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from scrapy.commands import ScrapyCommand

from newscrawl.commands.base import CheckedCommand
from newscrawl.exceptions import StoreError
from newscrawl.exitcodes import ExitCode
from newscrawl.run.checks import leave
from newscrawl.run.run import store_of_settings
from newscrawl.text.plain import one_line
from newscrawl.urls.canonical import canonical

if TYPE_CHECKING:
    from newscrawl.store.store import Store

Action = Callable[["Command", "Store", list[str], argparse.Namespace], ExitCode]


class Command(CheckedCommand, ScrapyCommand):
    """Shows the store, and maintains it; each action is a method below."""

    SYNTAX = "<show [URL] | history URL | export | prune | forget URL-or-SITE | takedown URL | check | backup FILE>"
    PRESET: ClassVar[dict[str, Any]] = {"LOG_LEVEL": "WARNING"}
    SUMMARY = "Show the data kept between runs; history, export, prune, forget, take down, check, back up"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the options of the actions."""
        super().add_options(parser)
        parser.add_argument("--site", help="export: only this site")
        parser.add_argument(
            "--older-than", metavar="DAYS", type=float, help="prune: what was not seen for so many days"
        )
        parser.add_argument("--html", metavar="FILE", help="history: write a page with the changes marked to FILE")
        parser.add_argument("--mend", action="store_true", help="check: fetch missing lines again, count those found")
        parser.add_argument(
            "--file", action="append", default=[], metavar="FILE", help="takedown: another file of lines"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Run the action and set the exit code."""
        if not args or args[0] not in _ACTIONS:
            leave(f"which of {', '.join(_ACTIONS)}? {self.syntax()}", ExitCode.USAGE)
        if not self.settings.getbool("NEWSCRAWL_STORE_ENABLED"):
            leave("NEWSCRAWL_STORE_ENABLED is off: there is no store", ExitCode.USAGE)
        wanted, most, action = _ACTIONS[args[0]]
        if not wanted <= len(args) - 1 <= most:
            leave(f"scrapy store {args[0]}: {self.syntax()}", ExitCode.USAGE)
        try:
            store = store_of_settings(self.settings)
            try:
                self.exitcode = int(action(self, store, args[1:], opts))
            finally:
                store.close()
        except StoreError as error:
            leave(str(error), ExitCode.OUTPUT)
        except BrokenPipeError:  # piped to `head`
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

    def show(self, store: Store, args: list[str], opts: argparse.Namespace) -> ExitCode:
        """Show the store's contents, or its entry for a URL."""
        from rich.console import Console
        from rich.table import Table

        from newscrawl.store.upkeep import holdings

        console = Console()
        if args:
            known = store.articles.find(canonical(args[0]))
            if known is None:
                leave(f"the store does not know {args[0]}", ExitCode.NAMED_FAILED)
            for name in ("key", "url", "version", "headline", "content_hash"):
                console.print(f"{name:14}{one_line(getattr(known, name))}", markup=False, highlight=False)
            for name in ("first_seen", "last_seen", "next_visit"):
                console.print(f"{name:14}{instant(getattr(known, name))}", markup=False, highlight=False)
            return ExitCode.OK
        held = holdings(store)
        size = f", {held.size / 1e6:.1f} MB" if held.size is not None else ""
        console.print(f"{held.where} (schema {held.schema}{size})", markup=False, highlight=False, soft_wrap=True)
        for name, count in held.counts.items():
            console.print(f"{count:>12,} {name}", highlight=False)
        table = Table("site", "articles", "last seen")
        for site, count, last in held.sites:
            table.add_row(one_line(site), f"{count:,}", instant(last))
        if held.sites:
            console.print(table)
        for row in store.outputs.left_open():
            console.print(f"open: {row.writing}", markup=False, highlight=False, soft_wrap=True)
        return ExitCode.OK

    def history(self, store: Store, args: list[str], opts: argparse.Namespace) -> ExitCode:
        """Show an article's versions in order, with the changes marked."""
        from rich.console import Console

        from newscrawl.report import history  # imported here: scrapy loads the modules of all commands

        versions = store.texts.history(args[0])
        if not versions:
            leave(f"the store keeps no text of {args[0]} (NEWSCRAWL_STORE_TEXTS)", ExitCode.NAMED_FAILED)
        if opts.html:
            try:
                Path(opts.html).write_text(history.page(args[0], versions), encoding="utf-8")
            except OSError as error:
                leave(f"{opts.html} cannot be written: {error.strerror or error}", ExitCode.OUTPUT)
        else:
            history.show(versions, Console(highlight=False))
        return ExitCode.OK

    def export(self, store: Store, args: list[str], opts: argparse.Namespace) -> ExitCode:
        """Print each URL with its entry, one JSON object a line."""
        for row in store.articles.all(opts.site):
            record = row._asdict()
            for name in ("first_seen", "last_seen", "changed", "next_visit"):
                record[name] = instant(record[name]) or None
            sys.stdout.write(json.dumps(record) + "\n")
        return ExitCode.OK

    def prune(self, store: Store, args: list[str], opts: argparse.Namespace) -> ExitCode:
        """Delete entries by age."""
        from newscrawl.store.upkeep import prune

        if opts.older_than is None or opts.older_than <= 0:
            leave("prune what? --older-than DAYS, such as 365", ExitCode.USAGE)
        gone = prune(store, store.database.now() - int(opts.older_than * 86_400))
        sys.stdout.write(", ".join(f"{count} {name}" for name, count in gone.items()) + " forgotten\n")
        return ExitCode.OK

    def forget(self, store: Store, args: list[str], opts: argparse.Namespace) -> ExitCode:
        """Delete the entries of a URL or a site, so that it is fetched again."""
        from newscrawl.store.upkeep import forget_site, forget_url

        count = forget_url(store, args[0]) if ":" in args[0] else forget_site(store, args[0])
        sys.stdout.write(f"{count} URLs forgotten\n")
        return ExitCode.OK if count else ExitCode.NAMED_FAILED

    def takedown(self, store: Store, args: list[str], opts: argparse.Namespace) -> ExitCode:
        """Remove a URL from output files, store and archive, and never fetch it again."""
        from newscrawl.archive.files import finish_left_open
        from newscrawl.archive.removal import archives_in
        from newscrawl.run.takedown import files_of, remove_everywhere
        from newscrawl.store.upkeep import take_down

        name = self.settings.get("NEWSCRAWL_ARCHIVE_DIR")
        folder = Path(name).expanduser() if name else None
        if folder is not None and not folder.is_dir():
            leave(f"NEWSCRAWL_ARCHIVE_DIR={name}: there is no such folder", ExitCode.USAGE)
        if folder is not None:
            try:
                finish_left_open(folder)
            except OSError as error:
                leave(f"an archive that a killed run left open cannot be finished ({error})", ExitCode.OUTPUT)
        archives = archives_in(folder)
        files = list(files_of(store, map(Path, opts.file)))

        def told(path: Path, what: int | str) -> None:
            if what:
                sys.stdout.write(f"{path}: {f'{what} removed' if isinstance(what, int) else what}\n")

        take_down(store, args[0])
        well = remove_everywhere(args[0], files, archives, told)
        sys.stdout.write(f"{one_line(args[0])} is removed from the store, and will not be fetched again\n")
        return ExitCode.OK if well else ExitCode.NAMED_FAILED

    def check(self, store: Store, args: list[str], opts: argparse.Namespace) -> ExitCode:
        """Check the store against the files."""
        from newscrawl.output.repair import repair
        from newscrawl.store.check import check

        if opts.mend:
            again, counted = repair(store)
            sys.stdout.write(f"{again} URLs will be fetched again, {counted} lines are counted as seen now\n")
        troubles = 0
        for trouble in check(store):
            sys.stdout.write(f"{trouble}\n")
            troubles += trouble.kind != "open"
        sys.stdout.write("store and files agree\n" if not troubles else f"{troubles} disagreements\n")
        return ExitCode.NAMED_FAILED if troubles else ExitCode.OK

    def backup(self, store: Store, args: list[str], opts: argparse.Namespace) -> ExitCode:
        """Write a backup, also while crawls are running."""
        from newscrawl.store.backup import back_up

        size = back_up(store, Path(args[0]).absolute())
        sys.stdout.write(f"{args[0]}: {size / 1e6:.1f} MB\n")
        return ExitCode.OK


def instant(seconds: int | None) -> str:
    """Return an instant as ISO 8601 in UTC; ``""`` for ``None``."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if seconds is not None else ""


_ACTIONS: dict[str, tuple[int, int, Action]] = {
    "show": (0, 1, Command.show),
    "history": (1, 1, Command.history),
    "export": (0, 0, Command.export),
    "prune": (0, 0, Command.prune),
    "forget": (1, 1, Command.forget),
    "takedown": (1, 1, Command.takedown),
    "check": (0, 0, Command.check),
    "backup": (1, 1, Command.backup),
}
"""Name, minimum and maximum number of arguments, and method of each action."""
