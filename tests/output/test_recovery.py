from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import pytest

from newscrawl.exceptions import StoreError
from newscrawl.exporters.storage import DurableFileStorage
from newscrawl.output.file import DurableFile
from newscrawl.output.outbox import Outbox
from newscrawl.output.recovery import Recovered, finish_left_open
from newscrawl.store.batch import Batch
from newscrawl.store.check import check
from newscrawl.store.decide import StoreDecision
from newscrawl.store.opening import open_store
from newscrawl.store.store import Store
from tests.records import entry, record

GZIP = {"postprocessing": ["scrapy.extensions.postprocessing.GzipPlugin"]}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path}/store.db")
    yield opened
    opened.close()


def line(number: int, **fields: Any) -> bytes:
    return json.dumps(record(f"https://a.example/{number}", seed=number, **fields)).encode() + b"\n"


def left_open(
    store: Store,
    path: Path,
    committed: int,
    uncommitted: bytes,
    *,
    writing: Path | None = None,
    options: dict[str, Any] | None = None,
    file_format: str = "jsonlines",
    run: int | None = None,
) -> int:
    """Leave an output as a kill does: so many lines committed, and more bytes behind."""
    writing = writing or path.with_name(f"{path.name}.part")
    number = store.outputs.open(
        str(path), str(writing), size=0, file_format=file_format, options=options or {"append": False}, run=run
    )
    data = b"".join(line(n) for n in range(committed))
    entries = [(entry(f"https://a.example/{n}", seed=n), [number]) for n in range(committed)]
    store.commit(Batch(entries=entries, sizes={number: (len(data), committed)}))
    writing.write_bytes(data + uncommitted)
    return number


def urls(data: bytes) -> list[str]:
    return [json.loads(part)["url"].rsplit("/", 1)[1] for part in data.splitlines()]


@pytest.mark.parametrize(
    "uncommitted", [b"", line(2), line(2) + line(3)[:100], b"\0" * 5000, b'{"other": "program"}\n']
)
def test_what_was_not_committed_is_truncated(store: Store, tmp_path: Path, uncommitted: bytes) -> None:
    path = tmp_path / "out.jsonl"
    left_open(store, path, 2, uncommitted)
    assert finish_left_open(store) == Recovered(outputs=1, cut=len(uncommitted))
    assert urls(path.read_bytes()) == ["0", "1"]
    for number in range(3):
        assert (store.status(f"https://a.example/{number}") == "seen") is (number < 2)
    assert not (tmp_path / "out.jsonl.part").exists()
    assert list(check(store)) == []
    assert finish_left_open(store).outputs == 0


def test_an_output_that_is_being_written_is_left_alone(store: Store, tmp_path: Path) -> None:
    left_open(store, tmp_path / "out.jsonl", 1, b"")
    with DurableFile(tmp_path / "out.jsonl.part"):
        assert finish_left_open(store).outputs == 0
    assert finish_left_open(store).outputs == 1


def test_earlier_output_steps_back(store: Store, tmp_path: Path) -> None:
    (tmp_path / "out.jsonl").write_bytes(b'{"old": 1}\n')
    left_open(store, tmp_path / "out.jsonl", 1, b"")
    finish_left_open(store)
    assert (tmp_path / "out.jsonl.1").read_bytes() == b'{"old": 1}\n'
    assert urls((tmp_path / "out.jsonl").read_bytes()) == ["0"]


def test_nothing_durable_leaves_the_earlier_output_in_place(store: Store, tmp_path: Path) -> None:
    (tmp_path / "out.jsonl").write_bytes(b'{"old": 1}\n')
    left_open(store, tmp_path / "out.jsonl", 0, b'{"to')
    finish_left_open(store)
    assert (tmp_path / "out.jsonl").read_bytes() == b'{"old": 1}\n'
    assert not (tmp_path / "out.jsonl.part").exists()


def test_appended_output(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    left_open(store, path, 1, line(1) + b'{"to', writing=path, options={"append": True})
    finish_left_open(store)
    assert urls(path.read_bytes()) == ["0"]


def test_several_outputs_of_one_run_keep_in_step(store: Store, tmp_path: Path) -> None:
    run = store.runs.start("feed")
    left_open(store, tmp_path / "a.jsonl", 1, line(1), run=run)
    left_open(store, tmp_path / "b.jsonl", 1, line(1)[:50], run=run)
    finish_left_open(store)
    assert urls((tmp_path / "a.jsonl").read_bytes()) == urls((tmp_path / "b.jsonl").read_bytes()) == ["0"]
    assert store.status("https://a.example/1") == "unseen"


def test_outputs_keep_in_step_though_the_next_run_was_killed_between_them(store: Store, tmp_path: Path) -> None:
    run = store.runs.start("feed")
    first = left_open(store, tmp_path / "a.jsonl", 1, b"", run=run)
    left_open(store, tmp_path / "b.jsonl", 1, line(1), run=run)
    (tmp_path / "a.jsonl.part").rename(tmp_path / "a.jsonl")
    store.outputs.closed(first, [])
    finish_left_open(store)
    assert urls((tmp_path / "b.jsonl").read_bytes()) == ["0"]
    assert store.status("https://a.example/1") == "unseen"


@pytest.mark.parametrize("append", [True, False])
def test_compressed_output(store: Store, tmp_path: Path, append: bool) -> None:
    path = tmp_path / "out.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"old": 1}\n'))
    plain = tmp_path / "out.jsonl.gz.plain.part"
    left_open(store, path, 1, line(1) + b'{"to', writing=plain, options={"append": append, **GZIP})
    finish_left_open(store)
    found = gzip.decompress(path.read_bytes())
    assert urls(found.removeprefix(b'{"old": 1}\n')) == ["0"]
    assert found.startswith(b'{"old') is append
    assert (tmp_path / "out.jsonl.gz.1").exists() is not append
    assert sorted(p.name for p in tmp_path.glob("out*.part")) == []


def test_other_formats_go_back_to_what_was_committed(store: Store, tmp_path: Path) -> None:
    number = store.outputs.open(
        str(tmp_path / "out.json"),
        str(tmp_path / "out.json.part"),
        size=0,
        file_format="json",
        options={"append": False},
        run=None,
    )
    head = b'[\n{"url": "https://a.example/1"}'
    store.commit(Batch(sizes={number: (len(head), 1)}))
    (tmp_path / "out.json.part").write_bytes(head + b',\n{"url": "https://a.exa')
    finish_left_open(store)
    assert json.loads((tmp_path / "out.json").read_bytes()) == [{"url": "https://a.example/1"}]


@pytest.mark.parametrize("done", range(3))
def test_a_renaming_that_broke_off_is_taken_up(store: Store, tmp_path: Path, done: int) -> None:
    from newscrawl.output.closing import carry_out, renamings

    path = tmp_path / "out.jsonl"
    path.write_bytes(line(7))
    number = left_open(store, path, 1, b"")
    plan = renamings(tmp_path / "out.jsonl.part", path, keep_earlier=True)
    store.outputs.closing(number, plan)
    carry_out(plan[:done])
    finish_left_open(store)
    assert urls(path.read_bytes()) == ["0"]
    assert urls((tmp_path / "out.jsonl.1").read_bytes()) == ["7"]


def test_a_file_that_was_taken_away(store: Store, tmp_path: Path) -> None:
    left_open(store, tmp_path / "out.jsonl", 1, b"")
    (tmp_path / "out.jsonl.part").unlink()
    finish_left_open(store)
    assert store.outputs.left_open() == []
    assert store.status("https://a.example/0") == "seen"


def test_closing_twice_moves_earlier_outputs_once(store: Store, tmp_path: Path) -> None:
    path = str(tmp_path / "out.jsonl")
    earlier, number = (
        store.outputs.open(path, f"{path}.part", size=0, file_format="jsonlines", options={}, run=run) for run in (1, 2)
    )
    store.outputs.closed(earlier, [])
    for _ in range(2):  # by the crawl itself, and by another one that took it for dead
        store.outputs.closed(number, [(path, f"{path}.1")])
    assert {row.id: row.path for row in store.outputs.all()} == {earlier: f"{path}.1", number: path}


def test_an_output_whose_last_lines_are_not_remembered_stays_open(store: Store, tmp_path: Path) -> None:
    """As when the database goes away for a moment, and is back by the time the output is closed."""
    said: list[str] = []
    outbox = Outbox(store, said.append)
    crawler = SimpleNamespace(_newscrawl_run=SimpleNamespace(outbox=outbox))
    storage = DurableFileStorage(
        str(tmp_path / "out.jsonl"), feed_options={"format": "jsonlines", "overwrite": True}, crawler=crawler
    )  # type: ignore[arg-type]
    file = storage.open(None)  # type: ignore[arg-type]
    for number in range(2):
        found = entry(f"https://a.example/{number}", seed=number)
        outbox.decided(found, StoreDecision("new", found))
        file.write(line(number))
        outbox.exported(found, [storage.number], [])
        if number:
            with patch.object(store, "commit", side_effect=StoreError("away")):
                outbox.sync()
        outbox.sync()
    storage.store(file)
    assert said == ["away"]
    assert store.outputs.left_open()
    finish_left_open(store)
    assert urls((tmp_path / "out.jsonl").read_bytes()) == ["0"]
    assert store.status("https://a.example/1") == "unseen"
    assert list(check(store)) == []
