"""
What each part of the ranking gains: the same collections and questions with one part after the other switched off.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from retrieval.candidates import DEFAULT_WEIGHTS, Weights, without
from retrieval.evaluation.collections import Collection
from retrieval.evaluation.measures import measure
from retrieval.evaluation.runs import Ranker

_DEPTH = 100


def ablated() -> Iterator[tuple[str, Weights]]:
    """Every setting: nothing switched off, then each part by its name in `Weights`."""
    yield "nothing", DEFAULT_WEIGHTS
    for part in Weights._fields:
        yield part, without(part)


def ablate(
    collections: Mapping[str, Collection], questions: Mapping[str, Callable[[Weights], tuple[int, int]]]
) -> dict[str, dict[str, dict[str, float]]]:
    """
    Figures by what is switched off, then by what is measured.

    Args:
        collections: By name: nDCG@10 and Success@1.
        questions: By name: weights → how many first excerpts are hits, of how many.

    Raises:
        MissingExtraError: ir-measures is not installed.
    """
    rankers = {name: Ranker.of(found.documents) for name, found in collections.items()}
    rows: dict[str, dict[str, dict[str, float]]] = {}
    for part, weights in ablated():
        rows[part] = {}
        for name, found in collections.items():
            run = {
                query: rankers[name].ranked_ids(text, depth=_DEPTH, weights=weights)
                for query, text in found.queries.items()
            }
            figures = measure(run, found.qrels)
            rows[part][name] = {key: figures[key] for key in ("nDCG@10", "Success@1")}
        for name, ask in questions.items():
            rows[part][name] = {"hit@1": float(ask(weights)[0])}
    return rows
