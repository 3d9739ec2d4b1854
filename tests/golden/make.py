"""Write the golden records anew: ``make golden``, or ``make golden CASE=host/slug``. Read the diff before you commit.

A new case needs only its folder with ``page.html``; all fields are written then. In a case that is there, the fields
that its ``article.json`` has are brought up to date.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.golden.cases import all_cases, crawl_cases


def main(names: list[str]) -> None:
    """Write the cases of these names, or all."""
    cases = [case for case in all_cases() if not names or case.name in names]
    unknown = set(names) - {case.name for case in cases}
    if unknown:
        sys.exit(f"no such case: {', '.join(sorted(unknown))} (tests/golden/<host>/<slug>/page.html)")
    with tempfile.TemporaryDirectory() as folder:
        records = crawl_cases(cases, Path(folder))
    for case in cases:
        changed = case.write(records[case.name])
        sys.stdout.write(f"{'changed  ' if changed else 'the same '} {case.name}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
