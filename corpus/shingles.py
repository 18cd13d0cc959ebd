"""
Runs of five folded words as numbers: how much of two texts is the same.
"""

from __future__ import annotations

import re
import unicodedata
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Shingles = NDArray[np.uint64]
SIZE = 5
_FACTOR = 0x9E3779B97F4A7C15
_WORD = re.compile(rb"[a-z0-9]+")
# One shingle in so many stands for the rest, the same ones in every text.
_ONE_IN = 8
_ALL = 64


def shingles(text: str, size: int = SIZE) -> Shingles:
    """
    The distinct runs of `size` words, ascending.

    Case, accents, punctuation and white space make no difference; letters outside Latin are not words here, so that a
    text in another script has none.
    """
    plain = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").translate(None, b"'")
    words = _WORD.findall(plain)
    if len(words) < size:
        return np.empty(0, np.uint64)
    numbers = np.fromiter(map(crc32, words), np.uint64, len(words))
    runs = np.zeros(len(words) - size + 1, np.uint64)
    for place in range(size):
        runs = runs * np.uint64(_FACTOR) + numbers[place : place + len(runs)]
    # The lowest bits of a product depend on few bits of the words: what is sampled by them is no sample.
    return np.unique(runs ^ (runs >> np.uint64(29)))


def sample(found: Shingles) -> Shingles:
    """The shingles by which texts are looked up: all of a short text, else one in eight."""
    return found if len(found) <= _ALL else found[found % np.uint64(_ONE_IN) == 0]


def shared(one: Shingles, other: Shingles) -> tuple[float, float]:
    """Share of the smaller and of the larger text that stands in the other; 0 where one has no shingles."""
    if not len(one) or not len(other):
        return 0.0, 0.0
    both = len(np.intersect1d(one, other, assume_unique=True))
    return both / min(len(one), len(other)), both / max(len(one), len(other))
