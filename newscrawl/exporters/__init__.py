"""Exporters of records: JSON Lines, CSV, Parquet, and the field names of zyte-common-items."""

from newscrawl.exporters.json_lines import ArticleLinesExporter

__all__ = ["ArticleLinesExporter"]
