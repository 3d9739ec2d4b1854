"""Spiders imported by name, so that a crawl does not import those that it does not run."""

from __future__ import annotations

import builtins
from importlib import import_module

from scrapy import Request, Spider
from scrapy.spiderloader import SpiderLoader


class LazySpiderLoader(SpiderLoader):
    """Scrapy's loader, which imports a module of SPIDER_MODULES named like its spider alone, and all only at need."""

    _has_all = False

    def _load_all_spiders(self) -> None:
        """Do nothing yet; Scrapy calls it at the start."""

    def _load_all(self) -> None:
        if not self._has_all:
            self._has_all = True
            self._found.clear()
            super()._load_all_spiders()

    def load(self, spider_name: str) -> type[Spider]:
        """Return the spider of a name; raises `KeyError`."""
        for module in self.spider_modules:
            if module.rpartition(".")[2] == spider_name and spider_name not in self._spiders:
                self._load_spiders(import_module(module))
        if spider_name not in self._spiders:
            self._load_all()
        return super().load(spider_name)

    def list(self) -> list[str]:
        """Return the names of all spiders."""
        self._load_all()
        return super().list()

    def find_by_request(self, request: Request) -> builtins.list[str]:
        """Return the names of the spiders that handle a request."""
        self._load_all()
        return super().find_by_request(request)
