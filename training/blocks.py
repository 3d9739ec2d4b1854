"""Train the models that tell article text from the rest of a page.

usage: python -m training.blocks FOLDER_OF_LABELLED_PAGES [--iterations 480] [--folds 3]

Writes newscrawl/data/models/{names,segments,segments_context}.json and markup.toml. Needs requirements-train.txt. The
same data and seeds give the same files. Figures are cross-validated over hosts; the final models are trained on all
pages. See README.md.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from math import log
from pathlib import Path
from typing import Any

import numpy as np

from newscrawl.extraction.segments.context import context, context_names
from newscrawl.extraction.segments.features import features, names
from newscrawl.extraction.segments.lexicon_rows import rows as lexicon_rows
from newscrawl.extraction.segments.name_odds import NameOdds
from newscrawl.extraction.segments.numbers import PageNumbers
from newscrawl.parsing.trees import ObliviousTrees
from training.about import about, figures
from training.data import Page, fold_of, group, pages
from training.fit import fit

SETS = ["aeb", "fundus", "wcxb", "suites", "daniel", "widgets", "traf"]
DATA = Path(__file__).parent.parent / "newscrawl" / "data"
MODELS = DATA / "models"
MARKUP = DATA / "markup" / "names.toml"
Model = dict[str, Any]
RATE = 0.07


def name_odds(data: list[Page], least: int = 5) -> dict[str, float]:
    """Log odds of article text per class word, each site counting once; words of fewer sites say nothing."""
    sites: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(lambda: [0.0, 0.0]))
    for page in data:
        if page.partial:
            continue
        total = [1.0, 1.0]
        for item, value in zip(page.segments, page.labels, strict=True):
            if value is not None:
                total[int(value)] += len(item.text)
        counts: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
        for item, value in zip(page.segments, page.labels, strict=True):
            if value is None:
                continue
            share = len(item.text) / total[int(value)]
            at = item.frame
            seen = set()
            while at is not None:
                for token in at.names:
                    seen.add(token)
                    seen.add(f"{at.tag}.{token}")
                at = at.parent
            for token in seen:
                counts[token][int(value)] += share
        key = group(page.url)
        for token, (no, yes) in counts.items():
            best = sites[token][key]
            best[0], best[1] = max(best[0], no), max(best[1], yes)
    odds = {}
    for token, by_site in sites.items():
        if len(by_site) < least:
            continue
        no, yes = (sum(v[k] for v in by_site.values()) for k in (0, 1))
        value = log((yes + 0.5) / (no + 0.5))
        if abs(value) >= 0.4:
            odds[token] = round(value, 2)
    return odds


def weights(page: Page) -> np.ndarray:
    """Return the segments' weights: a page weighs the same whatever its size, half by segments, half by words."""
    known = np.array([v is not None for v in page.labels], dtype=np.float64)
    size = np.sqrt(np.array([len(s.text) for s in page.segments], dtype=np.float64)) * known
    return page.weight * 100 * (0.35 * known / max(known.sum(), 1) + 0.65 * size / max(size.sum(), 1))


def numbers_of(page: Page) -> PageNumbers:
    """Return the whole numbers of a page's segments and frames."""
    return PageNumbers(page.segments, page.frames)


def matrices_of(data: list[Page], fold: list[int], folds: int) -> list[np.ndarray]:
    """Return each page's features; the odds of names are those of the other folds."""
    out: list[np.ndarray] = [np.zeros(0)] * len(data)
    for k in range(folds):
        odds = NameOdds(name_odds([p for p, f in zip(data, fold, strict=True) if f != k]))
        for i, page in enumerate(data):
            if fold[i] == k:
                out[i] = features(page.segments, page.frames, numbers_of(page), page.hints, odds, page.lexicon)
    return out


def out_of_fold(
    wanted: tuple[str, ...], rows: list[np.ndarray], labels: list[np.ndarray], loads: list[np.ndarray],
    fold: list[int], folds: int, iterations: int,
) -> tuple[list[np.ndarray], list[Model]]:  # fmt: skip
    """Return each page's logits by a model of the other folds, and these models."""
    out: list[np.ndarray] = [np.zeros(0)] * len(rows)
    models = []
    for k in range(folds):
        own = [i for i, f in enumerate(fold) if f != k]
        some = [[column[i] for i in own] for column in (rows, labels, loads)]
        models.append(fit(wanted, *some, iterations, RATE))
        model = ObliviousTrees.from_dict(models[-1])
        for i, f in enumerate(fold):
            if f == k:
                out[i] = model.predict(rows[i])
        print(f"fold {k + 1} of {folds}", file=sys.stderr)
    return out, models


def train(data: list[Page], iterations: int, folds: int) -> Iterator[tuple[str, dict[str, Model]]]:
    """Yield the models of each fold (``"0"``, ``"1"``, …: trained without its hosts), then the final ones (``""``)."""
    fold = [fold_of(group(p.url), folds) for p in data]
    for page in data:
        page.lexicon = lexicon_rows([s.text for s in page.segments])
    labels = [np.array([np.nan if v is None else v for v in p.labels]) for p in data]
    loads = [weights(p) for p in data]
    rows = matrices_of(data, fold, folds)
    print("first model", file=sys.stderr)
    first, firsts = out_of_fold(names(), rows, labels, loads, fold, folds, iterations // 2)
    inner = [context(numbers_of(p), r, logits) for p, r, logits in zip(data, rows, first, strict=True)]
    print("second model", file=sys.stderr)
    second, seconds = out_of_fold(context_names(), inner, labels, loads, fold, folds, iterations)
    for k in range(folds):
        odds = name_odds([p for p, f in zip(data, fold, strict=True) if f != k])
        yield str(k), {"names": {"odds": odds}, "segments": firsts[k], "segments_context": seconds[k]}
    final = {
        "names": {"odds": name_odds(data)},
        "segments": fit(names(), rows, labels, loads, iterations // 2, RATE),
        "segments_context": fit(context_names(), inner, labels, loads, iterations, RATE),
    }
    said = about(data, second, folds)
    last = ObliviousTrees.from_dict(final["segments_context"])
    said["trained_on"] = figures(data, [last.predict(r) for r in inner])
    yield "", {name: {"about": said, **model} for name, model in final.items()}


def main(arguments: list[str] | None = None) -> None:
    """Train and write."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("folder", type=Path)
    ap.add_argument("--iterations", type=int, default=480)
    ap.add_argument("--folds", type=int, default=3)
    ap.add_argument("--sets", nargs="+", default=SETS)
    ap.add_argument("--out", type=Path, default=MODELS)
    ap.add_argument("--keep-folds", type=Path, help="a folder for each fold's models, to measure whole pages with")
    a = ap.parse_args(arguments)
    if a.out == MODELS:  # the models' own copy of the vocabulary, read from here on (newscrawl.widgets.markup)
        shutil.copy(MARKUP, MODELS / "markup.toml")
    data = list(pages(a.folder, a.sets))
    print(Counter(p.name for p in data), file=sys.stderr)
    for part, models in train(data, a.iterations, a.folds):
        folder = a.keep_folds / part if part and a.keep_folds else a.out
        if part and not a.keep_folds:
            continue
        folder.mkdir(parents=True, exist_ok=True)
        for name, model in models.items():
            text = json.dumps(model, separators=(",", ":"), sort_keys=name == "names")
            (folder / f"{name}.json").write_text(text + "\n", encoding="utf-8")
        if not part:
            print(json.dumps(models["segments"]["about"]["cross_validated"], indent=1))


if __name__ == "__main__":
    main()
