"""
Runs of five folded words as numbers: how much of two texts is the same.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from itertools import compress
from operator import not_
from string import ascii_lowercase, digits
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Shingles = NDArray[np.uint64]
SIZE = 5
_FACTOR = 0x9E3779B97F4A7C15
# What belongs to no word stands between words.
_LETTERS = bytes(byte if chr(byte) in ascii_lowercase + digits else ord(" ") for byte in range(256))
# A run that begins with a long word stands for the others: they are a tenth of all words, the same ones in every text.
_LONG = 10
_SAMPLED = 16


def shingles(text: str, size: int = SIZE) -> Shingles:
    """
    The distinct runs of `size` words, ascending.

    Case, accents, punctuation and white space make no difference; letters outside Latin are not words here, so that a
    text in another script has none.
    """
    words = words_of(text)
    if len(words) < size:
        return np.empty(0, np.uint64)
    numbers = np.fromiter(map(crc32, words), np.uint64, len(words))
    runs = np.zeros(len(words) - size + 1, np.uint64)
    for place in range(size):
        runs = runs * np.uint64(_FACTOR) + numbers[place : place + len(runs)]
    return np.unique(runs)


def sampled(text: str, size: int = SIZE) -> set[bytes]:
    """
    The runs by which texts are looked up: the lowest few hashes of those that begin with a long word, then of the
    others where these are few. Texts that share most of their runs share most of these.
    """
    words = words_of(text)
    runs = list(zip(*(words[start:] for start in range(size)), strict=False))
    long = list(map(_LONG.__le__, map(len, words)))
    found = _lowest(compress(runs, long))
    if len(found) < _SAMPLED:
        found += _lowest(compress(runs, map(not_, long)))
    return set(found[:_SAMPLED])


def _lowest(runs: Iterable[tuple[bytes, ...]]) -> list[bytes]:
    return sorted(set(map(b" ".join, runs)), key=crc32)[:_SAMPLED]


def words_of(text: str) -> list[bytes]:
    """The words of a text in their order, folded."""
    plain = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore")
    return plain.translate(_LETTERS, b"'").split()


def shared(one: Shingles, other: Shingles) -> tuple[float, float]:
    """Share of the smaller and of the larger text that stands in the other; 0 where one has no shingles."""
    if not len(one) or not len(other):
        return 0.0, 0.0
    both = len(np.intersect1d(one, other, assume_unique=True))
    return both / min(len(one), len(other)), both / max(len(one), len(other))
