"""
One segment: some passages of one language, with everything that finds and shows them; never changed once written.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from corpus.models import Span
from retrieval.analyzer import Partition, stop_words
from retrieval.backends.embedded.building import KINDS
from retrieval.backends.embedded.columns import Array, Columns
from retrieval.backends.embedded.words import Words, decoded
from retrieval.models import Passage

# Postings that are scored together.
_RUN = 8192
_ID = re.compile(r"(.*)@(\d{1,18}):(\d{1,18})-(\d{1,18})", re.DOTALL)


class Segment:
    """
    Read access to a segment's columns, less the passages that a generation removed.

    Ordinals number the segment's passages from 0 in the order they were added; removed ones keep theirs.

    Attributes:
        partition: The language of all its passages.
        removed: Ordinals that this generation leaves out, ascending.
    """

    def __init__(self, columns: Columns, partition: Partition, removed: Sequence[int] = ()) -> None:
        self._columns = columns
        self.partition = partition
        self.removed: NDArray[np.intp] = np.array(removed, dtype=np.intp)

    @cached_property
    def total(self) -> int:
        """How many passages were written, the removed ones included."""
        return len(self._columns.whole("lengths"))

    @cached_property
    def lengths(self) -> Array:
        """Terms in each passage, shape (total,)."""
        return self._columns.whole("lengths")

    @cached_property
    def live(self) -> NDArray[np.bool_]:
        """Which passages are in this generation, shape (total,)."""
        live = np.ones(self.total, dtype=np.bool_)
        live[self.removed] = False
        return live

    def live_ordinals(self) -> NDArray[np.intp]:
        """Ordinals of the passages in this generation, ascending."""
        return np.flatnonzero(self.live)

    # Terms

    @cached_property
    def terms(self) -> Words:
        """Its analyzed terms."""
        return Words(self._columns, "terms")

    @cached_property
    def _postings_at(self) -> Array:
        return self._columns.whole("postings_at")

    def postings(self, term: str) -> Iterator[tuple[NDArray[np.intp], NDArray[np.float64]]]:
        """
        Ordinals that hold the term, removed ones included, ascending; and how often they do.

        In runs that stay in the processor's cache: scoring was measured to be twice as fast than in one piece.
        """
        first, last = self._place_of(term)
        for start in range(first, last, _RUN):
            end = min(start + _RUN, last)
            ordinals = self._columns.part("postings", start, end).astype(np.intp)
            yield ordinals, self._columns.part("frequencies", start, end).astype(np.float64)

    def _place_of(self, term: str) -> tuple[int, int]:
        place = self.terms.find(term)
        return (0, 0) if place is None else (int(self._postings_at[place]), int(self._postings_at[place + 1]))

    def document_frequency(self, term: str) -> int:
        """How many passages of this generation hold the term."""
        start, end = self._place_of(term)
        if not self.removed.size:
            return end - start
        return int(np.count_nonzero(self.live[self._columns.part("postings", start, end)]))

    def document_frequencies(self) -> Array:
        """`document_frequency` of each of `terms`, in order."""
        if not self.removed.size:
            return np.diff(self._postings_at.astype(np.int64))
        before = np.concatenate(([0], np.cumsum(self.live[self._columns.whole("postings")])))
        return np.diff(before[self._postings_at])

    # Words as they are written

    @cached_property
    def surface_words(self) -> Words:
        """Its folded words, stop words included."""
        return Words(self._columns, "surfaces")

    @cached_property
    def _stream_at(self) -> Array:
        return self._columns.whole("stream_at")

    def words_of(self, ordinal: int) -> Array:
        """The words of a passage, as places in `surface_words`."""
        return self._columns.part("stream", int(self._stream_at[ordinal]), int(self._stream_at[ordinal + 1]))

    def surface_counts(self) -> Array:
        """How often each of `surface_words` occurs in this generation."""
        counts = self._columns.whole("surface_counts").astype(np.int64)
        for ordinal in self.removed.tolist():
            np.subtract.at(counts, self.words_of(ordinal), 1)
        return counts

    def surface_table(self) -> dict[str, int]:
        """Folded word → its occurrences in this generation; no stop words, none that is gone."""
        stops = stop_words(self.partition)
        pairs = zip(self.surface_words.all(), self.surface_counts().tolist(), strict=True)
        return {word: count for word, count in pairs if count and word not in stops}

    def phrase(self, words: Sequence[str]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """
        Where words stand side by side.

        Args:
            words: Surfaces without regard to case, at least one.

        Returns:
            Ordinals of this generation, ascending, and how often the words stand in each.
        """
        wanted = [self._spellings(word) for word in words]
        if not all(wanted):
            return np.zeros(0, np.intp), np.zeros(0, np.intp)
        counts, stream = self._columns.whole("surface_counts"), self._columns.whole("stream")
        rarest, *others = sorted(range(len(words)), key=lambda place: counts[wanted[place]].sum())
        reach = max(0, len(stream) - len(words) + 1)
        starts = np.flatnonzero(_any_of(stream[rarest : rarest + reach], wanted[rarest]))
        for place in others:
            starts = starts[_any_of(stream[starts + place], wanted[place])]
        ordinals = np.searchsorted(self._stream_at, starts, side="right") - 1
        inside = (starts + len(words) <= self._stream_at[ordinals + 1]) & self.live[ordinals]
        found, occurrences = np.unique(ordinals[inside], return_counts=True)
        return found, occurrences

    def _spellings(self, word: str) -> list[int]:
        # A surface is either folded or, for an acronym, folded and in capitals.
        places = {self.surface_words.find(word), self.surface_words.find(word.upper())}
        return [place for place in places if place is not None]

    # Passages

    @cached_property
    def _statements(self) -> Words:
        return Words(self._columns, "statements")

    @cached_property
    def _statement_codes(self) -> dict[str, int]:
        return {statement: code for code, statement in enumerate(self._statements.all())}

    def of_statements(self, statements: Collection[str]) -> NDArray[np.bool_]:
        """Which passages belong to these statements, shape (total,)."""
        codes = self._statement_codes
        wanted = np.zeros(len(codes), dtype=np.bool_)
        wanted[[codes[statement] for statement in statements if statement in codes]] = True
        chosen: NDArray[np.bool_] = wanted[self._columns.whole("statement")]
        return chosen

    def find(self, passage_id: str) -> int | None:
        """The ordinal of a passage of this generation, `None` where it is not in this segment."""
        parsed = _ID.fullmatch(passage_id)
        code = self._statements.find(parsed[1]) if parsed else None
        if parsed is None or code is None:
            return None
        at = self._columns.whole("by_id_at")
        for ordinal in self._columns.part("by_id", int(at[code]), int(at[code + 1])).tolist():
            if self.live[ordinal] and self.passage_id(ordinal) == passage_id:
                return int(ordinal)
        return None

    def passage_id(self, ordinal: int) -> str:
        """`statement@revision:start-end`."""
        statement, revision, start, end = self._row(ordinal)
        return f"{statement}@{revision}:{start}-{end}"

    def passage(self, ordinal: int) -> Passage:
        """The passage as it was added."""
        statement, revision, start, end = self._row(ordinal)
        at = self._columns.whole("texts_at")
        return Passage(
            statement_id=statement,
            revision=revision,
            span=Span(start, end),
            text=decoded(self._columns.part("texts", int(at[ordinal]), int(at[ordinal + 1]))),
            kind=KINDS[self._columns.whole("kind")[ordinal]],
            language=self.partition,
        )

    def _row(self, ordinal: int) -> tuple[str, int, int, int]:
        columns = self._columns
        revision, start, end = (int(columns.whole(name)[ordinal]) for name in ("revision", "start", "end"))
        return self._statements[int(columns.whole("statement")[ordinal])], revision, start, end


def _any_of(places: Array, wanted: Sequence[int]) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = places == wanted[0]
    for place in wanted[1:]:
        found |= places == place
    return found
