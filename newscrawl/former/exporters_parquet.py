"""Former place of `newscrawl.exporters.parquet`, for settings that name it."""

from newscrawl.exporters.parquet import ParquetExporter, ParquetPlugin

__all__ = ["ParquetExporter", "ParquetPlugin"]
