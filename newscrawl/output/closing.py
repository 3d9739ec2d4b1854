"""Closing of an output: post-processing, renames and appends, planned first, so that a kill can be made up for."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newscrawl.output.file import sync_folder
from newscrawl.output.postprocess import postprocess
from newscrawl.store.peek import counts_lines

if TYPE_CHECKING:
    from newscrawl.store.store import Store

Step = tuple[str, ...]
"""``("rename", from, to)``, ``("replace", from, to)``, ``("append", from, to, size of the target before)``, or
``("remove", path)``."""


def part_of(path: Path) -> Path:
    """Return the name of an output while it is written."""
    return path.with_name(f"{path.name}.part")


def renamings(written: Path, path: Path, *, keep_earlier: bool) -> list[Step]:
    """Return the plan to rename ``written`` to ``path``; an earlier file becomes ``<name>.1``, that one ``.2``."""
    steps: list[Step] = []
    if keep_earlier and holds_something(path):
        free = next(number for number in count(1) if not _numbered(path, number).exists())
        steps = [
            ("rename", str(_numbered(path, number - 1)), str(_numbered(path, number))) for number in range(free, 0, -1)
        ]
    return [*steps, ("replace", str(written), str(path))]


def _numbered(path: Path, number: int) -> Path:
    return path.with_name(f"{path.name}.{number}") if number else path


def holds_something(path: Path) -> bool:
    """Tell whether the file exists and is not empty."""
    try:
        return path.stat().st_size > 0
    except OSError:
        return False


def carry_out(plan: Sequence[Sequence[str]]) -> None:
    """Execute a plan, or its remaining steps: a step whose source is gone, or whose target exists, is done."""
    for step in plan:
        kind, source = step[0], Path(step[1])
        if kind == "remove":
            source.unlink(missing_ok=True)
        elif not source.exists():
            continue
        elif kind == "rename":
            if not Path(step[2]).exists():
                source.rename(step[2])
        elif kind == "replace":
            source.replace(step[2])
        elif kind == "append":
            _append(source, Path(step[2]), int(step[3]))
        sync_folder(source.parent)


def _append(source: Path, target: Path, size: int) -> None:
    with target.open("ab") as file:
        os.ftruncate(file.fileno(), size)
        with source.open("rb") as read:
            shutil.copyfileobj(read, file, 1 << 20)
        file.flush()
        os.fsync(file.fileno())
    source.unlink()


def moved(plan: Sequence[Sequence[str]]) -> list[tuple[str, str]]:
    """Return the renames of earlier outputs in a plan, in order."""
    return [(step[1], step[2]) for step in plan if step[0] == "rename"]


def finish(store: Store, number: int, writing: Path, path: Path, size: int, options: Mapping[str, Any]) -> None:
    """Give an output its final name: post-process it, move an earlier file away, rename it.

    The file's lines must be durable and committed. Raises `OSError` and `StoreError`; can be called again after a kill.
    """
    plan = _plan(store, writing, path, options)
    if not plan:
        store.outputs.closed(number, [])
        return
    store.outputs.closing(number, plan)
    carry_out(plan)
    store.outputs.closed(number, moved(plan))


def _plan(store: Store, writing: Path, path: Path, options: Mapping[str, Any]) -> list[Step]:
    if writing == path:
        return []
    if "postprocessing" not in options:
        return renamings(writing, path, keep_earlier=keeps_earlier(store, path))
    done = part_of(path)
    postprocess(writing, done, options)
    removal: Step = ("remove", str(writing))
    if options.get("append"):
        before = path.stat().st_size if path.exists() else 0
        return [("append", str(done), str(path), str(before)), removal]
    return [*renamings(done, path, keep_earlier=keeps_earlier(store, path)), removal]


def keeps_earlier(store: Store, path: Path) -> bool:
    """Tell whether an earlier output of this name is kept: always, except where no store counts its lines."""
    return bool(store.enabled or counts_lines(store.setting, path))
