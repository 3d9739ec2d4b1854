"""What is said of an answer whose head is too long; apart from the handler, which takes a while to import."""

from __future__ import annotations

TOO_LONG = "the head of the answer is longer than NEWSCRAWL_MAX_HEAD_KB"
