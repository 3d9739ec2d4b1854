"""Commands imported by name: the project's own alone, all of them where they are listed or the name is Scrapy's."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.support import ROOT

PROGRAM = """
import sys
import scrapy.cmdline
from scrapy.utils.project import get_project_settings
settings = get_project_settings()
commands = scrapy.cmdline._get_commands_dict(settings, True)
"""


def printed(code: str) -> list[str]:
    done = subprocess.run([sys.executable, "-c", PROGRAM + code], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.split()


@pytest.mark.parametrize(
    ("name", "module", "others"),
    [("crawl", "newscrawl.commands.crawl", "False"), ("fetch", "scrapy.commands.fetch", "True")],
)
def test_a_command_is_found_by_its_name(name: str, module: str, others: str) -> None:
    code = f"print(type(commands['{name}']).__module__, 'scrapy.commands.bench' in sys.modules)"
    assert printed(code) == [module, others]


def test_all_commands_are_listed_ours_before_scrapys() -> None:
    code = "print('none' in commands, *[f'{n}={type(c).__module__}' for n, c in sorted(commands.items())])"
    unknown, *names = printed(code)
    assert unknown == "False"
    assert {"crawl=newscrawl.commands.crawl", "store=newscrawl.commands.store", "list=scrapy.commands.list"} <= {*names}
