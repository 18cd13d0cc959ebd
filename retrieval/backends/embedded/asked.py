"""
The terms of a query on one segment: where their postings stand, and how much these can add.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from retrieval.backends.embedded.segment import Postings


class ScoredList(NamedTuple):
    """
    Some of the postings of a term; a passage is in one list of a term at most.

    Attributes:
        place: The term's.
        length: How many postings there are.
        factor: Idf times weight, summed where the term is asked repeatedly.
        ceiling: What one posting adds at most.
    """

    place: int
    postings: Postings
    length: int
    factor: float
    ceiling: float


class TermLists(NamedTuple):
    """
    Where the two lists of a term stand, of passages that hold it once and of those that hold it repeatedly.

    Attributes:
        place: The term's.
        start, middle, end: They are `[start, middle)` and `[middle, end)`.
        once, repeatedly: What one posting of each gains at most; of an empty list, anything.
    """

    place: int
    start: int
    middle: int
    end: int
    once: float
    repeatedly: float


class AskedTerm(NamedTuple):
    """A term of the query, as often as it is asked."""

    lists: TermLists
    idf: float
    weight: float


def highest_sum(asked: Sequence[AskedTerm]) -> float:
    """What a passage can get at most."""
    return sum(idf * weight * max(lists.once, lists.repeatedly) for lists, idf, weight in asked)


def scored_lists(asked: Sequence[AskedTerm]) -> list[ScoredList]:
    """The lists of each distinct term that are not empty, the shortest first."""
    known = {one.lists.place: one.lists for one in asked}
    factors = dict.fromkeys(known, 0.0)
    for lists, idf, weight in asked:
        factors[lists.place] += idf * weight
    found = []
    for place, start, middle, end, once, repeatedly in known.values():
        factor = factors[place]
        if start < middle:
            found.append(ScoredList(place, Postings(start, middle), middle - start, factor, factor * once))
        if middle < end:
            found.append(ScoredList(place, Postings(middle, end), end - middle, factor, factor * repeatedly))
    return sorted(found, key=lambda one: one.length)


def chosen(asked: Sequence[AskedTerm], lists: Sequence[ScoredList]) -> list[tuple[Postings, float, float]]:
    """Of the asked terms, in query order, what stands in some lists; with idf and weight."""
    found: dict[int, Postings] = {}
    for one in lists:
        # The two lists of a term lie side by side.
        other = found.get(one.place, one.postings)
        found[one.place] = Postings(min(one.postings.start, other.start), max(one.postings.end, other.end))
    return [(found[one.lists.place], one.idf, one.weight) for one in asked if one.lists.place in found]


def remaining(lists: Sequence[ScoredList]) -> list[float]:
    """What a passage can get at most from each list and those after it, and 0 at the end."""
    best: dict[int, float] = {}
    found = [0.0]
    for one in reversed(lists):
        before = best.get(one.place, 0.0)
        best[one.place] = max(before, one.ceiling)
        found.append(found[-1] + best[one.place] - before)
    return found[::-1]
