"""
Words of several segments with their numbers, read from disk as they are asked for.
"""

from __future__ import annotations

from collections.abc import Callable, ItemsView, Iterator, Mapping, Sequence
from functools import cached_property

from retrieval.backends.embedded.spools import Array
from retrieval.backends.embedded.words import Words


class WordCounts(Mapping[str, int]):
    """
    Word → its number, summed over segments; words whose number is 0 are not in it.

    Looking a word up is a bisection in each segment, iterating reads a segment after the other: opening an index builds
    nothing. Words come in code-point order within a segment, older segments first.
    """

    def __init__(self, parts: Sequence[tuple[Words, Callable[[], Array]]]) -> None:
        """Of each segment: its words, and what gives their numbers, shape (words,)."""
        self._parts = parts
        self._latest = ("", 0)

    def __getitem__(self, word: str) -> int:
        # A dict that is made of this mapping asks for each word just after it was given.
        latest, count = self._latest
        if latest is word:
            return count
        count = self._sum(word, len(self._parts))
        if not count:
            raise KeyError(word)
        return count

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and self._sum(word, len(self._parts)) > 0

    def __iter__(self) -> Iterator[str]:
        for word, count in self.items():
            self._latest = (word, count)
            yield word

    def __len__(self) -> int:
        return self._length

    def items(self) -> ItemsView[str, int]:
        """Every word with its number."""
        return _Items(self)

    def pairs(self) -> Iterator[tuple[str, int]]:
        """Every word with its number, read on the way."""
        for number, (words, counts) in enumerate(self._parts):
            for word, count in zip(words, counts().tolist(), strict=True):
                if count and not (number and self._sum(word, number)):
                    yield word, count + self._sum(word, len(self._parts), number + 1)

    @cached_property
    def _length(self) -> int:
        return sum(1 for _ in self.pairs())

    def _sum(self, word: str, end: int, start: int = 0) -> int:
        total = 0
        for words, counts in self._parts[start:end]:
            place = words.find(word)
            if place is not None:
                total += int(counts()[place])
        return total


class _Items(ItemsView[str, int]):
    """The pairs without looking each word up once more."""

    _mapping: WordCounts

    def __iter__(self) -> Iterator[tuple[str, int]]:
        return self._mapping.pairs()
