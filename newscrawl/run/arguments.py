"""The arguments of the spiders: declared on the spider, validated before the engine starts."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from scrapy.settings import BaseSettings
from scrapy.utils.project import get_project_settings

from newscrawl.exceptions import ArgumentError
from newscrawl.network.shards import Shard


@dataclass(frozen=True, slots=True)
class Argument:
    """One ``-a name=value``: parser of its text, and description.

    ``read`` raises `ValueError` with a sentence for the user where the text is invalid. With ``in_settings`` it takes
    the settings as well.
    """

    read: Callable[..., Any]
    help: str
    in_settings: bool = False


def parse(
    spider: str, declared: Mapping[str, Argument], given: Mapping[str, Any], settings: BaseSettings | None = None
) -> dict[str, Any]:
    """Return the values of ``given``, ``None`` for each missing argument.

    Raises `ArgumentError` for an argument that is not declared or cannot be parsed. Names that begin with ``_`` belong
    to the program that runs the spider (scrapyd's ``_job``), and are ignored.
    """
    given = {name: text for name, text in given.items() if not name.startswith("_")}
    for name in given:
        if name not in declared:
            near = difflib.get_close_matches(name, declared, n=1)
            hint = f"did you mean {near[0]}=?" if near else f"it takes {', '.join(f'{a}=' for a in declared)}"
            raise ArgumentError(f"the spider {spider} has no argument {name}=: {hint}")
    values: dict[str, Any] = dict.fromkeys(declared)
    for name, text in given.items():
        try:
            also = (settings or get_project_settings(),) if declared[name].in_settings else ()
            values[name] = declared[name].read(str(text), *also)
        except ValueError as error:
            raise ArgumentError(f"argument {name}={text}: {error}") from None
    return values


def flag(text: str) -> bool:
    """Parse ``1``/``0`` (also true/false, yes/no)."""
    values = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
    if text.strip().lower() not in values:
        raise ValueError("give 1 or 0")
    return values[text.strip().lower()]


def count(text: str) -> int:
    """Parse a number of 1 or more."""
    if not re.fullmatch(r"[0-9]{1,12}", text.strip(), re.ASCII) or int(text) < 1:
        raise ValueError("give a number of 1 or more")
    return int(text)


def shard(text: str) -> Shard:
    """Parse ``2/5``: the second of five parts."""
    match = re.fullmatch(r"([0-9]{1,6})/([0-9]{1,6})", text.strip(), re.ASCII)
    if not match or not 1 <= int(match[1]) <= int(match[2]):
        raise ValueError("give a part such as 2/5, from 1/5 to 5/5")
    return Shard(int(match[1]), int(match[2]))


COMMON: dict[str, Argument] = {
    "shard": Argument(shard, "2/5 takes the second fifth of the sites, for crawls side by side"),
    "max_articles": Argument(count, "stop after so many articles"),
    "dry_run": Argument(flag, "1 prints what would be fetched and fetches nothing"),
    "refetch": Argument(flag, "1 fetches what was seen before, too"),
}
"""Arguments of every spider."""
