"""``scrapy shell`` on article pages: the clean response as callbacks get it, the article, and the page as fetched."""

from __future__ import annotations

from typing import Any, ClassVar

from scrapy.commands.shell import Command as ScrapyShellCommand

from newscrawl.commands.base import CheckedCommand
from newscrawl.commands.parse import ALONE
from newscrawl.network.requests import RESULT


class Command(CheckedCommand, ScrapyShellCommand):
    """Scrapy's own command with every page cleaned, nothing stored, and two more objects.

    ``article``: the record (`newscrawl.items.Article`) that a crawl would write; ``original``: the page as it was
    fetched. ``response`` is the clean page. All three are ``None`` or unchanged where the response is not HTML.
    """

    PRESET: ClassVar[dict[str, Any]] = {**ALONE, "NEWSCRAWL_CLEAN_BY_DEFAULT": True}
    SUMMARY = "Interactive console; on a page, with article and original beside response"

    def update_vars(self, vars: dict[str, Any]) -> None:
        """Add ``article`` and ``original``."""
        response = vars.get("response")
        found = None if response is None or response.request is None else response.meta.get(RESULT)
        from newscrawl.middlewares.fill import finished

        vars["article"] = finished(response) if response is not None and found else None
        vars["original"] = found["original"] if found else response
