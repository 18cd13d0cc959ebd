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
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.backends.embedded.asked import AskedTerm, ScoredList, chosen, remaining, scored_lists
from retrieval.backends.embedded.segment import Postings, Segment

Scores = NDArray[np.float64]
Ordinals = NDArray[np.intp]

# A bound is the sum of up to some thousand floats: it is exact to 1e-12, and nothing within 1e-9 of it is given up.
SLACK = 1 + 1e-9
# Postings that are read at once, whatever they may add: reading them costs less than deciding about them. In a small
# segment it is half as many as it has passages.
_TOGETHER = 1 << 14
# Finding out what may be left out takes as long as reading so many times the postings that were read before.
_WORTH_PRUNING = 2
# Scanning the sums of all passages is cheaper than sorting, or clearing one by one, more than this share of them.
_SORTED_SHARE, _CLEARED_SHARE = 1 / 32, 1 / 8
# Looking one passage up in a list takes as long as reading so many of its postings.
_LOOK_UP_COST = 12
# So few passages are scored exactly right away.
_FEW = 32
# Sorting so few is faster without numpy.
_SORTED = 128
# From how many scores on a floor is taken from the maxima of blocks instead of from all of them.
_MANY = 2048


class Found(NamedTuple):
    """Passages with their scores, both of shape (p,)."""

    ordinals: Ordinals
    scores: Scores


NOTHING = Found(np.zeros(0, np.intp), np.zeros(0))


class Search:
    """
    One query on one segment.

    Attributes:
        is_exact: The scores are the model's, to the last bit.
    """

    def __init__(
        self,
        segment: Segment,
        gains_of_pairs: Scores,
        limit: int,
        floor: float,
        allowed: NDArray[np.bool_] | None,
        sums: Scores,
    ) -> None:
        self._segment, self._gains = segment, gains_of_pairs
        self._limit, self._allowed = limit, allowed
        # The lists of the query, and what a passage can get at most from each and those after it.
        self._lists: list[ScoredList] = []
        self._rest: list[float] = []
        # A score that `limit` passages reach, as far as is known.
        self._floor = floor
        # What the lists that were read give each passage, and which passages that are.
        self._sums = sums
        self._touched: list[Ordinals] = []
        self.is_exact = False

    def run(self, asked: Sequence[AskedTerm]) -> Found:
        """The best passages, a few more where bounds could not tell, with their sums of gains."""
        if sum(lists.end - lists.start for lists, _, _ in asked) <= self._together:
            whole = [(Postings(lists.start, lists.end), idf, weight) for lists, idf, weight in asked]
            self.is_exact = True
            return self._best_of(*self._read(whole))
        self._lists = scored_lists(asked)
        self._rest = remaining(self._lists)
        done = 0
        while done < len(self._lists) and self._rest[done] * SLACK >= self._floor:
            end = self._necessary(done)
            ordinals, repeats = self._read(chosen(asked, self._lists[done:end]))
            self.is_exact = end - done == len(self._lists)
            if self.is_exact:
                return self._best_of(ordinals, repeats)
            self._floor = max(self._floor, self._reached(ordinals, repeats))
            done = end
        return self._look_up(self._reaching(self._rest[done]), done)

    @property
    def _together(self) -> int:
        return min(_TOGETHER, len(self._sums) // 2)

    def _necessary(self, first: int) -> int:
        """
        Up to which list reading has to go on before the others can hardly add a passage.

        What `limit` passages will reach is taken to be the most that one of the lists adds which have as many.
        """
        last, reached, together = first, self._floor, self._together
        postings = sum(one.length for one in self._lists[:first])
        while last < len(self._lists):
            one = self._lists[last]
            if reached >= self._rest[last] and postings > together and last > first:
                break
            postings += one.length
            if one.length >= self._limit:
                reached = max(reached, one.ceiling)
            last += 1
        spared = sum(one.length for one in self._lists[last:])
        return last if spared > postings * _WORTH_PRUNING else len(self._lists)

    def _read(self, read: Sequence[tuple[Postings, float, float]]) -> tuple[Ordinals, int]:
        """Add up postings with their idf and weight, in query order; the passages, and how often one may be in them."""
        ordinals = np.concatenate([self._segment.holders(one) for one, _, _ in read], dtype=np.intp)
        gained = self._gains.take(np.concatenate([self._segment.pairs(one) for one, _, _ in read]))
        counts = [one.end - one.start for one, _, _ in read]
        gained *= np.array([idf for _, idf, _ in read]).repeat(counts)
        if any(weight != 1 for _, _, weight in read):
            gained *= np.array([weight for _, _, weight in read]).repeat(counts)
        if self._allowed is not None:
            kept = self._allowed.take(ordinals)
            ordinals, gained = ordinals[kept], gained[kept]
        np.add.at(self._sums, ordinals, gained)
        self._touched.append(ordinals)
        return ordinals, len(read)

    def _best_of(self, ordinals: Ordinals, repeats: int) -> Found:
        """The best of passages whose sums are complete."""
        if len(ordinals) > len(self._sums) * _CLEARED_SHARE:
            enough = max(self._floor, floor_of(self._sums, self._limit))
            found = np.flatnonzero(self._sums >= enough if enough else self._sums)
        else:
            scores = self._sums.take(ordinals)
            found = distinct(ordinals[scores >= max(self._floor, floor_of(scores, self._limit * repeats))])
        return Found(found, self._sums.take(found))

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
        needed = self._floor / SLACK - rest
        kept = [ordinals[self._sums.take(ordinals) >= needed] for ordinals in self._touched]
        if sum(map(len, kept)) > len(self._sums) * _SORTED_SHARE:
            found = np.flatnonzero(self._sums >= needed if needed > 0 else self._sums)
        else:
            found = distinct(np.concatenate([NOTHING.ordinals, *kept]))
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
            one = self._lists[number]
            if len(found.ordinals) * _LOOK_UP_COST < one.length:
                self._add_to(found.ordinals, one)
            else:
                self._add_where(self._floor / SLACK - self._rest[number], one)
            scores = self._sums.take(found.ordinals)
            self._floor = max(self._floor, floor_of(scores, self._limit))
            kept = (scores + self._rest[number + 1]) * SLACK >= self._floor
            found = Found(found.ordinals[kept], scores[kept])
        return found

    def _add_to(self, ordinals: Ordinals, one: ScoredList) -> None:
        """Add what a list gives these passages: each is looked up."""
        holders = self._segment.holders(one.postings)
        places = holders.searchsorted(ordinals.astype(holders.dtype))
        np.minimum(places, len(holders) - 1, out=places)
        here = np.flatnonzero(holders.take(places) == ordinals)
        pairs = self._segment.pairs(one.postings).take(places.take(here))
        self._sums[ordinals.take(here)] += one.factor * self._gains.take(pairs)

    def _add_where(self, needed: float, one: ScoredList) -> None:
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
    if len(scores) <= _SORTED:
        return float(sorted(scores.tolist())[-limit])
    width = len(scores) // max(_MANY // 4, 16 * limit)
    if len(scores) > _MANY and width > 1:
        scores = scores[: len(scores) // width * width].reshape(-1, width).max(axis=1)
    return float(np.partition(scores, len(scores) - limit)[len(scores) - limit])
