"""Charts as inline SVG without any text: labels are the page's, so that they are read, wrapped and scaled as text."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape

COLOURS = 7
"""Classes ``f0`` … ``f6`` of the style sheet; the last is for all others."""


def stacked_bars(series: Sequence[Sequence[int]], labels: Sequence[str], names: Sequence[str]) -> Markup:
    """Return bars over time, each stacked of the series at that step; ``names`` are those of the series."""
    steps = len(labels)
    highest = max((sum(values[step] for values in series) for step in range(steps)), default=0) or 1
    bars = []
    for step in range(steps):
        top = 0.0
        parts = []
        for index, values in enumerate(series):
            if values[step]:
                height = values[step] / highest * 100
                top += height
                parts.append(
                    f'<rect class="f{min(index, COLOURS - 1)}" x="{step + 0.08:.2f}" y="{100 - top:.2f}" '
                    f'width="0.84" height="{height:.2f}"/>'
                )
        if parts:
            said = ", ".join(f"{names[i]} {values[step]}" for i, values in enumerate(series) if values[step])
            bars.append(f"<g><title>{escape(f'{labels[step]}: {said}')}</title>{''.join(parts)}</g>")
    return Markup(
        f'<svg viewBox="0 0 {max(steps, 12)} 100" preserveAspectRatio="none" aria-hidden="true">{"".join(bars)}</svg>'
    )


def spark(values: Sequence[int]) -> Markup:
    """Return a small area without axes."""
    highest = max(values, default=0) or 1
    bars = "".join(
        f'<rect class="f0" x="{step + 0.1:.1f}" y="{20 - value / highest * 20:.2f}" width="0.8" '
        f'height="{value / highest * 20:.2f}"/>'
        for step, value in enumerate(values)
        if value
    )
    return Markup(
        f'<svg viewBox="0 0 {max(len(values), 12)} 20" preserveAspectRatio="none" aria-hidden="true">{bars}</svg>'
    )


def bar(share: float, colour: int = 0) -> Markup:
    """Return a bar that is filled to a share, 0 to 1."""
    width = max(0.0, min(1.0, share)) * 100
    return Markup(
        '<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="track" width="100" height="10"/><rect class="f{colour}" width="{width:.2f}" height="10"/></svg>'
    )


def stack(counts: Sequence[int]) -> Markup:
    """Return one bar that is parted by counts; the n-th part has the n-th colour."""
    total = sum(counts) or 1
    at = 0.0
    parts = []
    for index, count in enumerate(counts):
        width = count / total * 100
        parts.append(f'<rect class="f{min(index, COLOURS - 1)}" x="{at:.2f}" width="{width:.2f}" height="10"/>')
        at += width
    return Markup(f'<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">{"".join(parts)}</svg>')


def swatch(colour: int) -> Markup:
    """Return the square of a legend's entry."""
    name = f"f{min(colour, COLOURS - 1)}"
    return Markup(f'<svg viewBox="0 0 1 1" aria-hidden="true"><rect class="{name}" width="1" height="1"/></svg>')
