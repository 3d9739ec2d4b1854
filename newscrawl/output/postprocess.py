"""Compression and other post-processing of a feed by Scrapy, once the plain lines are complete."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from scrapy.extensions.postprocessing import PostProcessingManager
from scrapy.utils.misc import load_object


def plain_options(feed_options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the plugins of a feed and their options as far as JSON can hold them: a later run may need them."""
    plugins = feed_options.get("postprocessing") or ()
    if not plugins:
        return {}
    kept = {
        name: value
        for name, value in feed_options.items()
        if name.startswith(("gzip_", "bz2_", "lzma_")) and isinstance(value, str | int | float | bool | type(None))
    }
    names = [plugin if isinstance(plugin, str) else f"{plugin.__module__}.{plugin.__qualname__}" for plugin in plugins]
    return {"postprocessing": names, **kept}


def postprocess(plain: Path, target: Path, options: Mapping[str, Any]) -> None:
    """Write the output of the plugins of ``options`` for ``plain`` to ``target``, durably."""
    plugins = [load_object(name) for name in options["postprocessing"]]
    with target.open("wb") as file:
        manager = PostProcessingManager(plugins, file, dict(options))
        with plain.open("rb") as read:
            shutil.copyfileobj(read, manager, 1 << 20)
        manager.close()
        file.flush()
        os.fsync(file.fileno())
