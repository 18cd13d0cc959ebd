"""
The model's scores of the passages of one segment: of the best for a query, or of any.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.backends.embedded.asked import AskedTerm, TermLists, highest_sum
from retrieval.backends.embedded.compiled import Loop, asked_arrays, columns_for
from retrieval.backends.embedded.pruning import NOTHING, SLACK, Found, Ordinals, Scores, Search
from retrieval.backends.embedded.segment import Postings, Segment
from retrieval.bm25 import length_norms, saturation

_ALL = np.zeros(0, dtype=np.bool_)


# The compiled loop keeps the best in order as it goes: of thousands that takes longer than to add all up.
_LOOP_LIMIT = 400


class WeighedTerm(NamedTuple):
    """
    A term with what it counts.

    Attributes:
        lists: Its postings in each segment of its language, `None` where there are none.
        idf: Its own.
        weight: What the query gives it.
    """

    lists: tuple[TermLists | None, ...]
    idf: float
    weight: float


class SegmentScorer:
    """
    Scores the passages of one segment in one generation.

    Args:
        segment: The segment.
        number: Which of its language's segments it is, from 0.
        average_length: Mean terms in a passage of the whole language, above 0.
        loop: The compiled `best_of`, where it is to be used.
    """

    def __init__(self, segment: Segment, number: int, average_length: float, loop: Loop | None = None) -> None:
        self.segment = segment
        self._number = number
        self._average_length = average_length
        self._columns = columns_for(*segment.unchecked) if loop else None
        self._loop = loop if self._columns else None
        self._spare: list[Scores] = []

    @cached_property
    def gains_of_pairs(self) -> Scores:
        """What a posting of each pair gains, before idf and weight."""
        return self.segment.gains_of_pairs(self._average_length)

    @cached_property
    def _best_gains(self) -> memoryview:
        return self.segment.best_gains(self.gains_of_pairs).data

    def lists(self, place: int | None) -> TermLists | None:
        """The lists of a term by its place in the segment."""
        if place is None:
            return None
        start, middle, end = self.segment.lists(place)
        if self._loop:
            # It reads them without a check of its own.
            self.segment.holders(Postings(start, end))
            self.segment.pairs(Postings(start, end))
        return TermLists(place, start, middle, end, self._best_gains[2 * place], self._best_gains[2 * place + 1])

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
        if not asked or (floor and highest_sum(asked) * SLACK < floor):
            return NOTHING
        if self._loop and self._columns and limit <= _LOOP_LIMIT:
            passing = _ALL if allowed is None else allowed
            return Found(*self._loop(*asked_arrays(asked), *self._columns, self.gains_of_pairs, passing, limit, floor))
        sums = self._borrow()
        search = Search(self.segment, self.gains_of_pairs, limit, floor, allowed, sums)
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
        places = sorted({one.lists.place for one in asked})
        rows = {place: row for row, place in enumerate(places)}
        lengths = self.segment.lengths[ordinals].astype(np.float64)
        norms = length_norms(lengths, self._average_length)
        saturated = saturation(self._frequencies(places, ordinals), norms)
        for lists, idf, weight in asked:
            scores += weight * (idf * saturated[rows[lists.place]])
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
        number = self._number
        return [AskedTerm(here, idf, weight) for lists, idf, weight in wanted if (here := lists[number]) is not None]

    def _borrow(self) -> Scores:
        # Zeros that a search has used and cleared again: fresh ones cost more than the search. Each thread has its own.
        try:
            return self._spare.pop()
        except IndexError:
            return np.zeros(self.segment.total)
