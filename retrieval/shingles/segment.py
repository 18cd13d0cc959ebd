"""
Statements → sorted arrays, and look-ups in them.

Two tables of pairs, each sorted: runs of three words with the places where they stand (code points, all statements end
to end), and words with the statements that hold them. Keys and places are numbers of 32 bits: eight bytes a word.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus.errors import StoreError
from corpus.models import Statement
from retrieval.backends.embedded.columns import Columns, MemoryColumns, fitting, offsets, runs
from retrieval.backends.embedded.spools import Array
from retrieval.wording import Numbers, Placed, searched_spans, shingles

Pairs = NDArray[np.uint64]
# A segment that is full is closed, so that a build needs no more memory than this many pairs.
FULL = 1 << 24
_LAST = 1 << 32
_SHIFT = np.uint64(32)
# No id holds it: some are paths.
_APART = "\0"


class Matches(NamedTuple):
    """
    Where keys stand: arrays of shape (matches,), aligned.

    Attributes:
        keys: Which of the keys asked for.
        statements: Ordinals within the segment.
        offsets: Code points within the statement; for words always 0.
        asked: How many keys were looked up.
    """

    keys: NDArray[np.intp]
    statements: NDArray[np.intp]
    offsets: NDArray[np.int64]
    asked: int = 0


class SegmentBuilder:
    """
    Collects statements, in order.

    Attributes:
        ids: `statement@revision` of each.
        shingles: How many runs they hold.
    """

    def __init__(self) -> None:
        self.ids: list[str] = []
        self.shingles = 0
        self._lengths: list[int] = []
        self._end = 0
        self._runs: list[Pairs] = []
        self._words: list[Pairs] = []

    def has_room(self, length: int) -> bool:
        """Whether a statement of so many code points still fits."""
        return not self.ids or (self.shingles < FULL and self._end + length < _LAST)

    def add(self, statement: Statement) -> None:
        """
        Take in one more statement.

        Raises:
            StoreError: It has more than four thousand million characters.
        """
        if len(statement.text) >= _LAST:
            raise StoreError(f"{statement.file} is too long to be indexed. Split it.")
        self._begin(identity(statement), len(statement.text))
        known: list[Numbers] = []
        for stretch in searched_spans(statement):
            words = Placed(statement.text, stretch)
            keys = shingles(words.numbers)
            self._keep(keys, np.array(words.starts[: len(keys)], np.int64) + self._end)
            known.append(words.numbers)
        distinct = np.unique(np.concatenate([np.zeros(0, np.uint32), *known]))
        self._words.append(_pairs(distinct, np.full(len(distinct), len(self.ids) - 1)))
        self._end += len(statement.text)

    def add_segment(self, segment: Segment) -> None:
        """Take in the statements of a segment that were not removed, without reading them again."""
        live = np.flatnonzero(segment.is_live)
        keys, places = segment.columns.whole("shingles"), segment.columns.whole("places")
        owners = segment.owners(places)
        words, holders = segment.columns.whole("words"), segment.columns.whole("holders")
        moved = np.zeros(len(segment.is_live), np.int64)
        renumbered = np.zeros(len(segment.is_live), np.int64)
        for ordinal in live.tolist():
            start, end = segment.bounds(ordinal)
            moved[ordinal], renumbered[ordinal] = self._end - start, len(self.ids)
            self._begin(segment.ids[ordinal], end - start)
            self._end += end - start
        kept = segment.is_live[owners]
        self._keep(keys[kept], places[kept] + moved[owners[kept]])
        kept = segment.is_live[holders]
        self._words.append(_pairs(words[kept], renumbered[holders[kept]]))

    def columns(self) -> Mapping[str, Array]:
        """The arrays of the segment."""
        found = _sorted(self._runs)
        words = _sorted(self._words)
        self._runs, self._words = [found], [words]
        return {
            "shingles": (found >> _SHIFT).astype(np.uint32),
            "places": found.astype(np.uint32),
            "words": (words >> _SHIFT).astype(np.uint32),
            "holders": fitting(words.astype(np.uint32)),
            "starts": offsets(self._lengths),
            "ids": np.frombuffer(_APART.join(self.ids).encode("utf-8", "surrogatepass"), dtype=np.uint8),
        }

    def segment(self) -> Segment:
        """What was collected, ready to be read."""
        return Segment(MemoryColumns.of(self.columns()))

    def _begin(self, id: str, length: int) -> None:
        self.ids.append(id)
        self._lengths.append(length)

    def _keep(self, keys: Array, places: NDArray[np.int64]) -> None:
        self._runs.append(_pairs(keys, places))
        self.shingles += len(keys)


class Segment:
    """
    Read access to one segment; safe to share between threads.

    Attributes:
        ids: `statement@revision` of each statement.
        is_live: Whether each is still in the generation, shape (statements,).
    """

    def __init__(self, columns: Columns, removed: Collection[int] = ()) -> None:
        self.columns = columns
        blob = columns.whole("ids").tobytes().decode("utf-8", "surrogatepass")
        self.ids = blob.split(_APART) if blob else []
        self.is_live = np.ones(len(self.ids), np.bool_)
        self.is_live[list(removed)] = False
        self._starts = columns.whole("starts")

    @property
    def length(self) -> int:
        """How many code points its statements have, removed ones included."""
        return int(self._starts[-1])

    def bounds(self, ordinal: int) -> tuple[int, int]:
        """Where a statement begins and ends among all code points of the segment."""
        return int(self._starts[ordinal]), int(self._starts[ordinal + 1])

    def owners(self, places: Array) -> NDArray[np.intp]:
        """Which statement each place lies in."""
        return np.searchsorted(self._starts, places, side="right") - 1

    def counts(self, keys: Numbers, table: str) -> NDArray[np.intp]:
        """How often each key stands in a table (`shingles` or `words`)."""
        if self.is_live.all():
            return self._lengths(keys, table)
        matches = self.shingles(keys) if table == "shingles" else self.words(keys)
        return np.bincount(matches.keys, minlength=len(keys))

    def _lengths(self, keys: Numbers, table: str) -> NDArray[np.intp]:
        """The same with removed statements."""
        known = self.columns.whole(table)
        return np.searchsorted(known, keys, "right") - np.searchsorted(known, keys, "left")

    def shingles(self, keys: Numbers) -> Matches:
        """Where runs of three words stand."""
        which, places = self._found(keys, "shingles", "places")
        owners = self.owners(places)
        return self._live(which, owners, places.astype(np.int64) - self._starts[owners].astype(np.int64))

    def words(self, keys: Numbers) -> Matches:
        """Which statements hold words."""
        which, holders = self._found(keys, "words", "holders")
        return self._live(which, holders.astype(np.intp), np.zeros(len(holders), np.int64))

    def _found(self, keys: Numbers, table: str, values: str) -> tuple[NDArray[np.intp], Array]:
        first = np.searchsorted(self.columns.whole(table), keys, "left")
        lengths = self._lengths(keys, table)
        found = self.columns.whole(values)[runs(first, lengths)]
        return np.repeat(np.arange(len(keys)), lengths), found

    def _live(self, which: NDArray[np.intp], owners: NDArray[np.intp], places: NDArray[np.int64]) -> Matches:
        kept = self.is_live[owners]
        return Matches(which[kept], owners[kept], places[kept])


def identity(statement: Statement) -> str:
    """`statement@revision`: names one text of a statement."""
    return f"{statement.id}@{statement.revision}"


def _pairs(keys: Array, values: Array) -> Pairs:
    pairs: Pairs = keys.astype(np.uint64) << _SHIFT | values.astype(np.uint64)
    return pairs


def _sorted(pairs: list[Pairs]) -> Pairs:
    joined = np.concatenate([np.zeros(0, np.uint64), *pairs])
    joined.sort()
    return joined
