"""A subscriber's own cookies, sent to the site whose file names them, and to no other."""

from __future__ import annotations

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http.request import NO_CALLBACK

from newscrawl.run.run import Run
from newscrawl.sites.site_files import SiteFiles

_OURS = "newscrawl_cookies"


class SiteCookiesMiddleware:
    """Downloader middleware that puts the cookies of a site file (``cookies = "file"``) on requests to that site.

    It sees each request, those after a redirect too, takes off what it put on for an earlier address, and adds what
    fits this one: its site's file by the host, then domain, path and ``secure`` of each cookie. robots.txt is asked
    for without. What the site answers with (Set-Cookie) is not kept.
    """

    def __init__(self, sites: SiteFiles) -> None:
        self.sites = sites

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the middleware; raises `NotConfigured` where no site file names cookies."""
        sites = Run.of(crawler).site_files
        if not any("cookies" in site for _, site in sites.asked_specially()):
            raise NotConfigured
        return cls(sites)

    def process_request(self, request: Request) -> None:
        """Set the header for the address that is asked for."""
        if request.meta.pop(_OURS, False):
            request.headers.pop("Cookie", None)
        if request.callback is NO_CALLBACK:
            return
        cookies = self.sites.cookies_of(request.url)
        header = cookies.header(request.url) if cookies else None
        if header:
            request.headers["Cookie"] = header
            request.meta[_OURS] = True
