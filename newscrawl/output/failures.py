"""Failures: counted, logged, and listed in `failures.jsonl` beside the output."""

from __future__ import annotations

import json
import logging
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import IO, Any, Final

from newscrawl.network.clock import now
from newscrawl.output.feeds import FILE_NAME
from newscrawl.text.plain import escape_line_breakers, masked, one_line, scrub
from newscrawl.urls.site import site_name

logger = logging.getLogger(__name__)

_HOSTS: Final = 20_000
BLOCKING: Final = {"http-401", "http-403", "http-407", "http-429", "http-451", "http-503", "robots-unreachable"}
"""Statuses by which a site refuses to be crawled, or to be crawled now."""


class Failures:
    """The list of inputs that gave no record; every component reports to it.

    Statistics: ``newscrawl/failures/<reason>`` counts all, ``newscrawl/named_failures`` those of inputs given
    explicitly (they decide the exit code), ``newscrawl/blocked_sites`` the sites that refused every request. ``stats``
    returns the crawl's collector, which is there only once the crawl has begun.
    """

    def __init__(self, stats: Callable[[], Any]) -> None:
        self._stats = stats
        self._paths: list[tuple[Path, str]] = []
        self._files: list[IO[str]] = []
        self._blocked: set[str] = set()
        self._responding: set[str] = set()
        self.hosts: Counter[str] = Counter()
        """Failures by site, of URLs that were requested."""
        self.details: dict[str, str] = {}
        """The first message of each reason."""

    def add(
        self, url: str | None, reason: str, detail: str, *, place: str | None = None, explicit: bool = False
    ) -> None:
        """Report that ``url`` or ``place`` (a position in a file) gave no record.

        ``reason``: a short name to count by; ``detail``: a sentence for people; ``explicit``: given explicitly.
        """
        stats = self._stats()
        stats.inc_value("newscrawl/failures")
        stats.inc_value(f"newscrawl/failures/{reason}")
        self.details.setdefault(reason, masked(detail))
        if explicit:
            stats.inc_value("newscrawl/named_failures")
        if reason in BLOCKING and url:
            self._blocked.add(site_name(url))
        if url and place is None and reason != "not-article" and len(self.hosts) < _HOSTS:
            self.hosts[site_name(url)] += 1
        where = " ".join(one_line(part) for part in (place, url) if part)
        level = logging.ERROR if reason == "internal" else logging.WARNING if explicit else logging.INFO
        logger.log(level, "%s: %s", where, one_line(detail))
        shown = masked(url) if url else url
        line = {
            "url": shown,
            "place": place,
            "reason": reason,
            "detail": masked(detail),
            "named": explicit,
            "at": now(),
        }
        text = escape_line_breakers(json.dumps(scrub(line), ensure_ascii=False)) + "\n"
        for file in self._open():
            try:
                file.write(text)
                file.flush()
            except OSError as error:
                stats.inc_value("newscrawl/output_errors")
                logger.error("%s cannot be written: %s", file.name, error.strerror)

    def internal(self, url: str | None, detail: str) -> None:
        """Report an article lost to an error of this program."""
        self._stats().inc_value("newscrawl/internal_errors")
        self.add(url, "internal", detail)

    def responded(self, url: str) -> None:
        """Register that the site of ``url`` allowed a request."""
        self._responding.add(site_name(url))

    def beside(self, feeds: Iterable[tuple[Path, bool]]) -> None:
        """Set the list's paths: the folder of each output, overwritten where all outputs there are."""
        modes: dict[Path, str] = {}
        for path, overwrite in feeds:
            place = path.parent / FILE_NAME
            modes[place] = "w" if overwrite and modes.get(place) != "a" else "a"
        self._paths = list(modes.items())
        for place, mode in self._paths:
            if mode == "w" and place.is_file():
                place.unlink(missing_ok=True)

    @property
    def written(self) -> list[str]:
        """The paths of the list that were written to."""
        return [file.name for file in self._files]

    def _open(self) -> list[IO[str]]:
        while self._paths:
            path, mode = self._paths.pop()
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                self._files.append(path.open(mode, encoding="utf-8"))
            except OSError as error:
                self._stats().inc_value("newscrawl/output_errors")
                logger.error("%s cannot be written: %s", path, error.strerror)
        return self._files

    def close(self) -> None:
        """Close the list, and count the sites that refused every request."""
        for file in self._files:
            file.close()
        self._stats().set_value("newscrawl/blocked_sites", len(self._blocked - self._responding))
