"""Confirmation of a crawl of all sites, which few people intend."""

from __future__ import annotations

import sys
from typing import Any

from newscrawl.exitcodes import ExitCode
from newscrawl.run.checks import leave


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
