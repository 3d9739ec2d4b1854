"""Whom the lines around an article's text show as its author, by how they show it."""

from __future__ import annotations

from dataclasses import dataclass, field

from newscrawl.extraction.metadata.credited import Credits


@dataclass(slots=True)
class ShownCredits:
    """Whom the page shows as author.

    ``labelled``: behind "By" or its like. ``marked``: in an element marked or named as the author's, or a link to an
    author's page. ``bare``: a name with nothing but its place. ``behind``: labelled or marked behind the text.
    ``boxed``: in a box about the author. ``others``: who did something else, by a label.
    """

    labelled: Credits = field(default_factory=Credits)
    marked: Credits = field(default_factory=Credits)
    bare: Credits = field(default_factory=Credits)
    behind: Credits = field(default_factory=Credits)
    boxed: Credits = field(default_factory=Credits)
    others: list[str] = field(default_factory=list)
