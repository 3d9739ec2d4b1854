"""The contract of a JSON line: what one article is, field by field, in the order in which it is written.

Names are schema.org's NewsArticle in snake case; docs/fields.md says what each field means. Every field is always
there: a list without entries is ``[]``, anything else unknown is ``None``.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any, Literal, TypedDict

SCHEMA_VERSION = 1


class Block(TypedDict):
    """One paragraph, heading, list item or quotation of the body; ``text`` has no line break, bullet or markup."""

    type: Literal["paragraph", "heading", "list_item", "quote"]
    text: str
    time: str | None


class Image(TypedDict):
    """A picture of the article."""

    url: str
    caption: str | None
    credit: str | None


class Removal(TypedDict):
    """A piece that stood within the article and was taken out of it, with the rule that took it."""

    kind: str
    rule: str
    level: Literal["html", "text"]
    text: str
    before: int
    split: bool
    offset: int | None


class Right(TypedDict):
    """A reservation of text and data mining that was found."""

    source: str
    value: str


class FieldChange(TypedDict):
    """The values of a field in the earlier version and in this one."""

    before: Any
    after: Any


class AddedBlock(TypedDict):
    """A block that only one of two versions has; ``index`` among that version's blocks."""

    index: int
    text: str


class RewrittenBlock(TypedDict):
    """A block whose words changed; ``before_index`` among the earlier version's blocks."""

    index: int
    before_index: int
    before: str
    after: str


class Changes(TypedDict):
    """What the publisher changed since the version before."""

    fields: dict[str, FieldChange]
    added: list[AddedBlock]
    removed: list[AddedBlock]
    rewritten: list[RewrittenBlock]


@dataclass(slots=True)
class Article:
    """An article as it is written to a line; see docs/fields.md."""

    schema_version: int = SCHEMA_VERSION
    url: str = ""
    canonical_url: str | None = None
    headline: str | None = None
    description: str | None = None
    article_body: str | None = None
    blocks: list[Block] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    author_organizations: list[str] = field(default_factory=list)
    source: str | None = None
    publisher: str | None = None
    article_section: str | None = None
    keywords: list[str] = field(default_factory=list)
    in_language: str | None = None
    images: list[Image] = field(default_factory=list)
    is_accessible_for_free: bool | None = None
    date_published: str | None = None
    date_modified: str | None = None
    date_evidence: dict[str, dict[str, Any] | None] = field(default_factory=dict)
    removed: list[Removal] = field(default_factory=list)
    confidence: float | None = None
    rights: list[Right] = field(default_factory=list)
    duplicate_of: str | None = None
    not_article: str | None = None
    fetched_at: str | None = None
    content_hash: str | None = None
    version: int = 1
    changes: Changes | None = None


FIELDS: tuple[str, ...] = tuple(f.name for f in fields(Article))
"""The contract's field names in the order of a line."""
