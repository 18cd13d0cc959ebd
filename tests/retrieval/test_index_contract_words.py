"""
Where words stand, as every index has it, the fake included: phrases, occurrences, and which statements hold a word.
"""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from every_index import ENGINES, TEXTS, Build, built_with, corpus, ids, passage, query, statements
from fakes import FakeIndex
from hypothesis import HealthCheck, given, settings

from retrieval.analyzer import terms
from retrieval.index import PassageIndex
from retrieval.models import Hit, Passage, WeightedTerm

build = pytest.fixture(params=ENGINES)(built_with)


PHRASES = [
    ("We will not stop here.", "will not stop", True),
    ("We will stop here.", "will not stop", False),  # a negation is never dropped
    ("Not one of us will go.", "not one of us", True),  # stop words
    ("One of us, not all.", "not one of us", False),  # order
    ("The march of the families.", "march families", False),  # nothing in between
    ("La deportación no es justa.", "deportacion NO es", True),  # accents and case
    ("ICE raids at dawn.", "ice raids", True),  # an acronym typed in lower case
    ("STOP THE RAIDS IN OUR TOWNS NOW", "the raids", True),  # a shouting headline
    ("An anti-immigrant bill.", "anti-immigrant bill", True),  # hyphens
    ("They said: “We march.” Then rain.", "we march then", True),  # punctuation is no word
    ("We marched.", "march", False),  # no stemming
    ("What we are is what we are to be.", "we are to be", True),  # nothing but common words
]


@pytest.mark.parametrize(("text", "words", "found"), PHRASES)
def test_phrases_are_literal(build: Build, text: str, words: str, found: bool) -> None:
    """
    A phrase is found where its words stand side by side in this order, and nowhere else.
    """
    index = build(corpus(["Something else entirely.", text, "More of us will be here, not there."]))

    assert (["2014-001"] if found else []) == statements(index.phrase(words.split(), limit=5))


def test_a_phrase_stays_in_its_passage(build: Build) -> None:
    """
    The last word of one passage and the first of the next are no phrase.
    """
    assert build(corpus(["we march", "", "together now"])).phrase(["march", "together"], limit=5) == []


def test_more_occurrences_first(build: Build) -> None:
    """
    Phrases rank by their number, ties by passage id, and obey the limit.
    """
    index = build(corpus(["no more", "no more", "no more, no more", "no more"]))

    assert statements(index.phrase(["no", "more"], limit=2)) == ["2014-002", "2014-000"]


def found_at(index: PassageIndex, hits: Sequence[Hit], asked: Sequence[WeightedTerm]) -> list[tuple[int, int, int]]:
    return list(zip(*(column.tolist() for column in index.occurrences(hits, asked)), strict=True))


def test_occurrences_count_stop_words(build: Build) -> None:
    """
    Positions are those of the words as they stand, stop words and repetitions counted.
    """
    index = build(corpus(["We march, and the families march.", "Families."]))
    hits = index.search(query("march families"), limit=5)
    asked = [WeightedTerm("famili", "en"), WeightedTerm("march", "en")]

    assert statements(hits) == ["2014-000", "2014-001"]
    assert found_at(index, hits, asked) == [(0, 1, 1), (0, 4, 0), (0, 5, 1), (1, 0, 0)]


def test_occurrences_stay_in_their_language(build: Build) -> None:
    """
    A term counts in passages of its own language alone, and hits may come in any order.
    """
    made = [passage("final", "a"), passage("la final", "b", language="es"), passage("no", "c"), passage("final", "d")]
    index = build(made)
    hits = [Hit(one.id, 0.0) for one in (made[3], made[1], made[0])]

    assert found_at(index, hits, [WeightedTerm("final", "es"), WeightedTerm("nothing", "en")]) == [(1, 1, 0)]
    assert found_at(index, hits, [WeightedTerm("final", "en")]) == [(0, 0, 0), (2, 0, 0)]


def test_of_a_term_listed_twice_the_first_counts(build: Build) -> None:
    """
    A term that is listed twice is reported once, at its first place, whatever its weights.
    """
    index = build(corpus(["march families"]))
    asked = [WeightedTerm("march", "es"), WeightedTerm("march", "en", 0.3), WeightedTerm("march", "en")]

    assert found_at(index, index.search(query("march"), limit=1), asked) == [(0, 0, 1)]


@pytest.mark.parametrize("asked", [[], [WeightedTerm("parliament", "en")]])
def test_no_occurrences(build: Build, asked: list[WeightedTerm]) -> None:
    """
    No hits, no terms or terms that stand nowhere: empty arrays and no error.
    """
    index = build(corpus(["march"]))

    assert found_at(index, [], [WeightedTerm("march", "en")]) == []
    assert found_at(index, index.search(query("march"), limit=1), asked) == []


def test_occurrences_of_unknown_passages(build: Build) -> None:
    """
    A hit of another generation is a KeyError and never another passage.
    """
    with pytest.raises(KeyError):
        build(corpus(["march"])).occurrences([Hit("2013-001@1:0-5", 1.0)], [WeightedTerm("march", "en")])


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=TEXTS)
def test_same_occurrences_as_the_fake(build: Build, texts: list[str]) -> None:
    """
    Occurrences are those that reading the passages word by word gives.
    """
    index, fake = build(corpus(texts)), FakeIndex(corpus(texts))
    asked = query("march families ICE not relief")
    hits = index.search(asked, limit=5)

    assert found_at(index, hits, asked.terms) == found_at(fake, hits, asked.terms)


def stored(texts: Sequence[str]) -> list[Passage]:
    """Two statements that hold the texts in turn; every third text is an organization's on itself."""
    made = [passage(text, f"2014-00{number % 2}", 100 * number) for number, text in enumerate(texts)]
    return [one.model_copy(update={"kind": "about" if n % 3 == 2 else "body"}) for n, one in enumerate(made)]


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=TEXTS)
def test_same_holders_as_the_fake(build: Build, texts: list[str]) -> None:
    """
    Which passages and statements hold some words, and how well, is what reading every passage gives.
    """
    index, fake = build(stored(texts)), FakeIndex(stored(texts))
    groups = [terms("march ICE", "en"), terms("families relief border", "en")]
    asked = query("march families")

    for within in (None, frozenset({"2014-001"})):
        assert sorted(ids(index.bodies_with("en", groups, within))) == sorted(
            ids(fake.bodies_with("en", groups, within))
        )
    assert index.statements_with("en", groups[0]) == fake.statements_with("en", groups[0])
    assert index.best_of_statements(asked) == pytest.approx(fake.best_of_statements(asked))
    assert [index.passage_of(hit) for hit in index.search(asked, limit=9)] == [
        fake.passage_of(hit) for hit in fake.search(asked, limit=9)
    ]


def test_only_own_words_are_a_statements(build: Build) -> None:
    """
    A statement does not hold a word that only the paragraph about its organization has.
    """
    index = build(stored(["Families march.", "Families rest.", "We march for families."]))

    assert index.statements_with("en", terms("march", "en")) == {"2014-000"}
    assert ids(index.bodies_with("en", [terms("families", "en")], frozenset({"2014-001"}))) == ["2014-001@1:100-114"]
    assert index.statements_with("es", terms("march", "en")) == frozenset()
