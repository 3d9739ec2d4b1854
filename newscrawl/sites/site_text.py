"""Text patterns of a site file, applied to an article's blocks."""

from __future__ import annotations

from typing import Any, Final

from newscrawl.items import Block, Removal
from newscrawl.text.normalise import normal
from newscrawl.text.patterns import compile_pattern
from newscrawl.widgets.rejoin import join
from newscrawl.widgets.take_out import TakenOut, take_out

SHARE: Final = 0.4
LONGEST: Final = 20_000


def strip_text(blocks: list[Block], site: dict[str, Any], language: str | None) -> tuple[TakenOut | None, list[str]]:
    """Remove the matches of the patterns of ``site``: whole blocks, or parts of one, which is then joined.

    Returns what `newscrawl.widgets.take_out.take_out` does (``None``: nothing was found), and the rules that would have
    removed too much of the article and were not applied.
    """
    survive = [text for text in map(normal, site.get("must_survive", ())) if text]
    whole = sum(len(block["text"]) for block in blocks) or 1
    found: dict[int, tuple[str, str, int, int]] = {}
    refused = []
    for rule, kind, pattern in site.get("strip_text", ()):
        compiled = compile_pattern(pattern)
        hits = {}
        for i, block in enumerate(blocks):
            text = block["text"]
            match = compiled.search(text) if i not in found and len(text) <= LONGEST else None
            if match and match[0].strip() and not any(text in normal(block["text"]) for text in survive):
                hits[i] = (kind, rule, match.start(), match.end())
        if sum(end - start for _, _, start, end in hits.values()) > SHARE * whole:
            refused.append(rule)
        else:
            found |= hits
    if not found:
        return None, refused
    return _take(blocks, found, language), refused


def _take(blocks: list[Block], found: dict[int, tuple[str, str, int, int]], language: str | None) -> TakenOut:
    gone = [i in found and not _rest(blocks[i], found[i]) for i in range(len(blocks))]
    taken = take_out(blocks, gone, language, lambda run: found[run[0]][:2])
    for i in sorted(found):
        if not gone[i]:
            _cut(taken, i, found[i], blocks[i]["text"], language)
    taken.removed.sort(key=lambda entry: entry[0])
    return taken


def _rest(block: Block, hit: tuple[str, str, int, int]) -> str:
    return (block["text"][: hit[2]] + block["text"][hit[3] :]).strip(" .,:;!?-–—|[]()")


def _cut(taken: TakenOut, index: int, hit: tuple[str, str, int, int], text: str, language: str | None) -> None:
    """Remove a part of a block that stays; what stands behind it in the final block moves up."""
    kind, rule, start, end = hit
    place = taken.places[index]
    block = taken.blocks[place.block]
    at = place.offset
    left, right = text[:start].rstrip(), text[end:].lstrip()
    offset, mended = join(left, right, language)
    block["text"] = block["text"][:at] + mended + block["text"][at + len(text) :]
    shift = len(text) - len(mended)
    for _, earlier in taken.removed:
        if earlier["before"] == place.block and earlier["offset"] is not None and earlier["offset"] > at:
            earlier["offset"] -= shift
    for k, other in enumerate(taken.places):
        if other.block == place.block and other.offset > at:
            taken.places[k] = other._replace(offset=other.offset - shift)
    inside = bool(left and right)
    removal: Removal = {
        "kind": kind,
        "rule": rule,
        "level": "text",
        "text": text[start:end].strip(),
        "before": place.block if left == "" or inside else place.block + 1,
        "split": inside,
        "offset": at + offset if inside else None,
    }
    taken.removed.append((index, removal))
