"""Exceptions that cross rooms: raised in one, caught in another. Each says who raises it.

Those of Scrapy's kinds end a request or an item quietly:

- `IgnoreRequest`: `RefusedUrlError`, `ReservedError`, `RenderError`, `RetryLaterError`, `RobotsUnreachableError`,
  `StoppedError`
- `DropItem`: `NotAnArticleError`, `UnchangedError`

A user's mistake is a `ValueError` whose message is one line that names the thing and says what to do: `ArgumentError`,
`SettingError`, `CookieFileError`, `PathError`, `TargetError`, `PingError`.

The pure packages keep theirs, since they import no Scrapy: `newscrawl.discovery.found.SourceError`,
`newscrawl.text.patterns.PatternError`.
"""

from __future__ import annotations

from scrapy.exceptions import DropItem, IgnoreRequest


class RefusedUrlError(IgnoreRequest):
    """A URL that may not be requested; the message says why. Raised by `UrlGuard`."""


class ReservedError(IgnoreRequest):
    """The publisher reserves text and data mining. Raised by `ReservationsMiddleware` and `NewsSpider`."""


class RenderError(IgnoreRequest):
    """A page that the browser could not draw. Raised by `RenderMiddleware`."""


class RetryLaterError(IgnoreRequest):
    """A site asked not to be visited for longer than this run waits. Raised by `BackOffRetryMiddleware`."""


class RobotsUnreachableError(IgnoreRequest):
    """A robots.txt could not be read; ``reason`` as in `failures.jsonl`. Raised by `StrictRobotsMiddleware`."""

    def __init__(self, reason: str, sentence: str) -> None:
        super().__init__(sentence)
        self.reason = reason


class StoppedError(IgnoreRequest):
    """The crawl stopped before a request was sent. Raised by `PromptShutdown`."""


class ExtractionError(Exception):
    """The extraction of a page failed, which is a fault of this program. Raised by `CleaningMiddleware`."""


class ExtractionLimitError(Exception):
    """A page would have taken more time or memory than one may. Raised by `CleaningMiddleware`."""


class DocumentError(Exception):
    """A document that no extraction came of. Raised by `ExtractionPool.run`."""


class LimitError(DocumentError):
    """A document that would have taken more time or memory than it may. Raised by `ExtractionPool.run`."""


class NotAnArticleError(DropItem):
    """A page that is not an article. Raised by `CheckRecordPipeline`."""


class UnchangedError(DropItem):
    """An article whose text is known already. Raised by `DecidePipeline`."""


class StoreError(Exception):
    """The store cannot be used; the message is one line that names it. Raised by `newscrawl.store`."""

    passes: bool = False
    """Whether another program's transaction was all that stood in the way."""


class OutputBusyError(OSError):
    """Another program writes to the file. Raised by `DurableFile` and `lock`."""


class LockedError(Exception):
    """Another run of the same job is on. Raised by `lock_job`."""


class ArgumentError(ValueError):
    """A wrong, unknown or missing argument; the message names it and says what to do. Raised by `parse`."""


class SettingError(ValueError):
    """A setting that names a folder or file which cannot be read. Raised by `SiteFiles.of_settings`."""


class CookieFileError(ValueError):
    """A file of cookies that cannot be used; the message names it and says why. Raised by `SiteCookies`."""


class PathError(ValueError):
    """A path that means no file; the message says why. Raised by `expand`."""


class TargetError(ValueError):
    """A target that gives no document; the message says why and what to do. Raised by `load`."""


class PingError(ValueError):
    """A setting that is not an HTTP URL. Raised by `Pings`."""


class RemoteError(Exception):
    """A remote place cannot be read; the message is one line. Raised by `Bucket`."""
