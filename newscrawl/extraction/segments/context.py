"""What the second model sees: a segment's own figures, and how the first model scored what stands around it."""

from __future__ import annotations

from collections.abc import Iterator
from math import log1p
from typing import Final

import numpy as np
from numpy.typing import NDArray

from newscrawl.extraction.segments.features import names as feature_names
from newscrawl.extraction.segments.numbers import Indices, PageNumbers, last_before
from newscrawl.parsing.trees import Matrix

_FAR: Final = 60
_LONG: Final = 60
"""Characters of a segment that can be a sure one."""
_WINDOW: Final = (-6, -5, -4, -3, -2, -1, 1, 2, 3, 4, 5, 6)
_WIDTHS: Final = (3, 8)
_GROUPS: Final = ("frame", "parent", "grand", "kind")
_NOTHING: Final = -1.0
"""Stands for the share of text among no segments."""
_NO_LOGIT: Final = -9.0
_OUTSIDE: Final = -6.0
"""The logit beyond a page's ends."""

OWN: Final = (
    "chars", "words", "stops", "link_share", "bare", "control", "continues", "prose", "ends", "lower_start", "tag_p",
    "tag_li", "tag_h2", "tag_h3", "names_sum", "names_near", "names_own", "names_parent", "lexicon", "position",
    "after_title", "to_title", "same_as_title", "in_span", "in_structured", "repeats", "twin_before", "main_distance",
    "in_main", "parent_prose", "parent_segments", "parent_links", "sig_count", "sig_prose", "sig_links", "page_prose",
    "page_segments", "hidden", "gap_before", "gap_after", "chars_before", "prose_before",
    "continues-1", "continues+1", "same_parent-1", "same_parent+1", "ends-1", "lexicon-1", "lexicon+1",
)  # fmt: skip
"""The first model's columns that the second sees again. With all of them it learns the training pages by heart."""
CONTEXT: Final = (
    "own", *(f"view{o:+d}" for o in _WINDOW), *(f"{what}_{g}" for g in _GROUPS for what in ("mean", "weight", "even")),
    "mean_depth", "kin_before", "kin_after", "open_before", "share_before", "share_after",
    *(f"window_{w}" for w in _WIDTHS), "since_yes", "until_yes", "heading_next", "heading", "mean_section",
    "section_before", "section_after", "run_steps", "run_chars", "run_other", "run_share", "rank", "below_best",
    "mass_above", "total", "median_yes", "count_yes", "doubt", "best", "prose_share",
)  # fmt: skip
_Numbers = NDArray[np.float64]
_PARENT: Final = 1
"""The row of `_codes` that says in whose parent's element a segment stands."""
_Flags = NDArray[np.bool_]
_ENDS: Final = feature_names().index("ends")
_COLUMNS: Final = np.array([feature_names().index(name) for name in OWN])


def context_names() -> tuple[str, ...]:
    """Return the columns of the second model's matrix."""
    return OWN + CONTEXT


def context(page: PageNumbers, rows: Matrix, margins: Matrix) -> Matrix:
    """Return the second model's matrix of a page's segments, by the first one's matrix and logits.

    ``yes`` is the chance of each segment by its logit, ``mass`` the characters of article text that are to be expected.
    """
    logits = margins.astype(np.float64)
    yes = 1.0 / (1.0 + np.exp(-np.minimum(np.maximum(logits, -20), 20)))
    sizes, prose, heading = page.segments[0].astype(np.float64), page.segments[8] == 1, page.segments[11] == 1
    codes = _codes(page)
    mass = yes * sizes
    out = np.empty((len(OWN) + len(CONTEXT), len(logits)), dtype=np.float32)
    rows.T.take(_COLUMNS, axis=0, out=out[: len(OWN)], mode="clip")
    columns: list[_Numbers | Indices | float] = [
        logits,
        *_views(logits),
        *_groups(codes, yes, mass, sizes),
        *_kin(codes[_PARENT], logits),
        _open_before(logits > 0, rows.T[_ENDS]),
        *_around(mass, sizes),
        *_since((logits > 1) & (sizes > _LONG)),
        *_sections(heading, logits, mass, sizes),
        *_run(logits, yes, mass, sizes),
        *_ranks(logits, mass),
        *_page(logits, yes, mass, sizes, prose),
    ]
    for row, column in enumerate(columns, len(OWN)):
        out[row] = column
    return out.T


def _codes(page: PageNumbers) -> Indices:
    """Return a row each of what the segments stand in: frame, parent, grandparent, kind of place, depth."""
    frame, kind = page.segments[9:11]
    depth, parents = page.frames[0], page.frames[10]
    parent = parents.take(frame)
    return np.stack([frame, parent, parents.take(parent), kind, depth.take(frame)])


def _views(logits: _Numbers) -> list[_Numbers]:
    """Return the logits of the segments before and after."""
    count, most = len(logits), max(_WINDOW)
    padded = np.full(count + 2 * most, _OUTSIDE)
    padded[most : most + count] = logits
    return [padded[most + offset : most + offset + count] for offset in _WINDOW]


def _share(part: _Numbers, whole: _Numbers) -> _Numbers:
    """Return shares of counts, `_NOTHING` where there is no whole."""
    found = part / np.maximum(whole, 1.0)
    found[whole <= 0] = _NOTHING
    return found


def _totals(codes: Indices, values: _Numbers) -> _Numbers:
    return np.bincount(codes, values).astype(np.float64, copy=False)


def _others(codes: Indices, values: _Numbers) -> _Numbers:
    """Return the sum of the values of the other segments in each one's group."""
    found: _Numbers = np.bincount(codes, values).take(codes) - values
    return found


def _groups(codes: Indices, yes: _Numbers, mass: _Numbers, sizes: _Numbers) -> Iterator[_Numbers]:
    """Yield of the other segments in each group their share of article text, their size and the mean chance of each.

    ``codes``: a row a kind of group, which are all counted at once. Of the last one only the share is wanted.
    """
    count = len(codes)
    apart = codes + np.arange(count)[:, None] * (codes.max() + 1)
    flat = apart.ravel()

    def others(values: _Numbers) -> _Numbers:
        repeated = np.concatenate([values] * count)
        found: _Numbers = (np.bincount(flat, repeated).take(flat) - repeated).reshape(count, -1)
        return found

    size = others(sizes)
    shares = _share(others(mass), size)
    weights = np.log1p(size)
    chances = _share(others(yes), (np.bincount(flat).take(flat) - 1.0).reshape(count, -1))
    for row in range(count - 1):
        yield shares[row]
        yield weights[row]
        yield chances[row]
    yield shares[-1]


def _kin(parent: Indices, logits: _Numbers) -> list[_Numbers]:
    """Return the logits of the nearest segments before and after whose frames have the same parent."""
    order = np.argsort(parent, kind="stable")
    same = parent[order[1:]] == parent[order[:-1]]
    earlier, later = order[:-1][same], order[1:][same]
    before, after = np.full(len(logits), _NO_LOGIT), np.full(len(logits), _NO_LOGIT)
    before[later], after[earlier] = logits[earlier], logits[later]
    return [before, after]


def _open_before(taken: _Flags, ends: Matrix) -> _Numbers:
    """Tell whether the last likely text before has no sign of an end: a widget may stand within a sentence."""
    last = last_before(taken, -1)
    found: _Numbers = np.where(last < 0, _NOTHING, 1.0 - ends[last])
    return found


def _sums(values: _Numbers) -> _Numbers:
    """Return the sums of the values before each place, and of all."""
    sums = np.empty(len(values) + 1)
    sums[0] = 0.0
    np.cumsum(values, out=sums[1:])
    return sums


def _around(mass: _Numbers, sizes: _Numbers) -> list[_Numbers]:
    """Return the shares of all article text before and after, and that of text in windows around."""
    count = len(mass)
    masses, chars = _sums(mass), _sums(sizes)
    total = max(float(masses[-1]), 1.0)
    columns = [masses[:-1] / total, (masses[-1] - masses[1:]) / total]
    order = np.arange(count)
    for width in _WIDTHS:
        low, high = np.maximum(order - width, 0), np.minimum(order + width + 1, count)
        columns.append(_share(masses[high] - masses[low] - mass, chars[high] - chars[low] - sizes))
    return columns


def _since(sure: _Flags) -> list[Indices]:
    """Return how many segments after the last sure one each stands, and before the next; at most `_FAR`."""
    return [_steps(sure), _steps(sure[::-1])[::-1]]


def _steps(sure: _Flags) -> Indices:
    found: Indices = np.minimum(np.arange(len(sure)) - last_before(sure, -_FAR - 1) - 1, _FAR)
    return found


def _sections(heading: _Flags, logits: _Numbers, mass: _Numbers, sizes: _Numbers) -> list[_Numbers]:
    """Whether a heading follows, the logit of the one above, and how much text under it and its kin is article."""
    section = np.cumsum(heading, dtype=np.int64)
    masses, chars = _totals(section, mass), _totals(section, sizes)
    shares = np.concatenate([[_NOTHING], _share(masses, chars), [_NOTHING]])
    above = np.concatenate([[_NO_LOGIT], logits[heading]])
    following = np.zeros(len(heading))
    following[:-1] = heading[1:]
    own = _share(_others(section, mass), _others(section, sizes))
    return [following, above[section], own, shares[section], shares[section + 2]]


def _run(logits: _Numbers, yes: _Numbers, mass: _Numbers, sizes: _Numbers) -> list[_Numbers]:
    """Return how far each segment is from the main run of article text: in segments, characters, and other text.

    The run is the stretch whose gain (chances above one half, by the root of the size) is greatest. Last, the share of
    article text in it, for the segments within.
    """
    sums = _sums((yes - 0.5) * np.sqrt(sizes))
    lowest = np.minimum.accumulate(sums)
    end = int(np.argmax(sums - lowest))
    start = int(np.flatnonzero(sums[: end + 1] == lowest[end])[-1])
    order = np.arange(len(logits), dtype=np.float64)
    before, after = order < start, order >= end
    chars, other = _sums(sizes), _sums((logits < -2) * sizes)
    share = float(mass[start:end].sum() / max(float(sizes[start:end].sum()), 1.0))

    def signed(to_start: _Numbers, to_end: _Numbers) -> _Numbers:
        distance: _Numbers = np.where(before, -to_start, np.where(after, to_end, 0.0))
        return distance

    return [
        signed(start - order, order - end + 1),
        signed(_log(chars[start] - chars[:-1]), _log(chars[1:] - chars[end])),
        signed(_log(other[start] - other[1:]), _log(other[:-1] - other[end])),
        np.where(before | after, _NOTHING, share),
    ]


def _log(values: _Numbers) -> _Numbers:
    """Return log(1 + x), of what is negative 0."""
    return np.log1p(np.maximum(values, 0.0))


def _ranks(logits: _Numbers, mass: _Numbers) -> list[_Numbers]:
    """Return where a segment stands among the page's: its rank, how far below the best, and the mass of the better."""
    count = len(logits)
    upwards, downwards = np.argsort(logits, kind="stable"), np.argsort(-logits, kind="stable")
    rank, better = np.empty(count), np.empty(count)
    rank[upwards] = np.arange(count) / count
    better[downwards] = np.cumsum(mass[downwards]) / max(float(mass.sum()), 1.0)
    return [rank, logits.max() - logits, better]


def _page(logits: _Numbers, yes: _Numbers, mass: _Numbers, sizes: _Numbers, prose: _Flags) -> tuple[float, ...]:
    """Return what is the same for all segments: how much article text, how sure, how much of the prose."""
    total = max(float(mass.sum()), 1.0)
    taken = np.sort(logits[logits > 0])
    number = len(taken)
    return (
        log1p(total),
        float(taken[(number - 1) // 2] + taken[number // 2]) / 2 if number else _NO_LOGIT,
        float(number),
        float(mass @ (1 - yes)) / total,
        float(logits.max()),
        float(mass @ prose) / max(float(sizes @ prose), 1.0),
    )
