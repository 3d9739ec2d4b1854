"""Former place of `newscrawl.exporters.zyte`, for settings that name it."""

from newscrawl.exporters.zyte import ZyteArticleExporter

__all__ = ["ZyteArticleExporter"]
