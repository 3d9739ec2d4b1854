"""Formats newscrawl/data/widgets/*.toml: one phrase or word a line; words whose order means nothing are sorted.

    python docs/format_rules.py [--check]

`--check` writes nothing and exits with 1 where a file is not formatted.
"""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "newscrawl" / "data" / "widgets"
SORTED = {"address", "report"}
"""Lists that are read as sets; phrases keep their order."""
_LIST = re.compile(r"^([\w-]+) = \[(?P<body>(?:[^\]\[\"#]|\"(?:[^\"\\\n]|\\.)*\")*)\][ ]*$", re.MULTILINE)
_STRING = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"")


def format_rules(text: str) -> str:
    """Return the file's text with each list of strings one a line; lists with comments inside stay as they are."""
    return _LIST.sub(_format_list, text)


def _format_list(found: re.Match[str]) -> str:
    name, strings = found[1], _STRING.findall(found["body"])
    if _STRING.sub("", found["body"]).strip(", \n\t"):  # numbers or tables, which are no phrases
        return found[0]
    if name in SORTED:
        strings = sorted(set(strings))
    lines = "".join(f"  {string},\n" for string in strings)
    return f"{name} = [\n{lines}]" if strings else f"{name} = []"


def main(check: bool) -> int:
    """Format every file, or name those that are not formatted; return the exit code."""
    unformatted = 0
    for file in sorted(FOLDER.glob("*.toml")):
        text = file.read_text(encoding="utf-8")
        formatted = format_rules(text)
        if formatted == text:
            continue
        if _content(tomllib.loads(text)) != _content(tomllib.loads(formatted)):
            raise ValueError(f"{file}: formatting would change what the file says")
        unformatted += 1
        sys.stdout.write(f"{'not formatted' if check else 'formatted'}: {file.name}\n")
        if not check:
            file.write_text(formatted, encoding="utf-8")
    return int(check and unformatted > 0)


def _content(data: dict[str, object]) -> dict[str, object]:
    return {key: set(value) if key in SORTED and isinstance(value, list) else value for key, value in data.items()}


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
