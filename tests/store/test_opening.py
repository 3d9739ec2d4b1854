from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
from pathlib import Path

import pytest

from newscrawl.exceptions import StoreError
from newscrawl.store import migrations
from newscrawl.store.batch import Batch
from newscrawl.store.disabled import DisabledStore
from newscrawl.store.location import project_folder, shown, store_url
from newscrawl.store.opening import open_store
from newscrawl.store.schema import SCHEMA_VERSION
from tests.records import entry


def filled(path: Path) -> str:
    """Make a store with an article; return its address."""
    setting = f"sqlite:///{path}"
    store = open_store(setting)
    store.commit(Batch(entries=[(entry(), [None])]))
    store.close()
    return setting


def test_made_where_there_is_none_and_found_again(store_setting: str) -> None:
    for _ in range(2):
        store = open_store(store_setting)
        assert store.enabled
        store.close()


def test_folders_are_made(tmp_path: Path) -> None:
    filled(tmp_path / "deep/er/store.db")
    assert (tmp_path / "deep/er/store.db").is_file()


def test_newer_schema_is_left_alone(store_setting: str) -> None:
    store = open_store(store_setting)
    with store.database.write() as connection:
        connection.run(f"UPDATE meta SET value = '{SCHEMA_VERSION + 1}' WHERE name = 'schema_version'")
    store.close()
    with pytest.raises(StoreError, match=r"written by a newer newscrawl .* update newscrawl"):
        open_store(store_setting)


def test_newer_file_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    setting = filled(path)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE meta SET value = '99'")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="newer"):
        open_store(setting)
    assert path.read_bytes() == before


@pytest.mark.parametrize("damage", ["rubbish", "head", "middle", "short"])
def test_damaged_file_is_not_touched(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "store.db"
    setting = filled(path)
    data = bytearray(path.read_bytes())
    if damage == "rubbish":
        data = bytearray(b"these are no tables\n" * 1000)
    elif damage == "head":
        data[:100] = bytes(100)
    elif damage == "middle":
        data[4096:20_000] = random.Random(1).randbytes(20_000 - 4096)
    else:
        del data[len(data) // 2 :]
    path.write_bytes(data)
    with pytest.raises(StoreError, match=r"store\.db is damaged") as caught:
        open_store(setting)
    assert "\n" not in str(caught.value)
    assert path.read_bytes() == data


def test_database_of_another_program_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE bookmarks (id INTEGER)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="another program"):
        open_store(f"sqlite:///{path}")
    assert path.read_bytes() == before


def test_locked(tmp_path: Path) -> None:
    setting = filled(tmp_path / "store.db")
    holder = sqlite3.connect(tmp_path / "store.db", isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StoreError, match="is locked by another program"):
        open_store(setting, timeout=0.2)
    holder.close()


@pytest.mark.skipif(os.geteuid() != 0 or shutil.which("mount") is None, reason="needs root, for a read-only mount")
def test_read_only(tmp_path: Path) -> None:
    folder = tmp_path / "disk"
    folder.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "none", folder], check=False).returncode:
        pytest.skip("nothing can be mounted here")
    try:
        setting = filled(folder / "store.db")
        subprocess.run(["mount", "-o", "remount,ro", folder], check=True)
        with pytest.raises(StoreError, match=r"is read-only|cannot be opened"):
            open_store(setting)
    finally:
        subprocess.run(["umount", folder], check=True)


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ("store.db", "is not a URL"),
        ("sqlite://store.db", "is not a URL"),
        ("sqlite:///store.db?mode=memory", "is not a URL"),
        ("mysql://localhost/x", "names mysql"),
        ("sqlite:////proc/none/store.db", "cannot be opened"),
        ("postgresql://nobody@127.0.0.1:1/x", "cannot be used"),
    ],
)
def test_addresses_that_are_none(setting: str, message: str) -> None:
    with pytest.raises(StoreError, match=message) as caught:
        open_store(setting, timeout=1)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("setting", "server"),
    [
        ("postgresql://host/name", {"host": "host", "dbname": "name"}),
        (
            "postgresql+psycopg://me:p%40ss/word@[::1]:5433/name?sslmode=require",
            {
                "user": "me",
                "password": "p@ss/word",
                "host": "::1",
                "port": "5433",
                "dbname": "name",
                "sslmode": "require",
            },
        ),
        ("postgres:///name?host=/run/postgresql", {"host": "/run/postgresql", "dbname": "name"}),
    ],
)
def test_parts_of_a_servers_address(setting: str, server: dict[str, str]) -> None:
    assert store_url(setting) == (None, server)


@pytest.mark.parametrize(
    ("setting", "file"),
    [("sqlite:///a/store.db", "a/store.db"), ("sqlite+pysqlite:////a b/50%#1.db", "/a b/50%#1.db")],
)
def test_parts_of_a_files_address(setting: str, file: str) -> None:
    assert store_url(setting) == (Path(file), {})


def test_the_password_is_not_shown() -> None:
    assert "secret" not in shown(store_url("postgresql://me:secret@host/name"))


def test_by_default_it_is_in_the_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "scrapy.cfg").touch()
    (tmp_path / "deep").mkdir()
    monkeypatch.chdir(tmp_path / "deep")
    assert project_folder() == tmp_path
    assert shown(store_url(None)) == str(tmp_path / ".newscrawl/store.db")


def test_migration_is_all_or_nothing(store_setting: str) -> None:
    store = open_store(store_setting)

    def first(connection: object) -> None:
        connection.run("ALTER TABLE feeds ADD COLUMN colour TEXT")  # type: ignore[attr-defined]

    def broken(connection: object) -> None:
        raise RuntimeError("power cut")

    database, start = store.database, SCHEMA_VERSION
    with pytest.raises(RuntimeError), database.write() as connection:
        migrations.migrate(connection, start, "x", steps={start: first, start + 1: broken}, target=start + 2)
    with database.write() as connection:
        assert connection.value("SELECT value FROM meta") == str(start)
        migrations.migrate(connection, start, "x", steps={start: first}, target=start + 1)
    with database.read() as connection:
        assert connection.value("SELECT value FROM meta") == str(start + 1)
        connection.run("SELECT colour FROM feeds")
    store.close()


def test_no_way_leads_from_too_old_a_schema(store_setting: str) -> None:
    store = open_store(store_setting)
    with pytest.raises(StoreError, match="cannot read any more"), store.database.write() as connection:
        migrations.migrate(connection, 0, "x", steps={}, target=1)
    store.close()


def test_switched_off_it_remembers_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    store = DisabledStore()
    store.commit(Batch(entries=[(entry(), [None])]))
    assert store.status("https://a.example/1") == "unseen"
    store.close()
    assert not list(tmp_path.iterdir())
