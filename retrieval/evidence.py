"""
Where the words of a question stand in the candidate passages, and what that tells beyond BM25.

A passage that says the words of a question together answers it more often than one that scatters them: the best run of
thirty words, and pairs of words side by side. All candidates are weighed at once, in numpy.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.expansion import Concept
from retrieval.index import Occurrences

# Words in a run: about a sentence of a press release.
RUN_WORDS = 30
# Two words further apart than this are no pair.
PAIR_WORDS = 8
# Passages lie further apart than any two words of one passage.
_APART = 1 << 24

Floats = NDArray[np.float64]


class Evidence(NamedTuple):
    """
    What the places of the question's words tell about each of h passages.

    Attributes:
        matched: Weight of the best match of each concept in each passage, shape (h, concepts), 0 to 1.
        run: Idf times weight of the concepts in the best run of `RUN_WORDS` words, shape (h,).
        pairs: Sum over pairs of concepts of the smaller idf divided by the words between them, shape (h,).
    """

    matched: Floats
    run: Floats
    pairs: Floats


def weigh(found: Occurrences, count: int, terms: Sequence[str], concepts: Sequence[Concept], idf: Floats) -> Evidence:
    """
    Weigh the candidates of one partition.

    Args:
        found: Where `terms` stand in the candidates.
        count: How many candidates there are (h).
        terms: Distinct terms of all concepts, as `found.terms` numbers them.
        concepts: What was asked, in this partition.
        idf: What each concept counts for, shape (concepts,).

    Source:
        Runs and pairs are two forms of the proximity measured by Tao and Zhai, "An Exploration of Proximity Measures
        in Information Retrieval" (2007); the reach of both was chosen on training halves (`retrieval/README.md`).
    """
    passages, places, numbers, weights = _matches(found, terms, concepts)
    matched = np.zeros((count, len(concepts)))
    np.maximum.at(matched, (passages, numbers), weights)
    run, pairs = np.zeros(count), np.zeros(count)
    if len(places):
        following = _following(numbers, len(concepts))
        distances: Floats = (np.append(places, places[-1] + 2 * _APART)[following] - places[:, np.newaxis]).astype(
            float
        )
        values: Floats = np.append(weights, 0.0)[following] * idf
        np.maximum.at(run, passages, np.where(distances < RUN_WORDS, values, 0.0).sum(axis=1))
        pairs = _pairs(passages, numbers, weights * idf[numbers], distances, values, count)
    return Evidence(matched, run, pairs)


def _matches(
    found: Occurrences, terms: Sequence[str], concepts: Sequence[Concept]
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp], Floats]:
    """Passage, place, concept and weight of each match, in order of place; a term may belong to several concepts."""
    known = {term: number for number, term in enumerate(terms)}
    entries = sorted((known[t], number, weight) for number, c in enumerate(concepts) for t, weight in c.terms)
    table = np.array(entries, dtype=np.float64).reshape(-1, 3)
    places = found.passages * _APART + found.positions
    if [term for term, _, _ in entries] == list(range(len(terms))):
        # Each term belongs to one concept, as nearly always.
        entry = table[found.terms]
        return found.passages, places, entry[:, 1].astype(np.intp), entry[:, 2]
    first = np.searchsorted(table[:, 0], np.arange(len(terms) + 1))
    each = np.diff(first)[found.terms]
    occurrence = np.repeat(np.arange(len(found.terms)), each)
    within = np.arange(len(occurrence)) - np.repeat(np.cumsum(each) - each, each)
    entry = table[first[found.terms[occurrence]] + within]
    return found.passages[occurrence], places[occurrence], entry[:, 1].astype(np.intp), entry[:, 2]


def _following(numbers: NDArray[np.intp], concepts: int) -> NDArray[np.intp]:
    """For each match and each concept the next match of that concept, itself included; one past the end for none."""
    following = np.full((len(numbers), concepts), len(numbers), dtype=np.intp)
    rows = np.arange(len(numbers))
    following[rows, numbers] = rows
    nearest: NDArray[np.intp] = np.minimum.accumulate(following[::-1], axis=0)[::-1]
    return nearest


def _pairs(
    passages: NDArray[np.intp], numbers: NDArray[np.intp], own: Floats, distances: Floats, values: Floats, count: int
) -> Floats:
    """For each passage the sum over pairs of concepts of what their closest places are worth."""
    concepts = values.shape[1]
    rows, others = np.nonzero((distances > 0) & (distances <= PAIR_WORDS))
    mine = numbers[rows]
    different = mine != others
    rows, others, mine = rows[different], others[different], mine[different]
    worth = np.minimum(own[rows], values[rows, others]) / distances[rows, others]
    pair = np.minimum(mine, others) * concepts + np.maximum(mine, others)
    keys = passages[rows] * concepts**2 + pair
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    firsts = np.flatnonzero(np.diff(keys, prepend=-1))
    best = np.maximum.reduceat(worth[order], firsts)
    return np.bincount(keys[firsts] // concepts**2, weights=best, minlength=count).astype(np.float64)
