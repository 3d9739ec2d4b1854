"""Pages rendered by script: fetched as all others, then rendered by a browser (scrapy-playwright)."""

from __future__ import annotations

import asyncio
import importlib.util
import logging
import os
import shutil
from contextlib import suppress
from functools import partial
from itertools import count
from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.settings import BaseSettings
from scrapy.utils.httpobj import urlparse_cached

from newscrawl.exceptions import RefusedUrlError, RenderError, StoppedError
from newscrawl.middlewares.cleaning import with_body
from newscrawl.network.media_types import is_html
from newscrawl.network.requests import CLEAN
from newscrawl.run.component import Component
from newscrawl.run.run import Run
from newscrawl.scrapy_internals.engine import is_closing
from newscrawl.sites.site_files import SiteFiles
from newscrawl.text.plain import one_line

logger = logging.getLogger(__name__)

EXTRA = "pip install scrapy-playwright"
_BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
_LOOK = 0.25
SLOT = "newscrawl-render"
"""The downloader's slot of scripts' requests; settings.py frees it from delays."""
_NOWHERE = "http://127.0.0.1:1"
"""The browser's proxy, where nothing listens: what is not routed goes nowhere."""
_HOP = (":", "connection", "content-encoding", "content-length", "host", "keep-alive", "proxy-", "transfer-encoding")
"""Starts of the names of headers that belong to a connection."""
_ALLOWED_TYPES = ("script", "xhr", "fetch")
"""Resource types that a page's scripts may request; images, styles, frames and the like add no text."""


class RenderMiddleware(Component):
    """Downloader middleware that has a browser render the pages of sites whose file says ``render = true``.

    The page itself was fetched as every other (robots.txt, delays, guard, cookies), and the browser gets it from here;
    its scripts' requests go through Scrapy's downloader as well, in a slot without delay; the browser itself has no
    connection. Each page has a browser session of its own. Statistics: ``newscrawl/rendered``.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        settings = crawler.settings
        self.sites = Run.of(crawler).site_files
        if not any(site.get("render") for _, site in self.sites.asked_specially()):
            raise NotConfigured
        if why := complaint(settings, self.sites):
            raise NotConfigured(why)
        from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler

        self.seconds = settings.getfloat("NEWSCRAWL_RENDER_SECONDS")
        self.handler = ScrapyPlaywrightDownloadHandler.from_crawler(crawler)
        self.handler.config.launch_options = {**self._options(), **self.handler.config.launch_options}
        self.handler.config.navigation_timeout_ms = self.seconds * 1000
        self.slots = asyncio.Semaphore(settings.getint("NEWSCRAWL_RENDER_PAGES"))
        self._numbers = count(1)
        self._refused: set[str] = set()

    def _options(self) -> dict[str, Any]:
        return {
            "executable_path": browser(self.crawler.settings),
            "chromium_sandbox": getattr(os, "geteuid", lambda: 1)() != 0,  # Chromium has none for root
            "proxy": {"server": _NOWHERE, "bypass": "<-loopback>"},
            "args": ["--force-webrtc-ip-handling-policy=disable_non_proxied_udp", "--disable-background-networking"],
        }

    async def spider_closed(self) -> None:
        """End the browser."""
        await self.handler.close()

    async def process_response(self, request: Request, response: Response) -> Response:
        """Return the rendered page; raises `RenderError`."""
        if not request.meta.get(CLEAN, self.crawler.settings.getbool("NEWSCRAWL_CLEAN_BY_DEFAULT")):
            return response
        content_type = (response.headers.get(b"Content-Type") or b"").decode("latin-1")
        is_page = 200 <= response.status < 300 and is_html(content_type, response.body)
        if not (is_page and response.url.startswith("http") and self.sites.of(response.url).get("render")):
            return response
        async with self.slots:
            if is_closing(self.crawler):
                raise StoppedError("the crawl stopped before the page was rendered")
            rendered = await self._render(request, response)
        if len(rendered) > self.crawler.settings.getint("DOWNLOAD_MAXSIZE"):
            raise RenderError("the rendered page is too large")
        self.crawler.stats.inc_value("newscrawl/rendered")
        return with_body(response, rendered, "utf-8")

    async def _render(self, request: Request, response: Response) -> bytes:
        name = f"newscrawl-{next(self._numbers)}"
        cookies = self.sites.cookies_of(response.url)
        session: dict[str, Any] = {"service_workers": "block", "accept_downloads": False}
        if cookies is not None:
            session["storage_state"] = {"cookies": cookies.for_browser(), "origins": []}
        meta = {
            "playwright": True,
            "playwright_context": name,
            "playwright_context_kwargs": session,
            "playwright_page_init_callback": partial(self._route, response),
            "playwright_page_goto_kwargs": {"wait_until": "load"},
            "playwright_page_methods": [_settle(self.seconds)],
        }
        kept = {name: request.headers.get(name) for name in ("User-Agent", "Accept-Language")}
        page = Request(response.url, headers={name: value for name, value in kept.items() if value}, meta=meta)
        try:
            return await self._rendered(page)
        finally:
            session_of = self.handler.context_wrappers.get(name)
            if session_of is not None:
                with suppress(Exception):  # the browser is gone, and the session with it
                    await session_of.context.close()

    async def _rendered(self, page: Request) -> bytes:
        """Render a page; a crawl that is stopping does not wait for it."""
        rendering = asyncio.ensure_future(self.handler.download_request(page))
        for _ in range(int(self.seconds * 3 / _LOOK) + 1):
            if (await asyncio.wait({rendering}, timeout=_LOOK))[0] or is_closing(self.crawler):
                break
        if rendering.cancel():
            if is_closing(self.crawler):
                raise StoppedError("the crawl stopped before the page was rendered")
            raise RenderError(f"the browser could not render the page in {self.seconds * 3:g} s")
        error = rendering.exception()
        if error is None:
            text: str = rendering.result().text
            return text.encode("utf-8", "replace")
        await asyncio.sleep(_LOOK)  # a signal to all processes ends the browser before the crawl receives it
        if is_closing(self.crawler):
            raise StoppedError("the crawl stopped before the page was rendered") from error
        raise RenderError(f"the browser could not render the page: {one_line(str(error) or type(error).__name__)}")

    async def _route(self, response: Response, page: Any, request: Request) -> None:
        """Route to a browser's page the response as its document, and its scripts' requests, and nothing else."""
        headers = {"content-type": (response.headers.get(b"Content-Type") or b"text/html").decode("latin-1")}
        documents = iter([response.body])

        async def decide(route: Any) -> None:
            request = route.request
            if request.is_navigation_request():
                body = next(documents, None)
                if body is None:
                    await route.fulfill(status=204)  # a frame, or a script that leads elsewhere: the page stays
                else:
                    await route.fulfill(status=200, headers=headers, body=body)
            elif request.resource_type in _ALLOWED_TYPES and request.url.startswith(("http://", "https://")):
                await self._forward(route)
            else:
                await route.abort()

        await page.route("**", decide)

    async def _forward(self, route: Any) -> None:
        """Have the downloader send a script's request, and give the browser the response."""
        sent = route.request
        headers = {name: value for name, value in (await sent.all_headers()).items() if not name.startswith(_HOP)}
        request = Request(
            sent.url,
            callback=NO_CALLBACK,
            method=sent.method,
            headers=headers,
            body=sent.post_data_buffer or b"",
            meta={CLEAN: False, "dont_retry": True, "download_slot": SLOT},
        )
        try:
            response = await self.crawler.engine.download_async(request)
        except Exception as error:  # whatever it is, the script goes without
            host = urlparse_cached(request).hostname or ""
            if isinstance(error, RefusedUrlError) and host not in self._refused:
                self._refused.add(host)
                logger.warning("a page's script requested %s: %s, so it was refused", one_line(host), one_line(error))
            await route.abort()
            return
        kept = {}
        for name, values in response.headers.items():
            if not (key := name.decode("latin-1").lower()).startswith(_HOP):
                kept[key] = (b"\n" if key == "set-cookie" else b", ").join(values).decode("latin-1")
        await route.fulfill(status=response.status, headers=kept, body=response.body)


def _settle(seconds: float) -> Any:
    from playwright.async_api import Page
    from playwright.async_api import TimeoutError as OutOfTime
    from scrapy_playwright.page import PageMethod

    async def settle(page: Page) -> None:
        try:
            await page.wait_for_load_state("networkidle", timeout=seconds * 1000)
        except OutOfTime:
            logger.info("%s still loads after %g s: it is used as it is", page.url, seconds)

    return PageMethod(settle)


def browser(settings: BaseSettings) -> str | None:
    """Return the path of the browser: NEWSCRAWL_BROWSER, else the system's Chromium, else ``None``."""
    named: str | None = settings.get("NEWSCRAWL_BROWSER")
    return named or next(filter(None, map(shutil.which, _BROWSERS)), None)


def complaint(settings: BaseSettings, sites: SiteFiles) -> str | None:
    """Return why the sites to be rendered cannot be, or ``None``."""
    path = next((path for path, site in sites.asked_specially() if site.get("render")), None)
    if path is None:
        return None
    if importlib.util.find_spec("scrapy_playwright") is None:
        return f"the site file {path} says render = true, which needs scrapy-playwright: {EXTRA}"
    named = settings.get("NEWSCRAWL_BROWSER")
    if named and shutil.which(named) is None:
        return f"NEWSCRAWL_BROWSER={named}: there is no such program"
    return None
