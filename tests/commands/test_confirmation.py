from __future__ import annotations

import io

import pytest

from newscrawl.commands.crawl import confirm_all_sites


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def ask(monkeypatch: pytest.MonkeyPatch, reply: str, site: str = "all", *, dry_run: bool = False) -> str:
    said = Terminal()
    monkeypatch.setattr("sys.stdin", Terminal(reply))
    monkeypatch.setattr("sys.stderr", said)
    confirm_all_sites({"site": site}, {"site": ["a", "b"], "dry_run": dry_run})
    return said.getvalue()


def test_yes_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "site=all crawls 2 newspapers" in ask(monkeypatch, "y\n")


@pytest.mark.parametrize("reply", ["\n", "", "n\n", "no\n"])
def test_anything_else_ends_it(monkeypatch: pytest.MonkeyPatch, reply: str) -> None:
    with pytest.raises(SystemExit) as end:
        ask(monkeypatch, reply)
    assert end.value.code == 2


def test_nothing_is_asked_of_others(monkeypatch: pytest.MonkeyPatch) -> None:
    assert ask(monkeypatch, "", "own") == ""
    assert ask(monkeypatch, "", dry_run=True) == ""
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    confirm_all_sites({"site": "all"}, {"site": [], "dry_run": False})
