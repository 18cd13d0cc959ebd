"""
The model's scores of the passages of one segment: of the best for a query, or of any.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.backends.embedded.pruning import (
    NOTHING,
    SLACK,
    AskedTerm,
    Found,
    Ordinals,
    ScoredList,
    Scores,
    Search,
    remaining,
)
from retrieval.backends.embedded.segment import Segment
from retrieval.bm25 import length_norms, saturation


class WeighedTerm(NamedTuple):
    """A term with what it counts: its idf, and the weight that the query gives it."""

    term: str
    idf: float
    weight: float


class SegmentScorer:
    """
    Scores the passages of one segment in one generation.

    Args:
        segment: The segment.
        average_length: Mean terms in a passage of the whole language, above 0.
    """

    def __init__(self, segment: Segment, average_length: float) -> None:
        self.segment = segment
        self._average_length = average_length
        self._spare: list[Scores] = []

    @cached_property
    def gains_of_pairs(self) -> Scores:
        """What a posting of each pair gains, before idf and weight."""
        return self.segment.gains_of_pairs(self._average_length)

    @cached_property
    def _best_gains(self) -> memoryview:
        return self.segment.best_gains(self.gains_of_pairs).data

    def best(self, wanted: Sequence[WeighedTerm], limit: int, floor: float, allowed: NDArray[np.bool_] | None) -> Found:
        """
        At least the best `limit` passages that hold one of the terms, in no order; ties with the last all included.

        Args:
            wanted: In query order, repeated terms repeatedly; with idf and weight above 0.
            limit: At least 1.
            floor: Passages of a lower score may be left out.
            allowed: Which passages may be found, shape (total,); `None` for all.
        """
        asked = self._asked(wanted)
        lists = self._lists(asked)
        rest = remaining(lists)
        if not lists or rest[0] * SLACK < floor:
            return NOTHING
        sums = self._borrow()
        search = Search(self.segment, self.gains_of_pairs, lists, rest, limit, floor, allowed, sums)
        found = search.run(asked)
        search.clear()
        self._spare.append(sums)
        return found if search.is_exact else Found(found.ordinals, self._exact(asked, found.ordinals))

    def exact(self, wanted: Sequence[WeighedTerm], ordinals: Ordinals) -> Scores:
        """The model's scores of these passages, shape (p,), bit for bit."""
        return self._exact(self._asked(wanted), ordinals)

    def _exact(self, asked: Sequence[AskedTerm], ordinals: Ordinals) -> Scores:
        scores = np.zeros(len(ordinals))
        if not len(ordinals) or not asked:
            return scores
        places = sorted({one.place for one in asked})
        rows = {place: row for row, place in enumerate(places)}
        lengths = self.segment.lengths[ordinals].astype(np.float64)
        norms = length_norms(lengths, self._average_length)
        saturated = saturation(self._frequencies(places, ordinals), norms)
        for place, idf, weight in asked:
            scores += weight * (idf * saturated[rows[place]])
        return scores

    def _frequencies(self, places: Sequence[int], ordinals: Ordinals) -> Scores:
        """How often each passage holds each term, shape (terms, passages)."""
        streams = self.segment.streams(ordinals)
        found = self.segment.terms_at(streams.places)
        sorted_places = np.array(places, dtype=found.dtype)
        rows = sorted_places.searchsorted(found)
        np.minimum(rows, len(places) - 1, out=rows)
        here = (sorted_places.take(rows) == found).nonzero()[0]
        cells = rows.take(here) * len(ordinals) + streams.owners.take(here)
        counts = np.bincount(cells, minlength=len(places) * len(ordinals))
        return counts.reshape(len(places), len(ordinals)).astype(np.float64)

    def _asked(self, wanted: Sequence[WeighedTerm]) -> list[AskedTerm]:
        find = self.segment.terms.find
        return [AskedTerm(place, idf, weight) for term, idf, weight in wanted if (place := find(term)) is not None]

    def _lists(self, asked: Sequence[AskedTerm]) -> list[ScoredList]:
        """The postings of each distinct term, the shortest list first."""
        factors: dict[int, float] = {}
        best = self._best_gains
        for place, idf, weight in asked:
            factors[place] = factors.get(place, 0.0) + idf * weight
        found = [
            ScoredList(place, postings, postings.end - postings.start, factor, factor * best[number])
            for place, factor in factors.items()
            for number, postings in self.segment.lists(place)
        ]
        return sorted(found, key=lambda one: one.length)

    def _borrow(self) -> Scores:
        # Zeros that a search has used and cleared again: fresh ones cost more than the search. Each thread has its own.
        try:
            return self._spare.pop()
        except IndexError:
            return np.zeros(self.segment.total)
