"""Check of the settings that a person set against the known ones."""

from __future__ import annotations

import json
from functools import cache

from scrapy.settings import SETTINGS_PRIORITIES, BaseSettings, default_settings

import newscrawl.settings as own
from newscrawl.exitcodes import ExitCode
from newscrawl.run.checks import leave
from newscrawl.text.near import nearest

_OURS = "NEWSCRAWL"
_NEAR = 0.85
_KINDS = {
    bool: "True or False",
    int: "a number",
    float: "a number",
    list: "numbers with commas between",
    dict: 'a JSON object, such as \'{"headline": "title"}\'',
}


def check_settings(settings: BaseSettings) -> None:
    """End the program with one line where a setting's name or value is invalid.

    Checked are names that begin with NEWSCRAWL wherever they were set, and all given on the command line (``-s``). A
    name that is neither ours nor Scrapy's passes unless it is close to one, since extensions have settings of their
    own.
    """
    for name in settings:
        typed = settings.getpriority(name) == SETTINGS_PRIORITIES["cmdline"]
        if not typed and not name.startswith(_OURS):
            continue
        if not is_known(name):
            near = nearest(name, known_names(), _NEAR)
            if near or name.startswith(_OURS):
                hint = f"did you mean {near}?" if near else "docs/settings.md has them all"
                leave(f"there is no setting {name}: {hint}", ExitCode.USAGE)
        elif why := fault(settings, name):
            leave(f"{name}={settings.get(name)}: {why}", ExitCode.USAGE)


def is_known(name: str) -> bool:
    """Tell whether a setting of this name is ours or Scrapy's."""
    return name in known_names()


@cache
def known_names() -> frozenset[str]:
    """Return the names of our settings and Scrapy's."""
    return frozenset(name for module in (own, default_settings) for name in vars(module) if name.isupper())


def fault(settings: BaseSettings, name: str) -> str | None:
    """Return the error in a setting's value, judged by the type of its default; ``None`` where there is none."""
    default = getattr(own, name, getattr(default_settings, name, None))
    value = settings.get(name)
    if value is None or default is None:
        return None
    try:
        if isinstance(default, bool):
            settings.getbool(name)
        elif isinstance(default, int | float):
            if float(value) < 0 and name.startswith(_OURS):
                return "give a number of 0 or more"
        elif isinstance(default, list) and default and all(isinstance(entry, int | float) for entry in default):
            [float(entry) for entry in settings.getlist(name)]
        elif isinstance(default, dict) and isinstance(value, str):
            dict(json.loads(value))
    except (ValueError, TypeError):
        return f"give {_KINDS[type(default)]}"
    return None
