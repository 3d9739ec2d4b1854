"""The package's tables (``newscrawl/data``), and what is made of them once and kept ready in a file.

Parsing the tables and compiling their phrases takes longer than extracting a page. The file lies where Python would
put its own bytecode (``data/__pycache__``, PYTHONPYCACHEPREFIX), else in the user's cache folder; NEWSCRAWL_CACHE_DIR
names another folder, and none where it is empty. PYTHONDONTWRITEBYTECODE keeps it out of the package. It begins with a
hash of all that it was made of and of its own content. One that is stale, damaged or writable by others is not used,
and where none can be written everything is made from the source, as without it.
"""

from __future__ import annotations

import marshal
import os
import stat
import sys
import tomllib
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from importlib.util import cache_from_source
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any, Final, TypeVar

FOLDER: Final = Path(__file__).parent.parent / "data"
SETTING: Final = "NEWSCRAWL_CACHE_DIR"
_DIGEST: Final = 32
_LENGTH: Final = 8
_BLOCKS: Final = 256
_BLOCK: Final = 4096
"""Blocks of a mapped file that are checked, and their size: all of a small file; of 68 MB one every 272 KiB."""
_ABANDONED: Final = 3600
"""Seconds, of the file system, after which a file that is half written was left by a killed program."""
_OTHERS_WRITE: Final = stat.S_IWGRP | stat.S_IWOTH
_T = TypeVar("_T")
Bytes = bytes | memoryview
"""Views have a byte an item."""


def table(name: str) -> dict[str, Any]:
    """Return a table by its path below ``newscrawl/data``, as ``dates/zones.toml``; it must not be changed."""
    return tables(name.rpartition("/")[0])[name]


@cache
def tables(folder: str) -> dict[str, dict[str, Any]]:
    """Return the tables of a folder below ``newscrawl/data`` by their paths, in the order of these."""
    names = sorted(path.relative_to(FOLDER).as_posix() for path in (FOLDER / folder).glob("*.toml"))
    return kept(
        f"tables-{folder.replace('/', '-')}", [FOLDER / name for name in names],
        lambda: {name: tomllib.loads((FOLDER / name).read_text(encoding="utf-8")) for name in names},
    )  # fmt: skip


def kept(name: str, sources: Sequence[Path], make: Callable[[], _T]) -> _T:
    """Return ``make()``, or what it returned when the content of ``sources`` was the same.

    The value must consist of Python's plain types; ``sources`` are all that it depends on, code included.
    """
    paths = _paths(name)
    if not paths:
        return make()
    head = _head(sources)
    for path in paths:
        with suppress(OSError, ValueError, EOFError, TypeError):
            found: _T = _read(path, head)
            return found
    made = make()
    keep(name, sources, made)
    return made


def keep(name: str, sources: Sequence[Path], value: Any) -> None:
    """Keep a value for `kept`, where it can be kept."""
    with suppress(ValueError):  # no plain value
        data = marshal.dumps(value)
        _write(_paths(name), _head(sources) + _hash(data) + data)


def mapped(name: str, sources: Sequence[Path], make: Callable[[], Sequence[Bytes]]) -> memoryview:
    """Return the bytes of ``make()``, joined, mapped from a file that is kept for this user.

    For many megabytes of numbers, which processes share and nobody has to read: their length is checked and a hash of
    blocks spread over them.
    """
    paths = _paths(name)[-1:]  # not beside the code, where others would pack it
    head = _head(sources)
    for path in paths:
        with suppress(OSError, ValueError):
            return _map(path, head)
    made = make()
    _write(paths, head + sum(map(len, made)).to_bytes(_LENGTH, "little"), *made, seal=_sample)
    for path in paths:  # the file rather than a copy of this process's own
        with suppress(OSError, ValueError):
            return _map(path, head)
    return memoryview(b"".join(made))


def _map(path: Path, head: bytes) -> memoryview:
    """Return the content of a file, mapped; raises `ValueError` where it is not ours, stale or visibly damaged."""
    with path.open("rb") as file:
        _check_owner(file.fileno())
        content = memoryview(mmap(file.fileno(), 0, access=ACCESS_READ))
        start, end = _DIGEST + _LENGTH, len(content) - _DIGEST
        if content[:_DIGEST] != head or int.from_bytes(content[_DIGEST:start], "little") != end - start:
            raise ValueError("stale or cut")
        if content[end:] != _sample(file.fileno(), end):
            raise ValueError("damaged")
    return content[start:end]


def _sample(descriptor: int, size: int) -> bytes:
    """Return a hash of blocks spread over the first ``size`` bytes of a file, read without mapping them."""
    step = max(_BLOCK, size // _BLOCKS)
    return _hash(b"".join(os.pread(descriptor, min(_BLOCK, size - at), at) for at in range(0, size, step)))


def _head(sources: Sequence[Path]) -> bytes:
    return _hash(b"".join(_hash(path.read_bytes()) for path in sources) + sys.version.encode())


def _hash(data: bytes) -> bytes:
    return blake2b(data, digest_size=_DIGEST).digest()


def _paths(name: str) -> list[Path]:
    """Return where a kept value may lie, the best place first."""
    given = os.environ.get(SETTING)
    file = f"{name}.{sys.implementation.cache_tag}.kept"
    if given is not None:
        return [Path(given).expanduser() / file] if given else []
    paths = []
    if not sys.dont_write_bytecode:
        paths.append(Path(cache_from_source(str(FOLDER / f"{name}.py"))).with_name(file))
    with suppress(RuntimeError):  # no home
        home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
        paths.append(home / "newscrawl" / f"{_hash(str(FOLDER).encode()).hex()[:12]}-{file}")
    return paths


def _read(path: Path, head: bytes) -> Any:
    """Return the value in a file; raises `ValueError` where it is not ours, stale or damaged."""
    with path.open("rb") as file:
        _check_owner(file.fileno())
        content = file.read()
    data = content[2 * _DIGEST :]
    if content[:_DIGEST] != head or content[_DIGEST : 2 * _DIGEST] != _hash(data):
        raise ValueError("stale or damaged")
    return marshal.loads(data)


def _check_owner(descriptor: int) -> None:
    """Raise `ValueError` where others than `_owners` may have written a file."""
    about = os.fstat(descriptor)
    if about.st_mode & _OTHERS_WRITE or about.st_uid not in _owners():
        raise ValueError("others may have written it")


def _owners() -> tuple[int, ...]:
    """Return who may have written a file that is read: this user, the system, and who could change the code itself."""
    return os.geteuid(), 0, Path(__file__).stat().st_uid


def _write(paths: Sequence[Path], *content: Bytes, seal: Callable[[int, int], bytes] | None = None) -> None:
    """Write the first of the files that can be written, whole or not at all, whoever else writes it, or is killed.

    ``seal`` gives what is to follow the content, of the file's descriptor and the content's length.
    """
    for path in paths:
        fresh = path.with_name(f"{path.name}.{os.getpid()}-{os.urandom(4).hex()}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(fresh, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o644 & ~_OTHERS_WRITE)
            _remove_abandoned(path, os.fstat(descriptor).st_mtime - _ABANDONED)
            with os.fdopen(descriptor, "wb") as file:
                file.writelines(content)
                if seal is not None:
                    file.flush()
                    file.write(seal(descriptor, file.tell()))
                    file.flush()
                    os.fsync(descriptor)  # of its content the seal tells only a part
            fresh.replace(path)
        except OSError:
            with suppress(OSError):
                fresh.unlink(missing_ok=True)
        else:
            return


def _remove_abandoned(path: Path, oldest: float) -> None:
    """Remove what killed programs left of a file half written, last touched before ``oldest`` (seconds since 1970)."""
    for fresh in path.parent.glob(f"{path.name}.*"):
        with suppress(OSError):
            if fresh.stat().st_mtime < oldest:
                fresh.unlink()
