"""
Sorted words in arrays, looked up by their checksum: nothing is built when an index is opened.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import numpy as np

from retrieval.backends.embedded.columns import Columns, fitting, offsets
from retrieval.backends.embedded.spools import Array

# Words that are decoded together.
_BLOCK = 4096

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


def word_columns(name: str, words: Sequence[str]) -> dict[str, Array]:
    """
    The columns in which `Words` finds these sorted words.

    `name` and `name_at` are the words end to end and their offsets. `name_slots` holds the places of the words in the
    order of their CRC-32 modulo a power of two, `name_slots_at` where those of each remainder begin.
    """
    data = [encoded(word) for word in words]
    remainders = np.array([zlib.crc32(one) for one in data], dtype=np.int64) & (_slots(len(data)) - 1)
    columns = {f"{name}_slots": fitting(np.argsort(remainders, kind="stable"))}
    columns[f"{name}_slots_at"] = offsets(np.bincount(remainders, minlength=_slots(len(data))))
    columns[name], columns[f"{name}_at"] = blob(data)
    return columns


def _slots(count: int) -> int:
    return 1 << max(0, count - 1).bit_length()


class Words:
    """The sorted words of `word_columns`."""

    def __init__(self, columns: Columns, name: str) -> None:
        # Memory views give plain numbers and bytes several times faster than arrays do.
        self._data = columns.whole(name).data
        self._at = columns.whole(f"{name}_at").data
        self._slots, self._slots_at = columns.whole(f"{name}_slots").data, columns.whole(f"{name}_slots_at").data
        self._mask = _slots(len(self)) - 1

    def __len__(self) -> int:
        return len(self._at) - 1

    def __getitem__(self, place: int) -> str:
        return str(self._data[self._at[place] : self._at[place + 1]], ENCODING, ERRORS)

    def __iter__(self) -> Iterator[str]:
        for start in range(0, len(self), _BLOCK):
            at = self._at[start : min(start + _BLOCK, len(self)) + 1].tolist()
            data = bytes(self._data[at[0] : at[-1]])
            yield from [data[a - at[0] : b - at[0]].decode(ENCODING, ERRORS) for a, b in pairwise(at)]

    def find(self, word: str) -> int | None:
        """The place of this word, `None` where it is not one of them."""
        wanted = word.encode(ENCODING, ERRORS)
        slot = zlib.crc32(wanted) & self._mask
        number, end = self._slots_at[slot], self._slots_at[slot + 1]
        while number < end:
            place: int = self._slots[number]
            start = self._at[place]
            # Most others in the slot are of another length.
            if self._at[place + 1] - start == len(wanted) and self._data[start : start + len(wanted)] == wanted:
                return place
            number += 1
        return None
