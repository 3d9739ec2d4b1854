"""The parts that segments of a page play."""

from __future__ import annotations

from typing import ClassVar, Final

MARK: Final = "data-newscrawl"
"""The attribute by which a cleaned page says what its elements are (`newscrawl.extraction.body.clean_marks`)."""
PARTED: Final = "parted"
"""Its value at an empty inline element in place of one that was taken out."""


class Role:
    """Part of a segment; the value is the ``kind`` under which it is logged where it is dropped within the article.

    No `enum.Enum`: finding a member of one takes Python five times as long, and a page asks for thousands.
    """

    __slots__ = ("value",)

    BODY: ClassVar[Role]
    HEADLINE: ClassVar[Role]
    STANDFIRST: ClassVar[Role]
    BYLINE: ClassVar[Role]
    DATE: ClassVar[Role]
    CAPTION: ClassVar[Role]
    BOILERPLATE: ClassVar[Role]
    RULED: ClassVar[Role]
    OUT: ClassVar[Role]

    def __init__(self, value: str) -> None:
        self.value: Final = value

    def __repr__(self) -> str:
        return f"<Role {self.value}>"


Role.BODY = Role("body")
Role.HEADLINE = Role("headline")
Role.STANDFIRST = Role("standfirst")
Role.BYLINE = Role("byline")
Role.DATE = Role("date_line")
Role.CAPTION = Role("caption")
Role.BOILERPLATE = Role("furniture")
Role.RULED = Role("ruled")
Role.OUT = Role("out")
