"""CSV that a spreadsheet opens without running formulas from a page."""

from __future__ import annotations

import json
from typing import Any

from scrapy.exporters import CsvItemExporter

from newscrawl.text.plain import scrub

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


class SafeCsvExporter(CsvItemExporter):
    """Scrapy's exporter of CSV, with lists and objects as JSON, and formulas escaped.

    A text that a spreadsheet would evaluate as a formula is prefixed with an apostrophe, as spreadsheets themselves do;
    programs that read the file remove it again, or use JSON Lines.
    """

    def serialize_field(self, field: Any, name: str, value: Any) -> Any:
        """Return the cell of a field."""
        value = scrub(super().serialize_field(field, name, value))
        if isinstance(value, list | tuple | dict):
            value = json.dumps(value, ensure_ascii=False)
        return inert(value) if isinstance(value, str) else value


def inert(text: str) -> str:
    """Return ``text`` escaped so that no spreadsheet evaluates it as a formula.

    >>> inert('=HYPERLINK("http://evil.example")'), inert("- a list"), inert("plain")
    ('\'=HYPERLINK("http://evil.example")', "'- a list", 'plain')
    """
    return f"'{text}" if text.lstrip(" \n").startswith(_FORMULA) or text.startswith(_FORMULA) else text
