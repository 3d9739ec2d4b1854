"""The figures of a calibrated chance as a table, and its reliability as a plot."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import numpy as np

EDGES = (0.0, 0.2, 0.4, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)
_SIDE = 320
_MARGIN = 46
_COLUMNS = {
    "bodies": "bodies",
    "right": "right",
    "mean": "mean confidence",
    "sure": "at 0.9 and above",
    "right_of_sure": "right of these",
    "auc_poor": "ROC AUC, F1 below 0.9",
    "auc_wrong": "ROC AUC, F1 below 0.95",
    "brier": "Brier score",
}
_LEAST = 5


def table(kind: str, sets: Mapping[str, Mapping[str, float | None]]) -> str:
    """Return the figures per set as a Markdown table."""
    lines = [f"| {kind}s | {' | '.join(_COLUMNS.values())} |", "|---" * (len(_COLUMNS) + 1) + "|"]
    for name, row in sets.items():
        cells = ["-" if row[key] is None else f"{row[key]:.{0 if key == 'bodies' else 3}f}" for key in _COLUMNS]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def write_table(path: Path, kind: str, made: str) -> None:
    """Put a table in the place of the one of its kind in a page of Markdown."""
    page = path.read_text(encoding="utf-8")
    path.write_text(re.sub(rf"(?m)^\| {kind}s \|.*\n(?:\|.*\n)*", lambda _: made + "\n", page), encoding="utf-8")


def bins(chances: np.ndarray, right: np.ndarray) -> list[tuple[float, float, int]]:
    """Return for each bin of chances that holds enough: its mean chance, the share that is right, and their number."""
    place = np.clip(np.searchsorted(EDGES, chances, side="right") - 1, 0, len(EDGES) - 2)
    found = [place == bin_ for bin_ in range(len(EDGES) - 1)]
    return [
        (float(chances[own].mean()), float(right[own].mean()), int(own.sum())) for own in found if own.sum() >= _LEAST
    ]


def write_plot(path: Path, shown: Mapping[str, tuple[np.ndarray, np.ndarray]]) -> None:
    """Write an SVG: for each kind a square with the share that is right over the chance given."""
    width = len(shown) * (_SIDE + 2 * _MARGIN)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {_SIDE + 2 * _MARGIN}" '
        'font-family="sans-serif" font-size="13" role="img" aria-label="Reliability of confidence">',
        f'<rect width="{width}" height="{_SIDE + 2 * _MARGIN}" fill="#fff"/>',
    ]
    for number, (kind, (chances, right)) in enumerate(shown.items()):
        parts.append(f'<g transform="translate({number * (_SIDE + 2 * _MARGIN) + _MARGIN} {_MARGIN})">')
        parts += _square(kind, bins(chances, right), len(chances))
        parts.append("</g>")
    path.write_text("\n".join([*parts, "</svg>", ""]), encoding="utf-8")


def _square(kind: str, found: list[tuple[float, float, int]], count: int) -> list[str]:
    parts = [
        f'<text x="0" y="-16" font-weight="bold">{kind}s ({count})</text>',
        f'<rect width="{_SIDE}" height="{_SIDE}" fill="none" stroke="#888"/>',
        f'<path d="M0 {_SIDE}L{_SIDE} 0" stroke="#bbb" stroke-dasharray="4 4"/>',
        f'<text x="{_SIDE / 2:.0f}" y="{_SIDE + 36}" text-anchor="middle">confidence given</text>',
        f'<text x="-34" y="{_SIDE / 2:.0f}" text-anchor="middle" transform="rotate(-90 -34 {_SIDE / 2:.0f})">'
        "share with F1 of 0.95 or more</text>",
    ]
    for tick in (0.0, 0.5, 1.0):
        at = tick * _SIDE
        parts.append(f'<text x="{at:.0f}" y="{_SIDE + 17}" text-anchor="middle">{tick:g}</text>')
        parts.append(f'<text x="-6" y="{_SIDE - at + 4:.0f}" text-anchor="end">{tick:g}</text>')
    points = [(chance * _SIDE, _SIDE * (1 - share), share, number) for chance, share, number in found]
    line = "L".join(f"{x:.1f} {y:.1f}" for x, y, _, _ in points)
    parts.append(f'<path d="M{line}" fill="none" stroke="#0a6"/>')
    for x, y, share, number in points:
        radius = 2.5 + 7 * (number / count) ** 0.5
        parts.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="#0a6" fill-opacity=".55">'
            f"<title>{number}: {share:.2f}</title></circle>"
        )
    return parts
