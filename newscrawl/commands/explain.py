"""``scrapy explain``: show an article with each removal, its position, and the rule or evidence for it."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from scrapy import signals
from scrapy.commands import ScrapyCommand
from scrapy.http import Response

from newscrawl.commands.base import CheckedCommand
from newscrawl.exceptions import ArgumentError, PathError
from newscrawl.exitcodes import ExitCode, of_stats
from newscrawl.items import Article
from newscrawl.network.requests import RESULT
from newscrawl.run.checks import leave
from newscrawl.spiders.article import ArticleSpider

if TYPE_CHECKING:
    from newscrawl.extraction import Document
    from newscrawl.report.explain.model import Explanation


class Command(CheckedCommand, ScrapyCommand):
    """Explains one article: a URL, a file, a record of an archive, a row of a corpus or of our own output."""

    SYNTAX = "[options] <URL | page.html | text.txt | text.md | archive.warc.gz#record | lines.jsonl#line | folder/>"
    PRESET: ClassVar[dict[str, Any]] = {"LOG_LEVEL": "WARNING"}
    SUMMARY = "Show what was removed from an article, where, and by which rule"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the options for the output page and the URL."""
        super().add_options(parser)
        parser.add_argument("--html", metavar="FILE", help="write a page with the removals marked to FILE")
        parser.add_argument("--url", metavar="URL", help="where a file comes from (its country and links depend on it)")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Explain, and set the exit code: 3 where there was nothing to explain."""
        # Imported here: scrapy loads the modules of all commands, and those of the extraction are slow to import.
        from rich.console import Console

        from newscrawl.exceptions import TargetError
        from newscrawl.extraction import Document
        from newscrawl.report.explain.local import explain, recorded
        from newscrawl.report.explain.page import write
        from newscrawl.report.explain.target import is_address, load
        from newscrawl.report.explain.terminal import show

        if len(args) != 1:
            leave(f"explain what? scrapy explain {self.syntax()}", ExitCode.USAGE)
        target = args[0]
        if Path(target).expanduser().is_dir():
            self.folder(Path(target).expanduser(), opts.html)
            return
        if is_address(target):
            explanation = self.fetch(target)
        else:
            try:
                found = load(target, opts.url)
            except TargetError as error:
                leave(str(error), ExitCode.USAGE)
            explanation = explain(found) if isinstance(found, Document) else recorded(found)
            explanation = replace(explanation, sites=self.site_files())
        show(explanation, Console(highlight=False))
        if opts.html:
            _write(opts.html, lambda path: write(explanation, path))

    def folder(self, folder: Path, html: str | None) -> None:
        """Explain all texts of a folder, and set the exit code: 3 where one of them could not be read."""
        from rich.console import Console

        from newscrawl.report.explain.folder import explain_folder
        from newscrawl.report.explain.listing import show_overview, show_summary, write_overviews
        from newscrawl.report.explain.overview import overview_of

        console = Console(highlight=False)
        found = []
        try:
            for explained in explain_folder(folder):
                found.append(overview_of(explained))
                show_overview(found[-1], console)
        except PathError as error:
            leave(str(error), ExitCode.USAGE)
        show_summary(found, console)
        if html:
            _write(html, lambda path: write_overviews(found, str(folder), path))
        if any(overview.problem for overview in found):
            self.exitcode = ExitCode.NAMED_FAILED

    def fetch(self, url: str) -> Explanation:
        """Return the explanation of a URL, fetched by a crawl with the project's own delays, robots.txt and guard."""
        from newscrawl.extraction import extract
        from newscrawl.extraction.confidence import doubts_of
        from newscrawl.report.explain.model import Explanation
        from newscrawl.report.explain.pieces import pieces_of

        try:
            ArticleSpider.check_arguments({"url": url})
        except ArgumentError as error:
            leave(str(error), ExitCode.USAGE)
        own = {
            "FEEDS": {},
            "NEWSCRAWL_KEEP_NON_ARTICLES": True,
            "NEWSCRAWL_STORE_ENABLED": False,
            "NEWSCRAWL_PROGRESS_ENABLED": False,
        }
        self.settings.setdict(own, priority="cmdline")
        found: list[Explanation] = []

        def scraped(item: Any, response: Response | None) -> None:
            if isinstance(item, Article):
                pieces, doubts = [], []
                if response is not None and RESULT in response.meta:
                    document = _document(url, response.meta[RESULT]["original"])
                    pieces = pieces_of(document, item.removed)  # type: ignore[arg-type]
                    doubts = doubts_of(extract(document).signals)
                found.append(Explanation(asdict(item), pieces, doubts, self.site_files()))

        crawler = self.crawler_process.create_crawler(ArticleSpider)
        crawler.signals.connect(scraped, signals.item_scraped)
        self.crawler_process.crawl(crawler, url=url)
        self.crawler_process.start()
        if not found:
            stats = crawler.stats.get_stats() if crawler.stats else {}
            reasons = [name.rsplit("/", 1)[1] for name in stats if name.startswith("newscrawl/failures/")]
            code = of_stats(stats)
            leave(
                f"{url} gave nothing to explain ({', '.join(reasons) or 'see the log'})",
                code if code is not ExitCode.OK else ExitCode.NAMED_FAILED,
            )
        return found[0]


def _write(name: str, write: Callable[[Path], None]) -> None:
    from rich.console import Console

    path = Path(name)
    try:
        write(path)
    except OSError as error:
        leave(f"{path} cannot be written: {error.strerror or error}", ExitCode.OUTPUT)
    Console().print(f"Written to {path}", soft_wrap=True, highlight=False, markup=False)


def _document(url: str, original: Response) -> Document:
    content_type = (original.headers.get(b"Content-Type") or b"").decode("latin-1") or None
    final_url = original.url if original.url != url else None
    from newscrawl.extraction import Document

    return Document(url=url, body=original.body, content_type=content_type, final_url=final_url)
