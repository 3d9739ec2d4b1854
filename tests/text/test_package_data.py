"""Values kept ready in a file: used where they are ours and fresh, made from the source in every other case."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from newscrawl.text import package_data
from newscrawl.text.package_data import kept, mapped, table, tables
from tests.support import ROOT


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "words.toml"
    path.write_text("one", encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NEWSCRAWL_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache"


def made(source: Path) -> tuple[object, int]:
    """The value kept for a source, and how often it was made for that."""
    times = 0

    def make() -> object:
        nonlocal times
        times += 1
        return {"words": (source.read_text(encoding="utf-8"), 1, None)}

    return kept("words", [source], make), times


def test_made_once(source: Path, folder: Path) -> None:
    value = {"words": ("one", 1, None)}
    assert [made(source), made(source)] == [(value, 1), (value, 0)]
    assert [file.name.split(".")[0] for file in folder.iterdir()] == ["words"]


def test_made_anew_when_a_source_changes(source: Path, folder: Path) -> None:
    made(source)
    source.write_text("two", encoding="utf-8")
    assert made(source) == ({"words": ("two", 1, None)}, 1)
    assert made(source)[1] == 0


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-3])


def _change(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[-1] ^= 1
    file.write_bytes(content)


def _empty(file: Path) -> None:
    file.write_bytes(b"")


def _open_to_others(file: Path) -> None:
    file.chmod(0o666)


def _replace_by_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


@pytest.mark.parametrize("spoil", [_cut, _change, _empty, _open_to_others, _replace_by_folder])
def test_a_file_that_cannot_be_trusted_is_not_used(source: Path, folder: Path, spoil: Callable[[Path], None]) -> None:
    made(source)
    (file,) = folder.iterdir()
    spoil(file)
    assert made(source) == ({"words": ("one", 1, None)}, 1)


def test_a_file_of_somebody_else_is_not_used(source: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made(source)
    monkeypatch.setattr(package_data, "_owners", lambda: (os.geteuid() + 1,))
    assert made(source)[1] == 1


def test_nothing_is_kept_where_the_folder_is_empty(source: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSCRAWL_CACHE_DIR", "")
    assert [made(source)[1], made(source)[1]] == [1, 1]
    assert not folder.exists()


def test_nothing_can_be_written(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("NEWSCRAWL_CACHE_DIR", str(tmp_path / "file" / "below"))
    assert [made(source)[1], made(source)[1]] == [1, 1]


def test_what_is_not_plain_is_made_each_time(source: Path, folder: Path) -> None:
    assert [type(kept("words", [source], object)) for _ in range(2)] == [object, object]
    assert not folder.exists()


def test_the_users_cache_where_bytecode_is_not_written(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NEWSCRAWL_CACHE_DIR", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "user"))
    monkeypatch.setattr("sys.dont_write_bytecode", True)
    made(source)
    assert made(source)[1] == 0
    assert [folder.name for folder in (tmp_path / "user").iterdir()] == ["newscrawl"]


def test_two_writers_leave_a_whole_file(source: Path, folder: Path) -> None:
    def make() -> str:
        kept("words", [source], lambda: "first")  # another process is faster
        return "second"

    assert kept("words", [source], make) == "second"
    assert len(list(folder.iterdir())) == 1
    assert kept("words", [source], lambda: "third") == "second"


def mapped_from(source: Path) -> tuple[bytes, int]:
    """The bytes mapped for a source, and how often they were made for that."""
    times = 0

    def make() -> list[bytes | memoryview]:
        nonlocal times
        times += 1
        return [source.read_bytes(), memoryview(b" and two")]

    return bytes(mapped("numbers", [source], make)), times


def test_mapped_once(source: Path, folder: Path) -> None:
    assert [mapped_from(source), mapped_from(source)] == [(b"one and two", 1), (b"one and two", 0)]
    source.write_text("three", encoding="utf-8")
    assert [mapped_from(source), mapped_from(source)] == [(b"three and two", 1), (b"three and two", 0)]


@pytest.mark.parametrize("spoil", [_cut, _change, _empty, _open_to_others, _replace_by_folder])
def test_a_file_that_cannot_be_trusted_is_not_mapped(source: Path, folder: Path, spoil: Callable[[Path], None]) -> None:
    mapped_from(source)
    (file,) = folder.iterdir()
    spoil(file)
    assert mapped_from(source) == (b"one and two", 1)


@pytest.mark.parametrize("place", [0, 1_234_567, 3_800_000])
def test_a_hole_in_a_large_file_is_noticed(source: Path, folder: Path, place: int) -> None:
    """As a power cut may leave it, with the length that it should have."""
    content = random.Random(1).randbytes(4_000_000)
    mapped("numbers", [source], lambda: [content])
    (file,) = folder.iterdir()
    with file.open("r+b") as damaged:
        damaged.seek(place + 100)
        damaged.write(bytes(50_000))
    assert mapped("numbers", [source], lambda: [b"made anew"]) == b"made anew"
    assert mapped("numbers", [source], list) == b"made anew"


KILLED = """
import signal, sys
from pathlib import Path
from newscrawl.text import package_data
def stand_still(*_):
    print("half", flush=True)
    signal.pause()
package_data._sample = stand_still  # when the content is written, and its seal is not
package_data.mapped("numbers", [Path(sys.argv[1])], lambda: [bytes(3_000_000)])
"""


def test_a_program_killed_while_it_writes_leaves_no_file_that_is_used(source: Path, folder: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", KILLED, source], cwd=ROOT, stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"half\n"
        writer.kill()
    (left,) = folder.iterdir()
    assert left.stat().st_size
    assert mapped_from(source) == (b"one and two", 1)
    assert mapped_from(source) == (b"one and two", 0)
    assert left.exists(), "another program might be writing it"
    os.utime(left, (0, 0))
    source.write_text("three", encoding="utf-8")
    assert [mapped_from(source)[1], mapped_from(source)[1]] == [1, 0]
    assert not left.exists()


def test_nothing_is_mapped_where_the_folder_is_empty(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSCRAWL_CACHE_DIR", "")
    assert [mapped_from(source), mapped_from(source)] == [(b"one and two", 1), (b"one and two", 1)]


def test_what_is_mapped_does_not_lie_beside_the_code(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NEWSCRAWL_CACHE_DIR", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "user"))
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    mapped_from(source)
    assert [folder.name for folder in (tmp_path / "user").iterdir()] == ["newscrawl"]


def test_tables_of_a_folder() -> None:
    languages = tables("widgets")
    assert languages["widgets/en.toml"] is table("widgets/en.toml")
    assert list(languages) == sorted(languages)
    assert all(name.startswith("widgets/") for name in languages)
