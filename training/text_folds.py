"""Cross-validate the reading of texts: each text is read by models that saw nothing of its paper, article or widgets.

    python -m training.text_folds RENDERED.jsonl FOLDER_OF_EVALUATION_ARCHIVES OUT [--folds 3]

FOLDER_OF_EVALUATION_ARCHIVES lies beside ``wild.py`` and ``widgets.py``, which say what each figure means. OUT gets the
models of each fold (they are taken from there where they are) and ``figures.json``. What the word rules know is not
cross-validated.
"""

from __future__ import annotations

import argparse
import importlib
import json
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from newscrawl.extraction import Document
from newscrawl.extraction.complete import finish
from newscrawl.extraction.plain_text.document import read_text
from newscrawl.extraction.plain_text.roles import LineModels
from newscrawl.text.normalise import unaccented_in_place
from newscrawl.widgets import phrases
from training.data import fold_of
from training.papers import paper, same_paper
from training.text_lines import bodies
from training.text_roles import Lines, as_models, read_all, train, write

Row = dict[str, Any]
FIELDS = ("headline", "description", "article_body", "authors", "source", "date_published", "date_modified")
LEAST_LINE = 5
"""Words from which a widget's line tells it wherever it stands."""
NAMES = ("plain_text", "plain_text_context", "plain_text_headline")


@dataclass(slots=True)
class Fold:
    """The texts of a fold, and what of the training data is none of theirs to see."""

    urls: set[str] = field(default_factory=set)
    papers: list[frozenset[str]] = field(default_factory=list)
    bodies: set[str] = field(default_factory=set)
    lines: set[tuple[str, ...]] = field(default_factory=set)

    def sees(self, document: Lines) -> bool:
        """Tell whether a document may be trained on."""
        host = urlsplit(document.name).hostname if document.set == "wild" else document.key
        return not (
            document.key in self.bodies
            or any(same_paper(paper(host or ""), other) for other in self.papers)
            or any(_words(block["text"]) in self.lines for block in document.blocks)
        )


def _words(text: str) -> tuple[str, ...]:
    return tuple(phrases.WORD.findall(unaccented_in_place(text)))[:80]


def rows(path: Path) -> list[Row]:
    """Return the rows of a file."""
    return [json.loads(line) for line in path.open(encoding="utf-8")]


def text_cases(folder: Path) -> list[Row]:
    """Return the cases of widgets in texts."""
    modes = ("text", "innocent_text", "innocent_constructed")
    return [row for row in rows(folder / "widgets.cases.jsonl") if row["mode"].startswith(modes)]


def split(folder: Path, count: int) -> list[Fold]:
    """Return the folds: found texts by their papers, cases of widgets by the first widget."""
    folds = [Fold() for _ in range(count)]
    known: list[frozenset[str]] = []
    for row in rows(folder / "wild.truth.jsonl"):
        own = paper(urlsplit(row["url"]).hostname or "")
        same = next((other for other in known if same_paper(own, other)), own)
        known.append(own)
        one = folds[fold_of(min(same), count)]
        one.urls.add(row["url"])
        one.papers.append(own)
    hosts = {body.paragraphs[:2]: body.id for body in bodies(folder)}
    for row in text_cases(folder):
        names = [re.sub(r"-(?:plain|md)$", "", widget["id"]) for widget in row.get("widgets") or []]
        one = folds[fold_of(min(names, default=row["id"]), count)]
        one.urls.add(row["url"])
        texts = [line for text in row.get("widget_texts") or [] for line in text.split("\n")]
        one.lines |= {words for text in texts if len(words := _words(text)) >= LEAST_LINE}
        parts = tuple(part.strip() for part in row["truth_body"].split("\n") if part.strip())
        if host := hosts.get(parts[:2]):
            one.bodies.add(host)
    return folds


def read(texts: Iterable[Row], use: LineModels | None) -> dict[str, Row]:
    """Return what newscrawl makes of texts, by URL."""
    out = {}
    for row in texts:
        body = row["text"].encode("utf-8", "replace")
        document = Document(url=row["url"], body=body, media="text", content_type="text/plain; charset=utf-8")
        article = finish(read_text(document, use).article)
        out[row["url"]] = {name: getattr(article, name) for name in FIELDS}
    return out


def score(folder: Path, found: dict[str, Row]) -> Row:
    """Return the figures of found texts and of widgets in texts."""
    sys.path.insert(0, str(folder.parent))
    wild, widgets = importlib.import_module("wild"), importlib.import_module("widgets")
    return {
        "wild": wild.score_wild(rows(folder / "wild.truth.jsonl"), found),
        "widgets": widgets.score_widgets(text_cases(folder), found),
    }


def models_of(out: Path, documents: list[Lines], number: int, fold: Fold) -> LineModels:
    """Return a fold's models: those in its folder, or newly trained ones."""
    place = out / f"fold-{number}"
    if not place.exists():
        seen = [document for document in documents if fold.sees(document)]
        print(f"fold {number}: {len(seen)} of {len(documents)} documents", flush=True)
        write(train(seen), {}, place)
    made = {name: json.loads((place / f"{name}.json").read_text(encoding="utf-8")) for name in NAMES}
    return as_models(made)


def main() -> None:
    """Train and measure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("rendered", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--folds", type=int, default=3)
    parser.add_argument("--every", type=int, default=1, help="train on each n-th document only (and all of wild)")
    arguments = parser.parse_args()
    arguments.out.mkdir(exist_ok=True)
    folds = split(arguments.folder, arguments.folds)
    trained = all((arguments.out / f"fold-{number}").exists() for number in range(arguments.folds))
    documents = [] if trained else read_all(arguments.rendered, arguments.folder)
    documents = [one for i, one in enumerate(documents) if one.set == "wild" or i % arguments.every == 0]
    texts = [*rows(arguments.folder / "wild.corpus.jsonl"), *rows(arguments.folder / "widgets.corpus.jsonl")]
    found: dict[str, Row] = {}
    for number, fold in enumerate(folds):
        use = models_of(arguments.out, documents, number, fold)
        found |= read((row for row in texts if row["url"] in fold.urls), use)
    figures = score(arguments.folder, found)
    (arguments.out / "figures.json").write_text(
        json.dumps({"folds": arguments.folds, "every": arguments.every, **figures}, indent=1)
    )
    for name in ("wild", "widgets"):
        print(importlib.import_module(name).table(figures[name]))


if __name__ == "__main__":
    main()
