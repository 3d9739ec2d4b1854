"""A subscriber's own cookies, from a file that a site file names. No message tells what a cookie holds."""

from __future__ import annotations

from http.cookiejar import Cookie, CookieJar
from pathlib import Path
from typing import Any
from urllib.request import Request

from newscrawl.exceptions import CookieFileError

_HTTP_ONLY = "#HttpOnly_"
_FLAGS = {"TRUE": True, "FALSE": False}


class SiteCookies:
    """The cookies of one site, in Netscape's format: as curl, yt-dlp and add-ons of browsers write it.

    Raises `CookieFileError` where the file is missing, malformed or holds no cookie.
    """

    def __init__(self, path: Path, site: str) -> None:
        self.site = site
        self._jar = CookieJar()
        try:
            lines = path.read_text(encoding="utf-8").split("\n")
        except UnicodeDecodeError:
            raise CookieFileError(f"{path} is no file of cookies in Netscape's format: it is no text") from None
        except OSError as error:
            raise CookieFileError(f"the file of cookies {path} cannot be read: {error.strerror or error}") from None
        self._cookies: list[Cookie] = []
        for number, line in enumerate(lines, 1):
            line = line.strip("\r\n")
            if line.strip() and (line.startswith(_HTTP_ONLY) or not line.startswith("#")):
                try:
                    self._cookies.append(_cookie(line))
                except ValueError:
                    why = f"line {number} has not seven fields with tabs between"
                    raise CookieFileError(f"{path} is no file of cookies in Netscape's format: {why}") from None
        if not self._cookies:
            raise CookieFileError(f"there is no cookie in {path}")
        for cookie in self._cookies:
            self._jar.set_cookie(cookie)

    @property
    def have_expired(self) -> bool:
        """Whether the time of all of them is over."""
        return all(cookie.is_expired() for cookie in self._cookies)

    def header(self, url: str) -> str | None:
        """Return the value of the header ``Cookie`` for a request to ``url``, or ``None`` where no cookie fits."""
        try:
            request = Request(url)
        except ValueError:
            return None
        self._jar.add_cookie_header(request)
        return request.get_header("Cookie")

    def for_browser(self) -> list[dict[str, Any]]:
        """Return the cookies in Playwright's format: for the site's own hosts, and for no others."""
        return [found for cookie in self._cookies if (found := self._for_browser(cookie)) is not None]

    def _for_browser(self, cookie: Cookie) -> dict[str, Any] | None:
        domain = cookie.domain.lstrip(".").lower()
        if domain == self.site or domain.endswith(f".{self.site}"):
            domain = cookie.domain
        elif self.site.endswith(f".{domain}"):
            domain = f".{self.site}"  # the browser is not to send it to the hosts beside this site
        else:
            return None
        return {
            "name": cookie.name,
            "value": cookie.value or "",
            "domain": domain,
            "path": cookie.path or "/",
            "expires": cookie.expires or -1,
            "httpOnly": cookie.has_nonstandard_attr("HttpOnly"),
            "secure": bool(cookie.secure),
            "sameSite": "Lax",
        }


def _cookie(line: str) -> Cookie:
    """Parse a line of the file; raises `ValueError` where it is invalid.

    Python's own reader treats session cookies (expiry 0) as expired, and refuses files whose second field does not
    follow from the first, as add-ons write them.
    """
    http_only = line.startswith(_HTTP_ONLY)
    domain, subdomains, path, secure, expires, name, value = line.removeprefix(_HTTP_ONLY).split("\t")
    if subdomains.upper() not in _FLAGS or secure.upper() not in _FLAGS or not domain.strip("."):
        raise ValueError("no cookie")
    bare = domain.strip().lstrip(".").lower()
    for_all = _FLAGS[subdomains.upper()]
    return Cookie(
        version=0,
        name=name or value,
        value=value if name else None,
        port=None,
        port_specified=False,
        domain=f".{bare}" if for_all else bare,
        domain_specified=for_all,
        domain_initial_dot=for_all,
        path=path or "/",
        path_specified=True,
        secure=_FLAGS[secure.upper()],
        expires=int(float(expires or 0)) or None,
        discard=False,
        comment=None,
        comment_url=None,
        rest={"HttpOnly": ""} if http_only else {},
    )
