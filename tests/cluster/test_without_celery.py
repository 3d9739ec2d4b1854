"""One machine stays the default: nothing but a cluster's own commands needs Celery."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.support import ROOT

_WITHOUT = """
import sys

class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("celery", "kombu", "amqp", "billiard", "psycopg"):
            raise ModuleNotFoundError(name)

sys.meta_path.insert(0, Missing())
import newscrawl
from scrapy.cmdline import execute
sys.argv = ["scrapy", *sys.argv[1:]]
execute()
"""


def scrapy(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "SCRAPY_SETTINGS_MODULE": "newscrawl.settings", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", _WITHOUT, *words]
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)


def test_commands_and_spiders_are_there_and_a_cluster_says_what_it_needs(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The ferry sails again.\n")
    done = scrapy(tmp_path, "crawl", "corpus", "-a", "path=a.txt", "-O", "out.jsonl", "-s", "LOG_LEVEL=WARNING")
    assert done.returncode == 0, done.stderr
    done = scrapy(tmp_path, "cluster", "status")
    assert done.returncode == 2
    assert (
        done.stderr == "newscrawl: a cluster needs Celery: pip install -r requirements-cluster.txt -c constraints.txt\n"
    )
