"""
Sorted words in two arrays, looked up by bisection: nothing is read or built when an index is opened.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import pairwise

import numpy as np

from retrieval.backends.embedded.columns import Columns, fitting, offsets
from retrieval.backends.embedded.spools import Array

# Every how many words one is kept in memory: a list is bisected ten times as fast as the file.
_STEP = 64

# Statements that come from JSON may hold half of a surrogate pair; it must not stop a build.
ENCODING, ERRORS = "utf-8", "surrogatepass"


def encoded(text: str) -> bytes:
    """Text as it is stored."""
    return text.encode(ENCODING, ERRORS)


def decoded(data: Array) -> str:
    """Text as it was given."""
    return data.tobytes().decode(ENCODING, ERRORS)


def blob(texts: Iterable[bytes]) -> tuple[Array, Array]:
    """Encoded texts end to end, and their offsets."""
    texts = list(texts)
    return np.frombuffer(b"".join(texts), dtype=np.uint8), offsets([len(text) for text in texts])


def sorted_words(words: Iterable[str]) -> tuple[list[str], Array]:
    """
    Distinct words in code-point order, and for each word as given its rank in that order.

    UTF-8 keeps code-point order, so the bytes can be bisected.
    """
    given = list(words)
    order = sorted(range(len(given)), key=given.__getitem__)
    ranks = np.empty(len(given), dtype=np.int64)
    ranks[order] = np.arange(len(given))
    return [given[place] for place in order], fitting(ranks)


class Words:
    """The sorted words whose columns are `name` (bytes) and `name_at` (offsets)."""

    def __init__(self, columns: Columns, name: str) -> None:
        # Memory views give plain numbers and bytes several times faster than arrays do.
        self._data = columns.whole(name).data
        self._at = columns.whole(f"{name}_at").data
        self._found: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._at) - 1

    def __getitem__(self, place: int) -> str:
        return self._bytes(place).decode(ENCODING, ERRORS)

    def __iter__(self) -> Iterator[str]:
        for start in range(0, len(self), _STEP * _STEP):
            at = self._at[start : min(start + _STEP * _STEP, len(self)) + 1].tolist()
            data = bytes(self._data[at[0] : at[-1]])
            yield from [data[a - at[0] : b - at[0]].decode(ENCODING, ERRORS) for a, b in pairwise(at)]

    def find(self, word: str) -> int | None:
        """The place of this word, `None` where it is not one of them."""
        if word in self._found:
            return self._found[word]
        wanted = encoded(word)
        first = max(0, bisect_right(self._landmarks, wanted) - 1) * _STEP
        place = bisect_left(range(len(self)), wanted, first, min(first + _STEP, len(self)), key=self._bytes)
        if place == len(self) or self._bytes(place) != wanted:
            return None
        # Only words that exist are remembered: what people ask for has no end.
        self._found[word] = place
        return place

    @cached_property
    def _landmarks(self) -> list[bytes]:
        return [self._bytes(place) for place in range(0, len(self), _STEP)]

    def _bytes(self, place: int) -> bytes:
        return bytes(self._data[self._at[place] : self._at[place + 1]])
