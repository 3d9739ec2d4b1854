"""``scrapy checkrules``: check all hand-written rules and run their examples."""

from __future__ import annotations

import argparse
import sys
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand

from newscrawl.commands.base import CheckedCommand
from newscrawl.exceptions import SettingError
from newscrawl.exitcodes import ExitCode
from newscrawl.run.checks import leave
from newscrawl.text.plain import one_line


class Command(CheckedCommand, ScrapyCommand):
    """Checks site files, widget phrases and class names, and filter lists; one line a fault, exit code 2 with any."""

    SYNTAX = "[options]"
    SUMMARY = "Check site files, rules and filter lists, and run their examples"
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}  # the faults are the output

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Check, print the faults, and set the exit code."""
        if args:
            leave(f"checkrules takes no arguments: set NEWSCRAWL_SITES_DIR={args[0]}", ExitCode.USAGE)
        try:
            from newscrawl.sites.linting import check_all
            from newscrawl.sites.site_files import filter_lists, own_folders

            findings = check_all(own_folders(self.settings), filter_lists(self.settings))
        except SettingError as error:
            leave(str(error), ExitCode.USAGE)
        for file, fault in findings.faults:
            sys.stdout.write(f"{one_line(file)}: {one_line(fault, limit=1000)}\n")
        for remark in findings.remarks:
            sys.stdout.write(f"{one_line(remark, limit=1000)}\n")
        count = len(findings.faults)
        says = "no faults" if not count else "1 fault" if count == 1 else f"{count} faults"
        sys.stdout.write(f"{findings.rules} rules in {findings.files} files: {says}\n")
        self.exitcode = int(ExitCode.USAGE if count else ExitCode.OK)
