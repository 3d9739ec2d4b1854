"""Train the models of a document's lines on rendered pages, texts found in the wild, and made ones.

python -m training.text_roles RENDERED.jsonl FOLDER_OF_EVALUATION_ARCHIVES OUT [--figures FIGURES.json]
"""

from __future__ import annotations

import argparse
import hashlib
import json
import pickle
import re
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import numpy as np

from newscrawl.extraction.metadata import language as languages
from newscrawl.extraction.plain_text.features import LINE_NAMES, line_features
from newscrawl.extraction.plain_text.lines import read_blocks
from newscrawl.extraction.plain_text.roles import HEADLINE_NAMES, ROLE_NAMES, LineModels, with_looks
from newscrawl.parsing.trees import ObliviousTrees
from newscrawl.widgets.text_evidence import find_hits, read_evidence
from training.about import commit
from training.align import label, words
from training.data import fold_of, group
from training.fit import fit
from training.text_lines import bodies
from training.text_lines import documents as made_documents
from training.text_widgets import widgets

WEIGHTS = {"wild": 4.0, "fundus": 1.5, "aeb": 1.0, "suites": 1.0, "wcxb": 0.7, "daniel": 0.4, "made": 0.4}
ITERATIONS = 300


class Lines(NamedTuple):
    """A document: its name, set and fold key, blocks, features, labels of leftovers and of the headline, its weight."""

    name: str
    set: str
    key: str
    blocks: list[Any]
    x: np.ndarray
    leftover: np.ndarray
    headline: np.ndarray
    weight: float


def read(row: dict[str, Any]) -> Lines | None:
    """Read, describe and label a document."""
    blocks = read_blocks(row["text"])[:1500]
    if not blocks:
        return None
    texts = [block["text"] for block in blocks]
    spoken = row.get("language") or languages.check(None, "\n".join(texts))
    lines = read_evidence(blocks, spoken, find_hits(blocks))
    x = line_features(blocks, lines, spoken)
    marks = label(texts, row["body"])
    known = {" ".join(words(text)) for text in row.get("undecided", ())}
    title = words(row.get("headline") or "")
    headline = np.zeros(len(blocks), dtype=np.float32)
    leftover = np.array([np.nan if mark is None else 1.0 - mark for mark in marks], dtype=np.float32)
    for i, text in enumerate(texts):
        own = words(text)
        if title and own[: len(title)] == title and len(own) <= len(title) + 3:
            headline[i] = 1.0
            leftover[i] = np.nan
        elif " ".join(own) in known:
            leftover[i] = np.nan
    if not title:
        headline[:] = np.nan
    return Lines(row["name"], row["set"], row["key"], blocks, x, leftover, headline, WEIGHTS[row["set"]])


def made(folder: Path) -> list[Lines]:
    """Return articles into which widgets were put, as training/text_lines.py makes them."""
    out = []
    for text, blocks, y, spoken, _, body in made_documents(bodies(folder), widgets(folder), None, True, rounds=1):
        lines = read_evidence(blocks, spoken, find_hits(blocks))
        x = line_features(blocks, lines, spoken)
        none = np.full(len(blocks), np.nan, dtype=np.float32)
        out.append(Lines(f"made {len(text)}", "made", body.id, blocks, x, y, none, WEIGHTS["made"]))
    return out


def rows(rendered: Path, folder: Path) -> list[dict[str, Any]]:
    """Return the documents of all sources."""
    found = [json.loads(line) for line in rendered.open(encoding="utf-8")]
    found = [row for row in found if row["set"] != "daniel" or fold_of(row["url"] + row["tool"], 2)]
    out = [{**row, "name": f"{row['url']} {row['tool']}", "key": group(row["url"])} for row in found]
    texts = {row["url"]: row for row in map(json.loads, (folder / "wild.corpus.jsonl").open(encoding="utf-8"))}
    for row in map(json.loads, (folder / "wild.truth.jsonl").open(encoding="utf-8")):
        truth = row["truth"]
        if row.get("flat"):
            continue
        key = re.sub(r"-\d+$", "", (urlsplit(row["url"]).hostname or "").split(".")[0])
        optional = [text for text in (truth.get("standfirst"), *row.get("undecided", [])) if text]
        out.append(
            {"set": "wild", "name": row["url"], "key": key, "text": texts[row["url"]]["text"], "body": truth["body"],
             "headline": truth.get("title"), "undecided": optional, "language": row["lang"]}
        )  # fmt: skip
    return out


def sizes(document: Lines) -> np.ndarray:
    """Weight of each line: losing a paragraph is worse than leaving a short line."""
    count = np.array([min(60, 4 + len(block["text"].split())) for block in document.blocks], dtype=np.float32)
    own = np.where(document.leftover > 0.5, 0.5 + count / 40, 0.5 + count / 25)
    share = min(1.0, 60 / len(document.blocks))
    return (own * document.weight * share).astype(np.float32)


def fit_leftover(names: tuple[str, ...], documents: list[Lines], xs: list[np.ndarray]) -> dict[str, Any]:
    """Fit a model of leftovers."""
    return fit(names, xs, [d.leftover for d in documents], [sizes(d) for d in documents], ITERATIONS, 0.09)


def train(documents: list[Lines]) -> dict[str, dict[str, Any]]:
    """Fit the three models; the second look learns from first looks that have not seen the document's site."""
    halves = [[d for d in documents if fold_of("half" + d.key, 2) == half] for half in (0, 1)]
    looks: list[tuple[Lines, np.ndarray]] = []
    for half in (0, 1):
        unseen = ObliviousTrees.from_dict(fit_leftover(LINE_NAMES, halves[1 - half], [d.x for d in halves[1 - half]]))
        looks += [(d, with_looks(d.blocks, d.x, unseen.predict(d.x))) for d in halves[half]]
    first = fit_leftover(LINE_NAMES, documents, [d.x for d in documents])
    second = fit_leftover(ROLE_NAMES, [d for d, _ in looks], [x for _, x in looks])
    titled = [(d, x) for d, x in looks if not np.isnan(d.headline).all()]
    title = fit(
        HEADLINE_NAMES,
        [x for _, x in titled],
        [d.headline for d, _ in titled],
        [np.full(len(d.blocks), d.weight * min(1.0, 60 / len(d.blocks)), dtype=np.float32) for d, _ in titled],
        ITERATIONS // 2,
        0.09,
    )
    return {"plain_text": first, "plain_text_context": second, "plain_text_headline": title}


def read_all(rendered: Path, folder: Path) -> list[Lines]:
    """Return all documents; they are kept beside the rendered pages, since reading them takes long."""
    cache = rendered.with_suffix(".pickle")
    if cache.exists():
        return [Lines(*row) for row in pickle.loads(cache.read_bytes())]
    with ProcessPoolExecutor(2) as pool:
        found = pool.map(read, rows(rendered, folder), chunksize=16)
        documents = [document for document in found if document is not None] + made(folder)
    cache.write_bytes(pickle.dumps([tuple(document) for document in documents]))
    return documents


def as_models(trained: dict[str, dict[str, Any]]) -> LineModels:
    """Return models as `newscrawl.extraction.plain_text.roles` takes them."""
    names = ("plain_text", "plain_text_context", "plain_text_headline")
    return LineModels(*(ObliviousTrees.from_dict(trained[name]) for name in names))


def data_hash(documents: list[Lines]) -> str:
    """Return the SHA-256 of the documents' lines and labels."""
    digest = hashlib.sha256()
    for document in documents:
        digest.update(document.name.encode("utf-8", "replace"))
        for block, mark in zip(document.blocks, document.leftover, strict=True):
            digest.update(f"{mark} {block['text']}\n".encode("utf-8", "replace"))
    return digest.hexdigest()


def write(trained: dict[str, dict[str, Any]], about: dict[str, Any], out: Path) -> None:
    """Write the model files; each says what it was trained on."""
    out.mkdir(exist_ok=True)
    for name, model in trained.items():
        text = json.dumps({**model, "about": about}, separators=(",", ":"))
        (out / f"{name}.json").write_text(text, encoding="utf-8")


def main() -> None:
    """Train on all documents."""
    parser = argparse.ArgumentParser()
    parser.add_argument("rendered", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--figures", type=Path, help="what training.text_folds wrote: goes into the model files")
    arguments = parser.parse_args()
    documents = read_all(arguments.rendered, arguments.folder)
    print(len(documents), "documents", Counter(d.set for d in documents))
    about = {
        "commit": commit(),
        "data": data_hash(documents),
        "documents": dict(Counter(document.set for document in documents)),
        "cross_validated": json.loads(arguments.figures.read_text()) if arguments.figures else None,
    }
    write(train(documents), about, arguments.out)


if __name__ == "__main__":
    main()
