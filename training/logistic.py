"""Logistic regression with a ridge, its cross-validation over hosts, and the area under a ROC curve; numpy alone."""

from __future__ import annotations

import hashlib

import numpy as np

RIDGE = 3.0
_STEPS = 40
_GROUPS = 16


def fit(rows: np.ndarray, right: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, float]:
    """Fit by Newton's method; return the signals' means, scales and weights, and the bias."""
    mean, scale = np.average(rows, axis=0, weights=weights), rows.std(axis=0)
    scale = np.where(scale > 1e-6, scale, 1.0)
    z = np.hstack([(rows - mean) / scale, np.ones((len(rows), 1))])
    ridge = np.diag([RIDGE] * rows.shape[1] + [1e-6])
    found = np.zeros(z.shape[1])
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-np.clip(z @ found, -30, 30)))
        curve = (z * (weights * chance * (1 - chance))[:, None]).T @ z + ridge
        step = np.linalg.solve(curve, z.T @ (weights * (right - chance)) - ridge @ found)
        found += step
        if np.abs(step).max() < 1e-6:
            break
    return mean, scale, found[:-1], float(found[-1])


def folds_of(hosts: list[str], folds: int, split: int = 0) -> np.ndarray:
    """Return the number of each host's fold, the same in every run; another ``split`` gives others."""
    return np.array([int(hashlib.sha1(f"{split} {host}".encode()).hexdigest(), 16) % folds for host in hosts])


def cross_validate(rows: np.ndarray, right: np.ndarray, weights: np.ndarray, fold: np.ndarray) -> np.ndarray:
    """Return each row's log odds by a model that has seen no row of its fold."""
    logits = np.zeros(len(rows))
    for own in np.unique(fold):
        here = fold == own
        mean, scale, factors, bias = fit(rows[~here], right[~here], weights[~here])
        logits[here] = ((rows[here] - mean) / scale) @ factors + bias
    return logits


def curve(logits: np.ndarray, right: np.ndarray, weights: np.ndarray) -> list[tuple[float, float]]:
    """Return points of a rising curve: the mean log odds of groups of equal weight, and the share that is right there.

    Neighbours out of order are put together (isotonic regression). A group has a right and a wrong row added, so that
    no chance is 0 or 1.
    """
    order = np.argsort(logits, kind="stable")
    place = np.cumsum(weights[order]) / weights.sum()
    number = np.minimum((place * _GROUPS).astype(int), _GROUPS - 1)
    groups: list[tuple[float, float, float]] = []  # weight, sum of log odds, sum of right ones
    for own in np.unique(number):
        at = order[number == own]
        groups.append((weights[at].sum(), (weights[at] * logits[at]).sum(), (weights[at] * right[at]).sum()))
        while len(groups) > 1 and _share(groups[-2]) >= _share(groups[-1]):
            last, before = groups.pop(), groups.pop()
            groups.append((last[0] + before[0], last[1] + before[1], last[2] + before[2]))
    return [(group[1] / group[0], _share(group)) for group in groups]


def _share(group: tuple[float, float, float]) -> float:
    return float((group[2] + 1.0) / (group[0] + 2.0))


def area(scores: np.ndarray, positive: np.ndarray) -> float:
    """Return the area under the ROC curve: the chance that a positive scores above a negative.

    >>> area(np.array([3.0, 2.0, 1.0]), np.array([True, False, True]))
    0.5
    """
    _, place, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[place]
    yes = int(positive.sum())
    no = len(positive) - yes
    if not yes or not no:
        return float("nan")
    return float((ranks[positive].sum() - yes * (yes + 1) / 2) / (yes * no))
