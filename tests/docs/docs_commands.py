"""The commands that README and docs/ show, read from their blocks of code, and a way to run them."""

from __future__ import annotations

import os
import re
import shlex
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests import forked
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


def scrapy(folder: Path, *words: str) -> tuple[int, str]:
    """Run ``scrapy`` with these words in ``folder``; return its exit code and all that it printed."""
    clean = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    clean |= {"SCRAPY_SETTINGS_MODULE": "newscrawl.settings", "PYTHONPATH": str(ROOT), "COLUMNS": "120"}
    with tempfile.TemporaryFile() as said:
        code = forked.start(words, cwd=folder, env=clean, stdout=said, stderr=said).wait(600)
        said.seek(0)
        return code, said.read().decode(errors="replace")
