"""
How good a run is: ir-measures' nDCG, recall and success, over the queries that have judgments.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.util import find_spec

from corpus.errors import MissingExtraError
from retrieval.evaluation.collections import Qrels

MEASURES = ("nDCG@10", "R@100", "Success@1", "Success@5", "Success@10")


def check_installed() -> None:
    """
    Make sure that runs can be measured.

    Raises:
        MissingExtraError: ir-measures is not installed.
    """
    if find_spec("ir_measures") is None:
        raise MissingExtraError("Measuring a run", "evaluate")


def measure(run: Mapping[str, Sequence[str]], qrels: Qrels) -> dict[str, float]:
    """
    The mean of each of `MEASURES` over all judged queries; one that found nothing counts 0.

    Args:
        run: Query id → document ids, best first.
        qrels: Query id → document id → relevance.

    Raises:
        MissingExtraError: ir-measures is not installed.
    """
    check_installed()
    import ir_measures

    asked = [ir_measures.parse_measure(name) for name in MEASURES]
    judged = [ir_measures.Qrel(query, id, grade) for query, grades in qrels.items() for id, grade in grades.items()]
    scored = [
        ir_measures.ScoredDoc(query, id, 1 / place)
        for query, ids in run.items()
        for place, id in enumerate(ids, start=1)
    ]
    means = ir_measures.calc_aggregate(asked, judged, scored)
    return {name: round(float(means[one]), 4) for name, one in zip(MEASURES, asked, strict=True)}
