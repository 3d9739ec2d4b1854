"""Labelled pages rendered as text tools leave them: documents with natural headers and leftovers.

    python -m training.rendered FOLDER_OF_EVALUATION_ARCHIVES OUT.jsonl

Needs lynx and w3m (from the system's packages) and requirements-render.txt. Each page is rendered by a few tools that
its URL picks; dumps of whole pages are cut as people cut them: at the headline, a little around the article, or not.
A row has ``url``, ``set``, ``tool``, ``text``, ``body`` (the truth) and ``headline`` (``None`` where unknown).
"""

from __future__ import annotations

import hashlib
import json
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from newscrawl.parsing.encoding import decode
from training.align import words
from training.data import records

SETS = ("fundus", "aeb", "wcxb", "daniel", "suites")
PER_PAGE = 3
LONGEST = 60_000
SECONDS = 20


def _dump(command: list[str], page: str) -> str:
    done = subprocess.run(command, input=page.encode("utf-8", "replace"), capture_output=True, timeout=SECONDS)
    return done.stdout.decode("utf-8", "replace")


def _lynx(width: int) -> Callable[[str], str]:
    options = "-dump -force_html -nolist -stdin -assume_charset=utf-8 -display_charset=utf-8".split()
    return lambda page: _dump(["lynx", *options, f"-width={width}"], page)


def _w3m(width: int) -> Callable[[str], str]:
    return lambda page: _dump(["w3m", "-dump", "-T", "text/html", *"-I UTF-8 -O UTF-8 -cols".split(), str(width)], page)


def _inscriptis(page: str) -> str:
    from inscriptis import get_text

    return str(get_text(page))


def _html2text(page: str) -> str:
    import html2text

    maker = html2text.HTML2Text(bodywidth=random.Random(len(page)).choice((0, 78)))
    maker.ignore_images = True
    maker.ignore_links = len(page) % 3 > 0
    return maker.handle(page)


def _trafilatura(*, recall: bool) -> Callable[[str], str]:
    def render(page: str) -> str:
        import trafilatura

        return trafilatura.extract(page, favor_recall=recall, include_comments=recall) or ""

    return render


def _readability(page: str) -> str:
    from readability import Document

    return _inscriptis(Document(page).summary())


WHOLE: dict[str, Callable[[str], str]] = {
    **{f"lynx-{width}": _lynx(width) for width in (72, 80, 100, 132, 190)},
    **{f"w3m-{width}": _w3m(width) for width in (70, 80, 110, 160)},
    "inscriptis": _inscriptis,
    "html2text": _html2text,
}
"""Tools that render all of a page."""
EXTRACTORS: dict[str, Callable[[str], str]] = {
    "trafilatura": _trafilatura(recall=False),
    "trafilatura-recall": _trafilatura(recall=True),
    "readability": _readability,
}


def cut(text: str, body: str, headline: str | None, rng: random.Random) -> str:
    """Cut a whole page's text as people cut it: from the headline, closely around the article, or hardly at all."""
    lines = text.split("\n")
    known = {gram for line in body.split("\n") for gram in zip(*(words(line)[i:] for i in range(4)), strict=False)}
    held = [i for i, line in enumerate(lines) if _share(words(line), known) >= 0.6]
    if not held:
        return ""
    first, last = held[0], held[-1]
    title = words(headline or "")[:5]
    start = first
    if title:
        above = (i for i in range(first, max(-1, first - 120), -1) if words(lines[i])[: len(title)] == title)
        start = next(above, first)
    kind = rng.choices(("headline", "close", "whole", "body"), (45, 15, 25, 15))[0]
    if kind == "headline":
        low, high = start - rng.choice((0, 0, 0, 1, 3)), last + rng.choice((0, 2, 6, 12, 25, 40))
    elif kind == "close":
        low, high = start - rng.randrange(12), last + rng.randrange(12)
    elif kind == "body":
        low, high = first - rng.choice((0, 0, 1, 2)), last + rng.choice((0, 0, 3, 8))
    else:
        low, high = start - 90, last + 120
    return "\n".join(lines[max(0, low) : max(high, last) + 1]).strip("\n")


def _share(line: list[str], known: set[tuple[str, ...]]) -> float:
    grams = list(zip(*(line[i:] for i in range(4)), strict=False))
    return sum(gram in known for gram in grams) / len(grams) if grams else 0.0


def render(row: dict[str, object]) -> list[dict[str, object]]:
    """Return a page's documents."""
    page, body = str(row.pop("page")), str(row["body"])
    headline = row["headline"] if isinstance(row["headline"], str) else None
    rng = random.Random(hashlib.sha1(str(row["url"]).encode()).hexdigest())
    tools = rng.sample(sorted(WHOLE), PER_PAGE - 1) + rng.sample(sorted(EXTRACTORS), 1)
    made = []
    for name in tools:
        try:
            text = WHOLE[name](page) if name in WHOLE else EXTRACTORS[name](page)
        except Exception:  # a tool that fails on a page renders others
            continue
        if name in WHOLE:
            text = cut(text, body, headline, rng)
        if rng.random() < 0.3 and headline and name in EXTRACTORS:
            text = f"{headline}\n\n{text}"
        if 200 < len(text) < LONGEST:
            made.append({**row, "tool": name, "text": text})
    return made


def sources(folder: Path) -> Iterator[dict[str, object]]:
    """Yield the labelled pages: URL, set, decoded page, body, headline."""
    for name in SETS:
        rows = (json.loads(line) for line in (folder / f"{name}.truth.jsonl").open(encoding="utf-8"))
        truths = {row["url"]: row["truth"] for row in rows}
        for url, kind, body in records(folder / f"{name}.warc.gz"):
            truth = truths.get(url) or {}
            text = truth.get("body")
            if isinstance(text, str) and len(text) > 200:
                headline = (
                    truth.get("title") or truth.get("headline") or (text.split("\n")[0] if name == "daniel" else None)
                )
                yield {"url": url, "set": name, "page": decode(body, kind)[0], "body": text, "headline": headline}


if __name__ == "__main__":
    source, target = Path(sys.argv[1]), Path(sys.argv[2])
    with target.open("w", encoding="utf-8") as out, ProcessPoolExecutor(2) as pool:
        for made in pool.map(render, sources(source), chunksize=8):
            for row in made:
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
