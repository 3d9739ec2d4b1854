"""``scrapy cluster``: start workers, send sites and archives as tasks, and report their outcome (docs/scale.md)."""

from __future__ import annotations

import argparse
import json
import os
import sys
from typing import TYPE_CHECKING

from scrapy.commands import ScrapyCommand
from scrapy.settings import SETTINGS_PRIORITIES

from newscrawl.cluster.config import PASSED_ON, SECRET, cluster_settings
from newscrawl.commands.base import CheckedCommand
from newscrawl.exceptions import ArgumentError, StoreError
from newscrawl.exitcodes import ExitCode
from newscrawl.run.checks import leave
from newscrawl.sites.catalogue import chosen
from newscrawl.text.plain import one_line

if TYPE_CHECKING:
    from newscrawl.store.store import Store

_ACTIONS = ("worker", "beat", "crawl", "clean", "status", "parked")


class Command(CheckedCommand, ScrapyCommand):
    """Runs the workers of a cluster and sends their tasks; each action is a method below."""

    SYNTAX = "<worker | beat [SITE …|all] | crawl SITE-or-URL … | clean PATH … | status | parked [--again]>"
    SUMMARY = "Several machines: start workers, send them sites and archives, show their state"
    requires_crawler_process = False

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the options of the actions."""
        super().add_options(parser)
        parser.add_argument("--name", help="worker: its name, which stands in its segments' names")
        parser.add_argument("--concurrency", type=int, default=1, metavar="N", help="worker: tasks at a time")
        parser.add_argument("--only", choices=("site", "warc"), help="worker: only tasks of this kind")
        parser.add_argument("--again", action="store_true", help="parked: send them again; clean: also those done")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Read the options, and pass the settings on to the workers' processes."""
        super().process_options(args, opts)
        if opts.name:
            self.settings.set("NEWSCRAWL_WORKER", opts.name, priority="cmdline")
        given = {name: self.settings[name] for name in self.settings if self._is_given(name)}
        for name in SECRET:
            given.pop(name, None)
            if self.settings.get(name):
                os.environ[name] = str(self.settings[name])
        os.environ[PASSED_ON] = json.dumps({name: str(value) for name, value in given.items()})
        cluster_settings.cache_clear()

    def _is_given(self, name: str) -> bool:
        return self.settings.getpriority(name) == SETTINGS_PRIORITIES["cmdline"]

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Run the action and set the exit code."""
        if not args or args[0] not in _ACTIONS:
            leave(f"which of {', '.join(_ACTIONS)}? {self.syntax()}", ExitCode.USAGE)
        try:
            import celery  # noqa: F401
        except ImportError:
            leave("a cluster needs Celery: pip install -r requirements-cluster.txt -c constraints.txt", ExitCode.USAGE)
        from kombu.exceptions import OperationalError

        from newscrawl.cluster.checks import check
        from newscrawl.cluster.work import shared_store

        check(cluster_settings())
        try:
            self.exitcode = int(getattr(self, args[0])(shared_store(), args[1:], opts))
        except StoreError as error:
            leave(str(error), ExitCode.OUTPUT)
        except OperationalError as error:
            leave(f"the broker went away: {one_line(error)}", ExitCode.NAMED_FAILED)
        except ArgumentError as error:
            leave(str(error), ExitCode.USAGE)

    def worker(self, store: Store, args: list[str], opts: argparse.Namespace) -> ExitCode:
        """Run a worker until it is stopped: SIGTERM ends its crawls in order, and their tasks go to other workers."""
        from newscrawl.cluster.app import QUEUES, app
        from newscrawl.cluster.checks import check

        queues = [QUEUES[opts.only].name] if opts.only else [queue.name for queue in QUEUES.values()]
        options = ["--pool", "threads", "--concurrency", str(max(1, opts.concurrency)), "--queues", ",".join(queues)]
        name = f"{cluster_settings().worker}-{os.getpid()}@newscrawl"
        try:
            app.worker_main(["worker", "--hostname", name, *options, "--loglevel", "INFO", *_QUIET])
        except SystemExit as ended:
            if ended.code:
                check(cluster_settings())  # it may have ended because store or broker became unreachable
            raise
        return ExitCode.OK

    def beat(self, store: Store, args: list[str], opts: argparse.Namespace) -> ExitCode:
        """Schedule sites of the catalogue, all by default, and send them to the workers as they become due."""
        from newscrawl.cluster import messages
        from newscrawl.cluster.app import app
        from newscrawl.cluster.feeding import feed

        new = store.tasks.enrol("site", self._sites(args or ["all"]))
        sys.stderr.write(f"newscrawl: {new} sites enrolled\n")
        feed(store, messages)
        app.start(["beat", "--loglevel", "WARNING"])
        return ExitCode.OK

    def crawl(self, store: Store, args: list[str], opts: argparse.Namespace) -> ExitCode:
        """Send sites now, whether due or not."""
        if not args:
            leave("crawl which site? names of the catalogue, home pages, or all", ExitCode.USAGE)
        self._send(store, "site", self._sites(args))
        return ExitCode.OK

    def clean(self, store: Store, args: list[str], opts: argparse.Namespace) -> ExitCode:
        """Send WARC files; skip those already done unless ``--again``."""
        if not args:
            leave("clean which archives? WARC files, folders or globs that all workers find there", ExitCode.USAGE)
        from newscrawl.spiders.warc import WarcSpider

        paths = [str(file) for path in args for file in WarcSpider.files(path)]
        self._send(store, "warc", paths if opts.again else store.tasks.without_done("warc", paths))
        return ExitCode.OK

    def status(self, store: Store, args: list[str], opts: argparse.Namespace) -> ExitCode:
        """Print the number of tasks in each state."""
        from newscrawl.cluster.messages import depth

        for (kind, state), count in sorted(store.tasks.counts().items()):
            sys.stdout.write(f"{count:>9,} {kind} {state}\n")
        sys.stdout.write(f"{depth():>9,} in the broker's queues\n")
        return ExitCode.OK

    def parked(self, store: Store, args: list[str], opts: argparse.Namespace) -> ExitCode:
        """Print the dead-letter queue, one JSON object a line; with ``--again`` send its tasks to the workers."""
        from newscrawl.cluster.messages import parked

        for note in parked(take=opts.again):
            sys.stdout.write(json.dumps(note) + "\n")
            if opts.again and note["kind"] in ("site", "warc"):
                self._send(store, note["kind"], [note["argument"]], quiet=True)
        return ExitCode.OK

    def _sites(self, names: list[str]) -> list[str]:
        urls = [name for name in names if "://" in name]
        known = [name for name in names if "://" not in name]
        try:
            return urls + [site.host for site in (chosen(",".join(known), self.settings) if known else [])]
        except ValueError as error:
            leave(one_line(error), ExitCode.USAGE)

    def _send(self, store: Store, kind: str, arguments: list[str], *, quiet: bool = False) -> None:
        from newscrawl.cluster.messages import send

        store.tasks.enrol(kind, arguments)  # type: ignore[arg-type]
        for argument in arguments:
            from newscrawl.store.tasks import task_id

            store.tasks.send_again([task_id(kind, argument)])
            send(kind, argument)  # type: ignore[arg-type]
        if not quiet:
            sys.stderr.write(f"newscrawl: {len(arguments)} tasks sent\n")


_QUIET = ("--without-gossip", "--without-mingle", "--without-heartbeat")
"""Workers do not talk to each other: everything they share is in the store."""
