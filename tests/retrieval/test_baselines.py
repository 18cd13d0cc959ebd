"""Other engines beside ours: the same documents, the same queries, the same form of run; and how runs are measured."""

from __future__ import annotations

import math
import sys

import pytest
from factories import statement

from corpus.errors import MissingExtraError
from retrieval.evaluation import baselines, measures
from retrieval.evaluation.baselines import BASELINES
from retrieval.evaluation.collections import Collection, Qrels

ENGLISH = {
    "ferry": "The ferry to Pell Island sails at noon from the stone pier.",
    "bread": "The bakery on Quince Street opens before sunrise.",
    "mill": "The mill grinds all night, and the ferry brings its grain.",
    "choir": "Nine choirs sang in the old hall.",
    "lamp": "Every lamp of the hall was lit.",
}
SPANISH = {
    "barco": "El barco de la isla sale al mediodía del muelle de piedra.",
    "pan": "La panadería de la calle Nogal abre antes del amanecer.",
    "coro": "Nueve coros cantaron en la sala vieja.",
}
ENGINES = pytest.mark.parametrize("engine", BASELINES)


def run(engine: str, queries: dict[str, str], *, language: str = "en", depth: int = 10) -> dict[str, list[str]]:
    package, make = BASELINES[engine]
    pytest.importorskip(package, reason=f'{package} is not installed: pip install "onrecord[bench]"')
    texts = ENGLISH if language == "en" else SPANISH
    documents = [statement(text, id=id, title="", language=language) for id, text in texts.items()]
    return make(Collection(documents, {}, queries, {}), depth)


@ENGINES
def test_engine_finds_what_shares_a_word(engine: str) -> None:
    """Every engine ranks the document that holds the most of the query first, and leaves out what shares nothing."""
    found = run(engine, {"q1": "ferry to the stone pier", "q2": "bakery", "none": "zebra"})

    assert found.keys() == {"q1", "q2", "none"}
    assert found["q1"][0] == "ferry"
    assert found["q2"] == ["bread"]
    assert found["none"] == []


@ENGINES
def test_engine_goes_as_deep_as_asked(engine: str) -> None:
    """No engine gives more documents than were asked for, and asking for more than there are is no error."""
    assert run(engine, {"q": "ferry mill"}, depth=1)["q"] in (["ferry"], ["mill"])
    assert set(run(engine, {"q": "ferry mill"}, depth=100)["q"]) == {"ferry", "mill"}


@ENGINES
@pytest.mark.parametrize("query", ["NOT", "the AND", "AND OR", "IN the", 'ferry" AND (', "ferry: ~^*", ""])
def test_no_query_is_a_program(engine: str, query: str) -> None:
    """Whatever signs and words a query has, they are words to look for, and stop words alone find nothing much."""
    found = run(engine, {"q": query})["q"]

    assert len(found) == len(set(found))
    assert set(found) <= ENGLISH.keys()


@pytest.mark.parametrize("engine", [name for name in BASELINES if "README" not in name])
def test_engine_reads_spanish(engine: str) -> None:
    """With an analyzer, an engine finds other forms of a Spanish word."""
    assert run(engine, {"q": "los coros"}, language="es")["q"][0] == "coro"
    assert "barco" in run(engine, {"q": "barcos"}, language="es")["q"]


@pytest.mark.parametrize("package", ["rank_bm25", "bm25s", "tantivy"])
def test_missing_engine_is_named(monkeypatch: pytest.MonkeyPatch, package: str) -> None:
    """An engine that is not installed is named with what to install."""
    for other in {package for package, _ in BASELINES.values()}:
        monkeypatch.setitem(sys.modules, other, sys)  # there
    monkeypatch.setitem(sys.modules, package, None)  # not there

    with pytest.raises(MissingExtraError, match=r"pip install .onrecord\[bench\]"):
        baselines.check_installed()


# ---- measures

QRELS: Qrels = {"a": {"d1": 2, "d2": 1, "d3": 0}, "b": {"d9": 1}, "silent": {"d1": 1}}
RUN = {"a": ["d3", "d2", "d1"], "b": ["d9"], "unjudged": ["d1"]}


def test_measures_are_means_over_judged_queries() -> None:
    """A judged query that found nothing counts 0, and one without a judgment does not count."""
    pytest.importorskip("ir_measures", reason='ir-measures is not installed: pip install "onrecord[evaluate]"')

    figures = measures.measure(RUN, QRELS)

    ideal = 2 + 1 / math.log2(3)
    assert figures.keys() == set(measures.MEASURES)
    assert figures["nDCG@10"] == pytest.approx(((1 / math.log2(3) + 2 / 2) / ideal + 1) / 3, abs=1e-4)
    assert figures["R@100"] == pytest.approx(2 / 3, abs=1e-4)
    assert (figures["Success@1"], figures["Success@5"]) == pytest.approx((1 / 3, 2 / 3), abs=1e-4)


def test_missing_measures_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without ir-measures the extra to install is named."""
    monkeypatch.setitem(sys.modules, "ir_measures", None)

    with pytest.raises(MissingExtraError, match=r"pip install .onrecord\[evaluate\]"):
        measures.measure(RUN, QRELS)
