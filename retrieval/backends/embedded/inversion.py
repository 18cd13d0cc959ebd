"""
Words of passages → postings: for each term the passages that hold it, ascending, and how often they do.

What a posting adds to a score depends on how often the term stands in the passage and on the passage's length alone.
A segment has few such pairs (a thousand in a million passages), so a posting is a passage and the number of a pair, and
a question looks the gain of each pair up in a small table, exactly.

Each term has two lists, of the passages that hold it once and of those that hold it repeatedly: what a posting of the
first can add at most is little more than what most of them do add, which is what makes pruning work.

Source:
    Kane and Tompa, "Split-Lists and Initial Thresholds for WAND-based Search" (2018).
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
# More occurrences than anybody's passage has words.
_FREQUENCY_BITS = np.int64(24)
# Postings whose peaks are found together.
_RUN = 1 << 21
_HALF = np.int64(32)


class _Postings(NamedTuple):
    """
    The postings of some passages, sorted by list, then passage.

    Attributes:
        lists: Those that are not empty, ascending, shape (l,).
        counts: Postings of each, shape (l,).
        places: Passages, from 0 in this block, shape (p,).
        frequencies: Occurrences, shape (p,).
        lengths: Terms in each passage of the block, repeated ones repeatedly.
    """

    lists: Array
    counts: Array
    places: Array
    frequencies: Array
    lengths: Array


def inverted(stream: Spool, lengths: Sequence[Array], term_of: Array, terms: int) -> dict[str, Array]:
    """
    The columns `lengths`, `postings` (passages), `pairs` (numbers of pairs), `pair_frequencies`, `pair_lengths`,
    `peaks` and the offsets of what lies in runs.

    Term t has the lists 2t (passages that hold it once) and 2t + 1 (repeatedly).

    Args:
        stream: Number of each word, in blocks of at most 16,384 passages.
        lengths: How many words each passage has, in the same blocks.
        term_of: Term of each word; `terms` for one that is left out.
        terms: How many terms there are.
    """
    blocks = [_postings(*block, term_of, terms) for block in zip(stream.blocks(), lengths, strict=True)]
    totals = np.zeros(2 * terms, dtype=np.int64)
    for block in blocks:
        totals[block.lists] += block.counts
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
    # The list goes before the passage: sorted again, with the frequency carried along.
    repeated = (frequencies > 1).astype(np.int64) << _BITS
    keys = (((keys >> _BITS) << _BITS + 1 | repeated | keys & (BLOCK_PASSAGES - 1)) << _FREQUENCY_BITS) + frequencies
    keys.sort()
    frequencies = keys & ((1 << _FREQUENCY_BITS) - 1)
    keys >>= _FREQUENCY_BITS
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
    return _distinct(np.concatenate([np.zeros(0, np.int64), *(_distinct(_pair_keys(block)) for block in blocks)]))


def _distinct(keys: NDArray[np.int64]) -> NDArray[np.int64]:
    # `np.unique` hashes, which takes several times as long.
    keys.sort()
    return keys[_starts_of_runs(keys)]


def _joined(blocks: Iterable[_Postings], at: Array, known: NDArray[np.int64]) -> tuple[Array, Array]:
    """The postings of all blocks, each list's together: their passages and the numbers of their pairs."""
    blocks = list(blocks)
    passages = np.empty(int(at[-1]), dtype=np.min_scalar_type(sum(len(block.lengths) for block in blocks)))
    pairs = np.empty(int(at[-1]), dtype=np.min_scalar_type(len(known)))
    cursor = at[:-1].astype(np.int64)
    first = 0
    for block in blocks:
        starts = np.cumsum(block.counts, dtype=np.int64) - block.counts
        target = np.repeat(cursor[block.lists] - starts, block.counts) + np.arange(len(block.places))
        passages[target] = block.places.astype(passages.dtype) + passages.dtype.type(first)
        pairs[target] = np.searchsorted(known, _pair_keys(block))
        cursor[block.lists] += block.counts
        first += len(block.lengths)
    return passages, pairs


def _peaks(pairs: Array, at: Array, frequencies: NDArray[np.int64]) -> tuple[Array, Array]:
    """
    For each list and each frequency in it, the pair with the shortest passage: one of them gains most.

    That holds whatever the mean length is, which changes with every generation.
    """
    found, counts = [np.zeros(0, pairs.dtype)], np.zeros(len(at) - 1, dtype=np.int64)
    first = 0
    while first < len(counts):
        last = max(first + 1, int(np.searchsorted(at, int(at[first]) + _RUN, side="right")) - 1)
        starts = at[first : last + 1].astype(np.int64)
        lists = np.repeat(np.arange(first, last), starts[1:] - starts[:-1])
        keys = lists << _HALF | pairs[int(at[first]) : int(at[last])]
        keys.sort()
        numbers = keys & ((1 << _HALF) - 1)
        # Pairs are numbered by frequency, then length: the first of each frequency is the shortest.
        keys = (keys >> _HALF << _HALF) + frequencies[numbers]
        firsts = _starts_of_runs(keys)
        found.append(numbers[firsts].astype(pairs.dtype))
        counts[first:last] = np.bincount((keys[firsts] >> _HALF) - first, minlength=last - first)
        first = last
    return np.concatenate(found), offsets(counts)
