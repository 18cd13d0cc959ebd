"""
The embedded engine: exactly the model's scores, whatever the history of the index and however little of it is read.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from indexing import QUESTION, passage, random_passages
from rank_bm25 import BM25Okapi
from trying import share

from retrieval.analyzer import PARTITIONS, Partition, SurfaceNumbers, terms, tokens
from retrieval.backends.embedded import EmbeddedIndex, Manifest, append, remove_unused
from retrieval.backends.embedded.compiled import load
from retrieval.backends.embedded.pruning import floor_of
from retrieval.bm25 import PositiveOkapi
from retrieval.models import Passage, Query, WeightedTerm


def analyzed(passages: Sequence[Passage], partition: Partition) -> list[list[str]]:
    return [terms(passage.text, partition) for passage in passages if passage.language == partition]


def assert_scores_of_the_model(index: EmbeddedIndex, passages: Sequence[Passage]) -> None:
    for partition in PARTITIONS:
        corpus, question = analyzed(passages, partition), terms(QUESTION, partition)
        # rank-bm25 divides by zero on an empty corpus; there is nothing to compare.
        expected = PositiveOkapi(corpus).get_scores(question) if any(corpus) else np.zeros(len(corpus))
        np.testing.assert_array_equal(index.scores(question, partition), expected)


@given(seed=st.integers(0, 10**6), count=st.integers(0, 60))
@settings(max_examples=share(40), deadline=None)
def test_scores_of_a_fresh_index(seed: int, count: int) -> None:
    """
    The index scores every passage exactly as the model does, difference 0, a language each.
    """
    passages = random_passages(seed, count)

    assert_scores_of_the_model(EmbeddedIndex.build(passages, "1"), passages)


@given(seed=st.integers(0, 10**6))
@settings(max_examples=share(25), deadline=None)
def test_scores_with_stock_idf(seed: int) -> None:
    """
    With stock BM25Okapi's own idf the index gives stock scores, difference 0, negative ones included.
    """
    passages = random_passages(seed, 40)
    index = EmbeddedIndex.build(passages, "1")

    for partition in PARTITIONS:
        corpus, question = analyzed(passages, partition), terms(QUESTION, partition)
        if not any(corpus):
            # rank-bm25 divides by zero; there is nothing to compare.
            continue
        stock = BM25Okapi(corpus)
        np.testing.assert_array_equal(index.scores(question, partition, stock.idf), stock.get_scores(question))


@pytest.mark.thorough
@given(seed=st.integers(0, 10**6), steps=st.lists(st.integers(0, 12), min_size=1, max_size=12))
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_scores_after_appends_and_removals(
    tmp_path_factory: pytest.TempPathFactory, seed: int, steps: list[int]
) -> None:
    """
    However the corpus came to be, the scores are those of the model built afresh on what is left, in the same order.
    """
    chance, directory = random.Random(seed), tmp_path_factory.mktemp("index")
    coming = iter(random_passages(seed, sum(steps)))
    manifest, live = None, list[Passage]()
    for generation, step in enumerate(steps):
        gone = chance.sample(live, len(live) // chance.choice((2, 5)))
        new = [next(coming) for _ in range(step)]
        live = [passage for passage in live if passage not in gone] + new
        manifest = append(directory, manifest, str(generation), new, [passage.id for passage in gone])
        remove_unused(directory, manifest)

    index = EmbeddedIndex.open(directory, Manifest.model_validate_json((manifest or Manifest()).model_dump_json()), "9")
    fresh = EmbeddedIndex.build(live, "9")

    assert_scores_of_the_model(index, live)
    assert list(index.passages()) == list(fresh.passages())
    assert [dict(index.surfaces(p)) for p in PARTITIONS] == [dict(fresh.surfaces(p)) for p in PARTITIONS]
    assert [dict(index.vocabulary(p)) for p in PARTITIONS] == [dict(fresh.vocabulary(p)) for p in PARTITIONS]


def test_what_is_left_may_have_no_terms(tmp_path: Path) -> None:
    """
    When the last passage with words is removed, the empty ones left score 0 and nothing is divided by their length.
    """
    first = append(tmp_path, None, "1", [passage("march", 1), *(passage("", number) for number in range(4, 9))])
    index = EmbeddedIndex.open(tmp_path, append(tmp_path, first, "2", [], [passage("march", 1).id]), "2")

    assert index.scores(["march"], "en").tolist() == [0.0] * 5
    assert index.search(Query(terms=(WeightedTerm("march", "en"),)), limit=5) == []


@pytest.mark.thorough
def test_long_postings_score_the_same() -> None:
    """
    Postings that are scored in several runs add up to the same bits.
    """
    passages = [passage("march " * (number % 3) + "families " * (number % 7 + 1), number) for number in range(9000)]
    index = EmbeddedIndex.build(passages, "1")

    assert_scores_of_the_model(index, passages)


def test_search_has_the_scores_of_the_model() -> None:
    """
    The score of a hit is the model's number, unrounded, and weight 1 does not change a bit of it.
    """
    passages = random_passages(3, 200)
    index = EmbeddedIndex.build(passages, "1")
    question = terms(QUESTION, "es")
    hits = index.search(Query(terms=tuple(WeightedTerm(term, "es") for term in question)), limit=1000)

    expected = index.scores(question, "es")
    assert sorted(expected[expected > 0].tolist(), reverse=True) == [hit.score for hit in hits]


PIECES = ["EE. UU. ", "EE.\nUU. ", "ICE ", "ICE-", "the ", "Not", "NOW ", "y", "é", "’s ", "\n", ".", ",", "1,000", "-"]


@given(st.lists(st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=12).map("".join), max_size=6))
def test_an_index_is_built_from_tokens(texts: list[str]) -> None:
    """
    The fast way from text to words, which remembers what it has seen, gives the words of `tokens`.
    """
    numbers = SurfaceNumbers()
    for text in texts:
        found = numbers.read(text)
        words = list(numbers.words)

        assert [words[number] for number in found] == [token.surface for token in tokens(text, "other")]


@pytest.mark.parametrize("count", [1, 99, 100, 150])
def test_a_filter_of_many_statements_is_one_of_few(count: int) -> None:
    """
    However many statements a filter names, known or not, only their passages are found.
    """
    index = EmbeddedIndex.build([passage("march", 4 * number) for number in range(200)], "1")
    ids = frozenset(map(str, range(count)))

    hits = index.search(Query(terms=(WeightedTerm("march", "en"),), statements=ids | {"unknown"}), limit=500)

    assert {hit.statement_id for hit in hits} == ids


# Pruning


COMMON = [f"{first}{second}" for first in "bdfgklmn" for second in ("a", "e", "i", "o", "u")]


@pytest.fixture(scope="module", params=["pruned", "compiled loop"])
def pruned(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> EmbeddedIndex:
    """An index in several segments, with removals, whose postings are so many that not all are read."""
    loop = load() if request.param == "compiled loop" else None
    if request.param == "compiled loop" and loop is None:
        pytest.skip("numba, the extra fast, is not installed")
    chance, directory = random.Random(5), tmp_path_factory.mktemp("pruned")
    shares = [1 / (rank + 2) for rank in range(len(COMMON))]
    texts = [" ".join(chance.choices(COMMON, shares, k=chance.randrange(1, 30))) for _ in range(6000)]
    made = [passage(text, number, "other" if number % 9 else "es") for number, text in enumerate(texts)]
    first = append(directory, None, "1", made[:4500])
    second = append(directory, first, "2", made[4500:5900], [one.id for one in made[:4500:50]])
    return EmbeddedIndex.open(directory, append(directory, second, "3", made[5900:]), "3", loop)


def expected_hits(index: EmbeddedIndex, ids: dict[Partition, list[str]], query: Query) -> list[tuple[float, str]]:
    """Every hit by scoring all passages, best first, ties by id."""
    found = []
    for partition, listed in ids.items():
        scores = np.zeros(len(listed))
        for term, language, weight in query.terms:
            scores += weight * index.scores([term], partition) if language == partition else 0.0
        found += [hit for hit in zip(scores.tolist(), listed, strict=True) if hit[0] > 0 and _passes(hit[1], query)]
    return sorted(found, key=lambda hit: (-hit[0], hit[1]))


def _passes(passage_id: str, query: Query) -> bool:
    return query.statements is None or passage_id.partition("@")[0] in query.statements


@pytest.fixture(scope="module")
def ids(pruned: EmbeddedIndex) -> dict[Partition, list[str]]:
    """The ids of each language's passages, in order."""
    made = list(pruned.passages())
    return {partition: [one.id for one in made if one.language == partition] for partition in PARTITIONS}


@given(
    asked=st.lists(
        st.builds(
            WeightedTerm,
            st.sampled_from([*COMMON, "unknown"]),
            st.sampled_from(["other", "other", "es"]),
            st.sampled_from([1.0, 1.0, 0.7, 0.5, 0.09]),
        ),
        min_size=1,
        max_size=24,
    ),
    limit=st.sampled_from([1, 3, 10, 60, 400]),
    statements=st.sampled_from([None, None, range(0, 1500, 2), range(3)]),
)
# A rare word asked repeatedly: the best passage is met four times before the tenth best.
@pytest.mark.thorough
@example(asked=[WeightedTerm("nu", "other")] * 4 + [WeightedTerm("ba", "other", 0.09)], limit=10, statements=None)
@settings(max_examples=share(40), deadline=None)
def test_pruning_changes_nothing(
    pruned: EmbeddedIndex,
    ids: dict[Partition, list[str]],
    asked: list[WeightedTerm],
    limit: int,
    statements: range | None,
) -> None:
    """
    Reading only the postings that can matter, or all by the compiled loop, gives the hits that scoring every passage
    gives, bit for bit.
    """
    only = None if statements is None else frozenset(map(str, statements))
    query = Query(terms=tuple(asked), statements=only)

    found = [(hit.score, hit.passage_id) for hit in pruned.search(query, limit=limit)]
    assert found == expected_hits(pruned, ids, query)[:limit]


@given(
    st.lists(st.sampled_from([0.0, 0.0, 0.5, 1.0, 2.0, 3.5]), max_size=60),
    st.integers(1, 8),
    st.sampled_from([1, 100]),
)
def test_a_floor_is_reached_by_enough(some: list[float], limit: int, times: int) -> None:
    """
    At least as many scores as are wanted reach the floor, whether it was taken from all of them or from blocks.
    """
    scores = np.array(some * times)
    floor = floor_of(scores, limit)

    assert floor == 0 or np.count_nonzero(scores >= floor) >= limit
