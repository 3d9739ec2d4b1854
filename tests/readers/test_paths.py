from __future__ import annotations

from pathlib import Path

import pytest

from newscrawl.exceptions import PathError
from newscrawl.readers.paths import expand


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.warc.gz", "a.warc", "deep/c.warc.gz", "notes.txt", "odd [1].warc"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
    return tmp_path


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("", ["a.warc", "b.warc.gz", "c.warc.gz", "odd [1].warc"]),
        ("*.warc.gz", ["b.warc.gz"]),
        ("**/*.warc.gz", ["b.warc.gz", "c.warc.gz"]),
        ("a.warc", ["a.warc"]),
        ("odd [1].warc", ["odd [1].warc"]),  # a name that is there wins over a glob
        ("deep/../a.warc", ["a.warc"]),
    ],
)
def test_found(folder: Path, path: str, found: list[str]) -> None:
    files = expand(f"{folder}/{path}", (".warc", ".warc.gz"))
    assert [file.name for file in files] == found
    assert all(".." not in file.parts for file in files)


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("none.warc", "no file or folder"),
        ("*.zip", "no file matches"),
        ("notes.txt", "is not a .warc or .warc.gz file"),
        ("a.warc\0", "NUL"),
    ],
)
def test_nothing_found(folder: Path, path: str, message: str) -> None:
    with pytest.raises(PathError, match=message):
        expand(f"{folder}/{path}", (".warc", ".warc.gz"))


def test_folder_without_files(tmp_path: Path) -> None:
    with pytest.raises(PathError, match=r"no \.warc or \.warc\.gz file in the folder"):
        expand(str(tmp_path), (".warc", ".warc.gz"))


def test_empty() -> None:
    with pytest.raises(PathError, match="empty"):
        expand(" ", (".warc", ".warc.gz"))
