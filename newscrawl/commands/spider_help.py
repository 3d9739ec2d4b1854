"""``scrapy crawl -h`` and ``scrapy crawl article -h``: help on a spider and its arguments."""

from __future__ import annotations

import argparse
import inspect
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from scrapy.settings import BaseSettings
from scrapy.spiderloader import get_spider_loader

from newscrawl.run.arguments import COMMON, Argument
from newscrawl.spiders.base import NewsSpider

MEANINGS = {
    0: "all well",
    1: "internal error",
    2: "usage",
    3: "something you named failed, the rest is written",
    4: "blocked",
    5: "an alarm (a site fell silent, or gives less than it did)",
    6: "output or store not writable",
    75: "another run is on",
}
"""Short description of each exit code (`newscrawl.exitcodes.ExitCode`)."""


class SpiderHelp(argparse.Action):
    """``-h`` of ``scrapy crawl``: with a spider's name, its arguments; without, the spiders and the options."""

    def __init__(self, settings: BaseSettings, **kwargs: Any) -> None:
        super().__init__(nargs=0, **kwargs)
        self.settings = settings

    def __call__(self, parser: argparse.ArgumentParser, namespace: Any, values: Any, option: str | None = None) -> None:
        """Print the help and end the program."""
        spiders = spiders_of(self.settings)
        named = next((word for word in sys.argv[1:] if word in spiders), None)
        if named is None:
            sys.stdout.write(parser.format_help() + "\n" + overview(spiders))
        else:
            sys.stdout.write(usage(spiders[named]))
        parser.exit()


def spiders_of(settings: BaseSettings) -> dict[str, type[Any]]:
    """Return the project's spiders by name."""
    loader = get_spider_loader(settings)
    return {name: loader.load(name) for name in sorted(loader.list())}


def overview(spiders: Mapping[str, type[Any]]) -> str:
    """Return a line for each spider, and how to read on."""
    lines = [f"  {name:<24}{summary(spider)}" for name, spider in spiders.items()]
    codes = " · ".join(f"{code} {meaning}" for code, meaning in MEANINGS.items())
    return "\n".join(["Spiders:", *lines, "", "Their arguments: scrapy crawl <spider> -h", f"Exit codes: {codes}", ""])


def usage(spider: type[Any]) -> str:
    """Return the description and the arguments of a spider."""
    own: dict[str, Argument] = spider.ARGUMENTS if issubclass(spider, NewsSpider) else {}
    common = COMMON if issubclass(spider, NewsSpider) else {}
    first = next(iter(own), "name")
    return "\n".join([
        f"scrapy crawl {spider.name} -a {first}=… -o articles.jsonl",
        "",
        *(inspect.getdoc(spider) or "").replace("``", "").split("\n"),
        "",
        "Its arguments, each as -a name=value:",
        *_lines(own),
        "",
        "Those of every spider:",
        *_lines(common),
        "",
        "-o FILE appends, -O FILE overwrites, -s NAME=value sets a setting (docs/settings.md).",
        "All options and exit codes: scrapy crawl -h",
        "",
    ])  # fmt: skip


def summary(spider: type[Any]) -> str:
    """Return the first sentence of a spider's docstring."""
    return (inspect.getdoc(spider) or "").split("\n", 1)[0].replace("``", "")


def _lines(arguments: Mapping[str, Argument]) -> Sequence[str]:
    return [f"  {name + '=':<16}{argument.help}" for name, argument in arguments.items()]
