"""URLs requested at a run's start and end: monitors such as Healthchecks alarm where no ping arrives."""

from __future__ import annotations

import sys
from http.client import HTTPException
from urllib.request import Request, urlopen

from scrapy.settings import BaseSettings

from newscrawl.exceptions import PingError
from newscrawl.exitcodes import ExitCode
from newscrawl.text.plain import one_line

SECONDS = 10
"""Timeout of a ping in seconds."""
SETTINGS = ("NEWSCRAWL_PING_START", "NEWSCRAWL_PING_SUCCESS", "NEWSCRAWL_PING_FAILURE")


class Pings:
    """Pings the URLs of the settings `SETTINGS` when a run begins and ends.

    The failure URL gets every exit code but 0 and 75; 75 is not reported: the other run pings. The body of
    the last ping is the summary. A ping that fails is one warning on standard error, and never changes the exit code.
    """

    def __init__(self, settings: BaseSettings) -> None:
        self._urls = {name: str(settings.get(name)) for name in SETTINGS if settings.get(name)}
        for name, url in self._urls.items():
            if not url.lower().startswith(("http://", "https://")):
                raise PingError(f"{name}: {url} is not a URL: it has to begin with http:// or https://")

    def started(self) -> None:
        """Ping the start of the run."""
        self._send("NEWSCRAWL_PING_START", "")

    def ended(self, code: int, summary: str = "") -> None:
        """Ping the end of the run."""
        if code == ExitCode.OK:
            self._send("NEWSCRAWL_PING_SUCCESS", summary)
        elif code != ExitCode.LOCKED:
            self._send("NEWSCRAWL_PING_FAILURE", summary or f"exit code {int(code)}")

    def _send(self, name: str, text: str) -> None:
        if name not in self._urls:
            return
        try:
            request = Request(
                self._urls[name], text.encode(), {"User-Agent": "newscrawl", "Content-Type": "text/plain"}
            )
            with urlopen(request, timeout=SECONDS) as response:
                response.read(1000)
        except (OSError, ValueError, HTTPException) as error:  # the URL is a secret with many services
            why = one_line(getattr(error, "reason", None) or error, limit=200)
            sys.stderr.write(f"newscrawl: the ping of {name} failed ({why})\n")
