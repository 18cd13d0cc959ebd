"""The candidates of a question: what counts for them, in what order they come, what keeps one out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from factories import statement

from corpus.models import Statement
from retrieval.candidates import WEIGHED, Candidate, Weights, find_candidates
from retrieval.evaluation.runs import Ranker
from retrieval.models import Query

BM25_ONLY = Weights(run=0, pairs=0, title=0)


def note(words: str, id: str, **fields: Any) -> Statement:
    return statement(words, id=id, **{"title": "Notice", "organizations": ("Copper Gate Alliance",), **fields})


def found(question: str, record: Sequence[Statement], **options: Any) -> list[Candidate]:
    ranker = Ranker.of(record)
    asked = ranker.question(question)
    expansion = ranker.expander.expand(asked, "both", exact=False)
    return find_candidates(expansion, ranker.index, ranker.catalog, language=asked.language, **options)


def ids(candidates: Sequence[Candidate]) -> list[str]:
    return [candidate.statement_id for candidate in candidates]


STREETS = [note(f"The lantern of {name} Street burns.", name, title=name) for name in ("Ash", "Elm", "Fir", "Oak")]


@pytest.mark.parametrize(
    ("fields", "question"),
    [
        ({"title": "Ferry workers"}, "ferry lantern"),
        ({"organizations": ("Ferry Pilots Guild",)}, "ferry lantern"),
        ({"organizations": ("Sky and Shore",), "short": {"FPG": "Ferry Pilots Guild"}}, "FPG lantern"),
    ],
)
def test_title_and_issuers_count(fields: dict[str, Any], question: str) -> None:
    """A word of the question in the title, the issuer's name or its abbreviation decides between equals."""
    statements = [note("The lantern burns.", "a"), note("The lantern burns.", "b", **fields)]
    statements.append(note("The ferry of the FPG is late.", "c"))

    first, other = (candidate for candidate in found(question, statements) if candidate.statement_id != "c")

    assert (first.statement_id, other.statement_id, other.titled) == ("b", "a", {})
    assert set(first.titled.values()) == {1.0}
    assert not first.titled.keys() & first.matched.keys()


@pytest.mark.parametrize(
    ("off", "better"),
    [
        ({"title": 0}, note("The pilots meet. The lantern is dim.", "z", title="Lantern")),
        ({"run": 0, "pairs": 0}, note("The pilots lantern is dim. They meet.", "z")),
    ],
)
def test_switched_off_evidence_does_not_count(off: dict[str, float], better: Statement) -> None:
    """What is better by one kind of evidence is a tie without it, and ties come in the order of passage ids."""
    far = "and so on and so forth " * 8
    plain = note("The pilots meet. The lantern is dim.", "a")
    if "run" in off:
        plain = note(f"The pilots meet. {far}The lantern is dim.", "a")
        better = note(better.text + " " + far.strip().capitalize() + ".", "z")
    filler = [note("Nobody came.", "filler")]

    assert ids(found("pilots lantern", [plain, better, *filler])) == ["z", "a"]
    without = found("pilots lantern", [plain, better, *filler], weights=Weights(**off))
    assert ids(without) == ["a", "z"]
    assert without[0].score == pytest.approx(without[1].score)


def test_bm25_is_what_is_left() -> None:
    """With everything else switched off the score is the index's, as a share of the question's idf."""
    statements = [*STREETS, note("A lantern, a lantern, a lantern for the street.", "x")]
    ranker = Ranker.of(statements)
    expansion = ranker.expander.expand(ranker.question("street lantern"), "both", exact=False)
    hits = ranker.index.search(Query(terms=expansion.weighted_terms()), limit=9)
    whole = sum(concept.idf for concept in expansion.concepts["en"])

    candidates = found("street lantern", statements, weights=BM25_ONLY)

    assert [(c.hit.passage_id, c.score) for c in candidates] == [
        (hit.passage_id, pytest.approx(hit.score / whole)) for hit in hits
    ]


@pytest.mark.parametrize("weights", [Weights(), BM25_ONLY])
def test_best_first_and_ties_by_id(weights: Weights) -> None:
    """Scores fall, and candidates that gather the same come in the order of their passage ids."""
    candidates = found("lantern elm", list(reversed(STREETS)), weights=weights)

    assert ids(candidates) == ["Elm", "Ash", "Fir", "Oak"]
    assert candidates[0].score > candidates[1].score == candidates[2].score == candidates[3].score


def test_ties_of_two_languages_come_by_id() -> None:
    """Candidates of different languages that gather the same come in the order of their ids, too."""
    statements = [note("1931 1932", "b", title="", language="en"), note("1931 1932", "a", title="", language="es")]

    candidates = found("1931", statements)

    assert [(one.statement_id, one.partition) for one in candidates] == [("a", "es"), ("b", "en")]
    assert candidates[0].score == candidates[1].score


@pytest.mark.parametrize("weights", [Weights(), BM25_ONLY])
def test_what_is_not_weighed_stays_below(weights: Weights) -> None:
    """However many are asked for, those after the first sixty keep the index's order, all below those weighed."""
    count = WEIGHED + 9
    statements = [note(f"The lantern burns. {'It rains. ' * (n % 3)}".strip(), f"n{n:03}") for n in range(count)]

    candidates = found("lantern", statements, weights=weights, limit=count)

    weighed, rest = candidates[:WEIGHED], candidates[WEIGHED:]
    assert len(rest) == 9
    assert all(candidate.matched for candidate in weighed)
    assert not any(candidate.matched or candidate.titled for candidate in rest)
    assert 0 < rest[0].score < min(candidate.score for candidate in weighed)
    assert [c.hit for c in rest] == sorted((c.hit for c in rest), key=lambda hit: (-hit.score, hit.passage_id))


def test_limit_is_for_each_language() -> None:
    """Neither language can crowd out the other: each has as many candidates as were asked for."""
    spanish = [
        note(f"La calle {name} pide un ferry más para las familias.", f"es-{name}", language="es")
        for name in ("Nogal", "Olmo", "Pino")
    ]
    english = [
        note(f"The people of {name} Street ask for one more ferry for families.", f"en-{name}")
        for name in ("Ash", "Elm", "Fir")
    ]

    candidates = found("ferry", [*spanish, *english], limit=2)

    assert sorted(candidate.partition for candidate in candidates) == ["en", "en", "es", "es"]


def test_other_language_counts_for_less() -> None:
    """A passage in another language than the question's gathers its score times the factor for it."""
    statements = [note("Las familias de la calle piden un hospital para los trabajadores.", "a", language="es")]
    question = "What do the families say about the hospital?"

    (full,) = found(question, statements, weights=Weights(bridged=1.0))
    (half,) = found(question, statements, weights=Weights(bridged=0.5))

    assert half.score == pytest.approx(full.score / 2)


def test_only_the_statements_let_through() -> None:
    """Filters narrow the candidates before anything is weighed, also where few are asked for."""
    candidates = found("lantern", STREETS, statements=frozenset({"Fir", "Oak"}), limit=1)

    assert ids(candidates) == ["Fir"]
    assert found("lantern", STREETS, statements=frozenset()) == []


def test_phrases_stand_literally() -> None:
    """Quoted words stand side by side in every candidate."""
    statements = [note("Elm lantern street is long.", "a"), note("The lantern of Elm Street burns.", "b")]

    assert ids(found("lantern elm", statements, phrases=("elm street",))) == ["b"]
    assert found("lantern elm", statements, phrases=("street elm",)) == []


@pytest.mark.parametrize("question", ["zebra", "", "the of and"])
def test_no_shared_word_no_candidate(question: str) -> None:
    """A passage that shares no word with the question is no candidate."""
    assert found(question, STREETS) == []
