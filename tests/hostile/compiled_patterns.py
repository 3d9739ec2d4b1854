"""Write what regular expressions the package compiles while it is imported and reads pages and texts.

    python -m tests.hostile.compiled_patterns

Lines of JSON: ``file`` and ``line`` of the call, its ``function`` and ``method`` (``compile``, ``search`` …), and the
pattern as a Python literal with its ``flags``.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
FOUND: dict[tuple[str, int, str], dict[str, Any]] = {}


def record() -> None:
    """Take down each pattern that a call from the package's code compiles from now on."""
    inner = re._compile  # type: ignore[attr-defined]

    def compiled(pattern: Any, flags: int) -> Any:
        method = sys._getframe(1)
        caller = method.f_back
        path = Path(caller.f_code.co_filename) if caller else Path()
        if caller and path.is_relative_to(ROOT / "newscrawl") and isinstance(pattern, str | bytes):
            FOUND[str(path), caller.f_lineno, repr(pattern)] = {
                "file": str(path.relative_to(ROOT)),
                "line": caller.f_lineno,
                "function": caller.f_code.co_name,
                "method": method.f_code.co_name,
                "pattern": repr(pattern),
                "flags": int(flags),
            }
        return inner(pattern, flags)

    re._compile = compiled  # type: ignore[attr-defined]
    from newscrawl.text import kept_patterns

    kept_patterns.compiled = re.compile  # what is kept ready is compiled by another way: here it is taken down too


def import_all() -> None:
    """Import the package's modules but those of an extra that is not installed here."""
    import newscrawl

    for module in pkgutil.walk_packages(newscrawl.__path__, "newscrawl."):
        if not module.name.endswith("__main__"):
            with suppress(ModuleNotFoundError):
                importlib.import_module(module.name)


def read() -> None:
    """Read pages, texts and a feed, so that what is compiled when it is first needed is."""
    from newscrawl.api import clean_html, clean_text
    from newscrawl.discovery.list_pages import page_number
    from newscrawl.discovery.xml_text import end_of
    from newscrawl.text.patterns import compile_pattern
    from tests.support import page

    compile_pattern("^Sign up")
    for language in ("ja", "zh", "ko", "th"):
        clean_text("渡轮将于周一恢复运营。\n関連記事\n訂閱", language=language)
    pager = '<a class="pager" rel="next" href="/2024/05/03/harbour-2.html">2</a>'
    clean_html(page(extra=pager), url="https://a.example/harbour")
    page_number("https://a.example/sport/page/2")
    end_of("<rss><channel><item>", "rss", ("item", "entry"))
    end_of("<urlset><url>", "urlset", ("url", "sitemap"))


if __name__ == "__main__":
    record()
    import_all()
    read()
    for entry in FOUND.values():
        sys.stdout.write(json.dumps(entry) + "\n")
