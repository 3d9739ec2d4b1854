"""Outcome of a task, from its crawl's exit code and summary."""

from __future__ import annotations

import json
import signal
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from newscrawl.exitcodes import ExitCode
from newscrawl.text.plain import one_line

Verdict = Literal["done", "held", "retry", "park"]
_NAMES = {
    ExitCode.INTERNAL: "internal error",
    ExitCode.USAGE: "wrong arguments or settings",
    ExitCode.NAMED_FAILED: "an input given explicitly failed",
    ExitCode.BLOCKED: "the site only ever refused",
    ExitCode.OUTPUT: "output or store not writable",
}
_ENDS = ("finished", "max_articles", "closespider_")
"""Finish reasons of a complete crawl; a crawl that was stopped continues in a later run."""

_CUT_SHORT = ("shutdown", "closespider_")


@dataclass(frozen=True, slots=True)
class Ended:
    """How a crawl's process ended: its exit code (negative: killed by that signal), and its last lines."""

    code: int
    last: Sequence[str] = ()

    @property
    def summary(self) -> dict[str, Any]:
        """The crawl's last line, if it is its summary."""
        for line in reversed(self.last):
            try:
                found = json.loads(line)
            except ValueError:
                continue
            if isinstance(found, dict) and "exit_code" in found:
                return found
        return {}


def judge(kind: str, ended: Ended) -> Verdict:
    """Return the verdict on a task of ``kind`` (site, warc).

    A damaged archive stays damaged, so it is parked at once; the pages that could be read are written. A site that
    fails may come back.
    """
    summary = ended.summary
    if ended.code == ExitCode.NAMED_FAILED and str(summary.get("finish_reason")).startswith(_CUT_SHORT):
        return "held"  # stopped before all inputs given explicitly were read
    if ended.code in (ExitCode.OK, ExitCode.ALARM):
        reason = summary.get("finish_reason")
        return "done" if reason is None or str(reason).startswith(_ENDS) else "held"
    if ended.code == ExitCode.LOCKED:
        return "held"
    if ended.code == ExitCode.USAGE:
        return "park"
    is_claimed = bool(_failures(summary).get("claimed"))
    if ended.code == ExitCode.NAMED_FAILED and kind == "warc" and not is_claimed:
        return "park"
    return "retry"


def reason(ended: Ended) -> str:
    """Return the reason of a failed crawl in one line."""
    own = [line.removeprefix("newscrawl: ") for line in ended.last if line.startswith("newscrawl: ")]
    if ended.code < 0:
        try:
            name = signal.Signals(-ended.code).name
        except ValueError:
            name = str(-ended.code)
        return f"the crawl was killed by {name}"
    try:
        what = f"exit code {ended.code} ({_NAMES.get(ExitCode(ended.code), 'ended')})"
    except ValueError:
        what = f"exit code {ended.code}"
    failures = ", ".join(f"{name}: {count}" for name, count in _failures(ended.summary).items())
    errors = [line.partition(" ERROR: ")[2] for line in ended.last if " ERROR: " in line]
    detail = own[-1] if own and not ended.summary else failures or (errors[0] if errors else "")
    return one_line(f"{what}{f': {detail}' if detail else ''}", limit=500)


def _failures(summary: Mapping[str, Any]) -> Mapping[str, Any]:
    found = summary.get("failures")
    return found if isinstance(found, dict) else {}
