"""
The ranking model: rank-bm25's BM25Okapi with an idf that stays positive.

Stock Okapi gives a term in half of the passages an idf of 0 or less and replaces it by a share of the average idf,
which depends on every other term. Here idf depends on N and n alone, so that a small corpus, each language by itself
and a corpus that grew in steps all have exactly the scores of a model built in one go.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi

# rank-bm25's own defaults (a test holds them together).
K1 = 1.5
B = 0.75


def positive_idf(passages: int, frequency: int) -> float:
    """
    ln(1 + (N − n + ½) / (n + ½)): how much a term tells, always above 0.

    Args:
        passages: N, the passages of the term's language.
        frequency: n, how many of them hold the term; at most N.
    """
    return math.log(1 + (passages - frequency + 0.5) / (frequency + 0.5))


def length_norms(lengths: NDArray[Any], average: float) -> NDArray[np.float64]:
    """
    The part of the model's denominator that depends on a passage's length alone.

    Args:
        lengths: Terms in each passage, shape (p,).
        average: Mean length over the whole language, above 0.
    """
    norms: NDArray[np.float64] = K1 * (1 - B + B * lengths / average)
    return norms


def saturation(frequencies: NDArray[np.float64], norms: NDArray[np.float64]) -> NDArray[np.float64]:
    """
    What one occurrence of a term in the query gains before it is multiplied by the term's idf, at most k1 + 1.

    Args:
        frequencies: How often each passage holds the term, shape (p,).
        norms: `length_norms` of the same passages, shape (p,).
    """
    return frequencies * (K1 + 1) / (frequencies + norms)


def gains(idf: float, frequencies: NDArray[np.float64], norms: NDArray[np.float64]) -> NDArray[np.float64]:
    """
    What one occurrence of a term in the query adds to the passages that hold it.

    The operations and their order are those of `BM25Okapi.get_scores`: adding these in query order, a repeated word
    repeatedly, gives its float64 results bit for bit.

    Args:
        idf: Of the term.
        frequencies: How often each passage holds the term, shape (p,).
        norms: `length_norms` of the same passages, shape (p,).
    """
    return idf * saturation(frequencies, norms)


class PositiveOkapi(BM25Okapi):  # type: ignore[misc]  # rank_bm25 has no types
    """
    The model itself, slow and plain: what the index's scores are compared with.

    As in rank-bm25, an empty corpus raises ZeroDivisionError; an index answers before it comes to that.

    Source:
        Idf variant as named in Kamphuis et al., "Which BM25 Do You Mean?" (2020).
    """

    def _calc_idf(self, nd: dict[str, int]) -> None:
        self.idf = {term: positive_idf(self.corpus_size, frequency) for term, frequency in nd.items()}
