"""Components that fail on purpose."""

from __future__ import annotations

from typing import Any


class BrokenPipeline:
    """Fails on every item."""

    async def process_item(self, item: Any) -> Any:
        raise RuntimeError("broken on purpose")
