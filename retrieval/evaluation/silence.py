"""
Does confidence tell questions that are answered from those that are not? AUROC with half of a collection taken away.

Two ways to take half away: passages one by one, so that others of the same article stay and look alike; or whole
articles, so that nothing of the topic stays. Each half is asked every query, so that a query with one relevant passage
is answerable once.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

import numpy as np

from corpus.errors import UsageError
from corpus.models import Statement
from retrieval.confidence import Features, confidence_of, features
from retrieval.evaluation.collections import Collection, check_judged
from retrieval.evaluation.runs import Ranker

Removed = Literal["passages", "articles"]
SEED = 7
NOTHING = Features(0.0, 0.0, 0.0, 0.0, False)


class Sample(NamedTuple):
    """One query asked of one half of a collection: its features, and whether a relevant passage was in that half."""

    query_id: str
    found: Features
    answerable: bool


def asked_of_halves(collection: Collection, removed: Removed) -> list[Sample]:
    """
    Every judged query, asked of each half.

    Raises:
        UsageError: The collection has no judgments, or does not say which article a passage is from.
    """
    check_judged(collection)
    samples = []
    for half in _halves(collection, removed):
        ranker, kept = Ranker.of(half), {document.id for document in half}
        for query_id, text in collection.queries.items():
            if relevant := collection.qrels.get(query_id):
                answerable = any(relevant.get(id, 0) > 0 for id in relevant.keys() & kept)
                samples.append(Sample(query_id, _features(ranker, text), answerable))
    return samples


def auroc(samples: Sequence[Sample]) -> float:
    """
    The chance that an answerable query has a higher confidence than one that is not; a tie counts half.

    Raises:
        UsageError: All are answerable, or none is.

    Source:
        Hanley and McNeil, "The Meaning and Use of the Area under a ROC Curve" (1982).
    """
    answered = np.sort([confidence_of(one.found) for one in samples if one.answerable])
    silent = np.array([confidence_of(one.found) for one in samples if not one.answerable])
    if not len(answered) or not len(silent):
        raise UsageError("No half has both a query that it answers and one that it does not, so there is no AUROC.")
    below, up_to = (np.searchsorted(answered, silent, side) for side in ("left", "right"))
    return float(1 - (below + up_to).mean() / 2 / len(answered))


def _features(ranker: Ranker, query: str) -> Features:
    question, ranked = ranker.ranked(query)
    return features(question, ranked[0]) if ranked else NOTHING


def _halves(collection: Collection, removed: Removed) -> Iterator[list[Statement]]:
    groups = {document.id: document.id for document in collection.documents}
    if removed == "articles":
        if not collection.groups:
            raise UsageError('No passage says which article it is from ("metadata": {"article": …} in corpus.jsonl).')
        groups = groups | collection.groups
    names = sorted(set(groups.values()))
    random.Random(SEED).shuffle(names)  # noqa: S311 (a fixed seed, so that figures can be repeated)
    first = set(names[: len(names) // 2])
    for side in (True, False):
        yield [document for document in collection.documents if (groups[document.id] in first) is side]
