"""What most of Scrapy's components have in common: built from a crawler, connected to its signals."""

from __future__ import annotations

from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler

_SIGNALS = {name: signal for name, signal in vars(signals).items() if type(signal) is object}


class Component:
    """An extension, middleware or pipeline; its methods with the name of a signal of Scrapy's are connected to it."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the component and connect it; where its `__init__` raises `NotConfigured`, Scrapy leaves it out."""
        component = cls(crawler)
        connect(component, crawler)
        return component


def connect(component: Any, crawler: Crawler) -> None:
    """Connect the methods of ``component`` that are named after signals."""
    for name in _SIGNALS.keys() & {*dir(component)}:
        crawler.signals.connect(getattr(component, name), _SIGNALS[name])
