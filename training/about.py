"""What a model file says of its training: code, data, pages, figures."""

from __future__ import annotations

import hashlib
import subprocess
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from training.data import Page

ROOT = Path(__file__).parent.parent


@cache
def commit() -> str:
    """Return the commit of the training code, with a plus sign where the working tree differed from it at the start."""
    head = _git("rev-parse", "HEAD")
    return f"{head}+" if _git("status", "--porcelain", "--untracked-files=no") else head


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", "-C", str(ROOT), *arguments], capture_output=True, text=True, check=False)
    return "unknown" if done.returncode else done.stdout.strip()


def data_hash(data: list[Page]) -> str:
    """Return the SHA-256 of the pages' URLs, texts and labels."""
    digest = hashlib.sha256()
    for page in data:
        digest.update(f"{page.name} {page.url}\n".encode())
        for item, value in zip(page.segments, page.labels, strict=True):
            digest.update(f"{value} {item.text}\n".encode("utf-8", "replace"))
    return digest.hexdigest()


def rules_hash() -> str:
    """Return the SHA-256 of the word rules, whose hits are features of the models."""
    digest = hashlib.sha256()
    for path in sorted((ROOT / "newscrawl" / "data" / "widgets").glob("*.toml")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def figures(data: list[Page], logits: list[np.ndarray]) -> dict[str, dict[str, float]]:
    """Return per set the precision, recall and F1 over the labelled characters (mean over pages), and exact pages."""
    rows: dict[str, list[tuple[float, float, bool]]] = defaultdict(list)
    for page, own in zip(data, logits, strict=True):
        known = np.array([v is not None for v in page.labels])
        true = np.array([bool(v) for v in page.labels]) & known
        said = (own > 0) & known
        size = np.array([len(s.text) for s in page.segments])
        right, taken, wanted = (float(size[mask].sum()) for mask in (true & said, said, true))
        rows[page.name].append((right / taken if taken else 0.0, right / wanted, bool((said == true).all())))
    out = {}
    for name, values in rows.items():
        precision, recall, exact = (float(np.mean([v[k] for v in values])) for k in range(3))
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        figures = {"precision": precision, "recall": recall, "f1": f1, "exact": exact}
        out[name] = {key: round(value, 4) for key, value in figures.items()}
    return out


def about(data: list[Page], logits: list[np.ndarray], folds: int) -> dict[str, Any]:
    """Return the entry that goes into each model file."""
    return {
        "commit": commit(),
        "data": data_hash(data),
        "rules": rules_hash(),
        "pages": dict(Counter(page.name for page in data)),
        "cross_validated": {"folds": folds, "sets": figures(data, logits)},
    }
