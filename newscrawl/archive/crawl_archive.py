"""The archive of one crawl: pages as they were sent, in step with the records."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from scrapy import Request
from scrapy.http import Response
from scrapy.settings import BaseSettings

from newscrawl.archive.capture import Capture
from newscrawl.archive.files import ArchiveFiles, finish, finish_left_open
from newscrawl.archive.records import Role, group, warcinfo
from newscrawl.items import Article
from newscrawl.network.requests import CONTEXT, asked_url
from newscrawl.output.file import DurableFile
from newscrawl.output.outbox import ARCHIVE, Outbox

CAPTURES = "newscrawl_captures"
"""Key in ``Request.meta``: the `newscrawl.archive.capture.Capture` of each response, redirects before the page."""

_Kept = tuple[Capture, Role, dict[str, Any]]


class CrawlArchive:
    """Writes pages to WARC files in ``folder``.

    The outbox makes a page's WARC records durable before the store commits its entry, so a page that cannot be archived
    counts as unseen. ``stem`` returns the beginning of the file names, ``count`` is called with the number of pages and
    sources written.
    """

    def __init__(
        self,
        folder: Path,
        outbox: Outbox,
        settings: BaseSettings,
        *,
        stem: Callable[[], str],
        count: Callable[[int], None],
    ) -> None:
        self.folder = folder
        self._outbox = outbox
        self._settings = settings
        self._stem = stem
        self._count = count
        self._files: ArchiveFiles | None = None
        self._file: DurableFile | None = None
        self._held: dict[int, tuple[Article, list[_Kept]]] = {}
        self._trouble = ""

    def recover(self) -> None:
        """Finish files that a kill left open; `check` reports a failure."""
        try:
            finish_left_open(self.folder)
        except OSError as error:
            self._trouble = f"an archive that a killed run left open cannot be finished ({error})"

    def check(self) -> None:
        """Stop the crawl where a file that a kill left open cannot be finished."""
        if self._trouble:
            self._outbox.fail(self._trouble)

    # Held until the outcome of the article is known

    def hold(self, article: Article, response: Response) -> None:
        """Hold the page of ``article`` in ``response``, a first or a following one."""
        request = response.request
        captures: list[Capture] = request.meta.pop(CAPTURES, []) if request is not None else []
        if request is None or not captures:
            return
        _, kept = self._held.setdefault(id(article), (article, []))
        about = {"asked": asked_url(request), "facts": request.meta.get(CONTEXT, {}).get("facts", {})}
        about["rights"] = list(captures[-1].rights)
        page: Role = "page" if any(role == "article" for _, role, _ in kept) else "article"
        if page == "article" and article.fetched_at is not None:
            captures[-1] = replace(captures[-1], at=article.fetched_at)
        for number, found in enumerate(captures, 1):
            kept.append((found, page if number == len(captures) else "redirect", about))

    def write(self, item: Any) -> None:
        """Write the pages held for an item."""
        self._write(self._held.pop(id(item), (None, []))[1])

    def drop(self, item: Any) -> None:
        """Drop the pages held for an item."""
        self._held.pop(id(item), None)

    def take_source(self, found: Capture, request: Request) -> None:
        """Write a feed, sitemap or page of links."""
        self._write([(found, "source", {"asked": asked_url(request)})])

    # Written

    def _write(self, kept: list[_Kept]) -> None:
        outbox = self._outbox
        if not kept or outbox.has_failed:
            return
        data = group(kept)
        try:
            if self._file is not None and self._made().is_full(self._file, len(data)):
                self._close()
                if outbox.has_failed:
                    return
            if self._file is None:
                self._file = self._made().open()
                outbox.opened(ARCHIVE, self._file)
        except OSError as error:
            outbox.fail(f"the archive {self.folder} cannot be written ({error.strerror or error})")
            return
        self._file.write(data)
        outbox.gathered()
        self._count(sum(role != "redirect" for _, role, _ in kept))

    def _made(self) -> ArchiveFiles:
        if self._files is None:
            settings = self._settings
            most = int(settings.getfloat("NEWSCRAWL_ARCHIVE_MB") * 1_000_000)
            software, contact = settings.get("USER_AGENT") or "newscrawl", settings.get("NEWSCRAWL_CONTACT")
            self._files = ArchiveFiles(self.folder, self._stem(), most, lambda name: warcinfo(name, software, contact))
        return self._files

    def _close(self) -> None:
        assert self._file is not None
        file, self._file = self._file, None
        self._outbox.closed(ARCHIVE)
        try:
            finish(file.path, file.size)
        finally:
            file.close()

    def close(self) -> None:
        """Give the last file its final name; its records are durable by now."""
        if self._file is not None:
            try:
                self._close()
            except OSError as error:
                self._outbox.fail(f"the archive {self.folder} cannot be finished ({error.strerror or error})")
