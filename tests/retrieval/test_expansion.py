"""How far a word of a question reaches: its stem, its spelling, the other language. All of it is said."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from factories import asker, statement

from retrieval.models import Answer, AskRequest

TODAY = dt.date(2022, 6, 1)


LANTERNS = (
    "The council bought lanterns for the harbor path. Deported fathers call home on Sundays. "
    "The committee marches in May."
)
LICENCIAS = (
    "La cooperativa pide licencias de conducir para las costureras. Las deportaciones separan a las familias. "
    "Nadie debe pagar por agua limpia."
)
ICE = "Agents of ICE came to the laundry on Monday. The laundry stayed open."
SNOW = "The ice on the stairs broke two ankles. The landlord was told in January."
RECORD = asker(
    [
        statement(LANTERNS, id="lanterns", title="Lanterns"),
        statement(LICENCIAS, id="licencias", title="Licencias", language="es"),
        statement(ICE, id="agency", title="Laundry"),
        statement(SNOW, id="stairs", title="Stairs"),
    ]
)


def ask(question: str, **options: Any) -> Answer:
    return RECORD.ask(AskRequest(question=question, **options), TODAY)


def shown(answer: Answer) -> list[str]:
    return [excerpt.statement.id for excerpt in answer.excerpts]


@pytest.mark.parametrize("question", ["lantern", "LANTERNS", "Lanterns?", "harbor paths", "committees marching"])
def test_forms_of_a_word_are_one_word(question: str) -> None:
    """Case, number and ending make no difference."""
    assert shown(ask(question))[:1] == ["lanterns"]


@pytest.mark.parametrize("question", ["água limpia", "¿pagar por agua límpia?"])
def test_accents_make_no_difference(question: str) -> None:
    """An accent too many or too few is no other word."""
    assert shown(ask(question))[:1] == ["licencias"]


@pytest.mark.parametrize(
    ("question", "first", "bridged"),
    [
        ("¿Qué dijo el consejo sobre los faroles del puerto?", "lanterns", {"puerto": "harbor"}),
        ("¿Quiénes son los padres deportados?", "lanterns", {"padres": "fathers"}),
        ("Who wants driver licenses for seamstresses?", "licencias", {"driver licenses": "licencia"}),
        ("What do they say about deportations and families?", "licencias", {"families": "familia"}),
        ("deportations", "licencias", {"deportations": "deportacion"}),
    ],
)
def test_other_language_is_found_and_said(question: str, first: str, bridged: dict[str, str]) -> None:
    """A question in one language finds statements in the other, and the answer says through which words."""
    answer = ask(question)

    assert first in shown(answer)
    for word, through in bridged.items():
        assert any(found.startswith(through[:7]) for found in answer.bridged[word])


@pytest.mark.parametrize("question", ["lanterns", "agua limpia", "¿Qué piden las costureras sobre licencias?"])
def test_own_language_needs_no_bridge(question: str) -> None:
    """What stands in the statements in the asker's own words comes first."""
    first = ask(question).excerpts[0]

    assert [first.text[start:end].casefold().split()[0] in question.casefold() for start, end in first.highlights]


@pytest.mark.parametrize(
    ("question", "corrected"),
    [
        ("lantrens on the path", {"lantrens": "lanterns"}),
        ("what does the comittee do in May", {"comittee": "committee"}),
        ("la cooperatvia de costureras", {"cooperatvia": "cooperativa"}),
    ],
)
def test_typing_mistake_is_corrected_and_said(question: str, corrected: dict[str, str]) -> None:
    """A word that no statement has is read as the one that was meant, and the answer says so."""
    answer = ask(question)

    assert answer.corrected == corrected
    assert answer.status == "answered"


@pytest.mark.parametrize("question", ["lanterns", "ladders", "moon", "xylophone"])
def test_right_or_foreign_word_is_left_alone(question: str) -> None:
    """A word that the statements have, and one that is near to none of theirs, is left as it is."""
    assert ask(question).corrected == {}


def test_acronym_is_no_word() -> None:
    """ICE is the agency, ice is frozen water."""
    assert shown(ask("What did ICE do?"))[:1] == ["agency"]
    assert shown(ask("ice stairs"))[:1] == ["stairs"]


def test_capitals_throughout_mean_nothing() -> None:
    """Somebody who types in capitals asks for words, not for acronyms."""
    assert shown(ask("WHO BOUGHT LANTERNS FOR THE PATH"))[:1] == ["lanterns"]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("lanterns", True),  # as printed
        ("LANTERNS", True),  # capitals are no other word
        ("lantern", False),  # no stemming
        ("lantrens", False),  # no spelling
        ("faroles", False),  # no bridge
        ("licencias", True),  # a statement in any language, in its own words
        ("licenses", False),
    ],
)
def test_exact_is_only_my_words(question: str, found: bool) -> None:
    """With exact only the asker's words are looked for: no bridge, no spelling, no stemming."""
    answer = ask(question, exact=True)

    assert bool(answer.excerpts) == found
    assert (answer.corrected, answer.bridged) == ({}, {})
    assert answer.coverage.found == ((question,) if found else ())
    assert answer.coverage.missing == (() if found else (question,))


def test_found_and_missing_words() -> None:
    """The answer says which of the asker's words are in the statements and which are not, as they were typed."""
    coverage = ask("Does the Council march with Trombones?").coverage

    assert "Council" in coverage.found
    assert coverage.missing == ("Trombones",)


def test_missing_words_of_a_question_that_finds_nothing() -> None:
    """Also where nothing is found the answer says that no word of the question is in the statements."""
    assert ask("xylophone trombones").coverage.missing == ("xylophone", "trombones")


def test_words_of_a_name_are_no_coverage() -> None:
    """The words of a filter are not counted as found or missing."""
    coverage = ask("What did the Harbor Lights Network say about lanterns?").coverage

    assert (coverage.found, coverage.missing) == (("lanterns",), ())


def test_negation_is_no_proof() -> None:
    """ "Not" helps to choose and proves nothing: a question of which only that is found is none."""
    assert ask("why was the trombone not tuned").status == "none"
