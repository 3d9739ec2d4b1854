"""A subscriber's own cookies, sent to the site whose file lists them, and to no other."""

from __future__ import annotations

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http.request import NO_CALLBACK

from newscrawl.run.component import Component
from newscrawl.run.run import Run

_OURS = "newscrawl_cookies"


class SiteCookiesMiddleware(Component):
    """Downloader middleware that puts the cookies of a site file (``cookies = "file"``) on requests to that site.

    It sees each request, also after a redirect, removes the cookies set for an earlier URL, and adds those that match
    this one: its site's file by the host, then domain, path and ``secure`` of each cookie. robots.txt is requested
    without. Cookies that the site sets (Set-Cookie) are not kept.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.sites = Run.of(crawler).site_files
        if not any("cookies" in site for _, site in self.sites.asked_specially()):
            raise NotConfigured

    def process_request(self, request: Request) -> None:
        """Set the Cookie header for the URL requested."""
        if request.meta.pop(_OURS, False):
            request.headers.pop("Cookie", None)
        if request.callback is NO_CALLBACK:
            return
        cookies = self.sites.cookies_of(request.url)
        header = cookies.header(request.url) if cookies else None
        if header:
            request.headers["Cookie"] = header
            request.meta[_OURS] = True
