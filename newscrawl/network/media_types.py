"""The media type of a response: HTML or something else."""

from __future__ import annotations

_HTML = ("text/html", "application/xhtml+xml", "application/vnd.wap.xhtml+xml")
_VAGUE = ("", "application/xml", "text/xml", "application/octet-stream", "unknown/unknown")
_SNIFFED = 2048


def is_html(content_type: str | None, body: bytes) -> bool:
    """Tell whether a response is HTML: by its Content-Type, or by its first bytes where that is inconclusive."""
    name = (content_type or "").split(";", 1)[0].strip().lower()
    if name in _HTML:
        return True
    if name not in _VAGUE and "/" in name:
        return False
    start = body[:_SNIFFED].lower()
    return b"<html" in start or b"<!doctype html" in start
