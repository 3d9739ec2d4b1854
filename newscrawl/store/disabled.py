"""A store that is switched off: nothing is remembered, skipped or merged, and no database is imported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from newscrawl.store.batch import Batch


class DisabledOutputs:
    """Numbers for the outputs of one run; none of them outlives it."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def open(
        self, path: str, writing: str, *, size: int, file_format: str, options: Mapping[str, Any], run: int | None
    ) -> int:
        """Return a number for an output."""
        return next(self._numbers)

    def closing(self, number: int, plan: Sequence[Sequence[str]]) -> None:
        """Keep nothing of the renamings that are about to be made."""

    def closed(self, number: int, moved: list[tuple[str, str]]) -> None:
        """Keep nothing of an output that is closed."""

    def left_open(self) -> list[Any]:
        """Return none: no earlier run is known."""
        return []


class DisabledStore:
    """Stands in for `newscrawl.store.store.Store` where NEWSCRAWL_STORE_ENABLED is false."""

    enabled = False
    is_shared = False

    def __init__(self, setting: str | None = None) -> None:
        self.setting = setting
        self.outputs = DisabledOutputs()

    def status(self, url: str) -> Literal["unseen"]:
        """Return that no URL was seen."""
        return "unseen"

    def is_taken_down(self, url: str) -> bool:
        """Return that no URL was taken down."""
        return False

    def commit(self, batch: Batch) -> None:
        """Drop the batch."""

    def close(self) -> None:
        """Do nothing."""
