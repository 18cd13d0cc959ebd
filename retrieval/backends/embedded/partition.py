"""
All segments of one language, ranked as one collection.

N, n(t), lengths and their mean are summed over the segments less the removed passages, so that every score is the one
that the model gives when it is built afresh on what is left.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.analyzer import Partition
from retrieval.backends.embedded.asked import TermLists
from retrieval.backends.embedded.compiled import Loop
from retrieval.backends.embedded.counts import WordCounts
from retrieval.backends.embedded.pruning import Found, Scores
from retrieval.backends.embedded.scoring import SegmentScorer, WeighedTerm
from retrieval.backends.embedded.segment import Segment
from retrieval.bm25 import positive_idf
from retrieval.models import Passage, Query


class KnownTerm(NamedTuple):
    """A term that some passage holds: its postings in each segment (`None` where there are none) and its idf."""

    lists: tuple[TermLists | None, ...]
    idf: float


class PartitionIndex:
    """The passages of one language in one generation."""

    def __init__(self, partition: Partition, segments: Sequence[Segment], loop: Loop | None = None) -> None:
        self.partition = partition
        self.segments = tuple(segments)
        self._loop = loop
        self._known: dict[str, KnownTerm] = {}

    @cached_property
    def size(self) -> int:
        """N: how many passages there are."""
        return sum(segment.total - len(segment.removed) for segment in self.segments)

    @cached_property
    def _average_length(self) -> float:
        terms = sum(int(segment.lengths[segment.live].sum(dtype=np.int64)) for segment in self.segments)
        return terms / self.size

    @cached_property
    def scorers(self) -> tuple[SegmentScorer, ...]:
        """Of each segment; only where there are terms."""
        numbered = enumerate(self.segments)
        return tuple(SegmentScorer(segment, n, self._average_length, self._loop) for n, segment in numbered)

    def document_frequency(self, term: str) -> int:
        """n: how many passages hold the term."""
        return self._frequency(self._places(term))

    def known(self, term: str) -> KnownTerm | None:
        """Where the term is and what it tells; `None` where no passage holds it."""
        found = self._known.get(term)
        if found is None:
            places = self._places(term)
            if frequency := self._frequency(places):
                lists = tuple(one.lists(place) for one, place in zip(self.scorers, places, strict=True))
                # Only terms that exist are remembered: what people ask for has no end.
                found = self._known[term] = KnownTerm(lists, positive_idf(self.size, frequency))
        return found

    def _places(self, term: str) -> list[int | None]:
        return [segment.terms.find(term) for segment in self.segments]

    def _frequency(self, places: Sequence[int | None]) -> int:
        found = zip(self.segments, places, strict=True)
        return sum(segment.document_frequency(place) for segment, place in found if place is not None)

    @cached_property
    def vocabulary(self) -> WordCounts:
        """Term → how many passages hold it; only terms that some passage holds."""
        return WordCounts([(one.terms, partial(getattr, one, "document_frequencies")) for one in self.segments])

    @cached_property
    def surfaces(self) -> WordCounts:
        """Folded word as it is written → how often it occurs; no stop words."""
        return WordCounts([(one.surface_words, partial(getattr, one, "content_counts")) for one in self.segments])

    def passages(self) -> Iterator[Passage]:
        """Every passage, in the order they were added."""
        for segment in self.segments:
            yield from map(segment.passage, segment.live_ordinals().tolist())

    def scores(self, terms: Sequence[str], idf: Mapping[str, float] | None = None) -> Scores:
        """The score of every passage, shape (N,), in the order they were added; `idf` replaces the model's own."""
        known = [(term, found) for term in terms if (found := self.known(term))]
        own = ((found, found.idf if idf is None else idf.get(term)) for term, found in known)
        weighed = [WeighedTerm(found.lists, one, 1.0) for found, one in own if one]
        live = [segment.live_ordinals() for segment in self.segments]
        if not weighed or not self.size:
            return np.zeros(self.size)
        return np.concatenate([one.exact(weighed, some) for one, some in zip(self.scorers, live, strict=True)])

    def phrase(self, words: Sequence[str]) -> list[Found]:
        """Of each segment every passage in which the words stand side by side, with their number."""
        counted = [segment.phrase(words) for segment in self.segments]
        return [Found(ordinals, counts.astype(np.float64)) for ordinals, counts in counted]


def allowed(segment: Segment, query: Query, phrases: Sequence[Sequence[str]]) -> NDArray[np.bool_] | None:
    """Which passages of a segment pass the filters, shape (total,); `None` for all of them."""
    if not segment.removed.size and query.statements is None and not phrases:
        return None
    passing = segment.live if query.statements is None else segment.live & segment.of_statements(query.statements)
    for words in phrases:
        holding = np.zeros(segment.total, dtype=np.bool_)
        holding[segment.phrase(words)[0]] = True
        passing = passing & holding
    return passing
