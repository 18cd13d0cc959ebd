"""
Where terms stand in passages, many passages and terms at once.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from retrieval.backends.embedded.segment import Segment
from retrieval.index import Occurrences
from retrieval.models import WeightedTerm


def occurrences_in(
    segment: Segment, ordinals: NDArray[np.intp], owners: NDArray[np.intp], terms: Sequence[WeightedTerm]
) -> Occurrences:
    """
    Where terms stand in passages of one segment.

    Args:
        segment: The segment; terms of other partitions are not looked for.
        ordinals: Its passages, shape (p,).
        owners: What to call each of them in `Occurrences.passages`, shape (p,).
        terms: As asked; of one that is listed twice the first counts.
    """
    asked: dict[int, int] = {}
    for number, (term, partition, _) in enumerate(terms):
        place = segment.terms.find(term) if partition == segment.partition else None
        if place is not None:
            asked.setdefault(place, number)
    if not asked:
        return joined([])
    places = sorted(asked)
    streams = segment.streams(ordinals)
    found = segment.terms_at(streams.places)
    wanted = np.array(places, dtype=found.dtype)
    rows = np.minimum(np.searchsorted(wanted, found), len(wanted) - 1)
    here = np.flatnonzero(wanted[rows] == found)
    numbers = np.array([asked[place] for place in places], dtype=np.intp)
    return Occurrences(owners[streams.owners[here]], streams.positions[here], numbers[rows[here]])


def joined(found: Sequence[Occurrences]) -> Occurrences:
    """Those of several segments as one, sorted by passage, then position."""
    none = np.zeros(0, dtype=np.intp)
    passages, positions, terms = (np.concatenate([none, *(one[place] for one in found)]) for place in range(3))
    order = np.lexsort((positions, passages)) if len(found) > 1 else slice(None)
    return Occurrences(passages[order], positions[order], terms[order])
