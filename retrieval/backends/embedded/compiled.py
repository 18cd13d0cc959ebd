"""
The best passages of a segment by one compiled loop, for processes that answer many questions.

Postings are added up in query order, a window of passages at a time, so that the sums stay in the processor's nearest
memory. Nothing is left out: adding a posting takes two nanoseconds, which is less than deciding that it cannot matter.
Only windows in which some passage reaches the best so far are looked at again.

The loop is compiled by numba, which takes a second to import and some more to compile: `use_compiled` does that once,
and keeps the result on disk for the next start. Without it everything is found by `pruning.py`, to the same bit.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from itertools import product

import numpy as np
from numpy.typing import NDArray

from retrieval.backends.embedded.asked import AskedTerm
from retrieval.backends.embedded.pruning import Scores
from retrieval.backends.embedded.spools import Array

Places = NDArray[np.uint64]
Loop = Callable[..., tuple[NDArray[np.int64], Scores]]

# Passages whose sums are 32 KB. Places are unsigned: numba would look at every signed one for counting from the end.
_WINDOW, _ONE = np.uint64(4096), np.uint64(1)
# Types of postings and of pairs that it is compiled for.
_POSTINGS, _PAIRS = (np.uint16, np.uint32), (np.uint8, np.uint16)
_in_use = False


def use_compiled() -> bool:
    """
    Compile the loop, or load it, for all indexes that this process opens from now on.

    Returns:
        Whether it could be: numba, the extra `fast`, is installed.
    """
    global _in_use
    _in_use = load() is not None
    return _in_use


def loop_in_use() -> Loop | None:
    """The compiled `best_of` after `use_compiled`, `None` before it."""
    return load() if _in_use else None


@cache
def load() -> Loop | None:
    """The compiled `best_of`; `None` where numba is not installed."""
    try:
        from numba import njit, types
        from numba.extending import register_jitable
        from numba.np.numpy_support import from_dtype
    except ImportError:
        return None
    for helper in (_next_passage, _add_up, _collect, _keep_highest):
        register_jitable(helper)
    # In the order of the arguments; of the arrays some are mapped and cannot be written.
    signatures = []
    for postings, pairs in product(_POSTINGS, _PAIRS):
        dtypes = (np.uint64, np.uint64, np.float64, postings, pairs, np.float64, np.bool_)
        arrays = (types.Array(from_dtype(np.dtype(one)), 1, "C", readonly=True) for one in dtypes)
        signatures.append((*arrays, types.int64, types.float64))
    try:
        loop: Loop = njit(signatures, nogil=True, cache=True)(best_of)
    except RuntimeError:
        # There is no folder to keep it in that could be written.
        loop = njit(signatures, nogil=True)(best_of)
    return loop


def columns_for(postings: Array, pairs: Array) -> tuple[Array, Array] | None:
    """Postings and pairs as the compiled `best_of` takes them; `None` for types it was not compiled for."""
    if postings.dtype == np.uint8:
        # Of less than 256 passages.
        postings = postings.astype(np.uint16)
    return (postings, pairs) if postings.dtype in _POSTINGS and pairs.dtype in _PAIRS else None


def asked_arrays(asked: Sequence[AskedTerm]) -> tuple[Places, Places, Scores]:
    """The first three arguments of `best_of`."""
    distinct = {one.lists.place: one.lists for one in asked}
    rows = {place: row for row, place in enumerate(distinct)}
    bounds = [at for one in distinct.values() for at in one[1:4]]
    factors = [factor for one in asked for factor in one[1:]]
    return (
        np.array([rows[one.lists.place] for one in asked], dtype=np.uint64),
        np.array(bounds, dtype=np.uint64),
        np.array(factors),
    )


def best_of(
    rows: Places,
    bounds: Places,
    factors: Scores,
    postings: Array,
    pairs: Array,
    gains: Scores,
    allowed: NDArray[np.bool_],
    limit: int,
    floor: float,
) -> tuple[NDArray[np.int64], Scores]:
    """
    The passages with the best `limit` scores, ties with the last all included, in no order. Plain Python runs it too.

    Args:
        rows: Which of the distinct terms each asked one is, in query order, shape (asked,).
        bounds: Start, middle and end of the two lists of each distinct term, shape (3 * distinct,).
        factors: Idf and weight of each asked term, shape (2 * asked,).
        postings: Passage of each posting, ascending in each list, shape (postings,).
        pairs: Its pair of frequency and length, shape (postings,).
        gains: What each pair gains, shape (pairs,).
        allowed: Which passages may be found, shape (passages,) or, for all of them, (0,).
        limit: At least 1.
        floor: Passages of a lower score are left out.

    Returns:
        Passages and their scores, both of shape (p,).
    """
    sums, highest = np.zeros(_WINDOW), np.zeros(limit)
    # List by list: where it starts in this window, where it goes on after it, and where it ends.
    lists = 2 * len(bounds) // 3
    first, past, ends = np.empty(lists, np.uint64), np.empty(lists, np.uint64), np.empty(lists, np.uint64)
    size = 0
    for one in range(lists):
        past[one], ends[one] = bounds[one + one // 2], bounds[one + one // 2 + 1]
        size += int(ends[one] - past[one])
    found, scores, count = np.empty(size, np.int64), np.empty(size, np.float64), 0
    low = _next_passage(first, past, ends, postings)
    while low >= 0:
        base = np.uint64(low)
        peak = _add_up(rows, factors, first, past, ends, postings, pairs, gains, sums, base)
        if peak >= floor:
            count = _collect(first, past, postings, allowed, sums, base, floor, highest, found, scores, count)
            floor = max(floor, highest[0])
        else:
            sums[:] = 0.0
        low = _next_passage(first, past, ends, postings)
    kept = scores[:count] >= floor
    return found[:count][kept], scores[:count][kept]


def _next_passage(first: Places, past: Places, ends: Places, postings: Array) -> int:
    """The lowest passage not yet read, -1 where all are; where each list goes on is copied to `first`."""
    low = -1
    for one in range(len(ends)):
        first[one] = past[one]
        if past[one] < ends[one]:
            passage = int(postings[past[one]])
            low = passage if low < 0 else min(low, passage)
    return low


def _add_up(
    rows: Places,
    factors: Scores,
    first: Places,
    past: Places,
    ends: Places,
    postings: Array,
    pairs: Array,
    gains: Scores,
    sums: Scores,
    base: np.uint64,
) -> float:
    """Add up the window of passages from `base` on; how far each list was read goes to `past`. The highest sum."""
    peak = 0.0
    for number in range(len(rows)):
        idf, weight = factors[2 * number], factors[2 * number + 1]
        lists = 2 * int(rows[number])
        for one in range(lists, lists + 2):
            place, end = first[one], ends[one]
            while place < end:
                slot = np.uint64(postings[place]) - base
                if slot >= _WINDOW:
                    break
                score = sums[slot] + weight * (idf * gains[pairs[place]])
                sums[slot] = score
                peak = max(peak, score)
                place += _ONE
            past[one] = place
    return peak


def _collect(
    first: Places,
    past: Places,
    postings: Array,
    allowed: NDArray[np.bool_],
    sums: Scores,
    base: np.uint64,
    floor: float,
    highest: Scores,
    found: NDArray[np.int64],
    scores: Scores,
    count: int,
) -> int:
    """Add the passages of a window that reach the floor to what was found, set the sums to 0; how many are found."""
    for one in range(len(first)):
        for place in range(first[one], past[one]):
            passage = np.uint64(postings[place])
            score = sums[passage - base]
            # The passage may stand in other lists too, and is found once.
            sums[passage - base] = 0.0
            if score > 0.0 and score >= floor and (len(allowed) == 0 or allowed[passage]):
                found[count], scores[count] = passage, score
                count += 1
                if score > highest[0]:
                    _keep_highest(highest, score)
                    floor = max(floor, highest[0])
    return count


def _keep_highest(highest: Scores, score: float) -> None:
    """Put a score in the place of the lowest of these, which stand in ascending order."""
    place = 1
    while place < len(highest) and highest[place] < score:
        highest[place - 1] = highest[place]
        place += 1
    highest[place - 1] = score
