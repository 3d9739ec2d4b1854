"""Which form of the code runs: plain Python, or the pure rooms as compiled by ``make fast``.

A build in a checkout writes a manifest of the sources it was made from. Where a source has changed since, the compiled
modules are older than the code, and all is imported as plain Python instead. An installed wheel has no manifest: its
two forms were installed together.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterable, Sequence
from importlib.machinery import SOURCE_SUFFIXES, FileFinder, ModuleSpec, SourceFileLoader
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

PLAIN = "NEWSCRAWL_PLAIN"
"""Environment variable that has all imported as plain Python."""
PACKAGE = Path(__file__).parent
MANIFEST = PACKAGE / ".compiled.json"
_PROBE = "newscrawl.parsing.tree"


class PlainFinder:
    """Finds the package's modules among its sources only."""

    @staticmethod
    def find_spec(name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        """Return the spec of a module's source file, or ``None`` where the module is none of this package."""
        if path is None or not name.startswith("newscrawl."):
            return None
        found = (FileFinder(folder, (SourceFileLoader, SOURCE_SUFFIXES)).find_spec(name) for folder in path)
        return next((spec for spec in found if spec is not None), None)


def choose() -> None:
    """Have the package imported as plain Python where that is set, or where compiled modules are out of date."""
    is_set = os.environ.get(PLAIN, "0") not in ("", "0")
    if not is_set and not (old := out_of_date(MANIFEST)):
        return
    if not is_set:
        sys.stderr.write(
            f"newscrawl runs as plain Python: {old} changed since `make fast` compiled it; run `make fast` again, "
            "or `make clean-fast`\n"
        )
        os.environ[PLAIN] = "1"  # said once, not by each process that this one starts
    sys.meta_path.insert(0, PlainFinder)


def out_of_date(manifest: Path) -> str:
    """Return the first source that is not as it was when the manifest was written, or ``""``."""
    try:
        known: dict[str, list[int | str]] = json.loads(manifest.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return ""
    except (OSError, ValueError):
        return manifest.name
    for name, (changed, size, digest) in known.items():
        path = manifest.parent / name
        try:
            status = path.stat()
            if (status.st_mtime_ns, status.st_size) != (changed, size) and _digest(path) != digest:
                return name
        except OSError:
            return name
    return ""


def read_sources(paths: Iterable[Path], folder: Path = PACKAGE) -> str:
    """Return the manifest of sources as they are now."""
    known = {}
    for path in paths:
        status = path.stat()
        known[str(path.relative_to(folder))] = (status.st_mtime_ns, status.st_size, _digest(path))
    return json.dumps(known)


def form() -> str:
    """Return which form of the code runs: ``"compiled"`` or ``"plain"``."""
    spec = find_spec(_PROBE)
    return "plain" if spec is None or str(spec.origin).endswith(".py") else "compiled"


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
