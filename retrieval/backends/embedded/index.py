"""
EmbeddedIndex: the passages of one generation, three languages side by side.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, takewhile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import ValidationError

from corpus.errors import StoreError
from retrieval.analyzer import PARTITIONS, Partition, tokens
from retrieval.backends.embedded.building import SegmentBuilder
from retrieval.backends.embedded.columns import MemoryColumns
from retrieval.backends.embedded.compiled import Loop, loop_in_use
from retrieval.backends.embedded.holding import best_of_statements, bodies_with, statements_of
from retrieval.backends.embedded.manifest import Manifest
from retrieval.backends.embedded.occurrences import joined, occurrences_in
from retrieval.backends.embedded.partition import PartitionIndex, allowed
from retrieval.backends.embedded.pruning import NOTHING, Found, floor_of
from retrieval.backends.embedded.publishing import open_segment
from retrieval.backends.embedded.scoring import SegmentScorer, WeighedTerm
from retrieval.backends.embedded.segment import Segment
from retrieval.index import Occurrences
from retrieval.models import Hit, Passage, Query, WeightedTerm


class EmbeddedIndex:
    """
    Ranked and exact lookup over the passages of one corpus generation, in memory or mapped from disk.

    Immutable: what is computed on first use (vocabulary, length norms) is the same whichever thread computes it.
    """

    def __init__(self, segments: Iterable[Segment], generation: str, loop: Loop | None = None) -> None:
        """Of these segments, each language's in the order of its passages; made by `build` or `open`."""
        found = list(segments)
        self._generation = generation
        self._partitions: dict[Partition, PartitionIndex] = {
            partition: PartitionIndex(partition, [segment for segment in found if segment.partition == partition], loop)
            for partition in PARTITIONS
        }
        # A passage's place is its ordinal, counted through all segments.
        self._segments = [segment for partition in self._partitions.values() for segment in partition.segments]
        self._firsts = np.cumsum([0, *(segment.total for segment in self._segments)])
        self._firsts_list: list[int] = self._firsts.tolist()
        # What the largest has sets a high floor for the others.
        self._largest_first = sorted(range(len(self._segments)), key=lambda number: -self._segments[number].total)

    @cached_property
    def _scorers(self) -> list[SegmentScorer]:
        return [scorer for partition in self._partitions.values() for scorer in partition.scorers]

    @classmethod
    def build(cls, passages: Iterable[Passage], generation: str, loop: Loop | None = None) -> EmbeddedIndex:
        """
        An index in memory only; `loop` is the compiled `best_of`, where it is to be used.

        Raises:
            StoreError: Two passages have the same id.
        """
        builders = {partition: SegmentBuilder(partition) for partition in PARTITIONS}
        for passage in passages:
            builders[passage.language].add(passage)
        columns = {made.partition: MemoryColumns.of(made.columns()) for made in builders.values() if made.size}
        return cls((Segment(made, partition) for partition, made in columns.items()), generation, loop)

    @classmethod
    def open(cls, directory: Path, manifest: Manifest, generation: str, loop: Loop | None = None) -> EmbeddedIndex:
        """
        The index of a generation that `append` wrote below `directory`; `loop` as for `build`.

        Raises:
            StoreError: A file is missing, short or damaged, or another version made it. Damage inside is found when
                it is first read.
        """
        if manifest.is_stale():
            raise StoreError(
                "The index was built by another version of On Record. To build it anew, run onrecord corpus add with"
                " any of your files."
            )
        return cls((open_segment(directory, manifest, info) for info in manifest.segments), generation, loop)

    @property
    def generation(self) -> str:
        """The corpus generation that this index belongs to."""
        return self._generation

    def __len__(self) -> int:
        return sum(map(self.size, PARTITIONS))

    def search(self, query: Query, *, limit: int) -> list[Hit]:
        """The passages that share a term with the query and pass its filters, best first, ties by passage id."""
        return self._best(self._found(query, limit), limit)

    def best_of_statements(self, query: Query) -> dict[str, float]:
        """The statements of the passages that `search` finds, each with the score of its best passage."""
        best: dict[str, float] = {}
        for segment, some in zip(self._segments, self._found(query, max(1, len(self))), strict=True):
            for id, score in best_of_statements(segment, some).items():
                best[id] = max(score, best.get(id, 0.0))
        return best

    def _found(self, query: Query, limit: int) -> list[Found]:
        """What each segment has found, the best `limit` of all among it."""
        found = [NOTHING] * len(self._segments)
        phrases = [_surfaces(phrase) for phrase in query.phrases]
        if limit < 1 or not all(phrases):
            return found
        wanted: dict[Partition, list[WeighedTerm]] = {partition: [] for partition in PARTITIONS}
        for term, partition, weight in query.terms:
            if weight > 0 and (known := self._partitions[partition].known(term)):
                wanted[partition].append(WeighedTerm(*known, weight))
        floor = 0.0
        for number in self._largest_first:
            segment = self._segments[number]
            if wanted[segment.partition]:
                passing = allowed(segment, query, phrases)
                found[number] = self._scorers[number].best(wanted[segment.partition], limit, floor, passing)
                floor = max(floor, floor_of(found[number].scores, limit))
        return found

    def bodies_with(
        self, partition: Partition, alternatives: Sequence[Iterable[str]], statements: frozenset[str] | None
    ) -> list[Hit]:
        """The statements' own passages that hold one of each of these terms, in no order, without a score."""
        return [
            Hit(segment.passage_id(ordinal), 0.0, first + ordinal)
            for first, segment in self._of(partition)
            for ordinal in np.flatnonzero(bodies_with(segment, alternatives, statements)).tolist()
        ]

    def statements_with(self, partition: Partition, terms: Iterable[str]) -> frozenset[str]:
        """The statements of which a passage of their own words holds one of these terms."""
        wanted = [list(terms)]
        found = (statements_of(one, bodies_with(one, wanted, None)) for _, one in self._of(partition))
        return frozenset(chain.from_iterable(found))

    def _of(self, partition: Partition) -> Iterator[tuple[int, Segment]]:
        """The segments of a language, each with the place of its first passage."""
        numbered = zip(self._firsts_list, self._segments, strict=False)
        return ((first, segment) for first, segment in numbered if segment.partition == partition)

    def phrase(self, words: Sequence[str], *, limit: int) -> list[Hit]:
        """The passages in which the words stand side by side, most occurrences first, ties by passage id."""
        surfaces = _surfaces(" ".join(words))
        if limit < 1 or not surfaces:
            return []
        found = [some for partition in self._partitions.values() for some in partition.phrase(surfaces)]
        return self._best(found, limit)

    def _best(self, found: Sequence[Found], limit: int) -> list[Hit]:
        """The best of what each segment, in order, has found."""
        scored = [
            (score, number, ordinal)
            for number, some in enumerate(found)
            for score, ordinal in zip(some.scores.tolist(), some.ordinals.tolist(), strict=True)
        ]
        scored.sort(reverse=True)
        floor = scored[limit - 1][0] if len(scored) > limit else 0.0
        hits = [
            (-score, self._segments[number].passage_id(ordinal), self._firsts_list[number] + ordinal)
            for score, number, ordinal in takewhile(lambda one: one[0] >= floor, scored)
        ]
        hits.sort()
        return [Hit(passage_id, -negated, place) for negated, passage_id, place in hits[:limit]]

    def passage(self, passage_id: str) -> Passage:
        """
        The passage of this id.

        Raises:
            KeyError: It is not of this generation.
        """
        segment, ordinal = self._where(passage_id)
        return segment.passage(ordinal)

    def passage_of(self, hit: Hit) -> Passage:
        """
        The passage of a hit of this index.

        Raises:
            KeyError: It is not of this generation.
        """
        if hit.place < 0:
            return self.passage(hit.passage_id)
        number = bisect_right(self._firsts_list, hit.place) - 1
        return self._segments[number].passage(hit.place - self._firsts_list[number])

    def _where(self, passage_id: str) -> tuple[Segment, int]:
        for segment in self._segments:
            ordinal = segment.find(passage_id)
            if ordinal is not None:
                return segment, ordinal
        raise KeyError(passage_id)

    def occurrences(self, hits: Sequence[Hit], terms: Sequence[WeightedTerm]) -> Occurrences:
        """Where terms stand in the passages of some hits, sorted by passage, then position."""
        places = np.array([hit.place if hit.place >= 0 else self._place(hit.passage_id) for hit in hits], dtype=np.intp)
        numbers = np.searchsorted(self._firsts, places, side="right") - 1
        found = [
            occurrences_in(self._segments[number], places[chosen] - self._firsts[number], chosen, terms)
            for number in np.unique(numbers).tolist()
            if len(chosen := np.flatnonzero(numbers == number))
        ]
        return joined(found)

    def _place(self, passage_id: str) -> int:
        segment, ordinal = self._where(passage_id)
        return int(self._firsts[self._segments.index(segment)]) + ordinal

    def passages(self) -> Iterator[Passage]:
        """Every passage, a language after the other, in the order they were added."""
        for partition in self._partitions.values():
            yield from partition.passages()

    def scores(
        self, terms: Sequence[str], partition: Partition, idf: Mapping[str, float] | None = None
    ) -> NDArray[np.float64]:
        """
        The model's score of every passage of a language: what `get_scores` of `PositiveOkapi` returns, bit for bit.

        Args:
            terms: Analyzed terms in query order; a repeated one counts repeatedly, an unknown one adds 0.
            partition: The language.
            idf: Term → idf to use instead of the model's, as that of a stock BM25Okapi.

        Returns:
            Shape (size(partition),), in the order the passages were added.
        """
        return self._partitions[partition].scores(terms, idf)

    def size(self, partition: Partition) -> int:
        """How many passages there are in this language."""
        return self._partitions[partition].size

    def document_frequency(self, term: str, partition: Partition) -> int:
        """How many passages of this language hold the analyzed term; 0 for an unknown one."""
        return self._partitions[partition].document_frequency(term)

    def vocabulary(self, partition: Partition) -> Mapping[str, int]:
        """Every analyzed term → how many passages hold it."""
        return self._partitions[partition].vocabulary

    def surfaces(self, partition: Partition) -> Mapping[str, int]:
        """Every folded word as it is written (unstemmed, acronyms in capitals, no stop words) → its occurrences."""
        return self._partitions[partition].surfaces


def open_generation(location: Path, manifest: str, generation: str) -> EmbeddedIndex:
    """
    What `retrieval.index.open_index` calls; `manifest` is a `Manifest` as JSON. After `use_compiled`, searched so.

    Raises:
        StoreError: The manifest is none, or a file that it names is missing, short or damaged.
    """
    try:
        described = Manifest.model_validate_json(manifest)
    except ValidationError as error:
        raise StoreError(f"The record of index generation {generation} is damaged. Build the index again.") from error
    return EmbeddedIndex.open(location, described, generation, loop_in_use())


def _surfaces(text: str) -> list[str]:
    """The words of a phrase, without regard to case; surfaces do not depend on the language."""
    return [token.surface.casefold() for token in tokens(text, "other", keep_stop_words=True)]
