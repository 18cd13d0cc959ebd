"""
The model: rank-bm25's own code with an idf that stays positive.
"""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi

from retrieval.bm25 import K1, B, PositiveOkapi, gains, length_norms, positive_idf

CORPUS = [["march", "families", "march"], ["families", "border"], [], ["families"]]


def test_every_idf_is_positive() -> None:
    """
    A term in every passage still tells a little; stock Okapi would score its only match below zero.
    """
    model = PositiveOkapi([["march"]])

    assert model.get_scores(["march"])[0] > 0 > BM25Okapi([["march"]]).get_scores(["march"])[0]


@pytest.mark.parametrize(
    ("passages", "frequency", "expected"),
    [
        (1, 1, math.log(1 + 0.5 / 1.5)),  # the only passage
        (4, 2, math.log(2)),  # half of them: stock idf would be 0
        (10, 1, math.log(1 + 9.5 / 1.5)),
    ],
)
def test_idf_is_the_named_formula(passages: int, frequency: int, expected: float) -> None:
    """
    idf is ln(1 + (N − n + ½) / (n + ½)) and depends on nothing else.
    """
    assert positive_idf(passages, frequency) == expected


@given(st.integers(1, 10**7).flatmap(lambda n: st.tuples(st.just(n), st.integers(1, n), st.integers(1, n))))
def test_rarer_terms_tell_more(numbers: tuple[int, int, int]) -> None:
    """
    Of two terms the one in fewer passages never has the smaller idf, and none has an idf of 0.
    """
    passages, one, other = numbers

    assert positive_idf(passages, min(one, other)) >= positive_idf(passages, max(one, other)) > 0


def test_constants_are_those_of_rank_bm25() -> None:
    """
    k1 and b are rank-bm25's defaults, so that one formula serves both.
    """
    model = PositiveOkapi(CORPUS)

    assert (model.k1, model.b) == (K1, B)


def test_only_the_idf_differs_from_stock() -> None:
    """
    With the stock idf put in its place the model gives stock scores, difference 0.
    """
    stock, model = BM25Okapi(CORPUS), PositiveOkapi(CORPUS)
    model.idf = stock.idf

    np.testing.assert_array_equal(model.get_scores(["march", "families"]), stock.get_scores(["march", "families"]))


def test_gains_are_the_models_own_numbers() -> None:
    """
    What the index adds up is bit for bit what get_scores adds up.
    """
    model = PositiveOkapi(CORPUS)
    norms = length_norms(np.array(model.doc_len, dtype=np.float64), model.avgdl)
    frequencies = np.array([2.0, 0.0, 0.0, 0.0])

    np.testing.assert_array_equal(gains(model.idf["march"], frequencies, norms), model.get_scores(["march"]))
