"""The thinking is done in packages that take values and return values: no Scrapy, no clock, no network, no state."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import newscrawl

ROOT = Path(newscrawl.__file__).parent
PURE = (
    "text",
    "urls",
    "parsing",
    "widgets",
    "dates",
    "record",
    "sites",
    "site_memory",
    "extraction",
    "discovery",
    "monitoring",
)
READ_FILES = {"sites/catalogue.py", "sites/cookies.py", "sites/site_files.py"}
SPEAK_TO_SCRAPY = {"record/fields_map.py", "site_memory/memories.py"}  # types and log lines only
FORBIDDEN_MODULES = {
    "scrapy", "twisted", "asyncio", "socket", "ssl", "http", "ftplib", "smtplib", "requests", "aiohttp", "urllib3",
    "time", "random", "secrets", "threading", "multiprocessing", "subprocess", "concurrent", "logging", "sqlite3",
}  # fmt: skip
FORBIDDEN_NAMES = {
    "urllib.request",
    "newscrawl.settings", "newscrawl.spiders", "newscrawl.middlewares", "newscrawl.pipelines", "newscrawl.extensions",
    "newscrawl.commands", "newscrawl.store", "newscrawl.workers.pool", "newscrawl.exporters",
    "newscrawl.network.requests",
}  # fmt: skip
CLOCKS = {"now", "utcnow", "today"}


def modules() -> list[Path]:
    left_out = {ROOT / name for name in READ_FILES | SPEAK_TO_SCRAPY}
    return sorted(path for package in PURE for path in (ROOT / package).rglob("*.py") if path not in left_out)


def imported(tree: ast.AST) -> set[str]:
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {node.module or ""} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def offences(source: str) -> list[str]:
    tree = ast.parse(source)
    found = []
    for name in sorted(imported(tree)):
        parents = {".".join(name.split(".")[:depth]) for depth in range(1, name.count(".") + 2)}
        if name.split(".")[0] in FORBIDDEN_MODULES or parents & FORBIDDEN_NAMES:
            found.append(f"imports {name}")
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCKS:
            found.append(f"line {node.lineno}: reads the clock with {ast.unparse(node.func)}()")
        if isinstance(node, ast.Global):
            found.append(f"line {node.lineno}: global {', '.join(node.names)}")
    return found


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_pure(path: Path) -> None:
    assert offences(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "import scrapy",
        "from scrapy.http import Request",
        "from urllib import request",
        "import urllib.request",
        "def f():\n    from time import time",
        "from datetime import datetime\nx = datetime.now()",
        "import datetime\nx = datetime.date.today()",
        "from newscrawl import settings",
        "def f():\n    global x\n    x = 1",
    ],
)
def test_the_test_can_fail(source: str) -> None:
    assert offences(source)


def test_there_are_packages_to_look_at() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in modules()} == set(PURE)


OF_LXML_HTML = {"text_content", "cssselect", "drop_tree", "drop_tag", "find_class", "get_element_by_id", "iterlinks"}


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_elements_of_a_page_are_asked_for_nothing_that_only_those_of_lxml_html_have(path: Path) -> None:
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    assert not {node.attr for node in nodes if isinstance(node, ast.Attribute)} & OF_LXML_HTML
