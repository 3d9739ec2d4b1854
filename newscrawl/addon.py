"""The add-on: clean pages, clean texts, dates and records in any Scrapy project, with one line of settings::

ADDONS = {"newscrawl.addon.NewscrawlAddon": 500}
"""

from __future__ import annotations

import logging

from scrapy import Request
from scrapy.settings import BaseSettings
from scrapy.utils.misc import load_object

import newscrawl.settings as own
from newscrawl.exceptions import RefusedUrlError
from newscrawl.middlewares.guard import UrlGuard
from newscrawl.text.plain import one_line

PRIORITY = "addon"

logger = logging.getLogger(__name__)
COMPONENTS = {
    "DOWNLOADER_MIDDLEWARES": {
        "newscrawl.middlewares.cleaning.CleaningMiddleware": 40,
        "newscrawl.middlewares.render.RenderMiddleware": 45,
        "newscrawl.middlewares.cookies.SiteCookiesMiddleware": 710,
        "newscrawl.addon.LoggingGuard": 760,
    },
    "SPIDER_MIDDLEWARES": {"newscrawl.middlewares.fill.FillItemsMiddleware": 950},
    "ITEM_PIPELINES": {
        "newscrawl.pipelines.text_widgets.StripTextWidgetsPipeline": 100,
        "newscrawl.pipelines.site_rules.SiteTextRulesPipeline": 120,
        "newscrawl.pipelines.site_memory.SiteMemoryPipeline": 150,
        "newscrawl.pipelines.dates.NormaliseDatesPipeline": 200,
        "newscrawl.pipelines.check.CheckRecordPipeline": 300,
    },
    "EXTENSIONS": {
        "newscrawl.extensions.log_lines.SafeLogLines": -100,
        "newscrawl.extensions.site_memory.SiteMemoryExtension": 0,
    },
}
"""The order of each component as in this project's own settings, which give the reasons."""

DIFFERENT = {
    "NEWSCRAWL_CLEAN_BY_DEFAULT": True,  # the project's requests have no meta["newscrawl_clean"]
    "NEWSCRAWL_STORE_ENABLED": False,  # the project decides itself which pages were seen
}


class LoggingGuard(UrlGuard):
    """The guard, for projects without a list of failures: it logs refusals."""

    def process_request(self, request: Request) -> None:
        """Raise `RefusedUrlError` for a URL that may not be requested, and log it."""
        try:
            super().process_request(request)
        except RefusedUrlError as error:
            logger.warning("%s: %s", one_line(request.url), one_line(error))
            raise

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Report a host as refused where its resolution failed for that reason."""
        try:
            super().process_exception(request, exception)
        except RefusedUrlError as error:
            logger.warning("%s: %s", one_line(request.url), one_line(error))
            raise


class NewscrawlAddon:
    """Adds this project's components to another project's settings; that project's own settings take precedence.

    - The cleaning middleware, for every page with a callback; ``meta={"newscrawl_clean": False}`` excludes one.
    - The middleware that fills empty fields of items, and the pipelines that strip, date and check them. Items of any
      kind; NEWSCRAWL_FIELDS_MAP maps fields with other names.
    - The exporter of JSON Lines.
    - The guard and the resolver: requests only to the public internet; NEWSCRAWL_ALLOW_PRIVATE lets them to
      this machine and its network, too.
    - The handler of http and https, which verifies certificates and bounds connecting and the headers of responses; the
      bound for robots.txt; the log's escaping.
    """

    @classmethod
    def update_pre_crawler_settings(cls, settings: BaseSettings) -> None:
        """Set the settings that are read before there is a crawler."""
        settings.set("TWISTED_DNS_RESOLVER", own.TWISTED_DNS_RESOLVER, priority=PRIORITY)

    def update_settings(self, settings: BaseSettings) -> None:
        """Set all other settings."""
        for name in dir(own):
            if name.startswith("NEWSCRAWL_"):
                settings.set(name, DIFFERENT.get(name, getattr(own, name)), priority=PRIORITY)
        for setting, components in COMPONENTS.items():
            for component, order in components.items():
                settings.setdefault_in_component_priority_dict(setting, load_object(component), order)
        exporters = settings["FEED_EXPORTERS"]
        for name in ("jsonlines", "jsonl", "jl"):
            if name not in exporters:
                exporters[name] = own.FEED_EXPORTERS[name]
        handlers = settings["DOWNLOAD_HANDLERS"]
        for scheme in ("http", "https"):
            if scheme not in handlers:
                handlers[scheme] = own.DOWNLOAD_HANDLERS[scheme]
        for name in ("DOWNLOAD_VERIFY_CERTIFICATES", "ROBOTSTXT_PARSER"):
            settings.set(name, getattr(own, name), priority=PRIORITY)


SpeakingGuard = LoggingGuard
"""The former name, which may stand in users' settings."""
