"""
All segments of one language, ranked as one collection.

N, n(t), lengths and their mean are summed over the segments less the removed passages, so that every score is the one
that the model gives when it is built afresh on what is left.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.analyzer import Partition
from retrieval.backends.embedded.segment import Segment
from retrieval.bm25 import gains, length_norms, positive_idf
from retrieval.models import Hit, Passage, Query

Scores = NDArray[np.float64]

# Scores whose maximum is kept together, so that most of a large array is never sorted.
_SCORE_BLOCK = 1024


class WeighedTerm(NamedTuple):
    """A term with what it counts: its idf, and the weight that the query gives it."""

    term: str
    idf: float
    weight: float


class PartitionIndex:
    """The passages of one language in one generation."""

    def __init__(self, partition: Partition, segments: Sequence[Segment]) -> None:
        self.partition = partition
        self.segments = tuple(segments)

    @cached_property
    def size(self) -> int:
        """N: how many passages there are."""
        return sum(segment.total - len(segment.removed) for segment in self.segments)

    @cached_property
    def _average_length(self) -> float:
        terms = sum(int(segment.lengths.sum(dtype=np.int64, where=segment.live)) for segment in self.segments)
        return terms / self.size

    @cached_property
    def _norms(self) -> list[Scores]:
        return [length_norms(segment.lengths.astype(np.float64), self._average_length) for segment in self.segments]

    def document_frequency(self, term: str) -> int:
        """n: how many passages hold the term."""
        return sum(segment.document_frequency(term) for segment in self.segments)

    @cached_property
    def vocabulary(self) -> dict[str, int]:
        """Term → how many passages hold it; only terms that some passage holds."""
        found: Counter[str] = Counter()
        for segment in self.segments:
            found.update(dict(zip(segment.terms.all(), segment.document_frequencies().tolist(), strict=True)))
        return {term: frequency for term, frequency in found.items() if frequency}

    @cached_property
    def surfaces(self) -> dict[str, int]:
        """Folded word as it is written → how often it occurs."""
        found: Counter[str] = Counter()
        for segment in self.segments:
            found.update(segment.surface_table())
        return dict(found)

    def passages(self) -> Iterator[Passage]:
        """Every passage, in the order they were added."""
        for segment in self.segments:
            yield from map(segment.passage, segment.live_ordinals().tolist())

    def passage(self, passage_id: str) -> Passage | None:
        """The passage of this id, `None` where it is not here."""
        for segment in self.segments:
            ordinal = segment.find(passage_id)
            if ordinal is not None:
                return segment.passage(ordinal)
        return None

    def scores(self, terms: Sequence[str], idf: Mapping[str, float] | None = None) -> Scores:
        """The score of every passage, shape (N,), in the order they were added; `idf` replaces the model's own."""
        table = {term: self._idf(term) for term in terms} if idf is None else idf
        weighed = [WeighedTerm(term, table.get(term, 0.0), 1.0) for term in terms]
        found = [self._score(place, weighed)[: segment.total] for place, segment in enumerate(self.segments)]
        pairs = zip(found, self.segments, strict=True)
        return np.concatenate([np.zeros(0), *(scores[segment.live] for scores, segment in pairs)])

    def search(self, query: Query, phrases: Sequence[Sequence[str]], limit: int) -> list[Hit]:
        """At least the best `limit` hits for the query's terms of this language, in no order."""
        wanted = [term for term in query.terms if term.partition == self.partition]
        weighed = [WeighedTerm(term, self._idf(term), weight) for term, _, weight in wanted]
        hits: list[Hit] = []
        for place, segment in enumerate(self.segments if weighed else ()):
            scores = self._score(place, weighed)
            _silence(scores, segment, query, phrases)
            best = best_places(scores, limit)
            pairs = zip(best.tolist(), scores[best].tolist(), strict=True)
            hits += [Hit(passage_id=segment.passage_id(ordinal), score=score) for ordinal, score in pairs]
        return hits

    def phrase(self, words: Sequence[str]) -> list[Hit]:
        """Every passage in which the words stand side by side, in no order."""
        hits: list[Hit] = []
        for segment in self.segments:
            ordinals, counts = segment.phrase(words)
            pairs = zip(ordinals.tolist(), counts.tolist(), strict=True)
            hits += [Hit(passage_id=segment.passage_id(ordinal), score=float(count)) for ordinal, count in pairs]
        return hits

    def _idf(self, term: str) -> float:
        frequency = self.document_frequency(term)
        return positive_idf(self.size, frequency) if frequency else 0.0

    def _score(self, place: int, weighed: Sequence[WeighedTerm]) -> Scores:
        segment = self.segments[place]
        scores = np.zeros(-(-segment.total // _SCORE_BLOCK) * _SCORE_BLOCK)
        for term, idf, weight in weighed:
            for ordinals, frequencies in segment.postings(term) if idf else ():
                np.add.at(scores, ordinals, weight * gains(idf, frequencies, self._norms[place][ordinals]))
        return scores


def _silence(scores: Scores, segment: Segment, query: Query, phrases: Sequence[Sequence[str]]) -> None:
    """Set the score of every passage that the filters leave out to 0."""
    scores[segment.removed] = 0
    if query.statements is not None:
        scores[: segment.total][~segment.of_statements(query.statements)] = 0
    for words in phrases:
        ordinals, _ = segment.phrase(words)
        kept = scores[ordinals]
        scores[:] = 0
        scores[ordinals] = kept


def best_places(scores: Scores, limit: int) -> NDArray[np.intp]:
    """
    Where the best `limit` scores above 0 stand, in no order, with all that tie with the last of them.

    Only blocks whose maximum can matter are looked into: the limit-th best block maximum is a floor that `limit` scores
    reach. Partitioning the whole array took fifty times as long where most scores are equal.

    Args:
        scores: Shape (a multiple of 1,024,).
        limit: At least 1.
    """
    blocks = scores.reshape(-1, _SCORE_BLOCK)
    maxima = blocks.max(axis=1)
    floor = np.partition(maxima, -limit)[-limit] if len(maxima) > limit else 0.0
    chosen = np.flatnonzero((maxima >= floor) & (maxima > 0))
    rows, columns = np.nonzero((blocks[chosen] >= floor) & (blocks[chosen] > 0))
    places: NDArray[np.intp] = chosen[rows] * _SCORE_BLOCK + columns
    if len(places) <= limit:
        return places
    found = scores[places]
    best: NDArray[np.intp] = places[found >= -np.partition(-found, limit - 1)[limit - 1]]
    return best
