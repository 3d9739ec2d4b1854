"""Error message for responses with too long headers; apart from the handler, which is slow to import."""

from __future__ import annotations

TOO_LONG = "the head of the answer is longer than NEWSCRAWL_MAX_HEAD_KB"
