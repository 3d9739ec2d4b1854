"""The text of one version of an article, compressed for the store: what the next version is compared with."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from isal import isal_zlib

COMPARED: Final = (
    "headline", "description", "authors", "author_organizations", "source", "article_section", "date_published",
    "date_modified",
)  # fmt: skip
"""Fields whose changes are recorded, beside the blocks."""
MAX_BYTES: Final = 200_000
"""Compressed bytes of a version that are kept: some 500,000 characters."""

_LEVEL: Final = 2
"""A seventh of the time of zlib's own code, for a thirtieth more bytes."""


@dataclass(frozen=True, slots=True)
class ArticleText:
    """One version's compared fields and the texts of its blocks.

    ``ours``: hashes (`newscrawl.store.lines.digest`) of blocks that only our rules removed or kept since the version
    before.
    """

    fields: Mapping[str, Any] = field(default_factory=dict)
    blocks: tuple[str, ...] = ()
    ours: frozenset[int] = frozenset()

    @classmethod
    def of_record(cls, record: Mapping[str, Any]) -> ArticleText:
        """Return the text of a record of the contract."""
        blocks = [str(block.get("text") or "") for block in record.get("blocks") or ()]
        return cls({name: record.get(name) or None for name in COMPARED}, tuple(blocks))

    def pack(self) -> bytes | None:
        """Return it compressed, ``None`` where it is too long to be kept."""
        data = json.dumps(
            [dict(self.fields), self.blocks, sorted(self.ours)], ensure_ascii=False, separators=(",", ":")
        )
        packed = isal_zlib.compress(data.encode("utf-8", "replace"), _LEVEL)
        return packed if len(packed) <= MAX_BYTES else None

    @classmethod
    def unpack(cls, data: bytes) -> ArticleText:
        """Return what `pack` compressed."""
        found, blocks, *ours = json.loads(isal_zlib.decompress(data))  # versions written before `ours` lack it
        return cls(found, tuple(blocks), frozenset(*ours))
