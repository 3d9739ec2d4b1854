"""Train the classifier of lines of plain text: which are a widget's, which the article's.

    python -m training.text_lines FOLDER newscrawl/data/models

FOLDER is one of evaluation sets (bodies of articles; texts of real widgets). Each training document is an article's
body into which widgets are put, between paragraphs or in the middle of a sentence, as plain lines or as Markdown, in
several layouts; sentences that merely speak of newsletters or subscriptions (innocents.toml) go in as what must stay.
"""

from __future__ import annotations

import json
import random
import sys
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from newscrawl.extraction.plain_text.lines import read_blocks
from newscrawl.parsing.trees import ObliviousTrees
from newscrawl.widgets.text_context import ALL_NAMES, matrix
from newscrawl.widgets.text_evidence import find_hits, read_evidence
from newscrawl.widgets.text_stage import STAGE_TWO_NAMES, with_logits
from training.data import fold_of, group
from training.fit import fit
from training.text_widgets import Widget, rows, widgets

FOLDS = 4
ITERATIONS = 160
ROUNDS = 3


@dataclass(frozen=True)
class Body:
    """An article's paragraphs."""

    id: str
    language: str
    paragraphs: tuple[str, ...]


def bodies(folder: Path) -> list[Body]:
    """Every article once."""
    found: dict[tuple[str, ...], Body] = {}
    for name in ("aeb", "fundus", "wcxb"):
        for row in rows(folder / f"{name}.truth.jsonl"):
            parts = tuple(p.strip() for p in row["truth"]["body"].split("\n") if p.strip())
            found.setdefault(parts[:2], Body(group(row["url"]), (row.get("lang") or "en")[:2], parts))
    for row in rows(folder / "widgets.cases.jsonl"):
        parts = tuple(p.strip() for p in row["truth_body"].split("\n") if p.strip())
        found.setdefault(parts[:2], Body(group(row["url"]), row["lang"], parts))
    return [body for body in found.values() if len(body.paragraphs) > 2]


FIELDS = (
    "E-Mail",
    "Email address",
    "Your email",
    "youremail@email.example",
    "Adresse",
    "...",
    "Nombre",
    "Wpisz",
    "メール",
)


def decorate(text: str, form: bool, rng: random.Random) -> str:
    """Plain lines as Markdown might show them; ``form``: with the e-mail field that plain text does not show."""
    out = []
    lines = [line for line in text.split("\n") if line.strip()]
    button = next((i for i, line in enumerate(lines) if i and len(line.split()) <= 3), len(lines) if form else -1)
    for i, line in enumerate(lines):
        short = len(line.split()) <= 5
        if i == button and form and rng.random() < 0.7:
            out.append(f"\t{rng.choice(FIELDS)}\n---\t--------")
        if i == 0 and len(lines) > 1 and rng.random() < 0.5:
            line = rng.choice(["## ", "### ", "#### ", "**"]) + line
            line += "**" if line.startswith("**") else ""
        elif (short and i) or rng.random() < 0.3:
            line = (
                rng.choice(["[%s](#)", "[%s](https://www.paper.example/a)", "- [%s](#)", "- %s", "**%s**", "%s"]) % line
            )
        out.append(line)
    if button == len(lines) and form and rng.random() < 0.7:
        out.append(f"\t{rng.choice(FIELDS)}\n---\t--------")
    return "\n\n".join(out)


def link_words(paragraph: str, rng: random.Random) -> str:
    """A paragraph with a link or emphasis on some of its words."""
    words = paragraph.split(" ")
    if len(words) < 8:
        return paragraph
    at, size = rng.randrange(1, len(words) - 4), rng.choice([1, 1, 2, 3])
    mark = rng.choice(["[%s](https://www.paper.example/x)", "[%s](#)", "**%s**", "*%s*"])
    words[at : at + size] = [mark % " ".join(words[at : at + size])]
    return " ".join(words)


def compose(
    body: Body, chosen: list[Widget], innocents: dict[str, list[str]], rng: random.Random
) -> list[tuple[str, bool]]:
    """A document as chunks of lines (a chunk stands between blank lines), each with whether it is a widget's."""
    marked = rng.random() < 0.5
    start = rng.randrange(max(1, len(body.paragraphs) - 30)) if rng.random() < 0.3 else 0
    parts = list(body.paragraphs[start : start + 60])
    for sentence in rng.sample(innocents.get(body.language, []), min(2, len(innocents.get(body.language, [])))):
        at = rng.randrange(len(parts))
        if rng.random() < 0.5:
            parts[at] = f"{parts[at]} {sentence}"
        else:
            parts.insert(at, sentence)
    if marked and rng.random() < 0.6:
        parts = [link_words(p, rng) if rng.random() < 0.4 else p for p in parts]
        parts = [f"## {p}" if len(p.split()) < 9 and p[-1] not in '.:!?"”' and rng.random() < 0.5 else p for p in parts]
    if rng.random() < 0.2:
        bullet = rng.choice(["- ", "* ", "• "])
        parts = [bullet + p if len(p.split()) < 14 and rng.random() < 0.7 else p for p in parts]
    chunks: list[tuple[str, bool]] = [(p, False) for p in parts]
    for widget in chosen:
        text = widget.text
        if not widget.marked:
            if marked and rng.random() < 0.7:
                text = decorate(text, "newsletter" in widget.id, rng)
            elif rng.random() < 0.35:
                text = text.replace("\n", "\n\n")
        places = [i for i, (p, is_widget) in enumerate(chunks) if not is_widget and len(p.split()) > 16]
        if places and rng.random() < 0.4:
            at = rng.choice(places)
            words = chunks[at][0].split(" ")
            cut = rng.randrange(5, len(words) - 4)
            chunks[at : at + 1] = [(" ".join(words[:cut]), False), (text, True), (" ".join(words[cut:]), False)]
        else:
            chunks.insert(rng.randrange(1, len(chunks) + 1) if rng.random() < 0.95 else 0, (text, True))
    return chunks


def layout(chunks: list[tuple[str, bool]], rng: random.Random) -> tuple[str, list[bool]]:
    """The document's text, and for each filled line whether it is a widget's."""
    style = rng.choices(["blank", "single", "some"], [0.7, 0.17, 0.13])[0]
    out, labels = [], []
    for i, (text, is_widget) in enumerate(chunks):
        if style == "single" and not is_widget:
            text = text.replace("\n\n", "\n")
        lines = text.split("\n")
        labels += [is_widget for line in lines if line.strip()]
        blank = style == "blank" or (style == "some" and rng.random() < 0.75)
        neighbour = i + 1 < len(chunks) and (is_widget or chunks[i + 1][1])
        out.append("\n".join(lines) + ("\n\n" if blank or (neighbour and style == "some") else "\n"))
    return "".join(out), labels


def label_blocks(text: str, labels: list[bool]) -> tuple[list, np.ndarray]:
    """The blocks read from a text, and each one's label (by most of its characters)."""
    blocks = read_blocks(text)
    filled = [line for line in text.split("\n") if line.strip()]
    at, out = 0, []
    for block in blocks:
        own = [line for line in block["raw"].split("\n") if line.strip()]
        while at < len(filled) and filled[at] != own[0]:
            at += 1
        marks = [(len(filled[k]), labels[k]) for k in range(at, min(at + len(own), len(filled)))]
        out.append(float(2 * sum(n for n, is_widget in marks if is_widget) > sum(n for n, _ in marks)))
        at += len(own)
    return blocks, np.array(out, dtype=np.float32)


def documents(
    all_bodies: list[Body], all_widgets: list[Widget], fold: int | None, training: bool, seed: int = 1, rounds: int = 2
) -> Iterator[tuple[str, list, np.ndarray, str, list[Widget], Body]]:
    """Documents of a fold's side: bodies and widgets both seen (``training``) or both unseen; ``fold`` None: all."""
    rng = random.Random(seed)
    innocents = tomllib.loads((Path(__file__).parent / "innocents.toml").read_text(encoding="utf-8"))

    def mine(name: str) -> bool:
        return fold is None or (fold_of(name, FOLDS) == fold) is not training

    pool = [w for w in all_widgets if mine("w" + w.id)]
    by_language: dict[str, list[Widget]] = {}
    for widget in pool:
        by_language.setdefault(widget.language, []).append(widget)
    for _ in range(rounds):
        for body in all_bodies:
            if not mine("b" + body.id):
                continue
            own = by_language.get(body.language, pool) if rng.random() < 0.7 else pool
            count = rng.choice([0, 1, 1, 2, 2, 3, 4])
            chosen = rng.choices(own, [w.weight for w in own], k=count)
            chosen = list({w.id: w for w in chosen}.values())
            text, labels = layout(compose(body, chosen, innocents, rng), rng)
            blocks, y = label_blocks(text, labels)
            if blocks:
                yield text, blocks, y, body.language, chosen, body


Labelled = tuple[list, np.ndarray, np.ndarray]
"""Blocks, each one's label, and their matrix."""


def labelled(found: Iterable[tuple[str, list, np.ndarray, str, list[Widget], Body]]) -> list[Labelled]:
    """Documents with their matrix; some without source lines."""
    out = []
    for text, blocks, y, language, _, _ in found:
        if random.Random(len(text)).random() < 0.15:
            blocks = [{k: v for k, v in block.items() if k != "raw"} for block in blocks]
        out.append((blocks, y, matrix(blocks, read_evidence(blocks, language, find_hits(blocks)))))
    return out


def weights(blocks: list, y: np.ndarray) -> np.ndarray:
    """The article's long paragraphs weigh more: losing one is worse than leaving a line."""
    sizes = np.array([min(60, 4 + len(block["text"].split())) for block in blocks], dtype=np.float32)
    return np.where(y > 0.5, 0.4 + sizes / 40, 0.4 + sizes / 25).astype(np.float32)


def train(all_bodies: list[Body], all_widgets: list[Widget], fold: int | None) -> tuple[dict, dict]:
    """Fit both stages on one side of a fold, or on everything.

    The second stage sees the first one's margins of the lines around; it learns from margins of a first stage that has
    seen neither the document's body nor its widgets.
    """
    halves = [
        labelled(
            documents(
                [b for b in all_bodies if fold_of("half" + b.id, 2) == half],
                [w for w in all_widgets if fold_of("half" + w.id, 2) == half],
                fold,
                True,
                seed=half,
                rounds=ROUNDS,
            )
        )
        for half in (0, 1)
    ]

    def first(data: list[Labelled]) -> dict:
        return fit(
            ALL_NAMES, [d[2] for d in data], [d[1] for d in data], [weights(d[0], d[1]) for d in data], ITERATIONS
        )

    xs, ys, ws = [], [], []
    for half in (0, 1):
        unseen = ObliviousTrees.from_dict(first(halves[1 - half]))
        for blocks, y, x in halves[half]:
            xs.append(with_logits(blocks, x, unseen.predict(x)))
            ys.append(y)
            ws.append(weights(blocks, y))
    return first(halves[0] + halves[1]), fit(STAGE_TWO_NAMES, xs, ys, ws, ITERATIONS)


if __name__ == "__main__":
    source, target = Path(sys.argv[1]), Path(sys.argv[2])
    for name, model in zip(
        ("text_lines", "text_lines_context"), train(bodies(source), widgets(source), None), strict=True
    ):
        (target / f"{name}.json").write_text(json.dumps(model, separators=(",", ":")))
