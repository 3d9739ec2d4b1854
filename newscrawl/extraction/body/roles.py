"""What part each segment of a page plays: body, headline, standfirst, or something that is dropped."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

from newscrawl.extraction.body.boxes import empty_boxes
from newscrawl.extraction.body.broken import mend
from newscrawl.extraction.body.end_mark import take_out_end_mark
from newscrawl.extraction.body.gaps import fill_gaps
from newscrawl.extraction.body.hidden import take_out_hidden
from newscrawl.extraction.body.near_misses import take_near_misses
from newscrawl.extraction.body.siblings import take_siblings
from newscrawl.extraction.metadata.credits import mark_credits
from newscrawl.extraction.segments.elements import FLAGS, INLINE, in_tooltip, is_heading
from newscrawl.extraction.segments.features import words
from newscrawl.extraction.segments.model import Segment
from newscrawl.extraction.segments.role import Role
from newscrawl.parsing.trees import Matrix
from newscrawl.widgets.markup import bit

_FIGURES: Final = FLAGS["figcaption"]
_CHOICES: Final = ("option", "optgroup")
"""Elements of a list to choose from: no text, however much the choices read like headlines."""
_SHORT: Final = 200
_LONG: Final = 60
_SECTION: Final = 3
_LEAST_SECTION: Final = 300
"""Pairs of texts that repeat in a row, and their characters, from which short ones count as well."""
_PARTED: Final = 2
"""Pieces that are not the body's between a lead and the rest that set it apart."""
_PARAGRAPHS: Final = 2
_LEAD: Final = 400
_HEADINGS: Final = 8
"""Headings in a row up to which they head something that was skipped."""
_HEADER: Final = FLAGS["header"]
_ALIKE: Final = 0.85
"""Share of the words in common from which a text says the title."""


def assign(segments: list[Segment], logits: Matrix, headline: str | None, description: str | None) -> list[Role]:
    """Return roles of a page's segments by the models' logits and what the page calls itself."""
    roles = [Role.BODY if logit > 0 else Role.OUT for logit in logits.tolist()]
    fill_gaps(segments, roles, logits)
    title = words(headline or "")
    tooltips = [i for i, item in enumerate(segments) if item.frame.tag in INLINE and in_tooltip(item)]
    for i, item in enumerate(segments):
        if item.frame.flags & _FIGURES:
            roles[i] = Role.CAPTION
    for i in tooltips:
        roles[i] = Role.OUT
    lead = next(
        (i for i, role in enumerate(roles) if role is Role.BODY and len(segments[i].text) > _SHORT), len(segments)
    )
    if title:
        for i in _like_title(segments, lead, title, 2 * len(headline or "") + 20):
            roles[i] = Role.HEADLINE
    for i, item in enumerate(segments):
        if item.frame.tag in _CHOICES:
            roles[i] = Role.OUT
    mend(segments, roles, logits)
    for i in tooltips:
        roles[i] = Role.OUT  # the sentence goes on behind it: it would be taken for one of its words
    take_siblings(segments, roles, logits)
    take_near_misses(segments, roles, logits)
    take_out_end_mark(segments, roles)
    mark_credits(segments, roles)
    take_out_hidden(segments, roles)
    _repeats(segments, roles)
    _standfirst(segments, roles, description)
    empty_boxes(segments, roles)
    _trailing_headings(segments, roles)
    return roles


def _repeats(segments: list[Segment], roles: list[Role]) -> None:
    """Paragraphs that stand in the page twice in the same order (for phones, for print) are taken once.

    Such a copy stands in a box of its own, or right behind all that it copies. What else repeats is the article's own:
    a question put to each guest, a refrain, the dishes of two days in a plan of meals.
    """
    body = [i for i, role in enumerate(roles) if role is Role.BODY]
    texts = [segments[i].text for i in body]
    for run, lag in _runs_again(texts):
        doubled = len(run) + 1 >= lag
        section = len(run) >= _SECTION and sum(len(texts[k]) for k in run) >= _LEAST_SECTION
        shortest = max if section else min  # in a copied section each paragraph may have its heading
        for k in run:
            first, second = body[k], body[k + 1]
            if shortest(len(texts[k]), len(texts[k + 1])) > _LONG and (
                doubled or segments[first].box is not segments[body[k - lag]].box
            ):
                roles[first] = roles[second] = Role.OUT


def _runs_again(texts: list[str]) -> Iterator[tuple[list[int], int]]:
    """Yield the runs of pairs of texts that stood before in the same order, each with the distance to these."""
    last: dict[tuple[str, str], int] = {}
    run: list[int] = []
    known = 0
    for k in range(len(texts) - 1):
        pair = texts[k], texts[k + 1]
        lag = k - last.get(pair, k)
        last[pair] = k
        if run and lag != known:
            yield run, known
            run = []
        if lag:
            run.append(k)
        known = lag
    if run:
        yield run, known


def _like_title(segments: list[Segment], lead: int, title: list[str], longest: int) -> list[int]:
    """Return the headings, and segments as far as the lead, of less than ``longest`` characters that say the title."""
    known = set(title)
    by_length = sorted(known, key=len)
    enough = math.ceil(_ALIKE * len(known))
    least = sum(map(len, by_length[:enough]))  # no shorter text has enough of the words
    telling = by_length[enough - 1 :]  # nor has one that has none of these
    return [
        i
        for i, item in enumerate(segments)
        if len(item.text) < longest
        and (len(item.text) >= least or not item.text.isascii())
        and (i <= lead or is_heading(item))
        and _has_any(item.text.lower(), telling)
        and ((own := words(item.text)) == title or _same(set(own), known))
    ]


def _has_any(text: str, words: list[str]) -> bool:
    return any(word in text for word in words)


def _same(words: set[str], title: set[str]) -> bool:
    return len(title) > 3 and len(words & title) >= _ALIKE * len(words | title)


def _standfirst(segments: list[Segment], roles: list[Role], description: str | None) -> None:
    """The lead set apart between headline and body: by its name, its heading, or the page's own description.

    A first paragraph that the page's description repeats is no such lead, unless something stands between it and the
    rest, or it is set in bold.
    """
    body = [i for i, role in enumerate(roles) if role is Role.BODY]
    if len(body) < 3:
        return
    said = words(description or "")
    main = _main_parent(segments, body)
    for at, i in enumerate(body[:3]):
        item = segments[i]
        if len(item.text) < 25 or len(item.text) > 1200:
            continue
        heads = is_heading(item)
        apart = item.frame.parent is not main and item.frame is not main
        own = words(item.text)
        told = len(said) > 4 and (own == said or (own[: len(said)] == said[: len(own)] and len(own) <= len(said) + 3))
        parted = (
            (at + 1 < len(body) and body[at + 1] - i > _PARTED)
            or bool(item.frame.flags & _HEADER)
            or item.bold_chars >= len(item.text) - 1
        )
        if (
            (_is_named_so(item, main, roles) and (apart or (told and heads)))
            or (heads and at == 0 and len(item.text) > _LONG)
            or (told and apart and (parted or heads))
            or (at == 0 and _stands_over_byline(i, body, segments, roles))
        ):
            roles[i] = Role.STANDFIRST
            return


def _stands_over_byline(i: int, body: list[int], segments: list[Segment], roles: list[Role]) -> bool:
    """Tell whether a lead of a sentence or two stands between the headline and the byline or date line."""
    if len(segments[i].text) > _LEAD or segments[i].links or Role.HEADLINE not in roles[max(i - _PARTED, 0) : i]:
        return False
    between = roles[i + 1 : body[1]]
    return Role.BYLINE in between or Role.DATE in between


def _is_named_so(item: Segment, main: object, roles: list[Role]) -> bool:
    """Tell whether a name around a piece means a standfirst; a box of several paragraphs is an article's opening."""
    mark = bit("standfirst")
    for frame in (item.frame, item.frame.parent):
        if frame is not None and frame is not main and frame.marks & mark:
            return roles[frame.first : frame.last + 1].count(Role.BODY) <= _PARAGRAPHS
    return False


def _main_parent(segments: list[Segment], body: list[int]) -> object:
    """Return the frame in which most of the body stands."""
    counts: dict[int, int] = {}
    frames = {}
    for i in body:
        frame = (
            segments[i].frame if segments[i].frame.tag in ("div", "section", "article") else segments[i].frame.parent
        )
        if frame is not None:
            counts[id(frame)] = counts.get(id(frame), 0) + len(segments[i].text)
            frames[id(frame)] = frame
    return frames[max(counts, key=counts.__getitem__)] if counts else None


def _trailing_headings(segments: list[Segment], roles: list[Role]) -> None:
    """A heading with no text of its own after it is that of something skipped.

    Many are a text set in headings, and so are some that are longer than all above them.
    """
    trailing: list[int] = []
    for i in range(len(roles) - 1, -1, -1):
        if roles[i] is Role.BODY:
            if not is_heading(segments[i]):
                break
            trailing.append(i)
    if trailing and len(trailing) <= _HEADINGS:
        long = sum(len(segments[i].text) for i in trailing)
        above = sum(len(item.text) for item, role in zip(segments, roles, strict=True) if role is Role.BODY) - long
        if not 0 < above < long:
            for i in trailing:
                roles[i] = Role.OUT
