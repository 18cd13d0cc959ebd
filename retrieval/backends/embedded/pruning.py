"""
The best passages of a segment without scoring all of them, exactly: MaxScore.

Postings lists are read from the shortest on, as many at once as have to be read in any case. Once what the remaining
lists can add at most is less than the score that `limit` passages have already, no new passage can come up: those at
hand are only looked up in the remaining lists, and given up one after the other. What is left is scored anew by the
model's operations in the model's order, so that bounds and sums made on the way, which may differ in the last bits,
never show.

Source:
    Turtle and Flood, "Query Evaluation: Strategies and Optimizations" (1995).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate
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
# Postings that are read at once, whatever they may add: reading them costs less than deciding about them.
_TOGETHER = 1 << 13
# Scanning the sums of all passages is cheaper than sorting, or clearing one by one, more than this share of them.
_SORTED_SHARE, _CLEARED_SHARE = 1 / 32, 1 / 8
# Looking one passage up in a list takes as long as reading so many of its postings.
_LOOK_UP_COST = 12
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


NOTHING = Found(np.zeros(0, np.intp), np.zeros(0))


class _List(NamedTuple):
    """
    The postings of a term.

    Attributes:
        factor: Idf times weight, summed where the term is asked repeatedly.
        ceiling: What one posting adds at most.
    """

    postings: Postings
    factor: float
    ceiling: float


class _Asked(NamedTuple):
    """A term of the query, as often as it is asked, by its place in the segment."""

    place: int
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
            floor: Passages of a lower score may be left out.
            allowed: Which passages may be found, shape (total,); `None` for all.
        """
        asked = self._asked(wanted)
        lists = self._lists(asked)
        rest = list(accumulate((one.ceiling for _, one in reversed(lists)), initial=0.0))[::-1]
        if not lists or rest[0] * _SLACK < floor:
            return NOTHING
        sums = self._borrow()
        search = _Search(self, lists, rest, limit, floor, allowed, sums)
        found = search.run(asked)
        search.clear()
        self._spare.append(sums)
        return found if search.is_exact else Found(found.ordinals, self._exact(asked, found.ordinals))

    def exact(self, wanted: Sequence[WeighedTerm], ordinals: Ordinals) -> Scores:
        """The model's scores of these passages, shape (p,), bit for bit."""
        return self._exact(self._asked(wanted), ordinals)

    def _exact(self, asked: Sequence[_Asked], ordinals: Ordinals) -> Scores:
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

    def _asked(self, wanted: Sequence[WeighedTerm]) -> list[_Asked]:
        find = self.segment.terms.find
        return [_Asked(place, idf, weight) for term, idf, weight in wanted if (place := find(term)) is not None]

    def _lists(self, asked: Sequence[_Asked]) -> list[tuple[int, _List]]:
        """The postings of each distinct term, by its place, the shortest first."""
        factors: dict[int, float] = {}
        for place, idf, weight in asked:
            factors[place] = factors.get(place, 0.0) + idf * weight
        found = [
            (place, _List(self.segment.postings(place), factor, factor * self._peak(place)))
            for place, factor in factors.items()
        ]
        return sorted(found, key=lambda one: one[1].postings.end - one[1].postings.start)

    def _peak(self, term: int) -> float:
        if term not in self._peaks:
            self._peaks[term] = float(self.gains_of_pairs.take(self.segment.peaks(term)).max())
        return self._peaks[term]

    def _borrow(self) -> Scores:
        # Zeros that a search has used and cleared again: fresh ones cost more than the search. Each thread has its own.
        try:
            return self._spare.pop()
        except IndexError:
            return np.zeros(self.segment.total)


class _Search:
    """
    One query on one segment.

    Attributes:
        is_exact: The scores are the model's, to the last bit.
    """

    def __init__(
        self,
        scorer: SegmentScorer,
        lists: Sequence[tuple[int, _List]],
        rest: Sequence[float],
        limit: int,
        floor: float,
        allowed: NDArray[np.bool_] | None,
        sums: Scores,
    ) -> None:
        self._segment, self._gains = scorer.segment, scorer.gains_of_pairs
        self._lists, self._rest, self._limit, self._allowed = lists, rest, limit, allowed
        # A score that `limit` passages reach, as far as is known.
        self._floor = floor
        # What the lists that were read give each passage, and which passages that are.
        self._sums = sums
        self._touched: list[Ordinals] = []
        self.is_exact = False

    def run(self, asked: Sequence[_Asked]) -> Found:
        """The best passages, a few more where bounds could not tell, with their sums of gains."""
        done = 0
        while done < len(self._lists) and self._rest[done] * _SLACK >= self._floor:
            end = self._necessary(done)
            self.is_exact = end - done == len(self._lists)
            chosen = dict(self._lists[done:end])
            self._read([(chosen[one.place].postings, one.idf, one.weight) for one in asked if one.place in chosen])
            done = end
        found = self._reaching(self._rest[done])
        return found if self.is_exact else self._look_up(found, done)

    def _necessary(self, first: int) -> int:
        """Up to which list reading has to go on before the others can become unable to add a passage."""
        last, hope, postings = first, self._floor, 0
        while last < len(self._lists):
            one = self._lists[last][1]
            postings += one.postings.end - one.postings.start
            if hope >= self._rest[last] and postings > _TOGETHER and last > first:
                break
            hope += one.ceiling
            last += 1
        return last

    def _read(self, lists: Sequence[tuple[Postings, float, float]]) -> None:
        """Add up some lists, in this order, each multiplied by its idf and weight."""
        ordinals = np.concatenate([self._segment.holders(one) for one, _, _ in lists], dtype=np.intp)
        gained = self._gains.take(np.concatenate([self._segment.pairs(one) for one, _, _ in lists]))
        counts = [one.end - one.start for one, _, _ in lists]
        gained *= np.array([idf for _, idf, _ in lists]).repeat(counts)
        if any(weight != 1 for _, _, weight in lists):
            gained *= np.array([weight for _, _, weight in lists]).repeat(counts)
        if self._allowed is not None:
            kept = self._allowed.take(ordinals)
            ordinals, gained = ordinals[kept], gained[kept]
        np.add.at(self._sums, ordinals, gained)
        self._touched.append(ordinals)
        self._floor = max(self._floor, self._reached(ordinals, len(lists)))

    def _reached(self, ordinals: Ordinals, repeats: int) -> float:
        """A score that `limit` of the passages just read reach, each of which was read `repeats` times at most."""
        if len(ordinals) > len(self._sums) * _CLEARED_SHARE:
            return floor_of(self._sums, self._limit)
        scores = self._sums.take(ordinals)
        enough = floor_of(scores, self._limit * repeats)
        if repeats == 1 or len(ordinals) < self._limit:
            return enough
        return floor_of(self._sums.take(distinct(ordinals[scores >= enough])), self._limit)

    def _reaching(self, rest: float) -> Found:
        """The passages that can still be among the best, once each, ascending, and what they have so far."""
        needed = self._floor / _SLACK - rest
        if sum(map(len, self._touched)) > len(self._sums) * _SORTED_SHARE:
            found = np.flatnonzero(self._sums >= needed if needed > 0 else self._sums)
        else:
            ordinals = np.concatenate([np.zeros(0, np.intp), *self._touched])
            found = distinct(ordinals[self._sums.take(ordinals) >= needed])
        return Found(found, self._sums.take(found))

    def clear(self) -> None:
        """Set the sums to 0 again."""
        if sum(map(len, self._touched)) > len(self._sums) * _CLEARED_SHARE:
            self._sums.fill(0)
            return
        for ordinals in self._touched:
            self._sums[ordinals] = 0

    def _look_up(self, found: Found, done: int) -> Found:
        """Those that the lists which were not read leave over; few are left as they are."""
        for number in range(done, len(self._lists)):
            if len(found.ordinals) <= max(self._limit, _FEW):
                break
            one = self._lists[number][1]
            if len(found.ordinals) * _LOOK_UP_COST < one.postings.end - one.postings.start:
                self._add_to(found.ordinals, one)
            else:
                self._add_where(self._floor / _SLACK - self._rest[number], one)
            scores = self._sums.take(found.ordinals)
            self._floor = max(self._floor, floor_of(scores, self._limit))
            kept = (scores + self._rest[number + 1]) * _SLACK >= self._floor
            found = Found(found.ordinals[kept], scores[kept])
        return found

    def _add_to(self, ordinals: Ordinals, one: _List) -> None:
        """Add what a list gives these passages: each is looked up."""
        holders = self._segment.holders(one.postings)
        places = holders.searchsorted(ordinals.astype(holders.dtype))
        np.minimum(places, len(holders) - 1, out=places)
        here = np.flatnonzero(holders.take(places) == ordinals)
        pairs = self._segment.pairs(one.postings).take(places.take(here))
        self._sums[ordinals.take(here)] += one.factor * self._gains.take(pairs)

    def _add_where(self, needed: float, one: _List) -> None:
        """Add what a list gives the passages that have as much as is needed: all of it is gone through."""
        ordinals = self._segment.holders(one.postings).astype(np.intp)
        here = np.flatnonzero(self._sums.take(ordinals) >= max(needed, np.finfo(np.float64).tiny))
        pairs = self._segment.pairs(one.postings).take(here)
        self._sums[ordinals.take(here)] += one.factor * self._gains.take(pairs)


def distinct(ordinals: Ordinals) -> Ordinals:
    """Each of some ordinals once, ascending; `np.unique` takes ten times as long for a few hundred."""
    ordinals = np.sort(ordinals)
    kept = np.ones(len(ordinals), dtype=np.bool_)
    np.not_equal(ordinals[1:], ordinals[:-1], out=kept[1:])
    return ordinals[kept]


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
