from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from newscrawl.exceptions import OutputBusyError
from newscrawl.output.file import DurableFile, is_written
from newscrawl.output.tail import torn_from


def test_nothing_is_written_before_sync(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "out"
    with DurableFile(path) as file:
        file.write(b"one\n")
        file.flush()
        assert (path.read_bytes(), file.size, file.tell(), file.gathered) == (b"", 0, 4, 4)
        file.sync()
        assert (path.read_bytes(), file.size, file.gathered) == (b"one\n", 4, 0)
        file.write(b"two\n")
    assert path.read_bytes() == b"one\n"
    with DurableFile(path) as file:
        file.write(b"three\n")
        file.sync()
    assert path.read_bytes() == b"one\nthree\n"


def test_what_stands_behind_is_cut(tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"one\ntorn")
    with DurableFile(tmp_path / "out", size=4) as file:
        file.write(b"two\n")
        file.sync()
    assert (tmp_path / "out").read_bytes() == b"one\ntwo\n"


def test_a_write_that_fails_leaves_whole_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    with DurableFile(tmp_path / "out") as file:
        file.write(b"one\n")
        file.sync()
        room = [3]

        def full(descriptor: int, data: bytes) -> int:
            if not room:
                raise OSError(errno.ENOSPC, "No space left on device")
            return write(descriptor, data[: room.pop()])

        file.write(b"two\n")
        monkeypatch.setattr(os, "write", full)
        with pytest.raises(OSError, match="No space"):
            file.sync()
    assert (tmp_path / "out").read_bytes() == b"one\n"


def test_one_writer_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "out"
    assert not is_written(path)
    with DurableFile(path) as file:
        file.write(b"one\n")
        file.sync()
        assert is_written(path)
        with pytest.raises(OutputBusyError):
            DurableFile(path, size=0)
        assert path.read_bytes() == b"one\n"
    assert not is_written(path)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_devices_are_written_at_once() -> None:
    with DurableFile(Path("/dev/null")) as file:
        file.write(b"one\n")
        assert file.gathered == 0
    with DurableFile(Path("/dev/full")) as file, pytest.raises(OSError, match="No space"):
        file.write(b"one\n")


@pytest.mark.parametrize(
    ("data", "torn"),
    [
        (b"", (0, False)),
        (b'{"a": 1}\n', (9, False)),
        (b'{"a": 1}\n{"b": 2', (9, False)),
        (b'{"a": 1}\n{"b": 2}', (17, True)),
        (b'{"a": 1}\n\0\0\0\0', (9, False)),
        (b"{", (0, False)),
        (b'{"a": 1}\n7\n{"b": 2}\n', (20, False)),
        (b'{"a": "' + b"x" * 3_000_000, (0, False)),
        (b'{"a": 1}\n{"a": "' + b"x" * 3_000_000, (9, False)),
    ],
)
def test_tails(tmp_path: Path, data: bytes, torn: tuple[int, bool]) -> None:
    path = tmp_path / "out.jsonl"
    path.write_bytes(data)
    assert torn_from(path) == torn
