"""
Words of passages → postings: for each term the passages that hold it, ascending, and how often they do.

What a posting adds to a score depends on how often the term stands in the passage and on the passage's length alone.
A segment has few such pairs (a thousand in a million passages), so a posting is a passage and the number of a pair, and
a question looks the gain of each pair up in a small table, exactly.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.backends.embedded.columns import fitting, offsets
from retrieval.backends.embedded.spools import Array, Spool

# Passages that are sorted together: some megabytes of keys.
BLOCK_PASSAGES = 1 << 14
_BITS = np.int64(14)
# Postings whose peaks are found together.
_RUN = 1 << 21
_HALF = np.int64(32)


class _Postings(NamedTuple):
    """
    The postings of some passages, sorted by term, then passage.

    Attributes:
        terms: That occur, ascending, shape (t,).
        counts: Postings of each, shape (t,).
        places: Passages, from 0 in this block, shape (p,).
        frequencies: Occurrences, shape (p,).
        lengths: Terms in each passage of the block, repeated ones repeatedly.
    """

    terms: Array
    counts: Array
    places: Array
    frequencies: Array
    lengths: Array


def inverted(stream: Spool, lengths: Sequence[Array], term_of: Array, terms: int) -> dict[str, Array]:
    """
    The columns `lengths`, `postings` (passages), `pairs` (numbers of pairs), `pair_frequencies`, `pair_lengths`, `peaks`.

    Args:
        stream: Number of each word, in blocks of at most 16,384 passages.
        lengths: How many words each passage has, in the same blocks.
        term_of: Term of each word; `terms` for one that is left out.
        terms: How many terms there are.
    """
    blocks = [_postings(*block, term_of, terms) for block in zip(stream.blocks(), lengths, strict=True)]
    totals = np.zeros(terms, dtype=np.int64)
    for block in blocks:
        totals[block.terms] += block.counts
    at = offsets(totals)
    known = _known_pairs(blocks)
    postings, pairs = _joined(blocks, at, known)
    found = {"lengths": fitting(np.concatenate([block.lengths for block in blocks])), "postings_at": at}
    found |= {"postings": postings, "pairs": pairs}
    found |= {"pair_frequencies": fitting(known >> _HALF), "pair_lengths": fitting(known & ((1 << _HALF) - 1))}
    found["peaks"], found["peaks_at"] = _peaks(pairs, at, known >> _HALF)
    return found


def _postings(words: Array, lengths: Array, term_of: Array, terms: int) -> _Postings:
    keys = term_of[words]
    passages = np.repeat(np.arange(len(lengths)), lengths)
    kept = keys < terms
    keys, passages = keys[kept], passages[kept]
    term_counts = np.bincount(passages, minlength=len(lengths))
    keys <<= _BITS
    keys += passages
    keys.sort()
    firsts = _starts_of_runs(keys)
    frequencies = np.diff(firsts, append=len(keys))
    keys = keys[firsts]
    places = keys & (BLOCK_PASSAGES - 1)
    keys >>= _BITS
    starts = _starts_of_runs(keys)
    return _Postings(
        keys[starts].astype(np.uint32),
        np.diff(starts, append=len(keys)).astype(np.uint32),
        places.astype(np.uint16),
        fitting(frequencies),
        term_counts.astype(np.uint32),
    )


def _starts_of_runs(values: Array) -> NDArray[np.intp]:
    """Where values that stand together with their equals begin."""
    if not len(values):
        return np.zeros(0, dtype=np.intp)
    return np.concatenate(([0], np.flatnonzero(values[1:] != values[:-1]) + 1))


def _pair_keys(block: _Postings) -> NDArray[np.int64]:
    return block.frequencies.astype(np.int64) << _HALF | block.lengths[block.places]


def _known_pairs(blocks: Iterable[_Postings]) -> NDArray[np.int64]:
    """Every pair of frequency and length once, by frequency, then length."""
    found = np.unique(np.concatenate([np.zeros(0, np.int64), *(np.unique(_pair_keys(block)) for block in blocks)]))
    return found.astype(np.int64)


def _joined(blocks: Iterable[_Postings], at: Array, known: NDArray[np.int64]) -> tuple[Array, Array]:
    """The postings of all blocks, each term's together: their passages and the numbers of their pairs."""
    blocks = list(blocks)
    passages = np.empty(int(at[-1]), dtype=np.min_scalar_type(sum(len(block.lengths) for block in blocks)))
    pairs = np.empty(int(at[-1]), dtype=np.min_scalar_type(len(known)))
    cursor = at[:-1].astype(np.int64)
    first = 0
    for block in blocks:
        starts = np.cumsum(block.counts, dtype=np.int64) - block.counts
        target = np.repeat(cursor[block.terms] - starts, block.counts) + np.arange(len(block.places))
        passages[target] = block.places.astype(passages.dtype) + passages.dtype.type(first)
        pairs[target] = np.searchsorted(known, _pair_keys(block))
        cursor[block.terms] += block.counts
        first += len(block.lengths)
    return passages, pairs


def _peaks(pairs: Array, at: Array, frequencies: NDArray[np.int64]) -> tuple[Array, Array]:
    """
    For each term and each frequency that it has, the pair with the shortest passage: one of them gains most.

    That holds whatever the mean length is, which changes with every generation.
    """
    found, counts = [np.zeros(0, pairs.dtype)], np.zeros(len(at) - 1, dtype=np.int64)
    first = 0
    while first < len(counts):
        last = max(first + 1, int(np.searchsorted(at, int(at[first]) + _RUN, side="right")) - 1)
        terms = np.repeat(np.arange(first, last), np.diff(at[first : last + 1].astype(np.int64)))
        keys = terms << _HALF | pairs[int(at[first]) : int(at[last])]
        keys.sort()
        numbers = keys & ((1 << _HALF) - 1)
        # Pairs are numbered by frequency, then length: the first of each frequency is the shortest.
        keys = (keys >> _HALF << _HALF) + frequencies[numbers]
        firsts = _starts_of_runs(keys)
        found.append(numbers[firsts].astype(pairs.dtype))
        counts[first:last] = np.bincount((keys[firsts] >> _HALF) - first, minlength=last - first)
        first = last
    return np.concatenate(found), offsets(counts)
