"""CPU time a page of each library, in turn, round by round."""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.pages import Page

PEERS = ("newspaper4k", "news-please", "fundus")
WORKER = Path(__file__).with_name("worker.py")
ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")


def python_of(tool: str, folder: Path) -> str | None:
    """The interpreter that has a tool, installed into a virtual environment if need be; ``None`` where it cannot be."""
    if tool not in PEERS:
        return sys.executable
    python = folder / tool / "bin" / "python"
    if not python.exists():
        try:
            subprocess.run([sys.executable, "-m", "venv", str(folder / tool)], check=True)
            install = [
                str(python),
                "-m",
                "pip",
                "install",
                "-q",
                "--disable-pip-version-check",
                tool,
                "lxml_html_clean",
            ]
            subprocess.run(install, check=True, timeout=600, stderr=subprocess.DEVNULL)
        except (OSError, subprocess.SubprocessError) as error:
            print(f"skipped {tool}: it cannot be installed ({type(error).__name__})")
            shutil.rmtree(folder / tool, ignore_errors=True)
            return None
    return str(python)


TOOLS = ("newscrawl", "trafilatura", *PEERS)


def measure(
    pages: list[Page], rounds: int, work: Path, venvs: Path, tools: Sequence[str] = TOOLS
) -> dict[str, list[float]]:
    """CPU milliseconds a page of each tool, one figure a round."""
    path = work / "pages.pickle"
    path.write_bytes(pickle.dumps(pages))
    running: dict[str, subprocess.Popen[str]] = {}
    for tool in tools:
        if python := python_of(tool, venvs):
            variables = {**os.environ, **ONE_THREAD}
            if tool in ("newscrawl", "trafilatura"):
                variables["PYTHONPATH"] = str(Path.cwd())
            process = subprocess.Popen(
                [python, str(WORKER), tool, str(path)], env=variables, cwd=work, text=True,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            )  # fmt: skip
            if process.stdout is not None and process.stdout.readline().strip() == "ready":
                running[tool] = process
            else:
                print(f"skipped {tool}: it takes no page from outside, or does not start")
    found: dict[str, list[float]] = {tool: [] for tool in running}
    for number in range(rounds):
        for tool, process in running.items():
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write("go\n")
            process.stdin.flush()
            seconds, failed = process.stdout.readline().split()
            found[tool].append(float(seconds) / len(pages) * 1000)
            print(f"round {number + 1}: {tool} {found[tool][-1]:.1f} ms a page, {failed} failed", flush=True)
    for process in running.values():
        process.communicate()
    return found
