"""The store's memory of feeds, sitemaps and section pages, for the spiders that request them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, fields
from typing import TypeVar

from scrapy.crawler import Crawler
from scrapy.http import Response

from newscrawl.discovery.changes import changed_since
from newscrawl.discovery.found import Found, SourceKind
from newscrawl.discovery.schedule import (
    ScheduleBounds,
    Timetable,
    after_failure,
    after_success,
    is_due,
    may_ask_conditionally,
)
from newscrawl.exceptions import StoreError
from newscrawl.run.run import Run
from newscrawl.store.batch import Visit
from newscrawl.store.feeds import Discovered, Feed, Validators
from newscrawl.urls.canonical import canonical
from newscrawl.urls.site import site_name

_T = TypeVar("_T")
_TIMETABLE = [field.name for field in fields(Timetable)]
MAX_TRIES = 4
"""Runs in which a URL with a temporary failure is requested again."""


class SourceMemory:
    """Validators, schedules and URLs still to be read; empty with the store off or on a dry run.

    An error of the store stops the crawl (`newscrawl.output.outbox.Outbox.fail`).
    """

    def __init__(self, crawler: Crawler, *, writes: bool = True) -> None:
        run = Run.of(crawler)
        self._run = run if run.remembers else None
        self._writes = writes
        hours = crawler.settings.getfloat
        self._unconditional = int(hours("NEWSCRAWL_UNCONDITIONAL_HOURS") * 3600)
        self._bounds = ScheduleBounds(longest=int(hours("NEWSCRAWL_FEED_LONGEST_HOURS") * 3600))

    def _do(self, action: Callable[[Run], _T], otherwise: _T) -> _T:
        if self._run is None:
            return otherwise
        try:
            return action(self._run)
        except StoreError as error:
            self._run.outbox.fail(str(error))
            return otherwise

    def _put(self, action: Callable[[Run], None]) -> None:
        if self._writes:
            self._do(action, None)

    def sort(self, entries: Sequence[Found]) -> tuple[list[Found], list[Found]]:
        """Return the entries that were never read, due again or not, and those changed since they were read."""

        def read(own: Run) -> tuple[list[Found], list[Found]]:
            seen = [own.store.articles.last_seen(canonical(entry.url)) for entry in entries]
            pairs = list(zip(entries, seen, strict=True))
            known = [(entry, at) for entry, at in pairs if at is not None]
            new = [entry for entry, at in pairs if at is None and not own.store.is_taken_down(entry.url)]
            return new, changed_since(known, own.store.database.now())

        nothing: tuple[list[Found], list[Found]] = (list(entries), [])
        return self._do(read, nothing)

    def is_due(self, url: str) -> bool:
        """Tell whether it is time to request a source."""
        return self._do(lambda own: is_due(_timetable(own.store.feeds.feed(url)), own.store.database.now()), True)

    def is_failing(self, url: str) -> bool:
        """Tell whether the last visit to a source failed."""
        return self._do(lambda own: _timetable(own.store.feeds.feed(url)).is_failing, False)

    def headers(self, url: str) -> dict[str, str]:
        """Return the headers that make a request for a source conditional; none when an unconditional one is due."""

        def read(own: Run) -> dict[str, str]:
            known = own.store.feeds.validators(url)
            if known is None or not may_ask_conditionally(
                own.store.database.now(), known.unconditional, self._unconditional
            ):
                return {}
            found = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
            return {name: value for name, value in found.items() if value}

        return self._do(read, {})

    def looked(
        self,
        url: str,
        kind: SourceKind,
        response: Response,
        found: Iterable[Found] = (),
        new: Sequence[Found] = (),
        changed: Sequence[Found] = (),
        *,
        keep: bool = True,
    ) -> None:
        """Store a visit: first the URLs to be read, then the validators, so that a kill in between loses none.

        Without ``keep`` no validators are stored: not all entries of the source were taken.
        """

        def write(own: Run) -> None:
            feeds, now = own.store.feeds, own.store.database.now()
            feeds.expect(Discovered(item.url, item.facts(kind), url) for item in (*new, *changed))
            known = feeds.validators(url)
            sent = response.request.headers if response.request else {}
            is_conditional = b"If-None-Match" in sent or b"If-Modified-Since" in sent
            since = known.unconditional if known is not None and is_conditional else now
            if response.status == 304 and known is not None:
                etag, modified, body = known.etag, known.last_modified, known.body_hash
            else:
                etag, modified = _header(response, b"ETag"), _header(response, b"Last-Modified")
                body = hashlib.sha256(response.body).hexdigest()
            if not keep:
                etag = modified = None
            if etag or modified or known is not None:
                feeds.put_validators(Validators(url, etag, modified, body, now, since))
            earlier = feeds.feed(url)
            about = next((site_name(item.url) for item in found), earlier.site if earlier else site_name(url))
            table = after_success(_timetable(earlier), now, len(new), self._bounds)
            feeds.put_feed(Feed(url=url, site=about, kind=kind, **asdict(table)))

        self._put(write)

    def failed(self, url: str, kind: SourceKind, reason: str) -> bool:
        """Store a failed visit; tell whether the source is retired by it."""

        def write(own: Run) -> None:
            feeds, now = own.store.feeds, own.store.database.now()
            earlier = feeds.feed(url)
            table = after_failure(_timetable(earlier), now, reason, self._bounds)
            about = earlier.site if earlier else site_name(url)
            feeds.put_feed(Feed(url=url, site=about, kind=kind, **asdict(table)))
            retired.append(table.retired is not None and (earlier is None or earlier.retired is None))

        retired: list[bool] = []
        self._put(write)
        return any(retired)

    def sites_of(self, url: str) -> list[str]:
        """Return the sites whose articles a source lists: its own, and the one it listed last."""
        known = self._do(lambda own: own.store.feeds.feed(url), None)
        return list(dict.fromkeys(name for name in (known.site if known else "", site_name(url)) if name))

    def left_over(self, url: str, host: str) -> list[Discovered]:
        """Return URLs of a source or site that were listed and never read, and those due for another visit."""

        def read(own: Run) -> list[Discovered]:
            due = own.store.articles.due(host)
            waiting = own.store.feeds.expected(host) + own.store.feeds.expected_from(url)
            return waiting + [Discovered(url, {}) for url in due]

        return self._do(read, [])

    def not_read(self, url: str, *, for_good: bool) -> None:
        """Store that a URL could not be read.

        ``for_good``: it is scheduled like a page that is not an article. Others are requested in the next runs,
        `MAX_TRIES` times.
        """

        def write(own: Run) -> None:
            feeds = own.store.feeds
            if for_good:
                own.outbox.visited(Visit(canonical(url), url, site_name(url), None))
                return
            feeds.tried(url)
            if feeds.tries(url) >= MAX_TRIES:
                feeds.give_up(url)

        self._put(write)


def _timetable(feed: Feed | None) -> Timetable:
    return Timetable() if feed is None else Timetable(**{name: getattr(feed, name) for name in _TIMETABLE})


def _header(response: Response, name: bytes) -> str | None:
    return (response.headers.get(name) or b"").decode("latin-1").strip()[:500] or None
