"""Confidence tells what is answered from what is not: how that is measured, and what the model is fitted on."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from factories import statement
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import UsageError
from retrieval.confidence import COEFFICIENTS, Features, confidence_of
from retrieval.evaluation.collections import Collection
from retrieval.evaluation.fitting import fit_confidence, write_confidence
from retrieval.evaluation.silence import NOTHING, Removed, Sample, asked_of_halves, auroc

# Things of an invented island, English and Spanish, all of one kind so that what is left looks like what is gone.
THINGS = {
    "ferry": "barco",
    "hospital": "hospital",
    "school": "escuela",
    "bridge": "puente",
    "church": "iglesia",
    "library": "biblioteca",
    "market": "mercado",
    "prison": "prisión",
    "theater": "teatro",
    "kitchen": "cocina",
}
TEXT = "The {} of the island opens before sunrise, and the families of the island have paid for it since the flood."
QUESTIONS = {"en": "When does the {} of the island open?", "es": "¿A qué hora abre {} de la isla para las familias?"}


def collection(language: str = "en", *, articles: int = 5) -> Collection:
    """A document and a query for each thing; `articles` articles of as many documents each."""
    documents = [statement(TEXT.format(thing), id=f"d{n}", title="") for n, thing in enumerate(THINGS)]
    asked = THINGS if language == "en" else THINGS.values()
    queries = {f"q{n}": QUESTIONS[language].format(thing) for n, thing in enumerate(asked)}
    qrels = {f"q{n}": {f"d{n}": 1} for n in range(len(documents))}
    return Collection(documents, {f"d{n}": f"a{n % articles}" for n in range(len(documents))}, queries, qrels)


def sample(found: Features, *, answerable: bool) -> Sample:
    return Sample("q", found, answerable)


FEATURES = st.builds(Features, *(st.sampled_from([0.0, 0.25, 0.5, 1.0]) for _ in range(3)), st.booleans())


@pytest.mark.thorough
@given(st.lists(FEATURES, min_size=1, max_size=12), st.lists(FEATURES, min_size=1, max_size=12))
def test_auroc_is_a_share_of_pairs(answered: list[Features], silent: list[Features]) -> None:
    """AUROC is the share of pairs in which the answered query is surer than the silent one, a tie counting half."""
    pairs = [(confidence_of(one), confidence_of(other)) for one in answered for other in silent]
    share = sum((one > other) + (one == other) / 2 for one, other in pairs) / len(pairs)

    samples = [sample(one, answerable=True) for one in answered] + [sample(one, answerable=False) for one in silent]

    assert auroc(samples) == pytest.approx(share)


@pytest.mark.parametrize("answerable", [True, False])
def test_auroc_needs_both(answerable: bool) -> None:
    """Where every query is answered, or none, there is nothing to tell apart, and that is said."""
    with pytest.raises(UsageError, match="AUROC"):
        auroc([sample(NOTHING, answerable=answerable)])


@pytest.mark.parametrize("removed", ["passages", "articles"])
def test_halves_are_complementary(removed: Removed) -> None:
    """Each query is asked of both halves, and the only passage that answers it is in one of them."""
    samples = asked_of_halves(collection(), removed)
    answered = [one.query_id for one in samples if one.answerable]

    assert [one.query_id for one in samples] == [f"q{n}" for n in range(len(THINGS))] * 2
    assert sorted(answered) == sorted(f"q{n}" for n in range(len(THINGS)))
    assert 0 < sum(one.answerable for one in samples[: len(THINGS)]) < len(THINGS)


def test_whole_articles_are_removed() -> None:
    """With articles taken away, no passage stays whose article has lost another."""
    first = asked_of_halves(collection(articles=2), "articles")[: len(THINGS)]

    assert {one.query_id for one in first if one.answerable} in (
        {f"q{n}" for n in range(0, len(THINGS), 2)},
        {f"q{n}" for n in range(1, len(THINGS), 2)},
    )


@pytest.mark.thorough
def test_halves_are_the_same_every_time() -> None:
    """The same collection is halved in the same way, so that figures can be repeated."""
    assert asked_of_halves(collection(), "passages") == asked_of_halves(collection(), "passages")


def test_answered_is_surer_than_silent() -> None:
    """A query whose passage is there is surer than one whose passage is gone, though the others look alike."""
    assert auroc(asked_of_halves(collection(), "passages")) > 0.9


def test_only_judged_queries_are_asked() -> None:
    """A query without a judgment tells nothing; one that finds nothing has no features."""
    made = collection()
    made.queries["zebra"] = "zebra"
    made.queries["unjudged"] = "ferry"
    made.qrels["zebra"] = {"d1": 0}

    samples = asked_of_halves(made, "passages")

    assert not any(one.query_id == "unjudged" for one in samples)
    assert [one[1:] for one in samples if one.query_id == "zebra"] == [(NOTHING, False)] * 2


@pytest.mark.parametrize(
    ("change", "removed", "said"), [({"qrels": {}}, "passages", "qrels.tsv"), ({"groups": {}}, "articles", "article")]
)
def test_what_a_collection_lacks(change: dict[str, Any], removed: Removed, said: str) -> None:
    """A collection that cannot be halved so, or was never judged, is one clear line."""
    with pytest.raises(UsageError, match=said):
        asked_of_halves(collection()._replace(**change), removed)


# ---- fitting


@pytest.fixture(scope="module")
def fitted() -> dict[str, Any]:
    document: dict[str, Any] = json.loads(fit_confidence({"own": collection(), "across": collection("es")}))
    return document


@pytest.mark.thorough
@pytest.mark.parametrize("name", ["own", "bridged"])
def test_fit_learns_what_answers(fitted: dict[str, Any], name: str) -> None:
    """Where the passage that answers covers more than the others, more coverage gives more confidence."""
    constant, *weights = fitted["coefficients"][name]

    assert constant < 0
    assert sum(weights) > 0
    assert max(weights) > 0


def test_fit_says_what_it_was_fitted_on(fitted: dict[str, Any]) -> None:
    """The file names its collections and how many samples: every second query, of two halves, in two ways."""
    assert fitted["fitted_on"]["collections"] == ["across", "own"]
    assert fitted["fitted_on"]["samples"] == 2 * (len(THINGS) // 2) * 2 * 2
    assert fitted["order"] == ["constant", *Features._fields[:4]]


@pytest.mark.thorough
def test_fit_is_written(tmp_path: Path) -> None:
    """The file is what was fitted, the same every time."""
    collections = {"own": collection(), "across": collection("es")}

    write_confidence(tmp_path / "confidence.json", collections)

    assert (tmp_path / "confidence.json").read_text("utf-8") == fit_confidence(collections)


@pytest.mark.thorough
@pytest.mark.parametrize(("languages", "said"), [(["en"], "another language"), (["es"], "the language of their")])
def test_fit_needs_both_kinds_of_queries(languages: Sequence[str], said: str) -> None:
    """Without queries in the passages' language, or in the other, one of the two models has nothing to learn from."""
    with pytest.raises(UsageError, match=said):
        fit_confidence({language: collection(language) for language in languages})


def test_shipped_coefficients_say_where_they_are_from() -> None:
    """The coefficients that ship have their order and the collections that they were fitted on."""
    shipped = json.loads(COEFFICIENTS.read_text("utf-8"))

    assert shipped["order"] == ["constant", *Features._fields[:4]]
    assert {name: len(weights) for name, weights in shipped["coefficients"].items()} == {"own": 5, "bridged": 5}
    assert shipped["fitted_on"].keys() == {"collections", "queries", "samples", "seed", "analyzer"}
    assert len(shipped["fitted_on"]["collections"]) > 1


@pytest.mark.parametrize("bridged", [False, True])
@pytest.mark.parametrize("place", range(3))
def test_more_of_anything_is_surer(place: int, bridged: bool) -> None:
    """With the coefficients that ship, more coverage, fuller sentences or a higher score never lower confidence."""
    rising = [confidence_of(Features(*np.eye(4)[place] * share, bridged=bridged)) for share in (0, 0.3, 0.6, 1)]

    assert rising == sorted(set(rising))
