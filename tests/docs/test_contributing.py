"""Every file and folder that CONTRIBUTING.md names is there, and every room is named."""

from __future__ import annotations

import re

from tests.support import ROOT

TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def test_paths_are_there() -> None:
    named = set(re.findall(r"`([\w/.]+(?:\.py|\.toml|/))`", TEXT))
    assert len(named) > 50
    assert {name for name in named if not (ROOT / "newscrawl" / name).exists() and not (ROOT / name).exists()} == set()


def test_every_room_is_in_the_floor_plan() -> None:
    plan = TEXT.split("## The floor plan")[1].split("## The way")[0]
    rooms = {path.name for path in (ROOT / "newscrawl").iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert {room for room in rooms if f"`{room}/`" not in plan} == set()


def test_hardly_anything_lies_loose() -> None:
    assert len(list((ROOT / "newscrawl").glob("*.py"))) <= 10
