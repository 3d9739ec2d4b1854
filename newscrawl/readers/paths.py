"""The files that a typed path matches."""

from __future__ import annotations

import glob
import os
from pathlib import Path

from newscrawl.exceptions import PathError
from newscrawl.text.near import did_you_mean

CORPUS_SUFFIXES = (".txt", ".md", ".jsonl")
WARC_SUFFIXES = (".warc", ".warc.gz", ".warc.zst")


def expand(path: str, suffixes: tuple[str, ...], *, any_suffix: bool = False) -> list[Path]:
    """Return the files that ``path`` (a file, a folder with all its subfolders, or a glob) matches, sorted.

    ``suffixes`` select files in a folder; a file given explicitly, or matched by a glob, needs one of them too unless
    ``any_suffix``. Raises `PathError` where nothing is found.
    """
    if not path.strip():
        raise PathError("path= is empty: give a file, a folder or a glob")
    if "\0" in path:
        raise PathError("path= holds a NUL character")
    wanted = Path(os.path.abspath(os.path.expanduser(path)))
    named = f"{', '.join(suffixes[:-1])} or {suffixes[-1]}"
    if wanted.is_dir():
        found = sorted(p for p in wanted.rglob("*") if p.name.lower().endswith(suffixes) and p.is_file())
        if not found:
            raise PathError(f"no {named} file in the folder {path}")
        return found
    if wanted.exists():
        found = [wanted]
    elif glob.has_magic(path):
        matches = sorted(glob.glob(os.path.expanduser(path), recursive=True))
        found = [Path(os.path.abspath(match)) for match in matches if not os.path.isdir(match)]
        if not found:
            raise PathError(f"no file matches {path}")
    else:
        raise PathError(f"there is no file or folder {path}{did_you_mean(path)}")
    if not any_suffix:
        found = [file for file in found if file.name.lower().endswith(suffixes)]
        if not found:
            raise PathError(f"{path} is not a {named} file")
    return found
