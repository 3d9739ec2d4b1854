"""Cut a labelled text as people cut it, and give its lines another shape: hard-wrapped, or flattened to one."""

from __future__ import annotations

import random
import textwrap
from collections.abc import Callable

Line = tuple[str, str | None]
"""A line and its role."""

BODY = ("paragraph", "heading", "list_item", "quote")
CUTS = {"headline": 40, "close": 15, "whole": 20, "body": 25}
AROUND = 90


def cut(lines: list[Line], rng: random.Random) -> tuple[str, list[Line]]:
    """Return a kind of cut and what it leaves: from the headline on, close around the body, all, or hardly a header."""
    inside = [i for i, (_, role) in enumerate(lines) if role in BODY]
    if not inside:
        return "none", []
    first, last = inside[0], inside[-1]
    title = next((i for i, (_, role) in enumerate(lines) if role == "headline" and i < first), first)
    kind = rng.choices(list(CUTS), list(CUTS.values()))[0]
    if kind == "headline":
        low, high = title - rng.choice((0, 0, 0, 1, 3)), last + rng.choice((0, 2, 6, 12, 25, 40))
    elif kind == "close":
        low, high = title - rng.randrange(12), last + rng.randrange(12)
    elif kind == "body":
        low, high = first - rng.choice((0, 0, 1, 2)), last + rng.choice((0, 0, 3, 8))
    else:
        low, high = title - AROUND, last + AROUND
    return kind, lines[max(0, low) : high + 1]


def wrap(lines: list[Line], rng: random.Random) -> list[Line]:
    """Return long lines broken at a width, each piece with the role of its line."""
    width = rng.choice((60, 68, 72, 76, 80, 100, 120))
    out: list[Line] = []
    for text, role in lines:
        pieces = textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False) or [text]
        out += [(piece, role) for piece in pieces]
    return out


def flatten(lines: list[Line], rng: random.Random) -> list[Line]:
    """Return the lines without blank ones between them."""
    return [(text, role) for text, role in lines if text.strip()]


SHAPES: dict[str, tuple[float, Callable[[list[Line], random.Random], list[Line]]]] = {
    "as rendered": (0.75, lambda lines, rng: lines),
    "wrapped": (0.12, wrap),
    "without blank lines": (0.13, flatten),
}
"""Shapes of a text, each with its share."""


def reshape(lines: list[Line], rng: random.Random) -> tuple[str, list[Line]]:
    """Return a shape's name and the lines in it."""
    name = rng.choices(list(SHAPES), [share for share, _ in SHAPES.values()])[0]
    return name, SHAPES[name][1](lines, rng)
