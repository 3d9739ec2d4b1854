"""A forked `scrapy` is a process like one that was started."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests import forked
from tests.support import ROOT, Answer, serve

ENV = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")} | {
    "SCRAPY_SETTINGS_MODULE": "newscrawl.settings", "PYTHONPATH": str(ROOT), "COLUMNS": "80",
}  # fmt: skip
pytestmark = pytest.mark.skipif(not forked.can_fork(ENV), reason="commands are started, not forked, here")


def started(folder: Path, *words: str, **env: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", *words], cwd=folder, env=ENV | env, stdin=subprocess.DEVNULL,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ["list"],
        ["crawl", "artcle"],
        ["crawl", "corpus", "-a", "path=a.txt", "-o", "-:jsonl", "-s", "NEWSCRAWL_STORE_ENABLED=False", "-L", "ERROR"],
        ["settings", "--get", "NEWSCRAWL_CONTACT"],
    ],
    ids=lambda words: " ".join(words[:2]),
)
def test_says_and_does_the_same_as_a_real_start(tmp_path: Path, words: list[str]) -> None:
    (tmp_path / "a.txt").write_text("The ferry sails again.\n\nThe council agreed to it on Monday.\n")
    own = {"NEWSCRAWL_CONTACT": "desk@a.example"}
    code, out, err = forked.run(words, cwd=tmp_path, env=ENV | own)
    assert (code, out) == started(tmp_path, *words, **own)[:2]
    assert [line for line in err.splitlines() if not line.startswith("{")] == [
        line for line in started(tmp_path, *words, **own)[2].splitlines() if not line.startswith("{")
    ]


def test_signals_reach_it(tmp_path: Path) -> None:
    with serve(lambda path: Answer("User-agent: *\nCrawl-delay: 60\n", cut=10)) as server:
        words = ["crawl", "article", "-a", f"url={server.url('/a')}", "-o", "a.jsonl"]
        words += [
            "-s",
            "NEWSCRAWL_ALLOW_PRIVATE=True",
            "-s",
            "NEWSCRAWL_RETRY_SECONDS=60",
            "-s",
            "NEWSCRAWL_STOP_SECONDS=1",
        ]
        process = forked.start(words, cwd=tmp_path, env=ENV, start_new_session=True)
        assert os.getsid(process.pid) == process.pid
        assert process.poll() is None
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(0.1)
        os.killpg(process.pid, signal.SIGKILL)
        assert process.wait(60) == -signal.SIGKILL
        assert process.poll() == -signal.SIGKILL


def test_several_at_once_have_their_own_streams(tmp_path: Path) -> None:
    words = (["list"], ["version"], ["crawl", "artcle"])
    with tempfile.TemporaryFile() as one, tempfile.TemporaryFile() as two, tempfile.TemporaryFile() as three:
        files = (one, two, three)
        running = [
            forked.start(each, cwd=tmp_path, env=ENV, stdout=file, stderr=file)
            for each, file in zip(words, files, strict=True)
        ]
        assert [process.wait(60) for process in running] == [0, 0, 2]
        said = []
        for file in files:
            file.seek(0)
            said.append(file.read().decode())
    assert said[0].split()[0] == "article"
    assert said[1].startswith("Scrapy ")
    assert "did you mean article?" in said[2]


def test_what_is_read_at_the_start_of_python_needs_a_real_start(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not forked.can_fork(ENV | {"PYTHONPATH": "/elsewhere"})
    assert not forked.can_fork(ENV | {"PYTHONHASHSEED": "1"})
    assert not forked.can_fork({name: value for name, value in ENV.items() if name != "PYTHONPATH"})
    monkeypatch.setenv("NEWSCRAWL_TEST_STARTS", "real")
    assert not forked.can_fork(ENV)
