""" "How often do they speak of it": statements a year, counted by their own words."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from factories import asker, quote, statement
from hypothesis import given, settings
from hypothesis import strategies as st
from trying import share

from corpus.models import Span, Statement
from retrieval.models import Answer, AskRequest

TODAY = dt.date(2022, 6, 1)

VOICE = "“The orchard road floods every spring,” said Ada Mimbre. Wages are late again."
ABOUT = "The pickers met at noon.\n\nThe Hoe Circle is a circle of pickers who mend the orchard road."
RECORD = [
    statement("The orchard road is mud. Who mends the orchard road?", id="mud", date="2011-01-02"),
    statement("Stones for the road to the orchards.", id="stones", date="2011-10"),
    statement("A road is not an alley.", id="alley", date="2012-01-01"),
    statement(
        VOICE,
        id="voice",
        date="2014",
        quotes=(quote("The orchard road floods every spring,", VOICE, speaker="Ada Mimbre"),),
    ),
    statement("Nobody dates this: the orchard road is closed.", id="undated", date=None),
    statement(
        ABOUT,
        id="about",
        date="2016-01-01",
        title="The orchard road",
        body=(Span(0, 24),),
        about=(Span(26, len(ABOUT)),),
    ),
    statement("El camino de la huerta (orchard road) se inunda.", id="camino", date="2018-01-01", language="es"),
]


def ask(question: str, statements: list[Statement] = RECORD, **options: Any) -> Answer:
    return asker(statements).ask(AskRequest(question=question, **options), TODAY)


@pytest.mark.parametrize(
    ("question", "years", "undated"),
    [
        ("how often do they mention the orchard road?", {"2011": 2, "2014": 1, "2018": 1}, 1),
        ("how many statements mention the orchard road", {"2011": 2, "2014": 1, "2018": 1}, 1),
        ("how many times do they speak of the orchard road before 2014", {"2011": 2}, 0),
        ("how many times did Ada Mimbre mention the orchard road", {"2014": 1}, 0),
        ("how often do they mention the orchard road and wages", {"2014": 1}, 0),
        ('how often do they say "orchard road is"', {"2011": 1}, 1),
        ("how often do they mention the road", {"2011": 2, "2012": 1, "2014": 1, "2018": 1}, 1),
        ("how many statements are there from 2011?", {"2011": 2}, 0),
    ],
)
def test_statements_are_counted_by_year(question: str, years: dict[str, int], undated: int) -> None:
    """A statement counts once when its own words hold the whole topic, its title and standing paragraph aside."""
    answer = ask(question)

    assert {year: count for year, count in answer.years.items() if count} == years
    assert answer.undated == undated


def test_years_between_are_none() -> None:
    """A year between the first and the last that holds no such statement has 0."""
    assert ask("how often do they mention the orchard road before 2015").years == {
        **{"2011": 2, "2012": 0, "2013": 0},
        "2014": 1,
    }


def test_only_a_speakers_own_words_count() -> None:
    """Of somebody asked for only the quoted words count, not the statement around them."""
    assert ask("how many times did Ada Mimbre mention wages").years == {}


def test_language_filter_counts_that_language() -> None:
    """With a language filter only statements of that language count."""
    years = ask("¿cuántas veces mencionan la huerta?", language="es").years

    assert years == {"2018": 1}


def test_exact_counts_the_very_words() -> None:
    """With --exact another form of the word does not count."""
    assert ask("how often do they mention orchards", exact=True).years == {"2011": 1}
    assert sum(ask("how often do they mention orchards").years.values()) > 1


def test_newest_and_oldest_are_shown() -> None:
    """The newest and the oldest of the counted statements are among the excerpts."""
    shown = [excerpt.statement.id for excerpt in ask("how often do they mention the orchard road?").excerpts]

    assert len(shown) == 3
    assert {"mud", "camino"} <= set(shown)


@pytest.mark.parametrize(
    "question", ["orchard road", "how many pickers met at noon", "what did they say about the orchard road?"]
)
def test_other_questions_count_nothing(question: str) -> None:
    """Only a question for how often gets counts."""
    answer = ask(question)

    assert (answer.years, answer.undated) == ({}, 0)


def test_nothing_found_counts_nothing() -> None:
    """A topic that no statement holds is answered by none, without counts."""
    answer = ask("how often do they mention zeppelins?")

    assert (answer.status, answer.years, answer.undated) == ("none", {}, 0)


@settings(deadline=None, max_examples=share(40))
@given(st.lists(st.tuples(st.booleans(), st.sampled_from([None, "2011", "2012-05", "2019-01-01"])), max_size=6))
def test_every_statement_counts_once(made: list[tuple[bool, str | None]]) -> None:
    """However often a statement says a word, it counts once, in its own year or among the undated."""
    texts = {True: "Reeds and reeds. The reeds grow, and reeds again.", False: "The alley is dark."}
    statements = [
        statement(f"{texts[holds]} Number {number}.", id=f"s{number}", date=date)
        for number, (holds, date) in enumerate(made)
    ]
    answer = ask("how often do they mention reeds?", statements)

    held = [date for holds, date in made if holds]
    assert sum(answer.years.values()) == sum(date is not None for date in held)
    assert answer.undated == held.count(None)
