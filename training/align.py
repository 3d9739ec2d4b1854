"""Label the segments of a page by hand-made truth: which of them are the article's text."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict

TOKEN = re.compile(r"\w+")
UNSPACED = re.compile("[\u0e00-\u0e7f\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


def words(text: str) -> list[str]:
    """Lower-cased words; single characters in scripts without spaces."""
    text = unicodedata.normalize("NFKC", text).replace("\u00ad", "").replace("\u200b", "").lower()
    out: list[str] = []
    for token in TOKEN.findall(text):
        out.extend(token if UNSPACED.search(token) else [token])
    return out


def coverage(segment: list[str], index: dict[tuple[str, ...], list[int]], n: int) -> tuple[float, list[int]]:
    """Share of a segment's n-grams that stand in the truth, and the positions where its first known one stands."""
    grams = [tuple(segment[i : i + n]) for i in range(len(segment) - n + 1)]
    known = [(i, g) for i, g in enumerate(grams) if g in index]
    if not known:
        return 0.0, []
    return len(known) / len(grams), [max(0, p - known[0][0]) for p in index[known[0][1]][:8]]


def label(segments: list[str], truth: str) -> list[float | None]:
    """1.0 article, 0.0 not, None undecided, for each segment.

    Segments whose words stand in the truth are chained in the truth's order (heaviest chain), so that of two copies
    of a line (a teaser and the paragraph itself) the one in its place is taken.
    """
    body = words(truth)
    indexes: dict[int, dict[tuple[str, ...], list[int]]] = {}
    for n in (1, 2, 3, 4):
        index: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for i in range(len(body) - n + 1):
            index[tuple(body[i : i + n])].append(i)
        indexes[n] = index
    lines = {tuple(words(line)) for line in truth.split("\n") if line.strip()}
    found: list[tuple[float, list[int], int]] = []
    for text in segments:
        tokens = words(text)
        if not tokens:
            found.append((0.0, [], 0))
            continue
        n = min(4, len(tokens))
        share, places = coverage(tokens, indexes[n], n)
        if len(tokens) < 4:
            # A short one counts where it is a line of the truth, or goes on inside one.
            if tuple(tokens) not in lines and len(places) > 4:
                places = places[:4]
            if tuple(tokens) not in lines and len(tokens) < 3:
                share *= 0.5
        found.append((share, places, len(tokens)))
    nodes = [(i, p, share, size) for i, (share, places, size) in enumerate(found) if share >= 0.5 for p in places]
    best: list[float] = []
    back: list[int] = []
    for k, (i, p, share, size) in enumerate(nodes):
        top, where = 0.0, -1
        for j in range(max(0, k - 400), k):
            if nodes[j][0] < i and nodes[j][1] + nodes[j][3] <= p + 3 and best[j] > top:
                top, where = best[j], j
        best.append(top + size * share)
        back.append(where)
    chosen: set[int] = set()
    if best:
        k = max(range(len(best)), key=best.__getitem__)
        while k >= 0:
            chosen.add(nodes[k][0])
            k = back[k]
    out: list[float | None] = []
    for i, (share, _, size) in enumerate(found):
        if i in chosen:
            out.append(1.0 if share >= 0.7 else None)
        elif share >= 0.5 and size >= 4:
            out.append(None if share < 0.9 or size > 12 else 0.0)
        else:
            out.append(0.0 if share < 0.35 or size < 4 else None)
    return out
