"""A mistyped word that may be several is known by the company it keeps."""

from __future__ import annotations

import datetime as dt

import pytest
from factories import asker, statement

from retrieval.models import Answer, AskRequest

TODAY = dt.date(2022, 6, 1)

RECORD = asker(
    [
        statement("The bakers stacked the boats behind the old harbor mill. Nobody paid for the paint.", id="boats"),
        statement("The tailors sewed warm coats for the children of the valley. Wool was a gift.", id="coats"),
        statement("The farmers fed the goats on the steep northern meadow. Milk was sold in June.", id="goats"),
        statement(
            "Las tejedoras guardan la lana en la casa del molino. Nadie cobra por ella.", id="lana", language="es"
        ),
        statement("El comité limpia la cama de los enfermos del refugio. Es un turno largo.", id="cama", language="es"),
        statement("The council will paint the lighthouse and the pier in spring. Ropes are ordered.", id="pier"),
    ]
)


def ask(question: str) -> Answer:
    return RECORD.ask(AskRequest(question=question), TODAY)


@pytest.mark.parametrize(
    ("question", "first", "corrected"),
    [
        ("bakers stacking xoats near the mill", "boats", {"xoats": "boats"}),
        ("tailors sewing xoats for children", "coats", {"xoats": "coats"}),
        ("farmers with xoats on the meadow", "goats", {"xoats": "goats"}),
        ("¿Qué caa tienen las tejedoras del molino?", "lana", {"caa": "casa"}),
        ("¿Qué caa tienen los enfermos del refugio?", "cama", {"caa": "cama"}),
    ],
)
def test_company_tells_which_word_was_meant(question: str, first: str, corrected: dict[str, str]) -> None:
    """Of words that are as close the one is read that stands with the question's other words, and it is said."""
    answer = ask(question)

    assert answer.excerpts[0].statement.id == first
    assert answer.corrected == corrected


@pytest.mark.parametrize(
    "question",
    [
        "xoats",  # no company
        "xoats xylophone",  # none that anybody knows
        "Does the council paint xoats, pier and lighthouse in the meadow?",  # too little of it
        "bakers stacking Xoats",  # a name with another letter is another name
        "council and lighthouse with xoats",  # none of the words stands with these
    ],
)
def test_without_company_a_word_is_left_alone(question: str) -> None:
    """Where the other words do not tell what was meant, nothing is read into the question."""
    assert ask(question).corrected == {}


def test_mistyped_stop_word_is_no_topic() -> None:
    """A slip of a small word is said and proves nothing, neither as found nor as missing."""
    answer = ask("boats behidn thier mill")

    assert answer.corrected["thier"] == "their"
    assert "thier" not in (*answer.coverage.found, *answer.coverage.missing)


def test_lone_word_is_a_topic() -> None:
    """The only word of a question is what it asks about, whatever it looks like."""
    assert ask("thier").coverage.missing == ("thier",)
