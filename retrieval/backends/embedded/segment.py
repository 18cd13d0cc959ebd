"""
One segment: some passages of one language, with everything that finds and shows them; never changed once written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache, cached_property, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus.models import Span
from retrieval.analyzer import Partition
from retrieval.backends.embedded.building import KINDS, ROW
from retrieval.backends.embedded.columns import Columns, runs
from retrieval.backends.embedded.spools import Array
from retrieval.backends.embedded.words import Words, decoded
from retrieval.bm25 import length_norms, saturation
from retrieval.models import Passage

_ID = re.compile(r"(.*)@(\d{1,18}):(\d{1,18})-(\d{1,18})", re.DOTALL)
# To look fewer up one by one takes less time than to read all of them once.
_FEW_STATEMENTS = 100
_FILTERS = 4


class Postings(NamedTuple):
    """Where the postings of a term stand in the columns `postings` and `pairs`."""

    start: int
    end: int


class Streams(NamedTuple):
    """
    The words of some passages, end to end.

    Attributes:
        owners: Which of the passages asked for a word is of, shape (w,), ascending.
        positions: Which word of it, from 0, shape (w,).
        places: Where it stands in the stream of the whole segment, shape (w,).
    """

    owners: NDArray[np.intp]
    positions: NDArray[np.intp]
    places: NDArray[np.intp]


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
        return len(self.lengths)

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

    @cached_property
    def terms(self) -> Words:
        """Its analyzed terms."""
        return Words(self._columns, "terms")

    @cached_property
    def _postings_at(self) -> Array:
        return self._columns.whole("postings_at")

    def postings(self, term: int) -> Postings:
        """Where all postings of a term (a place in `terms`) stand."""
        start, _, end = self.lists(term)
        return Postings(start, end)

    def lists(self, term: int) -> tuple[int, int, int]:
        """Where the two lists of a term (a place in `terms`) stand: the first up to the second, and where that ends."""
        # Memory views give plain numbers several times faster than arrays do.
        at = self._postings_at.data
        return at[2 * term], at[2 * term + 1], at[2 * term + 2]

    def best_gains(self, gains_of_pairs: NDArray[np.float64]) -> NDArray[np.float64]:
        """
        The most that a posting of each list gains, shape (lists,); of an empty list, anything.

        Args:
            gains_of_pairs: Shape (pairs,).
        """
        gains, starts = gains_of_pairs.take(self._columns.whole("peaks")), self._columns.whole("peaks_at")[:-1]
        if not len(gains):
            return np.zeros(2 * len(self.terms))
        best: NDArray[np.float64] = np.maximum.reduceat(gains, np.minimum(starts.astype(np.intp), len(gains) - 1))
        return best

    def holders(self, postings: Postings) -> Array:
        """Ordinals of the passages with these postings, removed ones included; ascending in each list."""
        return self._columns.part("postings", *postings)

    def pairs(self, postings: Postings) -> Array:
        """Which pair of frequency and length each posting is, as a place in `gains_of_pairs`."""
        return self._columns.part("pairs", *postings)

    @property
    def unchecked(self) -> tuple[Array, Array]:
        """All holders and all pairs; known to be undamaged is only what was asked for above."""
        return self._columns.unchecked("postings"), self._columns.unchecked("pairs")

    def gains_of_pairs(self, average_length: float) -> NDArray[np.float64]:
        """What a posting of each pair gains, to be multiplied by the term's idf, shape (pairs,)."""
        frequencies, lengths = (self._columns.whole(f"pair_{name}") for name in ("frequencies", "lengths"))
        norms = length_norms(lengths.astype(np.float64), average_length)
        return saturation(frequencies.astype(np.float64), norms)

    def document_frequency(self, term: int) -> int:
        """How many passages of this generation hold the term (a place in `terms`)."""
        postings = self.postings(term)
        if not self.removed.size:
            return postings.end - postings.start
        return int(np.count_nonzero(self.live[self.holders(postings)]))

    @cached_property
    def document_frequencies(self) -> Array:
        """`document_frequency` of each of `terms`, in order."""
        if not self.removed.size:
            return np.diff(self._postings_at[::2].astype(np.int64))
        before = np.concatenate(([0], np.cumsum(self.live[self._columns.whole("postings")])))
        return np.diff(before[self._postings_at[::2]])

    @cached_property
    def surface_words(self) -> Words:
        """Its folded words, stop words included."""
        return Words(self._columns, "surfaces")

    @cached_property
    def _stream_at(self) -> Array:
        return self._columns.whole("stream_at")

    @cached_property
    def _term_of(self) -> Array:
        return self._columns.whole("term_of")

    def words_of(self, ordinal: int) -> Array:
        """The words of a passage, as places in `surface_words`."""
        return self._columns.part("stream", int(self._stream_at[ordinal]), int(self._stream_at[ordinal + 1]))

    def streams(self, ordinals: Array) -> Streams:
        """The words of these passages, stop words included."""
        starts = self._stream_at[ordinals].astype(np.intp)
        counts = self._stream_at[ordinals + 1].astype(np.intp) - starts
        places = runs(starts, counts)
        owners = np.repeat(np.arange(len(ordinals)), counts)
        return Streams(owners, places - starts[owners], places)

    def terms_at(self, places: NDArray[np.intp]) -> Array:
        """Which term (a place in `terms`) stands at places of the stream; one past the last for a stop word."""
        return self._term_of.take(self._columns.gather("stream", places))

    @cached_property
    def surface_counts(self) -> Array:
        """How often each of `surface_words` occurs in this generation."""
        counts = self._columns.whole("surface_counts").astype(np.int64)
        if self.removed.size:
            gone = self._columns.gather("stream", self.streams(self.removed).places)
            counts -= np.bincount(gone, minlength=len(counts))
        return counts

    @cached_property
    def content_counts(self) -> Array:
        """`surface_counts` with 0 for stop words."""
        return np.where(self._term_of < len(self.terms), self.surface_counts, 0)

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
        counts = self._columns.whole("surface_counts")
        rarest, *others = sorted(range(len(words)), key=lambda place: counts[wanted[place]].sum())
        starts = self._occurrences(wanted[rarest]) - rarest
        starts = starts[(starts >= 0) & (starts + len(words) <= self._stream_at[-1])]
        for place in others:
            starts = starts[_any_of(self._columns.gather("stream", starts + place), wanted[place])]
        ordinals = np.searchsorted(self._stream_at, starts.astype(self._stream_at.dtype), side="right") - 1
        inside = (starts + len(words) <= self._stream_at[ordinals + 1]) & self.live[ordinals]
        found, occurrences = np.unique(ordinals[inside], return_counts=True)
        return found, occurrences

    def _occurrences(self, surfaces: Sequence[int]) -> NDArray[np.intp]:
        """Where these words stand in the stream, ascending; looked for in the passages that hold their terms."""
        terms = sorted({int(self._term_of[surface]) for surface in surfaces})
        if terms[-1] == len(self.terms):
            # A stop word has no postings.
            return np.flatnonzero(_any_of(self._columns.whole("stream"), surfaces))
        holders = np.unique(np.concatenate([self.holders(self.postings(term)) for term in terms]))
        places = self.streams(holders).places
        return places[_any_of(self._columns.gather("stream", places), surfaces)]

    def _spellings(self, word: str) -> list[int]:
        # A surface is either folded or, for an acronym, folded and in capitals.
        places = {self.surface_words.find(word), self.surface_words.find(word.upper())}
        return [place for place in places if place is not None]

    @cached_property
    def _statements(self) -> Words:
        return Words(self._columns, "statements")

    @cached_property
    def statement_id(self) -> Callable[[int], str]:
        """Code → statement, remembered: every passage that is found is called by one."""
        return cache(self._statements.__getitem__)

    @cached_property
    def _codes(self) -> dict[str, int]:
        """The place of every statement: a filter by date may name half of them."""
        return {statement: code for code, statement in enumerate(self._statements)}

    @cached_property
    def bodies(self) -> NDArray[np.bool_]:
        """Which passages of this generation are statements' own words, shape (total,)."""
        own: NDArray[np.bool_] = self._columns.whole("kind") == KINDS.index("body")
        return self.live & own

    def codes(self, passages: NDArray[np.intp] | NDArray[np.bool_]) -> Array:
        """Which statements these passages are of, shape (passages,)."""
        return self._columns.whole("statement")[passages]

    @cached_property
    def of_statements(self) -> Callable[[frozenset[str]], NDArray[np.bool_]]:
        """Statements → which passages are theirs, shape (total,), not to be changed: many ask of the same years."""
        return lru_cache(maxsize=_FILTERS)(self._of_statements)

    def _of_statements(self, statements: frozenset[str]) -> NDArray[np.bool_]:
        find = self._statements.find if len(statements) < _FEW_STATEMENTS else self._codes.get
        found = [code for code in map(find, statements) if code is not None]
        codes = np.array(found, dtype=np.intp)
        at = self._columns.whole("by_id_at")
        places = runs(at[codes], at[codes + 1] - at[codes])
        wanted = np.zeros(self.total, dtype=np.bool_)
        wanted[self._columns.gather("by_id", places)] = True
        return wanted

    def find(self, passage_id: str) -> int | None:
        """The ordinal of a passage of this generation, `None` where it is not in this segment."""
        parsed = _ID.fullmatch(passage_id)
        code = self._statements.find(parsed[1]) if parsed else None
        if parsed is None or code is None:
            return None
        at = self._columns.whole("by_id_at")
        wanted = int(parsed[3])
        for ordinal in self._columns.part("by_id", int(at[code]), int(at[code + 1])).tolist():
            here = self._rows[2][ordinal] == wanted and self.live[ordinal]
            if here and self.passage_id(ordinal) == passage_id:
                return int(ordinal)
        return None

    def passage_id(self, ordinal: int) -> str:
        """`statement@revision:start-end` of a passage."""
        statement, revision, start, end, _ = self._rows
        return f"{self.statement_id(statement[ordinal])}@{revision[ordinal]}:{start[ordinal]}-{end[ordinal]}"

    @cached_property
    def _rows(self) -> tuple[memoryview, ...]:
        return tuple(self._columns.whole(name).data for name in ROW)

    def passage(self, ordinal: int) -> Passage:
        """The passage as it was added."""
        statement, revision, start, end, kind = (column[ordinal] for column in self._rows)
        at = self._columns.whole("texts_at").data
        # It was checked when it was added, and its bytes are checked by the file.
        return Passage.model_construct(
            statement_id=self.statement_id(statement),
            revision=revision,
            span=Span(start, end),
            text=decoded(self._columns.part("texts", at[ordinal], at[ordinal + 1])),
            kind=KINDS[kind],
            language=self.partition,
        )


def _any_of(places: Array, wanted: Sequence[int]) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = places == wanted[0]
    for place in wanted[1:]:
        found |= places == place
    return found
