"""
The compiled loop: what it finds is what adding up in plain Python finds, and nothing loads it but who asks for it.
"""

from __future__ import annotations

import subprocess
from collections import defaultdict
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from trying import share
from warm.starting import COLD

from retrieval.backends.embedded.compiled import Loop, best_of, columns_for, load

ROOT = Path(__file__).parents[2]
# Over several windows of passages, with many that lie at their edges.
PASSAGES = st.integers(0, 20_000) | st.sampled_from([0, 1, 4095, 4096, 4097, 8191, 8192])
GAINS = np.array([0.5, 0.75, 1.0, 1.1, 1.9])


class Case(NamedTuple):
    """Two lists of (passage, pair) for each distinct term; the asked terms (row, idf, weight); what narrows."""

    lists: list[tuple[dict[int, int], dict[int, int]]]
    asked: list[tuple[int, float, float]]
    allowed: set[int] | None
    limit: int
    floor: float


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Queries on small lists; a passage is in one of the two lists of a term at most."""
    held = draw(st.lists(st.dictionaries(PASSAGES, st.integers(0, 4), max_size=30), min_size=1, max_size=4))
    lists = [({p: n for p, n in one.items() if n < 3}, {p: n for p, n in one.items() if n >= 3}) for one in held]
    numbers = st.tuples(st.integers(0, len(held) - 1), st.sampled_from([0.3, 1.7, 2.9]), st.sampled_from([1.0, 0.7]))
    some = [*range(len(held)), *draw(st.lists(st.integers(0, len(held) - 1), max_size=4))]
    asked = [(row, *draw(numbers)[1:]) for row in some]
    allowed = draw(st.none() | st.sets(st.sampled_from(sorted({0, *(p for one in held for p in one)}))))
    return Case(lists, asked, allowed, draw(st.integers(1, 12)), draw(st.sampled_from([0.0, 0.0, 1.0, 4.0])))


def added_up(case: Case) -> dict[int, float]:
    """The passages that are to be found, with their scores, by a dictionary."""
    sums: defaultdict[int, float] = defaultdict(float)
    for row, idf, weight in case.asked:
        for passage, pair in (case.lists[row][0] | case.lists[row][1]).items():
            sums[passage] += weight * (idf * float(GAINS[pair]))
    passing = {passage: score for passage, score in sums.items() if case.allowed is None or passage in case.allowed}
    best = sorted(passing.values(), reverse=True)
    floor = max(case.floor, best[case.limit - 1] if len(best) >= case.limit else 0.0)
    return {passage: score for passage, score in passing.items() if score >= floor}


def found_by(loop: Loop, case: Case, postings: Any, pairs: Any) -> dict[int, float]:
    """The same by the loop, on columns of these types."""
    runs = [sorted(one.items()) for lists in case.lists for one in lists]
    at = np.cumsum([0, *map(len, runs)])
    bounds = [at[place] for row in range(len(case.lists)) for place in (2 * row, 2 * row + 1, 2 * row + 2)]
    flat = [posting for run in runs for posting in run]
    allowed = np.zeros(0 if case.allowed is None else 20_001, np.bool_)
    allowed[sorted(case.allowed or ())] = True
    found, scores = loop(
        np.array([row for row, _, _ in case.asked], np.uint64),
        np.array(bounds, np.uint64),
        np.array([factor for _, *factors in case.asked for factor in factors]),
        np.array([passage for passage, _ in flat], postings),
        np.array([pair for _, pair in flat], pairs),
        GAINS,
        allowed,
        case.limit,
        case.floor,
    )
    assert len(set(found.tolist())) == len(found)
    return dict(zip(found.tolist(), scores.tolist(), strict=True))


@given(cases())
@settings(max_examples=share(60), deadline=None)
def test_the_loop_adds_up(case: Case) -> None:
    """
    The loop finds the best passages with exactly the sums made in query order, each passage once, ties all included.
    """
    assert added_up(case) == found_by(best_of, case, np.uint32, np.uint8)


@pytest.mark.thorough
@given(cases(), st.sampled_from([np.uint16, np.uint32]), st.sampled_from([np.uint8, np.uint16]))
@settings(max_examples=share(150), deadline=None)
def test_compiled_it_adds_up_the_same(case: Case, postings: Any, pairs: Any) -> None:
    """
    Compiled for any of its types the loop gives the same passages and the same bits.
    """
    loop = load()
    if loop is None:
        pytest.skip("numba, the extra fast, is not installed")

    assert added_up(case) == found_by(loop, case, postings, pairs)


@pytest.mark.parametrize(
    ("postings", "pairs", "taken"),
    [
        (np.uint8, np.uint8, np.uint16),  # few passages
        (np.uint16, np.uint16, np.uint16),
        (np.uint32, np.uint8, np.uint32),
        (np.uint64, np.uint8, None),  # more than four thousand million passages
        (np.uint32, np.uint32, None),  # more than 65,536 pairs of frequency and length
    ],
)
def test_columns_that_the_loop_takes(postings: Any, pairs: Any, taken: Any) -> None:
    """
    Columns of types that nothing was compiled for are left to the other way, and a few small ones are widened.
    """
    found = columns_for(np.array([1, 2], postings), np.array([0, 1], pairs))

    assert (found and found[0].dtype) == taken


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("import retrieval.backends.embedded, bot.cli.main, bot.service\nprint('numba' in sys.modules)", "False"),
        (
            "sys.modules['numba'] = None\nfrom retrieval.backends.embedded import use_compiled\nprint(use_compiled())",
            "False",
        ),
    ],
)
def test_nothing_needs_numba(lines: str, expected: str) -> None:
    """
    A single question never waits for numba to be imported, and without it there is no error.
    """
    done = subprocess.run([COLD, "-c", f"import sys\n{lines}"], capture_output=True, text=True, check=True, cwd=ROOT)

    assert done.stdout.strip() == expected
