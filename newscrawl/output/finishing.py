"""Finishing of an output at the end: post-process it, move an earlier file away, rename it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from newscrawl.output.closing import Step, carry_out, moved, part_of, renamings
from newscrawl.output.postprocess import postprocess
from newscrawl.store.peek import counts_lines
from newscrawl.store.store import Store

LINE_FORMATS = ("jsonlines", "jsonl", "jl")


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
