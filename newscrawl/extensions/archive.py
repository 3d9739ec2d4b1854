"""The archive of a crawl: pages as they were sent, in step with the lines."""

from __future__ import annotations

import logging
import os
from dataclasses import replace
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response

from newscrawl.archive.capture import Capture
from newscrawl.archive.files import ArchiveFiles, finish, finish_left_open
from newscrawl.archive.records import Role, group, warcinfo
from newscrawl.exceptions import NotAnArticleError
from newscrawl.extensions.store import StoreExtension
from newscrawl.items import Article
from newscrawl.network.clock import now
from newscrawl.network.requests import CONTEXT, asked_url
from newscrawl.output.file import DurableFile
from newscrawl.output.outbox import ARCHIVE

logger = logging.getLogger(__name__)

CAPTURES = "newscrawl_captures"
"""Key in ``Request.meta``: the `newscrawl.archive.capture.Capture` of each answer, redirects before the page."""

_Kept = tuple[Capture, Role, dict[str, Any]]


class PageArchive:
    """Extension that writes pages to WARC files in NEWSCRAWL_ARCHIVE_DIR; off where that is not set.

    A page is written with its line: what is new or changed, and what was taken for no article. The outbox makes its
    records durable before the store remembers the line, so a page that cannot be archived counts as unseen.
    Statistic: ``newscrawl/archived`` (pages and sources).
    """

    def __init__(self, crawler: Crawler, folder: Path) -> None:
        self.crawler = crawler
        self.folder = folder
        self._files: ArchiveFiles | None = None
        self._file: DurableFile | None = None
        self._held: dict[int, tuple[Article, list[_Kept]]] = {}
        self._trouble = ""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Finish what a kill left open, and connect; raises `NotConfigured` where nothing is archived."""
        folder = crawler.settings.get("NEWSCRAWL_ARCHIVE_DIR")
        if not folder:
            raise NotConfigured
        archive = cls(crawler, Path(folder).expanduser().absolute())
        try:
            finish_left_open(archive.folder)
        except OSError as error:
            archive._trouble = f"an archive that a killed run left open cannot be finished ({error})"
        connect = crawler.signals.connect
        connect(archive.spider_opened, signals.spider_opened)
        connect(archive.item_scraped, signals.item_scraped)  # before the exporter's, by EXTENSIONS
        connect(archive.item_dropped, signals.item_dropped)
        connect(archive.item_error, signals.item_error)
        connect(archive.engine_stopped, signals.engine_stopped)
        return archive

    @property
    def _own(self) -> StoreExtension:
        own = self.crawler.get_extension(StoreExtension)
        assert own is not None, "newscrawl.extensions.store.StoreExtension must be in EXTENSIONS"
        return own

    def spider_opened(self) -> None:
        """Stop the crawl where what a kill left cannot be finished."""
        if self._trouble:
            self._own.outbox.fail(self._trouble)

    # Held until it is known what becomes of the article

    def hold(self, article: Article, response: Response) -> None:
        """Keep the page of ``article`` that ``response`` brought, a first or a following one."""
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

    def item_scraped(self, item: Any) -> None:
        """Write the pages of an article whose line is about to be gathered."""
        self._write(self._held.pop(id(item), (None, []))[1])

    def item_dropped(self, item: Any, exception: Exception) -> None:
        """Write a page that was taken for no article, since a better rule may find one; let go of what is unchanged."""
        kept = self._held.pop(id(item), (None, []))[1]
        if isinstance(exception, NotAnArticleError):
            self._write(kept)

    def item_error(self, item: Any) -> None:
        """Let go of what an error in a pipeline lost."""
        self._held.pop(id(item), None)

    def take_source(self, found: Capture, request: Request) -> None:
        """Write a feed, sitemap or page of links."""
        self._write([(found, "source", {"asked": asked_url(request)})])

    # Written

    def _write(self, kept: list[_Kept]) -> None:
        outbox = self._own.outbox
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
        self.crawler.stats.inc_value("newscrawl/archived", sum(role != "redirect" for _, role, _ in kept))

    def _made(self) -> ArchiveFiles:
        if self._files is None:
            settings = self.crawler.settings
            most = int(settings.getfloat("NEWSCRAWL_ARCHIVE_MB") * 1_000_000)
            software, contact = settings.get("USER_AGENT") or "newscrawl", settings.get("NEWSCRAWL_CONTACT")
            self._files = ArchiveFiles(self.folder, self._stem(), most, lambda name: warcinfo(name, software, contact))
        return self._files

    def _stem(self) -> str:
        """Return what names the run: its site where it has one, its spider, its instant and its number."""
        spider = self.crawler.spider
        given = getattr(spider, "given", {})
        homes = [*(given.get("url") or ()), *(site.home for site in given.get("site") or ())]
        hosts = {(urlsplit(url).hostname or "").removeprefix("www.") for url in homes}
        about = [hosts.pop()] if len(hosts) == 1 else []
        run = f"run{self._own.run}" if self._own.run is not None else f"process{os.getpid()}"
        stamp = now().replace("-", "").replace(":", "")
        return "-".join([*about, getattr(spider, "name", "") or "crawl", stamp, run])

    def _close(self) -> None:
        assert self._file is not None
        file, self._file = self._file, None
        self._own.outbox.closed(ARCHIVE)
        try:
            finish(file.path, file.size)
        finally:
            file.close()

    def engine_stopped(self) -> None:
        """Give the last file its name; its records are durable by now."""
        if self._file is not None:
            try:
                self._close()
            except OSError as error:
                self._own.outbox.fail(f"the archive {self.folder} cannot be finished ({error.strerror or error})")
