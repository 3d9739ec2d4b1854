"""CPU time of each page in each library, in turn, round by round."""

from __future__ import annotations

import json
import os
import pickle
import shutil
import statistics
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.pages import Page
from newscrawl.compiled import PLAIN, form

WORKER = Path(__file__).with_name("worker.py")
ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
_PEERS = ("readability-lxml", "newspaper4k", "goose3", "resiliparse")


class Tool(NamedTuple):
    """What is measured: its name in `benchmarks.worker`, and the variables it runs with."""

    label: str
    name: str
    variables: dict[str, str]


OURS = Tool("the pass, plain Python", "newscrawl", {PLAIN: "1"})
COMPILED = Tool("the pass, compiled", "newscrawl", {PLAIN: "0"})
TRAFILATURA = Tool("trafilatura with metadata", "trafilatura", {})
PEERS = (
    TRAFILATURA,
    Tool("trafilatura without metadata", "trafilatura-text", {}),
    Tool("trafilatura with metadata, fast", "trafilatura-fast", {}),
    *(Tool(name, name, {}) for name in _PEERS),
)


def forms() -> tuple[Tool, ...]:
    """Return the forms of our code that are there: plain Python, and compiled after ``make fast``."""
    return (OURS, COMPILED) if form() == "compiled" else (OURS,)


def python_of(tool: str, folder: Path) -> str | None:
    """The interpreter that has a tool, installed into a virtual environment if need be; ``None`` where it cannot be."""
    if tool not in _PEERS:
        return sys.executable
    python = folder / tool / "bin" / "python"
    if not python.exists():
        install = [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", tool, "lxml_html_clean"]
        try:
            subprocess.run([sys.executable, "-m", "venv", str(folder / tool)], check=True)
            subprocess.run(install, check=True, timeout=600, stderr=subprocess.DEVNULL)
        except (OSError, subprocess.SubprocessError) as error:
            print(f"skipped {tool}: it cannot be installed ({type(error).__name__})")
            shutil.rmtree(folder / tool, ignore_errors=True)
            return None
    return str(python)


def measure(
    pages: list[Page], rounds: int, work: Path, venvs: Path, tools: Sequence[Tool] | None = None
) -> dict[str, list[list[float]]]:
    """CPU seconds of each page in each tool, by label: a list a round."""
    path = work / "pages.pickle"
    path.write_bytes(pickle.dumps(pages))
    running: dict[str, subprocess.Popen[str]] = {}
    for tool in tools if tools is not None else (*forms(), *PEERS):
        if python := python_of(tool.name, venvs):
            variables = {**os.environ, **ONE_THREAD, **tool.variables}
            if tool.name not in _PEERS:
                variables["PYTHONPATH"] = str(Path.cwd())
            process = subprocess.Popen(
                [python, str(WORKER), tool.name, str(path)], env=variables, cwd=work, text=True,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            )  # fmt: skip
            if process.stdout is not None and process.stdout.readline().strip() == "ready":
                running[tool.label] = process
            else:
                print(f"skipped {tool.label}: it does not start")
    found: dict[str, list[list[float]]] = {label: [] for label in running}
    for number in range(rounds):
        for label, process in running.items():
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write("go\n")
            process.stdin.flush()
            seconds, failed = json.loads(process.stdout.readline())
            found[label].append(seconds)
            mean = sum(seconds) / len(pages) * 1000
            print(f"round {number + 1}: {label} {mean:.1f} ms a page, {failed} failed", flush=True)
    for process in running.values():
        process.communicate()
    return found


def compared(own: list[list[float]], other: list[list[float]]) -> str:
    """Return the median and quartiles of the pages' ratios, and the ratio of the sums, of medians over the rounds."""
    mine, theirs = ([statistics.median(page) for page in zip(*rounds, strict=True)] for rounds in (own, other))
    ratios = [a / max(b, 1e-6) for a, b in zip(mine, theirs, strict=True)]
    low, middle, high = statistics.quantiles(ratios, n=4) if len(ratios) > 1 else ratios * 3
    return f"{middle:.2f} ({low:.2f} to {high:.2f}); sum {sum(mine) / sum(theirs):.2f}"
