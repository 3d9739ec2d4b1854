"""The figures as a table and a chart in docs/performance.md."""

from __future__ import annotations

import statistics
from pathlib import Path

DOCS = Path(__file__).parent.parent / "docs"
BEGIN, END = "<!-- figures: make bench -->", "<!-- end of figures -->"
_WIDE, _HIGH, _LEFT = 640, 28, 220


def spread(figures: list[float], unit: str = "") -> str:
    """Median and range."""
    unit = unit and f" {unit}"
    return f"{statistics.median(figures):.2f}{unit} ({min(figures):.2f} to {max(figures):.2f})"


def table(machine: str, what: str, rows: list[tuple[str, str]]) -> str:
    """The figures as Markdown."""
    lines = [f"Machine: {machine}. {what}.", "", "| measured | |", "|---|---|"]
    return "\n".join(lines + [f"| {name} | {value} |" for name, value in rows])


def chart(bars: dict[str, float]) -> str:
    """CPU time a page of each tool, ours as plain Python being 1, as an SVG of bars."""
    values = bars
    scale = (_WIDE - _LEFT - 60) / max(values.values())
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDE}" height="{_HIGH * len(values) + 36}" '
           'font-family="sans-serif" font-size="13"><rect width="100%" height="100%" fill="#fff"/>']  # fmt: skip
    for number, (name, value) in enumerate(values.items()):
        y = number * _HIGH + 8
        fill = "#1b6ca8" if name.startswith("the pass") else "#9aa5b1"
        out.append(f'<text x="{_LEFT - 8}" y="{y + 15}" text-anchor="end">{name}</text>')
        out.append(f'<rect x="{_LEFT}" y="{y}" width="{value * scale:.0f}" height="20" fill="{fill}"/>')
        out.append(f'<text x="{_LEFT + value * scale + 6:.0f}" y="{y + 15}">{value:.2f}</text>')
    out.append(
        f'<text x="{_LEFT}" y="{_HIGH * len(values) + 26}">CPU time a page, the pass as plain Python = 1</text></svg>'
    )
    return "\n".join(out) + "\n"


def write(text: str, svg: str | None) -> None:
    """Put the table between its marks in docs/performance.md, and the chart beside it."""
    page = DOCS / "performance.md"
    before, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    page.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", encoding="utf-8")
    if svg:
        (DOCS / "performance.svg").write_text(svg, encoding="utf-8")
