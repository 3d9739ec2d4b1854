"""Scrapy's parser of robots.txt with a bounded file size, only lines that it parses correctly, and whole tokens."""

from __future__ import annotations

import codecs
import logging
import re
from typing import Final, Self

from scrapy.crawler import Crawler
from scrapy.robotstxt import ProtegoRobotParser

logger = logging.getLogger(__name__)

DEFAULT = 500
_KIB = 1024
_AGENT: Final = re.compile(rb"(?i)\A\s*user[- ]?agent[: \t]+([\w*.-]+)")
_TOKEN: Final = re.compile(r"[\w*.-]+")
_KNOWN: Final = re.compile(
    rb"(?i)\s*(?:user[- ]?agent|di[as]{1,4}l{1,2}[ao]w|allow|site-?maps?|host"
    rb"|crawl[- ]delay|request[- ]rate|visit[- ]time)\b"
)
"""Names of lines, and their misspellings, that Protego reads."""


class BoundedRobotParser(ProtegoRobotParser):
    """Reads the first NEWSCRAWL_MAX_ROBOTS_KB of a robots.txt, to the end of the last complete line.

    A group applies to the agents whose product token it names in full (RFC 9309, section 2.2.1); Protego applies that
    of ``news`` to ``newscrawl``, too.
    """

    _tokens: frozenset[str]
    _matched: dict[str | bytes, str]

    @classmethod
    def from_crawler(cls, crawler: Crawler, robotstxt_body: bytes) -> Self:
        """Parse a file, truncated where it is longer; that is counted as ``newscrawl/robots_cut``."""
        limit = crawler.settings.getint("NEWSCRAWL_MAX_ROBOTS_KB", DEFAULT) * _KIB
        if len(robotstxt_body) > limit:
            logger.info("a robots.txt has %s KiB: NEWSCRAWL_MAX_ROBOTS_KB are read", len(robotstxt_body) // _KIB)
            crawler.stats.inc_value("newscrawl/robots_cut")
            robotstxt_body = first_lines(robotstxt_body, limit)
        lines = known_lines(robotstxt_body)
        made = super().from_crawler(crawler, lines)
        made._tokens = tokens_in(lines)
        made._matched = {}
        return made

    def allowed(self, url: str | bytes, user_agent: str | bytes) -> bool:
        """Tell whether an agent, given by its product token or its whole User-Agent header, may fetch a URL."""
        return super().allowed(url, self.token_of(user_agent))

    def crawl_delay(self, user_agent: str | bytes) -> float | None:
        """Return the seconds between two requests of an agent, ``None`` where the file does not say."""
        return super().crawl_delay(self.token_of(user_agent))

    def token_of(self, user_agent: str | bytes) -> str:
        """Return the longest token of the file that an agent has, ``*`` where it has none."""
        if user_agent not in self._matched:
            text = user_agent.decode("latin-1") if isinstance(user_agent, bytes) else user_agent
            own = {token.strip("*") for token in _TOKEN.findall(text.lower())}
            starts = (token[:-1] for token in self._tokens if token.endswith("*"))
            found = (own & self._tokens) | {start for start in starts if any(one.startswith(start) for one in own)}
            self._matched[user_agent] = max(found, key=len, default="") or "*"
        return self._matched[user_agent]


def tokens_in(body: bytes) -> frozenset[str]:
    """Return the product tokens of a robots.txt's groups in lower case; some have a ``*`` at the end.

    >>> sorted(tokens_in(b"User-agent: A-Bot\\nuser-agent: b*\\nDisallow: /"))
    ['a-bot', 'b*']
    """
    found = (_AGENT.match(line) for line in body.splitlines())
    return frozenset(match[1].decode("ascii").lower() for match in found if match)


def known_lines(body: bytes) -> bytes:
    """Return the known lines of a robots.txt, without the versions of user agents.

    A line of another name does not end a group (RFC 9309, section 2.2.1), as it would in Protego; a product token has
    no version.

    >>> known_lines(b"User-agent: a/1.0\\nX-Policy: none\\nUser-agent: b")
    b'User-agent: a\\nUser-agent: b'
    """
    body = body.removeprefix(codecs.BOM_UTF8)
    known = (line for line in body.splitlines() if _KNOWN.match(line))
    return b"\n".join(match[0] if (match := _AGENT.match(line)) else line for line in known)


def first_lines(body: bytes, limit: int) -> bytes:
    """Return the complete lines in the first ``limit`` bytes: half a rule would disallow more than the whole one.

    >>> first_lines(b"Disallow: /a\\nDisallow: /b/c", 25)
    b'Disallow: /a'
    """
    start = body[: limit + 1]
    return body if len(body) <= limit else start[: max(start.rfind(b"\n"), start.rfind(b"\r"), 0)]
