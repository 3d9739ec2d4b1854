"""Train the models that tell article text from the rest of a page.

usage: python -m training.blocks FOLDER_OF_EVALUATION_ARCHIVES [--iterations 480]

Writes newscrawl/data/models/{names,segments,segments_context}.json. Needs requirements-train.txt. The same data and
seeds give the same files.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from math import log
from pathlib import Path

import numpy as np

from newscrawl.extraction.segments.features import features, names
from newscrawl.extraction.segments.lexicon_rows import rows as lexicon_rows
from newscrawl.extraction.segments.name_odds import NameOdds
from newscrawl.extraction.segments.scores import context, context_names
from newscrawl.parsing.trees import ObliviousTrees
from training.data import Page, group, pages
from training.fit import fit, fold_of

SETS = ["aeb", "fundus", "wcxb", "daniel", "widgets", "traf"]
MODELS = Path(__file__).parent.parent / "newscrawl" / "data" / "models"


def name_odds(data: list[Page], least: int = 5) -> dict[str, float]:
    """Log odds of article text per class word, each site counting once; words of fewer sites say nothing."""
    sites: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(lambda: [0.0, 0.0]))
    for page in data:
        if page.name == "traf":
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
    """A page weighs the same whatever its size: half of it by segments, half by words."""
    known = np.array([v is not None for v in page.labels], dtype=np.float64)
    size = np.sqrt(np.array([len(s.text) for s in page.segments], dtype=np.float64)) * known
    return page.weight * 100 * (0.35 * known / max(known.sum(), 1) + 0.65 * size / max(size.sum(), 1))


def main() -> None:
    """Train and write."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("folder", type=Path)
    ap.add_argument("--iterations", type=int, default=480)
    ap.add_argument("--sets", nargs="+", default=SETS)
    a = ap.parse_args()
    data = list(pages(a.folder, a.sets))
    print(Counter(p.name for p in data), file=sys.stderr)
    for page in data:
        page.lexicon = lexicon_rows([s.text for s in page.segments])
    folds = 4
    fold = [fold_of(group(p.url), folds) for p in data]
    matrices: list[np.ndarray] = [None] * len(data)  # type: ignore[list-item]
    for k in range(folds):
        odds = NameOdds(name_odds([p for p, f in zip(data, fold, strict=True) if f != k]))
        for i, (page, f) in enumerate(zip(data, fold, strict=True)):
            if f == k:
                matrices[i] = features(page.segments, page.frames, page.hints, odds, page.lexicon)
    labels = [np.array([np.nan if v is None else v for v in p.labels]) for p in data]
    loads = [weights(p) for p in data]
    print("first", file=sys.stderr)
    inner: list[np.ndarray] = [None] * len(data)  # type: ignore[list-item]
    for k in range(folds):
        train = [i for i, f in enumerate(fold) if f != k]
        model = ObliviousTrees.from_dict(
            fit(
                names(),
                [matrices[i] for i in train],
                [labels[i] for i in train],
                [loads[i] for i in train],
                a.iterations // 2,
            )
        )
        for i, f in enumerate(fold):
            if f == k:
                inner[i] = context(data[i].segments, matrices[i], model.predict(matrices[i]))
    out = {"names": name_odds(data), "segments": fit(names(), matrices, labels, loads, a.iterations // 2)}
    print("second", file=sys.stderr)
    out["segments_context"] = fit(context_names(), inner, labels, loads, a.iterations)
    MODELS.mkdir(exist_ok=True)
    for name, model in out.items():
        (MODELS / f"{name}.json").write_text(
            json.dumps(model, separators=(",", ":"), sort_keys=name == "names") + "\n", encoding="utf-8"
        )


if __name__ == "__main__":
    main()
