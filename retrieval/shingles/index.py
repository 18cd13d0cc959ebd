"""
`ShingleIndex`: in which statements, and where, the words of a claim stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from corpus.models import Statement
from retrieval.shingles.manifest import ShingleManifest
from retrieval.shingles.publishing import open_segment
from retrieval.shingles.segment import Matches, Segment, SegmentBuilder
from retrieval.wording import Numbers, shingles

# What stands nearly everywhere tells nothing: the rarest is looked up first, until so many places are found.
_MOST_PLACES = 10_000
# A statement with less than half of what the best has is nowhere near.
_NEAR = 0.5


class Place(NamedTuple):
    """A run of three words: the statement's id, the code point at which it begins, and its first word in the claim."""

    statement_id: str
    offset: int
    word: int


class Shared(NamedTuple):
    """How many of a claim's runs, or how much of its rare words, a statement holds."""

    statement_id: str
    weight: float


class ShingleIndex:
    """The shingles of one generation; immutable, safe to share between threads."""

    def __init__(self, segments: Sequence[Segment], generation: str) -> None:
        self.generation = generation
        self._segments = segments

    @classmethod
    def build(cls, statements: Iterable[Statement], generation: str = "") -> Self:
        """The index of these statements, in memory."""
        builders = [SegmentBuilder()]
        for statement in statements:
            if not builders[-1].has_room(len(statement.text)):
                builders.append(SegmentBuilder())
            builders[-1].add(statement)
        return cls([builder.segment() for builder in builders], generation)

    @classmethod
    def open(cls, directory: Path, manifest: ShingleManifest, generation: str) -> Self:
        """
        The index of a stored generation, by memory map.

        Raises:
            StoreError: A file is missing or damaged.
        """
        return cls([open_segment(directory, manifest, info) for info in manifest.segments], generation)

    def __len__(self) -> int:
        """How many statements can be found."""
        return sum(int(segment.is_live.sum()) for segment in self._segments)

    def identities(self) -> frozenset[str]:
        """`statement@revision` of every statement that can be found."""
        return frozenset(
            segment.ids[ordinal] for segment in self._segments for ordinal in segment.is_live.nonzero()[0].tolist()
        )

    @property
    def nbytes(self) -> int:
        """Size of the arrays."""
        names = ("shingles", "places", "words", "holders", "starts", "ids")
        return sum(segment.columns.whole(name).nbytes for segment in self._segments for name in names)

    def find(self, words: Numbers) -> list[Place]:
        """
        Where the runs of three of these words stand, by statement and place.

        Args:
            words: `number_of` each word of a claim, in order.
        """
        keys = shingles(words)
        found = []
        for segment, matches in self._matches(keys, "shingles"):
            rows = zip(matches.statements.tolist(), matches.offsets.tolist(), matches.keys.tolist(), strict=True)
            found += [Place(_statement_id(segment.ids[owner]), offset, word) for owner, offset, word in rows]
        return sorted(found)

    def sharing(self, words: Numbers, *, limit: int) -> list[Shared]:
        """
        The statements that hold most of the runs of three of these words, most first, ties by id.

        Of runs that stand in very many places only the rarest count.
        """
        return self._best(shingles(words), "shingles", limit, 0)

    def holding(self, words: Numbers, *, limit: int) -> list[Shared]:
        """
        The statements that hold most of these words, wherever they stand, rare words counting more; ties by id.

        A statement that lacks more than a third of them is left out.
        """
        return self._best(np.unique(words), "words", limit, len(words) // 3)

    def _best(self, keys: Numbers, table: str, limit: int, lacking: int) -> list[Shared]:
        worth = self._worth(keys, table)
        held: list[tuple[Segment, NDArray[np.float64]]] = []
        for segment, matches in self._matches(keys, table):
            owners, which = _distinct(matches)
            # In another order the same sum ends a little apart.
            totals: NDArray[np.float64] = np.bincount(owners, weights=worth[which]).astype(np.float64).round(6)
            if table == "words":
                totals[np.bincount(owners) < matches.asked - lacking] = 0
            held.append((segment, totals))
        least = max((float(totals.max()) for _, totals in held if len(totals)), default=0.0) * _NEAR
        found = [
            (_statement_id(segment.ids[owner]), float(totals[owner]))
            for segment, totals in held
            for owner in _largest(totals, limit, least)
        ]
        best = sorted(found, key=lambda item: (-item[1], item[0]))
        return [Shared(*item) for item in best[:limit]]

    def _worth(self, keys: Numbers, table: str) -> NDArray[np.float64]:
        if table == "shingles":
            return np.ones(len(keys))
        counts = sum((segment.counts(keys, table) for segment in self._segments), np.zeros(len(keys), np.intp))
        return np.log1p((1 + len(self)) / (1 + counts))

    def _matches(self, keys: Numbers, table: str) -> Iterable[tuple[Segment, Matches]]:
        for segment in self._segments:
            counts = segment.counts(keys, table)
            order = np.argsort(counts, kind="stable")
            few = order[np.cumsum(counts[order]) <= _MOST_PLACES]
            chosen = np.sort(few if len(few) else order[:1])
            matches = segment.shingles(keys[chosen]) if table == "shingles" else segment.words(keys[chosen])
            yield segment, matches._replace(keys=chosen[matches.keys], asked=len(chosen))


def _distinct(matches: Matches) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Each statement once for each key: what a key finds is in the order of the statements."""
    owners, keys = matches.statements, matches.keys
    is_new = np.ones(len(owners), np.bool_)
    is_new[1:] = (owners[1:] != owners[:-1]) | (keys[1:] != keys[:-1])
    return owners[is_new], keys[is_new]


def _largest(totals: NDArray[np.float64], limit: int, least: float) -> list[int]:
    """Places of the largest totals above 0 that reach the least, ties included."""
    held = np.flatnonzero((totals >= least) & (totals > 0))
    if len(held) > limit:
        # Few statements hold anything: looking for the best among all of them would take longer than finding them.
        worth = totals[held]
        held = held[worth >= np.partition(worth, -limit)[-limit]]
    return list(map(int, held[: 8 * limit]))


def _statement_id(identity: str) -> str:
    return identity.rpartition("@")[0]
