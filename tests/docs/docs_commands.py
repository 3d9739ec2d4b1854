"""The commands that README and docs/ show, read from their blocks of code, and a way to run many of them quickly."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.support import ROOT

FILES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md", *(ROOT / "docs").glob("*.md")])
LISTED = "in a list of commands, with placeholders"
_OPT_OUT = re.compile(r"<!-- not run: (.+?) -->")
_LOOSE = re.compile(r"(?:^|[ =/&])scrapy ([a-z]+)\b(.*)")


@dataclass(frozen=True)
class Command:
    """A command: its words; ``why_not``: the reason why it is only looked at (``""``: it is run)."""

    file: Path
    line: int
    words: tuple[str, ...]
    why_not: str

    def __str__(self) -> str:
        return f"{self.file.relative_to(ROOT)}:{self.line}: {shlex.join(self.words)}"


def commands(file: Path) -> Iterator[Command]:
    """Yield the commands of a file: all of its ``sh`` blocks, and those of `scrapy` in other blocks."""
    language, why_not, joined = None, "", ""
    lines = file.read_text(encoding="utf-8").split("\n") if file.exists() else []
    for number, line in enumerate(lines, 1):
        if line.startswith("```"):
            language = (line[3:].strip() or "text") if language is None else None
            why_not = why_not if language is not None else ""
        elif language == "sh":
            joined += line
            if joined.endswith("\\"):
                joined = joined[:-1] + " "
                continue
            if words := shlex.split(joined, comments=True):
                yield Command(file, number, tuple(words), why_not)
            joined = ""
        elif language is not None or line.startswith("    "):
            if match := _LOOSE.search(line):
                words = tuple(re.split(r"\s{2,}|\s[#|>]", f"scrapy {match[1]}{match[2]}")[0].split())
                yield Command(file, number, words, LISTED if line.strip().startswith("scrapy ") else "in another block")
        elif match := _OPT_OUT.search(line):
            why_not = match[1]
        elif line.strip():
            why_not = ""


class Runner:
    """A process that has everything loaded and forks for each command of `scrapy`, so that none waits for imports."""

    def __init__(self, folder: Path) -> None:
        clean = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
        self.folder = folder
        self.process = subprocess.Popen(
            [sys.executable, "-c", _RUNNER], cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env={**clean, "SCRAPY_SETTINGS_MODULE": "newscrawl.settings", "PYTHONPATH": str(ROOT), "COLUMNS": "120"},
        )  # fmt: skip

    def run(self, folder: Path, *words: str) -> tuple[int, str]:
        """Run ``scrapy`` with these words in ``folder``; return its exit code and all that it printed."""
        output = self.folder / "output.txt"
        job: dict[str, Any] = {"folder": str(folder), "words": ["scrapy", *words], "output": str(output)}
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(job) + "\n")
        self.process.stdin.flush()
        code = int(self.process.stdout.readline())
        return code, output.read_text(encoding="utf-8", errors="replace")

    def close(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(300)


_RUNNER = """
import json, os, sys, traceback
import scrapy.cmdline
from scrapy.utils.misc import walk_modules_iter
import newscrawl
for name in ("commands", "spiders", "report.explain"):
    list(walk_modules_iter(f"newscrawl.{name}"))
newscrawl.clean_html("<html><body><p>Models and words are loaded by this.</p></body></html>", url="https://a.example/")
assert "twisted.internet.reactor" not in sys.modules
for line in sys.stdin:
    job = json.loads(line)
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.chdir(job["folder"])
            sys.path.insert(0, job["folder"])
            output = os.open(job["output"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            nothing = os.open(os.devnull, os.O_RDONLY)
            for ours, theirs in ((nothing, 0), (output, 1), (output, 2)):
                os.dup2(ours, theirs)
            sys.stdin = open(0, encoding="utf-8", closefd=False)
            sys.argv = job["words"]
            scrapy.cmdline.execute(list(sys.argv))
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stdout.flush(), sys.stderr.flush()
            os._exit(code)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""
