"""The present instant, for what records when something was fetched or written."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> str:
    """Return the present instant in UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
