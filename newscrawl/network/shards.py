"""Shards: the part of the sites that one of several crawls side by side takes."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from newscrawl.urls.site import site_of


class Shard(NamedTuple):
    """The part of the work that one of several crawls side by side takes: number ``part`` of ``of``, from 1."""

    part: int
    of: int


def in_shard(url: str, shard: Shard | None) -> bool:
    """Tell whether ``url`` falls into the shard; a site always falls into one, and with it its politeness."""
    if shard is None:
        return True
    digest = hashlib.sha256((site_of(url) or url).encode("utf-8", "replace")).digest()
    return int.from_bytes(digest[:8], "big") % shard.of == shard.part - 1
