"""Fuzzing at length: each target with new inputs until its minutes are over.

    python -m tests.fuzz --minutes 10 [--targets pages texts] [--seed 1] [--jobs 2]

Prints a line of JSON a target: inputs tried, the first and last seed, and the smallest input that broke a promise.
Ends with 1 where there is one. `--seed N --rounds 1` with the seed of a finding shows it again.
"""

from __future__ import annotations

import argparse
import json
import signal
import subprocess
import sys
import time
import traceback
from collections import deque
from typing import Any

import hypothesis
from hypothesis import HealthCheck, Phase

from tests.fuzz.targets import TARGETS

ROUND = 300
"""Inputs of one seed."""
LONGEST = 60
"""Seconds of computing for one input, beyond which it counts as one that never ends."""


class EndlessError(Exception):
    """An input took too long."""


def _too_long(*_: object) -> None:
    raise EndlessError(f"more than {LONGEST} s")


def fuzz(name: str, seconds: float, seed: int, rounds: int | None) -> dict[str, Any]:
    """Feed a target until the time is over, the rounds are, or a promise is broken; return the figures."""
    target = TARGETS[name]
    tried = 0

    def once(data: Any) -> None:
        nonlocal tried
        tried += 1
        signal.setitimer(signal.ITIMER_VIRTUAL, LONGEST)
        try:
            target.check(data)
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)

    signal.signal(signal.SIGVTALRM, _too_long)
    begun, last, finding = time.monotonic(), seed, None
    while time.monotonic() - begun < seconds and (rounds is None or last - seed < rounds):
        test = hypothesis.settings(
            max_examples=ROUND,
            deadline=None,
            database=None,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
        )(hypothesis.seed(last)(hypothesis.given(target.inputs)(once)))
        last += 1
        try:
            test()
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                raise
            finding = "".join(traceback.format_exception(error))[-3000:] + "\n".join(getattr(error, "__notes__", ()))
            break
    took = round(time.monotonic() - begun)
    return {"target": name, "inputs": tried, "seeds": [seed, last - 1], "seconds": took, "finding": finding}


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=1.0, help="for each target")
    parser.add_argument("--targets", nargs="*", choices=sorted(TARGETS), default=list(TARGETS))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, help=f"of {ROUND} inputs, at most")
    parser.add_argument("--jobs", type=int, default=1, help="targets at a time")
    given = parser.parse_args()
    if len(given.targets) == 1:
        figures = fuzz(given.targets[0], given.minutes * 60, given.seed, given.rounds)
        sys.stdout.write(json.dumps(figures, ensure_ascii=True) + "\n")
        return int(figures["finding"] is not None)
    return spread(given)


def spread(given: argparse.Namespace) -> int:
    """Run each target in a process of its own, some side by side; return the worst exit code."""
    waiting, running, code = deque(given.targets), [], 0
    while waiting or running:
        while waiting and len(running) < max(given.jobs, 1):
            arguments = ["--minutes", str(given.minutes), "--seed", str(given.seed), "--targets", waiting.popleft()]
            arguments += ["--rounds", str(given.rounds)] if given.rounds else []
            running.append(subprocess.Popen([sys.executable, "-m", "tests.fuzz", *arguments]))
        code = max(code, abs(running.pop(0).wait()))
    return code


if __name__ == "__main__":
    sys.exit(main())
