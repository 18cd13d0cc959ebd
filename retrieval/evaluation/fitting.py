"""
Fits the confidence model and writes its coefficients with what they were fitted on.

Of the queries of each collection every second one is used, so that the others can say how good the fit is.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.errors import UsageError
from retrieval.analyzer import VERSION
from retrieval.evaluation.collections import Collection
from retrieval.evaluation.silence import SEED, Sample, asked_of_halves

Floats = NDArray[np.float64]

_STEPS = 50
# Ridge penalty on every coefficient but the constant: the features say much the same.
_RIDGE = 1.0


def fit_confidence(collections: Mapping[str, Collection]) -> str:
    """
    The text of `confidence.json`, fitted on these collections by name.

    Queries in the passages' language give one model, those found through the bridge the other.

    Raises:
        UsageError: One of the two has nothing to be fitted on, or a collection cannot be halved.
    """
    samples = [
        sample
        for collection in collections.values()
        for removed in ("passages", "articles")
        for sample in _every_second(collection, asked_of_halves(collection, removed))
    ]
    models = {
        "own": _coefficients([s for s in samples if not s.found.bridged], "the language of their passages"),
        "bridged": _coefficients([s for s in samples if s.found.bridged], "another language than their passages"),
    }
    document = {
        "coefficients": models,
        "order": ["constant", "coverage", "sentences", "score", "words"],
        "fitted_on": {
            "collections": sorted(collections),
            "queries": "every second one, from the first",
            "samples": len(samples),
            "seed": SEED,
            "analyzer": VERSION,
        },
    }
    return json.dumps(document, indent=2) + "\n"


def _every_second(collection: Collection, samples: Sequence[Sample]) -> list[Sample]:
    chosen = set(list(collection.queries)[::2])
    return [sample for sample in samples if sample.query_id in chosen]


def _coefficients(samples: Sequence[Sample], language: str) -> list[float]:
    if {sample.answerable for sample in samples} != {True, False}:
        raise UsageError(f"Too few queries in {language} to fit confidence on. Add a collection of them.")
    return [round(float(weight), 3) for weight in _logistic(samples)]


def _logistic(samples: Sequence[Sample]) -> Floats:
    """Constant and weights of a ridge logistic regression, by Newton's method."""
    rows = np.array([(1.0, *sample.found[:4]) for sample in samples])
    answerable = np.array([sample.answerable for sample in samples], dtype=np.float64)
    penalty = _RIDGE * np.diag([0.0, 1.0, 1.0, 1.0, 1.0])
    weights: Floats = np.zeros(rows.shape[1])
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-rows @ weights))
        gradient = rows.T @ (chance - answerable) + penalty @ weights
        curvature = (rows.T * (chance * (1 - chance))) @ rows + penalty
        weights = weights - np.linalg.solve(curvature, gradient)
    return weights


def write_confidence(path: Path, collections: Mapping[str, Collection]) -> None:
    """Fit and write the file anew."""
    path.write_text(fit_confidence(collections), "utf-8")
