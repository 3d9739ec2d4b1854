"""Train and calibrate `confidence`: the chance that a body is right, from the signals of the pass.

usage: python -m training.confidence FOLDER [--folds FOLDER] [--text-folds FOLDER] [--rendered FILE]

Writes newscrawl/data/models/{confidence_page,confidence_text}.json, docs/confidence.svg and the tables of
docs/confidence.md. A body is right where its
F1 is `RIGHT` or more. Figures are cross-validated over hosts. `--folds`: the page models that `training.blocks
--keep-folds` kept, so that each page is read by models that have not seen its host; without them the models know most
of the pages, and the confidence comes out too high. See README.md.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from itertools import pairwise
from math import isfinite
from pathlib import Path
from typing import Any

import numpy as np

from newscrawl.extraction.confidence import page, text
from newscrawl.extraction.confidence.model import interpolate
from training.about import commit
from training.bodies import Body, data_hash, pages, texts
from training.logistic import area, cross_validate, curve, fit, folds_of
from training.reliability import table, write_plot, write_table

RIGHT = 0.95
POOR = 0.9
SURE = 0.9
WANTED = 0.95
"""Share of right bodies that there must be among those at `SURE`,"""
MARGIN = 0.015
"""and what is added to it, since it is reckoned on few."""
LEAST = 40
NEAR = 0.05
SETS = ["aeb", "fundus", "wcxb", "suites", "daniel"]
MODELS = Path(__file__).parent.parent / "newscrawl" / "data" / "models"
PLOT = Path(__file__).parent.parent / "docs" / "confidence.svg"
FOLDS = 5
REPEATS = 5
"""Splits of the hosts into folds: the few bodies that are sure and wrong fall differently in each."""


def figures(found: list[Body], chances: np.ndarray) -> dict[str, dict[str, float | None]]:
    """Return per set and for all: how many are right, and how well the chances say so; ``None`` where none can be."""
    f1 = np.array([body.f1 for body in found])
    names = np.array([body.set for body in found])
    out = {}
    for name in ["all", *dict.fromkeys(names.tolist())]:
        own = np.full(len(names), True) if name == "all" else names == name
        sure = own & (chances >= SURE)
        out[name] = {
            "bodies": int(own.sum()),
            "right": _mean(f1[own] >= RIGHT),
            "mean": _mean(chances[own]),
            "sure": _mean(sure[own]),
            "right_of_sure": _mean(f1[sure] >= RIGHT),
            "auc_poor": area(-chances[own], f1[own] < POOR),
            "auc_wrong": area(-chances[own], f1[own] < RIGHT),
            "brier": _mean((chances[own] - (f1[own] >= RIGHT)) ** 2),
        }
    return {
        name: {key: round(value, 4) if isfinite(value) else None for key, value in row.items()}
        for name, row in out.items()
    }


def _mean(values: np.ndarray) -> float:
    return float(np.mean(values)) if len(values) else float("nan")


def train(found: list[Body], names: tuple[str, ...]) -> tuple[dict[str, Any], np.ndarray]:
    """Return the model of some bodies, and the chance that each gets from a model of other hosts."""
    rows = np.array([[body.signals[name] for name in names] for body in found])
    right = np.array([body.f1 >= RIGHT for body in found], dtype=float)
    weights = np.array([body.weight for body in found])
    hosts = [body.host for body in found]
    splits = [folds_of(hosts, FOLDS, number) for number in range(REPEATS)]
    logits = [cross_validate(rows, right, weights, fold) for fold in splits]
    chances = [_calibrated(own, fold, right, weights) for own, fold in zip(logits, splits, strict=True)]
    mean, scale, factors, bias = fit(rows, right, weights)
    about = {
        "commit": commit(),
        "data": data_hash(found),
        "right": RIGHT,
        "cross_validated": {"folds": FOLDS, "repeats": REPEATS, "sets": _mean_figures(found, chances)},
    }
    model = {
        "about": about,
        "names": list(names),
        "mean": _rounded(mean),
        "scale": _rounded(scale),
        "weights": _rounded(factors),
        "bias": round(bias, 4),
        "curve": [_rounded(point) for point in careful_curve(np.mean(logits, axis=0), right, weights)],
    }
    return model, np.mean(chances, axis=0)


def _calibrated(logits: np.ndarray, fold: np.ndarray, right: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return chances by curves of other folds."""
    chances = np.zeros(len(logits))
    for own in np.unique(fold):
        here = fold == own
        points = careful_curve(logits[~here], right[~here], weights[~here])
        chances[here] = [interpolate(logit, points) for logit in logits[here]]
    return chances


def _mean_figures(found: list[Body], chances: list[np.ndarray]) -> dict[str, dict[str, float | None]]:
    """Return the means of the figures over the repeats."""
    each = [figures(found, own) for own in chances]
    out: dict[str, dict[str, float | None]] = {}
    for name, row in each[0].items():
        known = {key: [value for own in each if (value := own[name][key]) is not None] for key in row}
        out[name] = {key: round(float(np.mean(values)), 4) if values else None for key, values in known.items()}
    return out


def careful_curve(logits: np.ndarray, right: np.ndarray, weights: np.ndarray) -> list[tuple[float, float]]:
    """Return the curve from log odds to chances, which reaches `SURE` only where enough of all above are right."""
    points = curve(logits, right, weights)
    order = np.argsort(-logits)
    share = np.cumsum((weights * right)[order]) / np.cumsum(weights[order])
    enough = np.flatnonzero(share[LEAST:] >= WANTED + MARGIN)
    start = float(logits[order[LEAST + enough[-1]]]) if len(enough) else float("inf")
    if start <= reached(SURE, points):
        return points
    below = [(logit, min(chance, SURE - 0.01)) for logit, chance in points if logit < start - NEAR]
    above = [(logit, max(chance, SURE + 0.01)) for logit, chance in points if logit > start + NEAR]
    return below + ([(start, SURE)] if len(enough) else []) + above


def reached(chance: float, points: list[tuple[float, float]]) -> float:
    """Return the first log odds at which a curve reaches a chance; infinity where it does not."""
    for (left, low), (right, high) in pairwise([(float("-inf"), 0.0), *points]):
        if high >= chance:
            return right if low == 0.0 else left + (right - left) * (chance - low) / (high - low)
    return float("inf")


def _rounded(values: Any) -> list[float]:
    return [round(float(value), 4) for value in values]


def main(arguments: list[str] | None = None) -> None:
    """Train, write, print."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("folder", type=Path)
    ap.add_argument("--sets", nargs="*", default=SETS)
    ap.add_argument("--folds", type=Path, help="the page models of each fold")
    ap.add_argument("--text-folds", type=Path, help="the models of lines of each fold (training.text_roles --folds)")
    ap.add_argument("--rendered", type=Path, help="pages as text tools leave them (training.rendered)")
    ap.add_argument("--texts", action=argparse.BooleanOptionalAction, default=True)
    ap.add_argument("--out", type=Path, default=MODELS)
    ap.add_argument("--plot", type=Path, default=PLOT)
    a = ap.parse_args(arguments)
    shown = {}
    for kind, names, found in _kinds(a):
        model, chances = train(found, names)
        model["about"]["models"] = "of other hosts" if (a.folds if kind == "page" else a.text_folds) else "as shipped"
        text_of = json.dumps(model, indent=1, ensure_ascii=False)
        a.out.mkdir(parents=True, exist_ok=True)
        (a.out / f"confidence_{kind}.json").write_text(text_of + "\n", encoding="utf-8")
        made = table(kind, model["about"]["cross_validated"]["sets"])
        print(made)
        if a.plot == PLOT:
            write_table(PLOT.with_suffix(".md"), kind, made)
        shown[kind] = (chances, np.array([body.f1 >= RIGHT for body in found]))
    write_plot(a.plot, shown)


def _kinds(a: argparse.Namespace) -> Iterator[tuple[str, tuple[str, ...], list[Body]]]:
    if a.sets:
        yield "page", page.PAGE, list(pages(a.folder, a.sets, a.folds))
    if a.texts:
        yield "text", text.TEXT, list(texts(a.folder, a.text_folds, a.rendered))


if __name__ == "__main__":
    main()
