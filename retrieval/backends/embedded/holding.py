"""
Which passages hold terms, and which statements these are of: all of them at once, without calling any by its id.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from retrieval.backends.embedded.pruning import Found
from retrieval.backends.embedded.segment import Segment


def bodies_with(
    segment: Segment, alternatives: Iterable[Iterable[str]], statements: frozenset[str] | None
) -> NDArray[np.bool_]:
    """
    Which passages are statements' own words and hold one of each of these terms, shape (total,).

    Args:
        segment: Terms are those of its language.
        alternatives: Analyzed terms: of each group one has to be there.
        statements: Only passages of these; `None` for all.
    """
    passing = segment.bodies if statements is None else segment.bodies & segment.of_statements(statements)
    for terms in alternatives:
        held = np.zeros(segment.total, dtype=np.bool_)
        for place in map(segment.terms.find, terms):
            if place is not None:
                held[segment.holders(segment.postings(place))] = True
        passing = passing & held
    return passing


def statements_of(segment: Segment, passages: NDArray[np.bool_]) -> list[str]:
    """The statements of these passages, shape (total,), each once."""
    return [segment.statement_id(code) for code in np.unique(segment.codes(passages)).tolist()]


def best_of_statements(segment: Segment, found: Found) -> dict[str, float]:
    """The statements of what was found, each with the highest of its passages' scores."""
    codes, places = np.unique(segment.codes(found.ordinals), return_inverse=True)
    best = np.zeros(len(codes))
    np.maximum.at(best, places, found.scores)
    return {segment.statement_id(code): score for code, score in zip(codes.tolist(), best.tolist(), strict=True)}
