"""A file with buffered writes that are made durable together."""

from __future__ import annotations

import io
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from newscrawl.exceptions import OutputBusyError

if TYPE_CHECKING:
    from typing_extensions import Buffer  # collections.abc has it from Python 3.12 on

try:
    import fcntl
except ImportError:  # Windows: no lock is taken
    fcntl = None  # type: ignore[assignment]


class DurableFile(io.BufferedIOBase):
    """A file that is written from ``size`` on; bytes after that are truncated.

    `write` only buffers; `sync` writes the buffer and returns once it is on the disk, or raises `OSError` and
    leaves the file as it was at the last `sync`. Pipes and devices are written through at once. The file is locked as
    long as it is open, so that another run can tell a file that a kill left behind from one being written.
    """

    def __init__(self, path: Path, *, size: int | None = None) -> None:
        super().__init__()
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | getattr(os, "O_CLOEXEC", 0)
        self._fd = os.open(path, flags, 0o666)
        try:
            about = os.fstat(self._fd)
            self.is_regular = stat.S_ISREG(about.st_mode)
            self.size = 0
            """Bytes that are durable."""
            if self.is_regular:
                lock(self._fd, path)
                self.size = about.st_size if size is None else size
                os.ftruncate(self._fd, self.size)
                os.lseek(self._fd, self.size, os.SEEK_SET)
        except BaseException:
            os.close(self._fd)
            raise
        self._gathered = bytearray()
        self._end = self.size

    @property
    def gathered(self) -> int:
        """Return the number of buffered bytes, not synced yet."""
        return len(self._gathered)

    def writable(self) -> bool:
        """Return true."""
        return True

    def write(self, data: Buffer, /) -> int:
        """Buffer ``data``."""
        self._gathered += data
        written = memoryview(data).nbytes
        self._end += written
        if not self.is_regular:
            self.sync()
        return written

    def flush(self) -> None:
        """Do nothing: `sync` decides when to write."""

    def tell(self) -> int:
        """Return the length including the buffer."""
        return self._end

    def sync(self) -> None:
        """Write the buffer and wait until it is on the disk."""
        self.put(self.take())

    def take(self) -> bytes:
        """Return the buffered bytes, which `put` is to write, in another thread if wanted."""
        data = bytes(self._gathered)
        self._gathered.clear()
        return data

    def put(self, data: bytes) -> None:
        """Write bytes that `take` returned, and wait until they are on the disk."""
        if not data:
            return
        rest = memoryview(data)
        try:
            while rest:
                rest = rest[os.write(self._fd, rest) :]
            if self.is_regular:
                getattr(os, "fdatasync", os.fsync)(self._fd)
                self.size = os.lseek(self._fd, 0, os.SEEK_CUR)
        except OSError:
            self._take_back()
            raise

    def _take_back(self) -> None:
        if self.is_regular:
            os.ftruncate(self._fd, self.size)
            os.lseek(self._fd, self.size, os.SEEK_SET)
        self._end = self.size + len(self._gathered)

    def close(self) -> None:
        """Close the file; buffered data not synced is dropped."""
        if not self.closed:
            self._gathered.clear()
            os.close(self._fd)
        super().close()


def lock(descriptor: int, path: Path) -> None:
    """Take the file's lock, which ends with the process; raises `OutputBusyError` where another has it."""
    if fcntl is None:
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise OutputBusyError(11, "another run writes to it", str(path)) from None
    except OSError:
        pass  # a file system without locks


def is_written(path: Path) -> bool:
    """Tell whether a program holds the lock of the file."""
    try:
        with path.open("rb") as file:
            lock(file.fileno(), path)
    except OutputBusyError:
        return True
    except OSError:
        return False
    return False


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(descriptor)
    except OSError:
        pass
    finally:
        os.close(descriptor)


def put_in_place(fresh: Path, path: Path) -> None:
    """Rename a rewritten file over the one it replaces, with its permissions, durably."""
    fresh.chmod(path.stat().st_mode & 0o7777)
    with fresh.open("rb+") as file:
        os.fsync(file.fileno())
    fresh.replace(path)
    sync_folder(path.parent)
