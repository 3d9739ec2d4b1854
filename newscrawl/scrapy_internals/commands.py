"""Commands of ``scrapy`` imported by name: a start of one command does not import the twenty others."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scrapy.commands import ScrapyCommand
    from scrapy.settings import BaseSettings

_LISTED = "_get_commands_dict"
_OF_MODULE = "_get_commands_from_module"


def import_by_name() -> None:
    """Have ``scrapy.cmdline`` import a project's own command alone, and all commands where it needs their list.

    Does nothing where that module is not loaded, or is another than is known here.
    """
    module: Any = sys.modules.get("scrapy.cmdline")
    listed = getattr(module, _LISTED, None)
    if listed is None or not hasattr(module, _OF_MODULE) or hasattr(listed, "by_name"):
        return

    def commands(settings: BaseSettings, inproject: bool) -> Mapping[str, ScrapyCommand]:
        return _Commands(module, listed, settings, inproject)

    commands.by_name = True  # type: ignore[attr-defined]
    setattr(module, _LISTED, commands)


class _Commands(Mapping[str, "ScrapyCommand"]):
    """Scrapy's commands by name; the project's come first, as in Scrapy."""

    def __init__(self, module: Any, listed: Any, settings: BaseSettings, inproject: bool) -> None:
        self._of_module = getattr(module, _OF_MODULE)
        self._listed = listed
        self._asked = settings, inproject
        self._found: dict[str, ScrapyCommand] = {}
        self._has_all = False

    def _all(self) -> dict[str, ScrapyCommand]:
        if not self._has_all:
            self._has_all = True
            self._found = {**self._listed(*self._asked), **self._found}
        return self._found

    def __getitem__(self, name: str) -> ScrapyCommand:
        settings, inproject = self._asked
        package = settings["COMMANDS_MODULE"]
        if name not in self._found and package and name.isidentifier():
            module = f"{package}.{name}"
            if find_spec(module) is not None:
                self._found.update(self._of_module(module, inproject))
        return self._found[name] if name in self._found else self._all()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())
