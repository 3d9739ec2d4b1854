"""Shards: the part of the sites that one of several concurrent crawls takes."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from newscrawl.urls.site import site_of


class Shard(NamedTuple):
    """The part of the work of one of several concurrent crawls: number ``part`` of ``of``, from 1."""

    part: int
    of: int


def in_shard(url: str, shard: Shard | None) -> bool:
    """Tell whether ``url`` falls into the shard; a site, and with it its delays, always falls into one."""
    if shard is None:
        return True
    digest = hashlib.sha256((site_of(url) or url).encode("utf-8", "replace")).digest()
    return int.from_bytes(digest[:8], "big") % shard.of == shard.part - 1
