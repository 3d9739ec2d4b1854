"""Bodies with their signals and how right they are: what `training.confidence` learns from."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import urlsplit

from newscrawl.extraction import Document, extract
from newscrawl.extraction import article as article_room
from newscrawl.extraction.complete import finish
from newscrawl.extraction.plain_text import document as text_room
from newscrawl.extraction.plain_text.roles import LineModels
from newscrawl.extraction.segments import scores
from newscrawl.extraction.segments.name_odds import NameOdds
from newscrawl.items import Article
from newscrawl.parsing.trees import ObliviousTrees
from training.align import UNSPACED
from training.data import fold_of, group, records

FETCHED = "2026-04-01T00:00:00Z"
_WORD = re.compile(r"\w+")
_GRAM = 4
_COUNTED = 60
"""Characters of a description by which it is found in the truth."""


@dataclass(frozen=True, slots=True)
class Body:
    """A body that was extracted: its set, host, F1 against the truth, and its signals."""

    set: str
    host: str
    url: str
    f1: float
    signals: dict[str, float]
    weight: float = 1.0


def pages(folder: Path, sets: list[str], folds: Path | None) -> Iterator[Body]:
    """Yield the body of each page whose whole truth is known, read by models that have not seen its host.

    ``folds``: a folder for each fold with its page models; ``None``: the packaged models read all pages.
    """
    models = [_models(part) for part in sorted(folds.iterdir())] if folds else []
    for name in sets:
        rows = (folder / f"{name}.truth.jsonl").open(encoding="utf-8")
        truths = {row["url"]: row["truth"] for row in map(json.loads, rows) if row["truth"].get("body")}
        for url, kind, body in records(folder / f"{name}.warc.gz"):
            if url not in truths:
                continue
            document = Document(url=url, body=body, content_type=kind or None, fetched_at=FETCHED, article_only=True)
            with _reading_with(models[fold_of(group(url), len(models))] if models else None):
                found = extract(document)
            article = finish(found.article)
            if article.blocks:
                f1 = body_f1(truths[url]["body"], _text(article, truths[url]))
                yield Body(name, group(url), url, f1, found.signals)


def _models(folder: Path) -> tuple[Any, NameOdds]:
    load = {name: json.loads((folder / f"{name}.json").read_text(encoding="utf-8")) for name in _PARTS}
    trees = tuple(ObliviousTrees.from_dict(load[name]) for name in _PARTS[:2])
    return trees, NameOdds(load["names"]["odds"])


_PARTS = ("segments", "segments_context", "names")


@contextmanager
def _reading_with(models: tuple[Any, NameOdds] | None) -> Iterator[None]:
    """Score segments with other models than the packaged ones, and leave `confidence` open."""
    with ExitStack() as stack:
        if models is not None:
            stack.enter_context(patch.object(scores, "models", lambda: models[0]))
            stack.enter_context(patch.object(scores, "load_names", lambda: models[1]))
        for room, name in ((article_room, "page_confidence"), (text_room, "text_confidence")):
            stack.enter_context(patch.object(room, name, lambda signals: None))  # the models to be trained
        yield


def _text(article: Article, truth: dict[str, Any]) -> str:
    """Return the text of an article that the truth counts: with headline or description where it has these."""
    body, description = article.article_body or "", article.description or ""
    wanted = _plain(truth["body"])
    parts = [article.headline or "", description] if truth.get("whole") else [description]
    summary = bool((truth.get("structured") or {}).get("summary"))
    heads = [part for part in parts if part and part not in body]
    return "\n".join([part for part in heads if summary or _plain(part)[:_COUNTED] in wanted] + [body])


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split())


def body_f1(truth: str, text: str) -> float:
    """Return the F1 of a text's runs of four words against those of the truth; of scripts without spaces, of signs.

    >>> round(body_f1("one two three four five six", "one two three four five"), 2)
    0.8
    """
    unspaced = len(UNSPACED.findall(truth)) > 0.3 * len(truth)
    one, other = (_grams(each, unspaced) for each in (truth, text))
    both = sum((one & other).values())
    return 2 * both / (one.total() + other.total()) if both else 0.0


def _grams(text: str, unspaced: bool) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text.replace("\u00ad", "").replace("\u200b", ""))
    if unspaced:
        words = [sign for word in words for sign in word]
    return Counter(tuple(words[i : i + _GRAM]) for i in range(max(1, len(words) - _GRAM + 1)))


def texts(folder: Path, folds: Path | None, rendered: Path | None) -> Iterator[Body]:
    """Yield the bodies of texts: found ones, these with their line breaks lost, rendered pages, and made ones.

    ``folds``: the models of lines that ``training.text_roles --folds`` wrote; each found text and rendered page is read
    by those that have not seen its paper or host. ``None``: the packaged models read all. Made texts (articles with
    widgets put in) are read by the packaged models, which know them.
    """
    models = _line_models(folds) if folds else []

    def use(key: str) -> LineModels | None:
        return models[fold_of(key, len(models))] if models else None

    given = {row["url"]: row["text"] for row in map(json.loads, (folder / "wild.corpus.jsonl").open(encoding="utf-8"))}
    for row in map(json.loads, (folder / "wild.truth.jsonl").open(encoding="utf-8")):
        truth = row["truth"]
        if row.get("flat") or not truth["body"]:
            continue
        key = re.sub(r"-\d+$", "", (urlsplit(row["url"]).hostname or "").split(".")[0])
        may = [part for part in (truth.get("standfirst"), *row.get("undecided", ())) if part]
        yield _read("wild", key, row["url"], given[row["url"]], truth["body"], may, use=use(key))
        yield _read("flat", key, row["url"], " ".join(given[row["url"]].split()), truth["body"], may, _FLAT, use(key))
    for row in map(json.loads, rendered.open(encoding="utf-8")) if rendered else ():
        if not fold_of(row["url"] + row["tool"], _SAMPLE):
            key = group(row["url"])
            yield _read("rendered", key, f"{row['url']} {row['tool']}", row["text"], row["body"], [], 0.5, use(key))
    path = folder / "widgets.corpus.jsonl"
    given = {row["url"]: row["text"] for row in map(json.loads, path.open(encoding="utf-8"))}
    for row in map(json.loads, (folder / "widgets.cases.jsonl").open(encoding="utf-8")):
        if row["url"] in given:
            yield _read("widgets", group(row["url"]), row["url"], given[row["url"]], row["truth_body"] or "", [], 0.5)


_FLAT = 2.0
"""Weight of a text without line breaks: they are few here, and nothing else says that little can be told in them."""
_SAMPLE = 8
"""Of so many rendered pages one is read."""


def _line_models(folder: Path) -> list[LineModels]:
    """Return the models of each fold in a folder, as ``training.text_roles`` names them."""
    names = ("plain_text", "plain_text_context", "plain_text_headline")
    found = []
    while (folder / f"plain_text.{len(found)}.json").exists():
        files = [folder / f"{name}.{len(found)}.json" for name in names]
        found.append(LineModels(*(ObliviousTrees.from_dict(json.loads(file.read_text("utf-8"))) for file in files)))
    return found


def _read(
    name: str, key: str, url: str, text: str, truth: str, may: list[str], weight: float = 1.0,
    use: LineModels | None = None,
) -> Body:  # fmt: skip
    """Return the body of a text; lines of ``may`` are right in it or not."""
    with _reading_with(None):
        document = Document(url=url, body=text.encode("utf-8", "replace"), media="text", content_type=_PLAIN)
        found = text_room.read_text(document, use)
    article = finish(found.article)
    head = [part for part in (article.headline, article.description) if part and _plain(part) in _plain(truth)]
    allowed = {_plain(line) for part in may if part not in truth for line in (part, *part.split("\n"))}
    lines = [block["text"] for block in article.blocks if _plain(block["text"]) not in allowed]
    return Body(name, key, url, body_f1(truth, "\n".join(head + lines)), found.signals, weight)


_PLAIN = "text/plain; charset=utf-8"


def data_hash(found: list[Body]) -> str:
    """Return the SHA-256 of the bodies' URLs, F1 and signals."""
    digest = hashlib.sha256()
    for body in found:
        digest.update(f"{body.set} {body.url} {body.f1:.4f} {sorted(body.signals.items())}\n".encode())
    return digest.hexdigest()
