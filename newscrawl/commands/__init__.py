"""Commands of `scrapy`: crawl with checked arguments and exit codes."""

from __future__ import annotations

import gc

# Thousands of classes and functions are made while a command starts, and none of them is garbage: looking for some
# took a tenth of that time.
gc.freeze()
gc.set_threshold(50_000, 10, 10)
