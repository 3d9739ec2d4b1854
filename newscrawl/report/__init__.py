"""The report: one self-contained page on what a crawl got and whether to trust it."""

from __future__ import annotations

from typing import Final

FULL: Final = 1000
"""Articles that stand whole in the page, where nothing else is said."""
