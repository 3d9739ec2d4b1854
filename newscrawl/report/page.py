"""Pages that stand alone: templates, and data and programs that a text of the crawl cannot break out of."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from newscrawl.report.removals import is_moved

if TYPE_CHECKING:
    from jinja2 import Environment

_LOOPBACK = re.compile(r"https?://(?:localhost|127(?:\.\d+){3}|\[::1\])(?=[:/?#]|$)", re.IGNORECASE)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
_ESCAPES = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029\x85\x7f"}


@cache
def environment() -> Environment:
    """Return the templates of this package; every value is escaped unless this package made it."""
    from jinja2 import Environment, PackageLoader, StrictUndefined  # not loaded by commands that write no page

    loaded = Environment(
        loader=PackageLoader("newscrawl.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    loaded.filters["number"] = number
    loaded.filters["percent"] = percent
    loaded.filters["safe_url"] = safe_url
    loaded.filters["is_moved"] = is_moved
    loaded.filters["kind_name"] = kind_name
    loaded.filters["capitalize_first"] = lambda text: text[:1].upper() + text[1:]
    return loaded


def render(template: str, *, script: str = "", **values: Any) -> str:
    """Return a page from a template, whose policy lets in its own style and program and nothing else.

    The page makes no request, runs no other script, sends no form and cannot be given another base.
    """
    style = source("style.css")
    program = source(script) if script else ""
    policy = (
        f"default-src 'none'; style-src {_digest(style)}; script-src {_digest(program) if program else repr('none')}; "
        "base-uri 'none'; form-action 'none'"
    )
    page = environment().get_template(template)
    text = page.render(policy=Markup(policy), style=Markup(style), script=Markup(program), **values)
    return text.encode("utf-8", "replace").decode("utf-8")


def embed(value: Any) -> Markup:
    """Return a value as JSON for a ``<script type="application/json">``: no text in it can end the element.

    >>> print(embed({"headline": "</script><img>"}))
    {"headline":"\\u003c/script\\u003e\\u003cimg\\u003e"}
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return Markup(text.translate(_ESCAPES))


def write_page(text: str, path: Path) -> None:
    """Write a page; a page of that name is replaced only once the new one is complete. Raises `OSError`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_text(text, encoding="utf-8")
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def source(name: str) -> str:
    """Return a style sheet or program of this package."""
    return (resources.files("newscrawl.report") / "templates" / name).read_text(encoding="utf-8")


def number(value: float) -> str:
    """Return a number as people read it.

    >>> number(1234567)
    '1,234,567'
    """
    return f"{value:,.0f}" if value == int(value) or abs(value) >= 100 else f"{value:,.1f}"


def percent(share: float) -> str:
    """Return a share in percent; what is little but not nothing is not rounded to nothing.

    >>> percent(0.25), percent(0.0004), percent(0.9999), percent(1)
    ('25\xa0%', '<\xa01\xa0%', '>\xa099\xa0%', '100\xa0%')
    """
    if 0 < share < 0.01:
        return "<\xa01\xa0%"
    if 0.99 < share < 1:
        return ">\xa099\xa0%"
    return f"{share * 100:.0f}\xa0%"


def safe_language(tag: str | None) -> str:
    """Return a language tag fit for a ``lang`` attribute; of what is none, ``""``, which says that it is not known.

    >>> safe_language("pt-BR"), safe_language('"><b>')
    ('pt-BR', '')
    """
    return tag if tag and _LANGUAGE.fullmatch(tag) else ""


def safe_url(url: str | None) -> str:
    """Return a URL that may be a link, else ``""``: one of the web, not of the machine that made the report.

    >>> safe_url("https://a.example/1"), safe_url("http://127.0.0.1:8000/1"), safe_url("javascript:alert(1)")
    ('https://a.example/1', '', '')
    """
    if not url or not url.lower().startswith(("http://", "https://")):
        return ""
    return "" if _LOOPBACK.match(url) else url


def kind_name(kind: str) -> str:
    """Return the kind of a removal as words.

    >>> kind_name("author_bio")
    'author bio'
    """
    return kind.replace("_", " ")


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode()}'"
