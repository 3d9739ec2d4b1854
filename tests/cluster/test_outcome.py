from __future__ import annotations

import json
from typing import Any

import pytest
from scrapy.settings import Settings

from newscrawl.cluster.config import of_settings
from newscrawl.cluster.outcome import Ended, judge, reason


def ended(code: int, **summary: Any) -> Ended:
    return Ended(code, ("a line of the log", json.dumps({"spider": "x", "exit_code": code, **summary})))


@pytest.mark.parametrize(
    ("kind", "how", "verdict"),
    [
        ("site", ended(0, finish_reason="finished"), "done"),
        ("site", ended(0, finish_reason="closespider_timeout"), "done"),
        ("site", ended(0, finish_reason="shutdown"), "held"),
        ("warc", ended(3, finish_reason="shutdown"), "held"),
        ("warc", ended(3, finish_reason="closespider_timeout"), "held"),
        ("site", ended(5, finish_reason="finished"), "done"),
        ("site", Ended(75, ("newscrawl: another worker is on site:a.example",)), "held"),
        ("site", ended(3, failures={"http-500": 1}), "retry"),
        ("site", ended(4), "retry"),
        ("warc", ended(6, finish_reason="output_error"), "retry"),
        ("warc", Ended(-9), "retry"),
        ("warc", ended(3, failures={"truncated": 1}), "park"),
        ("warc", ended(3, failures={"claimed": 2}), "retry"),
        ("warc", Ended(2, ("newscrawl: argument path=/x: there is no file",)), "park"),
        ("site", Ended(120, ("Traceback",)), "retry"),
    ],
)
def test_what_becomes_of_a_task(kind: str, how: Ended, verdict: str) -> None:
    assert judge(kind, how) == verdict


@pytest.mark.parametrize(
    ("how", "said"),
    [
        (Ended(-9), "the crawl was killed by SIGKILL"),
        (ended(3, failures={"not-warc": 1}), "exit code 3 (an input given explicitly failed): not-warc: 1"),
        (
            Ended(2, ("log", "newscrawl: argument path=/x: there is no file or folder /x")),
            "exit code 2 (wrong arguments or settings): argument path=/x: there is no file or folder /x",
        ),
        (Ended(120), "exit code 120"),
        (
            Ended(6, ("x [newscrawl.output.outbox] ERROR: the disk is full: the crawl stops", '{"exit_code": 6}')),
            "exit code 6 (output or store not writable): the disk is full: the crawl stops",
        ),
    ],
)
def test_the_reason_is_one_line(how: Ended, said: str) -> None:
    assert reason(how) == said


def test_each_pause_is_four_times_the_last() -> None:
    settings = Settings({"NEWSCRAWL_TASK_BACKOFF_SECONDS": 30})
    known = of_settings(settings)
    assert [known.pause(attempt) for attempt in (1, 2, 3)] == [30, 120, 480]
