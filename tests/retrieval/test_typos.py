"""Queries, slightly spoilt: one mistake in one word, or no accents."""

from __future__ import annotations

import random
import unicodedata

import pytest
from factories import statement
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from corpus.canonical import fold_word
from corpus.errors import UsageError
from retrieval.evaluation.collections import Collection
from retrieval.evaluation.runs import Ranker
from retrieval.evaluation.typos import MIN_LETTERS, SEED, mistyped, typo_figures, without_accents

WORDS = st.text("aabBeEilmnoñÑéßsz", min_size=1, max_size=9)
TEXTS = st.lists(WORDS, max_size=6).map(" ".join)


@given(TEXTS, st.integers(0, 10**6))
def test_one_mistake_in_one_word(text: str, seed: int) -> None:
    """
    One word of four letters or more is another word, by one edit; the others, and short words, are as they were.
    """
    spoilt = mistyped(text, random.Random(seed))

    changed = [(a, b) for a, b in zip(text.split(" "), spoilt.split(" "), strict=True) if a != b]
    assert len(changed) == any(len(word) >= MIN_LETTERS for word in text.split(" "))
    for word, mistake in changed:
        assert len(word) >= MIN_LETTERS
        assert OSA.distance(word, mistake) == 1
        assert fold_word(word) != fold_word(mistake)


@given(TEXTS, st.integers(0, 10**6))
def test_same_seed_same_mistake(text: str, seed: int) -> None:
    """
    The same seed makes the same mistakes, so that figures can be repeated.
    """
    assert mistyped(text, random.Random(seed)) == mistyped(text, random.Random(seed))


def test_every_kind_of_mistake_is_made() -> None:
    """
    Letters are dropped, doubled, replaced and swapped.
    """
    made = {mistyped("amor", random.Random(seed)) for seed in range(200)}

    assert {"mor", "aamor", "maor"} <= made
    assert any(len(word) == 4 and sorted(word) != sorted("amor") for word in made)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("¿Qué pasó en el Ñandú?", "¿Que paso en el Nandu?"),
        ("ÁRBOL", "ARBOL"),
        (unicodedata.normalize("NFD", "canción"), "cancion"),  # accents typed apart
        ("pingüino, 125 °C", "pinguino, 125 °C"),
        ("ferry", "ferry"),
        ("", ""),
    ],
)
def test_no_accents(text: str, expected: str) -> None:
    """
    Accents go; case, digits and signs stay.
    """
    assert without_accents(text) == expected


DOCUMENTS = [
    statement("La estación del páramo cierra en la noche.", id="a", title="", language="es"),
    statement("El panadero reparte a las nueve.", id="b", title="", language="es"),
]


def test_figures_are_shares_of_judged_queries() -> None:
    """
    Each figure is the share of judged queries whose first document is relevant.
    """
    queries = {"right": "estación del páramo", "wrong": "panadero", "unjudged": "páramo"}
    made = Collection(DOCUMENTS, {}, queries, {"right": {"a": 1}, "wrong": {"a": 1, "b": 0}})

    figures = typo_figures(made)

    assert figures.keys() == {"as asked", "one mistake", "no accents"}
    assert (figures["as asked"], figures["no accents"]) == (0.5, 0.5)
    assert figures == typo_figures(made)


def test_figure_of_several_seeds_is_their_mean() -> None:
    """
    Every further seed makes other mistakes in the same queries, and each counts the same.
    """
    made, ranker = Collection(DOCUMENTS, {}, {"q": "noche"}, {"q": {"a": 1}}), Ranker.of(DOCUMENTS)
    mistyped_queries = [mistyped("noche", random.Random(SEED + number)) for number in range(12)]
    right = [ranker.ranked_ids(query, depth=1) == ["a"] for query in mistyped_queries]

    assert 0 < sum(right) < 12
    assert typo_figures(made, seeds=12)["one mistake"] == pytest.approx(sum(right) / 12)


def test_figures_need_judgments() -> None:
    """
    Without judgments nobody knows what is right.
    """
    with pytest.raises(UsageError, match=r"qrels\.tsv"):
        typo_figures(Collection(DOCUMENTS, {}, {"q": "panadero"}, {}))
