"""The statistics of a crawl, counted a dozen times a page."""

from __future__ import annotations

from typing import Final

from scrapy.statscollectors import MemoryStatsCollector


class LeanStatsCollector(MemoryStatsCollector):
    """Scrapy's collector without its look at each call for an argument that is deprecated, which it ignores anyway."""

    __getattribute__: Final = object.__getattribute__
