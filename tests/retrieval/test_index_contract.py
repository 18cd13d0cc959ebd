"""
What a search promises with every index, the fake included: which passages, in which order, and what filters leave.
Scores may differ between engines; these sentences may not.
"""

from __future__ import annotations

import random

import pytest
from every_index import ENGINES, TEXTS, Build, built_with, corpus, passage, query, statements
from fakes import FakeIndex
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retrieval.models import Query, WeightedTerm

build = pytest.fixture(params=ENGINES)(built_with)


@pytest.mark.parametrize("texts", [[], [""], ["", "…", "the of and"]])
def test_nothing_to_find(build: Build, texts: list[str]) -> None:
    """
    No passages, or only ones without a term: no hits and no error.
    """
    index = build(corpus(texts))

    assert [] == index.search(query("march"), limit=10) == index.phrase(["march"], limit=10)


def test_unknown_terms_find_nothing(build: Build) -> None:
    """
    Words that no passage holds find nothing, and a query without terms finds nothing.
    """
    index = build(corpus(["We march for families."]))

    assert [] == index.search(query("parliament"), limit=10) == index.search(query(""), limit=10)


def test_unknown_terms_beside_known_ones(build: Build) -> None:
    """
    An unknown word takes nothing away from the known one beside it.
    """
    index = build(corpus(["We march for families.", "The border is closed."]))

    assert statements(index.search(query("parliament march"), limit=10)) == ["2014-000"]


def test_only_passages_that_share_a_term(build: Build) -> None:
    """
    A passage that shares no term is never a hit, however few hits there are.
    """
    index = build(corpus(["We march for families.", "The border is closed.", "", "Marches everywhere."]))

    assert {"2014-000", "2014-003"} == set(statements(index.search(query("march"), limit=10)))


def test_best_first(build: Build) -> None:
    """
    More of the asked words rank higher, and scores never rise down the list.
    """
    index = build(corpus(["Families march.", "Families march at the border.", "Families wait."]))
    hits = index.search(query("march border"), limit=10)

    assert statements(hits) == ["2014-001", "2014-000"]
    assert hits[0].score > hits[1].score > 0


def test_a_term_in_every_passage_is_found(build: Build) -> None:
    """
    A term that stands in every passage is still found, also in a corpus of one statement.
    """
    assert statements(build(corpus(["Families march."])).search(query("families"), limit=10)) == ["2014-000"]


def test_limit(build: Build) -> None:
    """
    No more hits than asked for, and none when none are asked for.
    """
    index = build(corpus(["march"] * 7))

    assert [len(index.search(query("march"), limit=limit)) for limit in (0, 3, 50)] == [0, 3, 7]


def test_ties_by_passage_id(build: Build) -> None:
    """
    Equal scores come in the order of their passage ids, also where the limit cuts them.
    """
    made = [passage("march", f"2014-{number:03}") for number in (4, 1, 3, 0, 2)]

    assert statements(build(made).search(query("march"), limit=3)) == ["2014-000", "2014-001", "2014-002"]


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=TEXTS, seed=st.integers(0, 1000))
def test_insertion_order_does_not_matter(build: Build, texts: list[str], seed: int) -> None:
    """
    The same passages in another order give the same hits in the same order.
    """
    shuffled = corpus(texts)
    random.Random(seed).shuffle(shuffled)
    asked = query("march families ICE not")

    assert build(corpus(texts)).search(asked, limit=5) == build(shuffled).search(asked, limit=5)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=TEXTS, limit=st.integers(1, 6))
def test_same_hits_as_the_fake(build: Build, texts: list[str], limit: int) -> None:
    """
    Every engine of today ranks by the same model, so that the fake may stand for it in other tests.
    """
    asked = query("march families march relief", phrases=("not",))
    index, fake = build(corpus(texts)), FakeIndex(corpus(texts))

    assert index.search(asked, limit=limit) == fake.search(asked, limit=limit)
    assert index.phrase(["ICE", "the"], limit=limit) == fake.phrase(["ICE", "the"], limit=limit)


def test_repeated_words_count_repeatedly(build: Build) -> None:
    """
    A word asked twice weighs twice.
    """
    index = build(corpus(["march", "border"]))

    assert statements(index.search(query("march border border"), limit=10)) == ["2014-001", "2014-000"]


def test_weights_multiply(build: Build) -> None:
    """
    A term of half the weight adds half the score.
    """
    index = build(corpus(["march", "border"]))
    whole, half = (Query(terms=(WeightedTerm("march", "en", weight),)) for weight in (1.0, 0.5))

    assert index.search(half, limit=1)[0].score == index.search(whole, limit=1)[0].score / 2


def test_statement_filter_before_the_limit(build: Build) -> None:
    """
    A filter narrows first: the limit counts passages that pass it.
    """
    index = build(corpus(["march march", "march march", "march at the border"]))
    asked = query("march", statements=frozenset({"2014-002", "1999-001"}))

    assert statements(index.search(asked, limit=1)) == ["2014-002"]


def test_empty_statement_filter_finds_nothing(build: Build) -> None:
    """
    No statement allowed is not the same as no filter.
    """
    assert build(corpus(["march"])).search(query("march", statements=frozenset()), limit=5) == []


def test_phrase_filter_before_the_limit(build: Build) -> None:
    """
    Quoted words must stand in a hit literally, stop words included.
    """
    index = build(corpus(["march march relief", "We march for relief", "We march not for relief"]))

    assert statements(index.search(query("march relief", phrases=("March for",)), limit=1)) == ["2014-001"]
    assert index.search(query("march", phrases=("march for", "relief now")), limit=5) == []


def test_a_phrase_without_words_filters_everything(build: Build) -> None:
    """
    Quotation marks around nothing but punctuation stand in no passage.
    """
    assert build(corpus(["march"])).search(query("march", phrases=("…",)), limit=5) == []


def test_accents_do_not_matter(build: Build) -> None:
    """
    A Spanish word is found with and without its accents.
    """
    index = build(
        [passage("La deportación separa familias.", language="es"), passage("Otra cosa.", "2", language="es")]
    )

    assert statements(index.search(query("deportacion", "es"), limit=5)) == ["2014-001"]


def test_languages_are_apart(build: Build) -> None:
    """
    A term is looked for among the passages of its own language, and hits of several languages come as one list.
    """
    index = build([passage("final", "a", language="en"), passage("final", "b", language="es"), passage("no", "c")])
    both = Query(terms=(WeightedTerm("final", "en"), WeightedTerm("final", "es")))

    assert statements(index.search(query("final"), limit=5)) == ["a"]
    assert {"a", "b"} == set(statements(index.search(both, limit=5)))
