"""What the places of a question's words tell: the best run of thirty words, and pairs of words side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.evidence import PAIR_WORDS, RUN_WORDS, Evidence, weigh
from retrieval.expansion import Concept
from retrieval.index import Occurrences

TERMS = ("pump", "fare", "lamp")
# Position → term, for each passage.
Places = Sequence[Mapping[int, str]]


def concept(*terms: tuple[str, float]) -> Concept:
    return Concept(terms[0][0], terms[0][0], terms, 1.0, known=True)


def occurrences(passages: Places) -> Occurrences:
    found = [(h, place, TERMS.index(p[place])) for h, p in enumerate(passages) for place in sorted(p)]
    columns = np.array(found, dtype=np.intp).reshape(-1, 3).T
    return Occurrences(columns[0], columns[1], columns[2])


def evidence(passages: Places, idf: Sequence[float], *concepts: Concept) -> Evidence:
    concepts = concepts or tuple(concept((term, 1.0)) for term in TERMS[: len(idf)])
    return weigh(occurrences(passages), len(passages), TERMS, concepts, np.array(idf))


@pytest.mark.parametrize(
    ("places", "run"),
    [
        ({0: "pump", RUN_WORDS - 1: "fare"}, 5.0),  # the last word that fits
        ({0: "pump", RUN_WORDS: "fare"}, 3.0),  # one too far: the rarer alone
        ({7: "pump", 9: "pump", 11: "pump"}, 2.0),  # a word counts once
        ({0: "fare", 40: "pump", 50: "fare"}, 5.0),  # wherever the run begins
        ({}, 0.0),
    ],
)
def test_run_is_thirty_words(places: dict[int, str], run: float) -> None:
    """A run counts each word of the question once, by its idf, where they stand within thirty words."""
    assert evidence([places], (2.0, 3.0)).run.tolist() == [run]


@pytest.mark.parametrize(
    ("places", "pairs"),
    [
        ({4: "pump", 5: "fare"}, 2.0),  # side by side: the smaller idf
        ({4: "fare", 5: "pump"}, 2.0),  # in either order
        ({4: "pump", 6: "fare"}, 1.0),  # halved by each word between
        ({0: "pump", PAIR_WORDS: "fare"}, 2.0 / PAIR_WORDS),
        ({0: "pump", PAIR_WORDS + 1: "fare"}, 0.0),  # too far apart
        ({0: "pump", 4: "fare", 20: "fare", 21: "pump"}, 2.0),  # the closest places count, once
        ({3: "pump", 4: "pump"}, 0.0),  # a word is no pair with itself
    ],
)
def test_pairs_are_words_side_by_side(places: dict[int, str], pairs: float) -> None:
    """A pair of words counts by the smaller idf and by how close its closest places are."""
    assert evidence([places], (2.0, 3.0)).pairs.tolist() == [pairs]


def test_passages_do_not_touch() -> None:
    """Words at the end of one passage and at the beginning of the next are neither a run nor a pair."""
    found = evidence([{99: "pump"}, {}, {0: "fare"}], (2.0, 3.0))

    assert (found.run.tolist(), found.pairs.tolist()) == ([2.0, 0.0, 3.0], [0.0, 0.0, 0.0])


def test_best_alternative_is_the_match() -> None:
    """Of several terms of one concept the best that stands in the passage says how well it is matched."""
    either = concept(("pump", 0.5), ("fare", 1.0))

    found = evidence([{0: "pump"}, {0: "pump", 90: "fare"}, {3: "lamp"}], (4.0,), either)

    assert found.matched.tolist() == [[0.5], [1.0], [0.0]]
    assert found.run.tolist() == [2.0, 4.0, 0.0]


def test_one_word_may_match_two_concepts() -> None:
    """A word that belongs to two concepts counts for both, and is no pair of words."""
    found = evidence([{5: "lamp"}], (2.0, 3.0), concept(("pump", 1.0), ("lamp", 1.0)), concept(("lamp", 1.0)))

    assert (found.matched.tolist(), found.run.tolist(), found.pairs.tolist()) == ([[1.0, 1.0]], [5.0], [0.0])


def test_nothing_to_weigh() -> None:
    """Without a concept, or without a match, everything is 0."""
    none = evidence([{}, {}], (2.0,))
    no_concept = weigh(occurrences([{0: "pump"}]), 1, TERMS, (), np.array([]))

    assert (none.matched.shape, none.run.tolist(), none.pairs.tolist()) == ((2, 1), [0.0, 0.0], [0.0, 0.0])
    assert (no_concept.run.tolist(), no_concept.pairs.tolist()) == ([0.0], [0.0])


def slow_run(places: Mapping[int, str], idf: Mapping[str, float]) -> float:
    """The best run, begun at every word."""
    return max(
        (sum(idf[t] for t in {t for place, t in places.items() if 0 <= place - begin < RUN_WORDS}) for begin in places),
        default=0.0,
    )


def slow_pairs(places: Mapping[int, str], idf: Mapping[str, float]) -> float:
    """Each pair of words, at each pair of places."""
    whole = 0.0
    for pair in combinations(TERMS, 2):
        first, second = ([place for place, term in places.items() if term == one] for one in pair)
        apart = [abs(a - b) for a in first for b in second if abs(a - b) <= PAIR_WORDS]
        whole += min(idf[term] for term in pair) / min(apart) if apart else 0.0
    return whole


@given(
    st.lists(st.dictionaries(st.integers(0, 80), st.sampled_from(TERMS), max_size=12), min_size=1, max_size=4),
    st.lists(st.floats(0.1, 9.0), min_size=3, max_size=3),
    st.lists(st.sampled_from([0.3, 0.6, 1.0]), min_size=3, max_size=3),
)
def test_all_at_once_is_one_by_one(passages: list[dict[int, str]], idf: list[float], weights: list[float]) -> None:
    """What numpy computes for all candidates at once is what looking at every pair of places gives."""
    concepts = [concept((term, weight)) for term, weight in zip(TERMS, weights, strict=True)]
    worth = {term: i * weight for term, i, weight in zip(TERMS, idf, weights, strict=True)}

    found = evidence(passages, idf, *concepts)

    assert found.run == pytest.approx([slow_run(places, worth) for places in passages])
    assert found.pairs == pytest.approx([slow_pairs(places, worth) for places in passages])
    assert (found.matched > 0).tolist() == [[term in places.values() for term in TERMS] for places in passages]
