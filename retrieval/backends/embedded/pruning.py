"""
The best passages of a segment without scoring all of them, exactly: MaxScore.

Postings lists are read from the shortest on. Once what the remaining lists can add at most is less than the score that
`limit` passages have already, no new passage can come up: those at hand are only looked up in the remaining lists, and
given up one after the other. What is left is scored anew by the model's operations in the model's order, so that bounds
and sums made on the way, which may differ in the last bits, never show.

Source:
    Turtle and Flood, "Query Evaluation: Strategies and Optimizations" (1995).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.backends.embedded.columns import Array
from retrieval.backends.embedded.segment import Postings, Segment
from retrieval.bm25 import length_norms, saturation

Scores = NDArray[np.float64]
Ordinals = NDArray[np.intp]

# A bound is the sum of up to some thousand floats: it is exact to 1e-12, and nothing within 1e-9 of it is given up.
_SLACK = 1 + 1e-9
# So few passages are scored exactly right away.
_FEW = 48
# From how many scores on a floor is taken from the maxima of blocks instead of from all of them.
_MANY = 2048


class WeighedTerm(NamedTuple):
    """A term with what it counts: its idf, and the weight that the query gives it."""

    term: str
    idf: float
    weight: float


class Found(NamedTuple):
    """Passages with their scores, both of shape (p,)."""

    ordinals: Ordinals
    scores: Scores


class _List(NamedTuple):
    """The postings of a term, what the gain of each is multiplied by, and what one of them adds at most."""

    postings: Postings
    factor: float
    ceiling: float


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
        self._peaks: dict[int, float] = {}
        self._spare: list[Scores] = []

    @cached_property
    def gains_of_pairs(self) -> Scores:
        """What a posting of each pair gains, before idf and weight."""
        return self.segment.gains_of_pairs(self._average_length)

    def best(
        self, wanted: Sequence[WeighedTerm], limit: int, floor: float, allowed: NDArray[np.bool_] | None
    ) -> Found:
        """
        At least the best `limit` passages that hold one of the terms, in no order; ties with the last all included.

        Args:
            wanted: In query order, repeated terms repeatedly; with idf and weight above 0.
            limit: At least 1.
            floor: Passages of a lower score are not wanted.
            allowed: Which passages may be found, shape (total,); `None` for all.
        """
        lists = self._lists(wanted)
        rest = [0.0]
        for one in reversed(lists):
            rest.append(rest[-1] + one.ceiling)
        rest.reverse()
        candidates, scores, floor, done = self._gathered(lists, rest, limit, floor, allowed)
        for number in range(done, len(lists)):
            if len(candidates) <= max(limit, _FEW):
                break
            scores += self._looked_up(lists[number], candidates)
            floor = max(floor, floor_of(scores, limit))
            kept = (scores + rest[number + 1]) * _SLACK >= floor
            candidates, scores = candidates[kept], scores[kept]
        return Found(candidates, self.exact(wanted, candidates))

    def exact(self, wanted: Sequence[WeighedTerm], ordinals: Ordinals) -> Scores:
        """The model's scores of these passages, shape (p,), bit for bit."""
        places = {one.term: place for one in wanted if (place := self.segment.terms.find(one.term)) is not None}
        if not len(ordinals) or not places:
            return np.zeros(len(ordinals))
        rows, frequencies = self._frequencies(sorted(places.values()), ordinals)
        lengths = self.segment.lengths[ordinals].astype(np.float64)
        saturated = saturation(frequencies, length_norms(lengths, self._average_length))
        scores = np.zeros(len(ordinals))
        for term, idf, weight in wanted:
            if term in places:
                scores += weight * (idf * saturated[rows[places[term]]])
        return scores

    def _frequencies(self, places: list[int], ordinals: Ordinals) -> tuple[dict[int, int], Scores]:
        """How often each passage holds each term, shape (terms, passages), and the row of each term."""
        streams = self.segment.streams(ordinals)
        found = self.segment.terms_at(streams.places)
        sorted_places = np.array(places, dtype=found.dtype)
        rows = np.minimum(np.searchsorted(sorted_places, found), len(places) - 1)
        same = sorted_places[rows] == found
        cells = rows[same] * len(ordinals) + streams.owners[same]
        counts = np.bincount(cells, minlength=len(places) * len(ordinals))
        shaped = counts.reshape(len(places), len(ordinals)).astype(np.float64)
        return {place: row for row, place in enumerate(places)}, shaped

    def _lists(self, wanted: Sequence[WeighedTerm]) -> list[_List]:
        """Each distinct term of the query that the segment holds, the shortest list first."""
        factors: Counter[str] = Counter()
        for term, idf, weight in wanted:
            factors[term] += weight * idf  # type: ignore[assignment]  # a Counter adds floats as well
        found = []
        for term, factor in factors.items():
            place = self.segment.terms.find(term)
            if place is not None:
                found.append(_List(self.segment.postings(place), factor, factor * self._peak(place)))
        return sorted(found, key=lambda one: one.postings.end - one.postings.start)

    def _peak(self, term: int) -> float:
        if term not in self._peaks:
            self._peaks[term] = float(self.gains_of_pairs.take(self.segment.peaks(term)).max())
        return self._peaks[term]

    def _gathered(
        self, lists: Sequence[_List], rest: Sequence[float], limit: int, floor: float, allowed: Array | None
    ) -> tuple[Ordinals, Scores, float, int]:
        """Candidates with what the first lists give them, the floor they set, and how many lists that took."""
        sums = self._borrow()
        touched: list[Ordinals] = []
        kept: list[Ordinals] = []
        done = 0
        while done < len(lists) and rest[done] * _SLACK >= floor:
            ordinals, gained = self._read(lists[done], allowed)
            gained += sums.take(ordinals)
            sums[ordinals] = gained
            touched.append(ordinals)
            floor = max(floor, floor_of(gained, limit))
            done += 1
            kept.append(ordinals if rest[done] >= floor else ordinals[(gained + rest[done]) * _SLACK >= floor])
        candidates, scores = _reaching(kept, sums, floor / _SLACK - rest[done])
        for ordinals in touched:
            sums[ordinals] = 0
        self._spare.append(sums)
        return candidates, scores, floor, done

    def _borrow(self) -> Scores:
        # Zeros that a search has used and cleared again: fresh ones cost more than the search. Each thread has its own.
        try:
            return self._spare.pop()
        except IndexError:
            return np.zeros(self.segment.total)

    def _read(self, one: _List, allowed: Array | None) -> tuple[Ordinals, Scores]:
        ordinals = self.segment.holders(one.postings).astype(np.intp)
        pairs = self.segment.pairs(one.postings)
        if allowed is not None:
            kept = allowed[ordinals]
            ordinals, pairs = ordinals[kept], pairs[kept]
        gained = self.gains_of_pairs.take(pairs)
        gained *= one.factor
        return ordinals, gained

    def _looked_up(self, one: _List, candidates: Ordinals) -> Scores:
        """What a term adds to each candidate, shape (candidates,)."""
        holders = self.segment.holders(one.postings)
        places = np.searchsorted(holders, candidates.astype(holders.dtype))
        np.minimum(places, len(holders) - 1, out=places)
        gained = self.gains_of_pairs.take(self.segment.pairs(one.postings).take(places))
        gained *= one.factor
        gained[holders.take(places) != candidates] = 0
        return gained


def _reaching(kept: Sequence[Ordinals], sums: Scores, floor: float) -> tuple[Ordinals, Scores]:
    """The passages whose sum reaches a floor, once each, ascending, and their sums."""
    if not kept:
        return np.zeros(0, np.intp), np.zeros(0)
    ordinals = np.concatenate(kept) if len(kept) > 1 else kept[0]
    found = ordinals[sums.take(ordinals) >= floor]
    if len(kept) > 1:
        found = np.unique(found)
    return found, sums.take(found)


def floor_of(scores: Scores, limit: int) -> float:
    """
    A score that at least `limit` of the scores reach, 0 where they are fewer.

    Of few scores it is the limit-th best. Of many it is the limit-th best maximum of blocks of them, which is nearly as
    high and takes a tenth of the time.
    """
    if len(scores) < limit:
        return 0.0
    width = len(scores) // max(_MANY // 4, 16 * limit)
    if len(scores) > _MANY and width > 1:
        scores = scores[: len(scores) // width * width].reshape(-1, width).max(axis=1)
    return float(np.partition(scores, len(scores) - limit)[len(scores) - limit])
