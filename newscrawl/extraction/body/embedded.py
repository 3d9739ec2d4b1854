"""The article's text where a page shows it by script only: in ``<noscript>``, the script's data, or JSON-LD."""

from __future__ import annotations

import json
import re
from html import escape
from itertools import islice
from typing import Any

from newscrawl.extraction.segments.features import words
from newscrawl.extraction.segments.model import Segment
from newscrawl.extraction.segments.role import Role
from newscrawl.parsing.structured import StructuredData
from newscrawl.parsing.tree import Element, text_of
from newscrawl.parsing.trees import Matrix
from newscrawl.parsing.xpath import strings

_SCRIPTS = strings("//script[not(contains(@type, 'ld+json'))]/text()")
_START = re.compile(r"[\[{]")
_DECODER = json.JSONDecoder()
_LEAST = 600
_LEAST_UNWRAPPED = 250
_LARGEST = 5_000_000
_VALUES = 200_000
_TRIES = 20
_TIMES = 3
_SURE = 3.0
_SHOWN = 0.1
_GRAM = 4


def embedded_html(tree: Element, data: StructuredData) -> str | None:
    """Markup of the article's body from JSON-LD's ``articleBody`` or a script's data, ``None`` where there is none.

    Of a script's data the longest string that holds paragraphs is taken. What is found is data of the page itself;
    nothing is run.
    """
    best = ""
    for script in _SCRIPTS(tree):
        if len(script) > _LARGEST or ("\\u003cp" not in script.lower() and "<p" not in script):
            continue
        best = max(best, _longest_markup(_value(script)), key=len)
    told = (data.article or {}).get("articleBody")
    if isinstance(told, str) and len(told) > len(best):
        best = told if "<p" in told else "".join(f"<p>{escape(line)}</p>" for line in told.splitlines() if line.strip())
    return best if len(best) >= _LEAST else None


def is_only_in_data(told: str, segments: list[Segment], roles: list[Role], logits: Matrix) -> bool:
    """Tell whether the body that a page's data gives is far longer than the one found, and is not shown on the page.

    What a page shows without scripts may be long enough for an article, but the models are in doubt of it: captions, a
    line on the author.
    """
    body = [i for i, role in enumerate(roles) if role is Role.BODY]
    found = sum(len(segments[i].text) for i in body)
    if len(told) < max(_LEAST, _TIMES * found) or (body and float(logits[body].max()) >= _SURE):
        return False
    shown = {gram for item in segments for gram in _grams(item.text)}
    own = _grams(told)
    return sum(gram in shown for gram in own) < _SHOWN * len(own)


def _grams(text: str) -> list[tuple[str, ...]]:
    found = words(text)
    return [tuple(found[i : i + _GRAM]) for i in range(len(found) - _GRAM + 1)]


def _value(script: str) -> Any:
    """Return the JSON that a script is, assigns (``window.state = {…}``) or passes on (``push([…])``)."""
    for start in islice(_START.finditer(script), _TRIES):
        try:
            return _DECODER.raw_decode(script, start.start())[0]
        except (ValueError, RecursionError):
            continue
    return None


def _longest_markup(value: Any) -> str:
    """Return the longest string with a paragraph in it, anywhere in parsed JSON."""
    best, todo, seen = "", [value], 0
    while todo and seen < _VALUES:
        seen += 1
        item = todo.pop()
        if isinstance(item, dict):
            todo.extend(item.values())
        elif isinstance(item, list):
            todo.extend(item)
        elif isinstance(item, str) and len(item) > len(best) and item.count("<p") >= 2:
            best = item
    return best


def unwrap_noscript(body: Element) -> bool:
    """Make blocks of the ``<noscript>`` elements that hold paragraphs, in place; return whether there were any."""
    found = [
        element
        for element in body.iter("noscript")
        if next(element.iter("p"), None) is not None and len(text_of(element).strip()) >= _LEAST_UNWRAPPED
    ]
    for element in found:
        element.tag = "div"
    return bool(found)
