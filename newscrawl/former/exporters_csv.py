"""Former place of `newscrawl.exporters.csv`, for settings that name it."""

from newscrawl.exporters.csv import SafeCsvExporter

__all__ = ["SafeCsvExporter"]
