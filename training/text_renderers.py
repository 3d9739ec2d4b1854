"""Tools that render a page as text: text browsers at several widths, converters, extractors.

Needs lynx and w3m (Debian packages ``lynx`` and ``w3m``) and requirements-train.txt.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from functools import partial

Renderer = Callable[[str], str]

SECONDS = 15
LYNX = "lynx -dump -force_html -nolist -stdin -assume_charset=utf-8 -display_charset=utf-8".split()
W3M = "w3m -dump -T text/html -I UTF-8 -O UTF-8 -cols".split()


def _dump(command: list[str], page: str) -> str:
    """Return what a text browser prints of a page given on its standard input."""
    done = subprocess.run(
        command, input=page.encode("utf-8", "replace"), capture_output=True, timeout=SECONDS, check=False
    )
    return done.stdout.decode("utf-8", "replace")


def _inscriptis(page: str) -> str:
    from inscriptis import get_text

    return str(get_text(page))


def _html2text(page: str, *, width: int, links: bool) -> str:
    import html2text

    maker = html2text.HTML2Text(bodywidth=width)
    maker.ignore_images, maker.ignore_links = not links, not links
    return maker.handle(page)


def _trafilatura(page: str, *, recall: bool) -> str:
    import trafilatura

    return trafilatura.extract(page, favor_recall=recall, include_comments=recall) or ""


def _readability(page: str) -> str:
    from readability import Document

    return _inscriptis(Document(page).summary())


def _newspaper(page: str) -> str:
    from newspaper import Article

    article = Article("https://page.example/", fetch_images=False)
    article.download(input_html=page)
    article.parse()
    return str(article.text)


WHOLE: dict[str, Renderer] = {
    **{f"lynx-{width}": partial(_dump, [*LYNX, f"-width={width}"]) for width in (72, 80, 100, 132, 190)},
    **{f"w3m-{width}": partial(_dump, [*W3M, str(width)]) for width in (70, 80, 110, 160)},
    "inscriptis": _inscriptis,
    "html2text": partial(_html2text, width=0, links=False),
    "html2text-78": partial(_html2text, width=78, links=False),
    "html2text-links": partial(_html2text, width=0, links=True),
}
"""Tools that render all of a page."""

EXTRACTORS: dict[str, Renderer] = {
    "trafilatura": partial(_trafilatura, recall=False),
    "trafilatura-recall": partial(_trafilatura, recall=True),
    "readability": _readability,
    "newspaper": _newspaper,
}
"""Tools that look for the article."""
