"""Whether a person watches a run."""

from __future__ import annotations

import os
import sys

from scrapy.settings import BaseSettings


def is_watched(settings: BaseSettings) -> bool:
    """Tell whether the run shows its progress: on a capable terminal, unless it is disabled."""
    if not settings.getbool("NEWSCRAWL_PROGRESS_ENABLED", True):
        return False
    return sys.stderr.isatty() and os.environ.get("TERM", "dumb") not in ("", "dumb", "unknown")


def quiet_log(settings: BaseSettings) -> None:
    """Limit the log of a watched run to warnings, unless the operator set a level or a file for it."""
    if is_watched(settings) and not settings.get("LOG_FILE"):
        settings.set("LOG_LEVEL", "WARNING", priority="project")  # -L and -s take precedence
