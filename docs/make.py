"""Writes docs/settings.md from newscrawl/settings.py: `make docs`. `--check` fails where the page is not up to date."""

from __future__ import annotations

import ast
import io
import re
import sys
import tokenize
from pathlib import Path

SETTINGS = Path(__file__).parent.parent / "newscrawl" / "settings.py"
PAGE = Path(__file__).parent / "settings.md"
HEAD = """# Settings

`make docs` writes this page from `newscrawl/settings.py`; change it there.

```sh
scrapy crawl feed -a url=https://www.example.org/rss -o articles.jsonl -s NEWSCRAWL_CONTACT=desk@example.org
```

sets one for a run (`-s NAME=value`, as often as you like); `scrapy settings --get NEWSCRAWL_CONTACT` shows one. To keep
your own, make a file `my_settings.py` beside `scrapy.cfg` and name it there (`default = my_settings`):

```python
from newscrawl.settings import *

NEWSCRAWL_CONTACT = "desk@example.org"
NEWSCRAWL_SITES_DIR = "sites"
```

Lists on the command line have commas (`-s NEWSCRAWL_REVISIT_HOURS=6,24`), `True` and `False` are written so. A name
that does not exist ends with one line that says which was meant. Scrapy's other settings are
[its own](https://docs.scrapy.org/en/latest/topics/settings.html).
"""


def comments(source: str) -> dict[int, str]:
    """Return the comments by their line."""
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return {token.start[0]: token.string.lstrip("# ").rstrip() for token in tokens if token.type == tokenize.COMMENT}


def rows(source: str) -> list[tuple[str, str, str, str]]:
    """Return section, name, value and reason of each setting; of a dictionary in several lines, of each entry."""
    said = comments(source)
    section, found = "Scrapy's, so that it finds this project", []
    sections = {line: match[1] for line, text in said.items() if (match := re.fullmatch(r"-* ?(.+?) -{5,}", text))}
    for node in ast.parse(source).body:
        section = next((sections[line] for line in sorted(sections, reverse=True) if line < node.lineno), section)
        if isinstance(node, ast.Assign):
            target = node.targets[0]
        elif isinstance(node, ast.AnnAssign) and node.value is not None:
            target = node.target
        else:
            continue
        name = ast.unparse(target)
        if not name.split("[")[0].isupper() or name.startswith("_") or node.value is None:
            continue
        if isinstance(node.value, ast.Dict) and node.end_lineno != node.lineno:
            below = node.lineno + 1
            intro = said.get(below, "") if source.split("\n")[below - 1].lstrip().startswith("#") else ""
            for key, value in zip(node.value.keys, node.value.values, strict=True):
                assert key is not None
                reason = said.get(value.end_lineno or 0, "") or intro
                found.append((section, f"{name}[{ast.unparse(key)}]", ast.unparse(value), reason))
        else:
            found.append((section, name, ast.unparse(node.value), said.get(node.end_lineno or 0, "")))
    return found


def page() -> str:
    """Return the page's text."""
    text, last = HEAD, ""
    for section, name, value, reason in rows(SETTINGS.read_text(encoding="utf-8")):
        if section != last:
            text += f"\n## {section}\n\n| name | default here | why |\n|---|---|---|\n"
            last = section
        text += "| " + " | ".join((_code(name), _code(value), reason.replace("|", "\\|"))) + " |\n"
    return text


def _code(text: str) -> str:
    text = re.sub(r"'newscrawl\.[a-z_.]+\.([A-Z]\w+)'", r"\1", text)
    text = re.sub(r"\['[a-z_.]+\.([A-Z]\w+)'\]", r"[…\1]", text)
    return "`" + text.replace("|", "\\|") + "`"


def main() -> None:
    """Write the page, or compare it."""
    if "--check" not in sys.argv[1:]:
        PAGE.write_text(page(), encoding="utf-8")
    elif PAGE.read_text(encoding="utf-8") != page():
        sys.exit("docs/settings.md is not what newscrawl/settings.py says: make docs")


if __name__ == "__main__":
    main()
