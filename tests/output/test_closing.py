from __future__ import annotations

from pathlib import Path

import pytest

from newscrawl.output.closing import Step, carry_out, moved, part_of, renamings
from newscrawl.output.feeds import safe


def names(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.iterdir()}


def plan_in(folder: Path, **files: str) -> list[Step]:
    for name, content in files.items():
        (folder / name.replace("_", ".")).write_text(content)
    return renamings(folder / "out.part", folder / "out", keep_earlier=True)


def test_earlier_files_step_back(tmp_path: Path) -> None:
    plan = plan_in(tmp_path, out="b", out_1="a", out_part="c")
    carry_out(plan)
    assert names(tmp_path) == {"out": "c", "out.1": "b", "out.2": "a"}
    assert [Path(target).name for _, target in moved(plan)] == ["out.2", "out.1"]


def test_an_empty_earlier_file_is_not_kept(tmp_path: Path) -> None:
    carry_out(plan_in(tmp_path, out="", out_part="c"))
    assert names(tmp_path) == {"out": "c"}


@pytest.mark.parametrize("done", range(5))
def test_a_plan_is_taken_up_again_wherever_it_broke_off(tmp_path: Path, done: int) -> None:
    plan = plan_in(tmp_path, out="c", out_1="b", out_2="a", out_part="d")
    carry_out(plan[:done])
    carry_out(plan)
    carry_out(plan)
    assert names(tmp_path) == {"out": "d", "out.1": "c", "out.2": "b", "out.3": "a"}


@pytest.mark.parametrize("written", ["", "ne", "new"])
def test_appending_is_taken_up_again(tmp_path: Path, written: str) -> None:
    (tmp_path / "all").write_text("old" + written)
    (tmp_path / "new").write_text("new")
    plan = [("append", str(tmp_path / "new"), str(tmp_path / "all"), "3"), ("remove", str(tmp_path / "new"))]
    for _ in range(2):
        carry_out(plan)
        assert names(tmp_path) == {"all": "oldnew"}


def test_part() -> None:
    assert part_of(Path("/x/out.jsonl")) == Path("/x/out.jsonl.part")


@pytest.mark.parametrize(
    "value", ["../x", "..", ".", "/etc/passwd", "a\\..\\b", "..%2F..%2Fx", "%2e%2e", "a\0b", "a\nb"]
)
def test_parameters_name_no_folder(tmp_path: Path, value: str) -> None:
    name = str(safe(value))
    assert "/" not in name
    assert "%" not in name
    assert (tmp_path / f"{name}").resolve().parent == tmp_path.resolve()
    assert (tmp_path / name / "x.jsonl").resolve().is_relative_to(tmp_path.resolve())


def test_parameters_that_are_harmless_stay() -> None:
    assert safe("lepoint.fr") == "lepoint.fr"
    assert safe(7) == 7
