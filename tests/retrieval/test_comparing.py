"""Times, people and organisations set side by side: an answer from each side, in the order of the question."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from factories import asker, quote, statement
from hypothesis import given, settings
from hypothesis import strategies as st
from trying import share

from retrieval.models import Answer, AskRequest

TODAY = dt.date(2022, 6, 1)

SAID = "“A toll is a wall,” said Ines Farol, a ferry pilot. The guild counts the boats that stay in the harbor."
REPLY = "“A toll is a bridge for the poor boxes,” said Otto Brasa, a baker."
RECORD = asker(
    [
        statement(
            "The toll on the river must go. Bakers pay the toll before dawn.",
            id="early",
            date="2011-02-01",
            title="River",
            organizations=("Oar Guild",),
        ),
        statement(
            "A lower toll is a first step. The toll still hurts bakers.",
            id="late",
            date="2017-04-09",
            title="Step",
            organizations=("Oar Guild",),
        ),
        statement(
            SAID,
            id="pilot",
            date="2019-04-09",
            title="Wall",
            organizations=("Oar Guild",),
            quotes=(quote("A toll is a wall,", SAID, speaker="Ines Farol"),),
        ),
        statement(
            REPLY,
            id="baker",
            date="2019-05-01",
            title="Boxes",
            organizations=("Loaf Union",),
            quotes=(quote("A toll is a bridge for the poor boxes,", REPLY, speaker="Otto Brasa"),),
        ),
        statement(
            "Nobody remembers when the toll began.", id="undated", date=None, title="When", organizations=("Oar Guild",)
        ),
        statement(
            "Lanterns for every pier.", id="lanterns", date="2013-01-01", title="Piers", organizations=("Pier Circle",)
        ),
    ]
)


def ask(question: str, **options: Any) -> Answer:
    return RECORD.ask(AskRequest(question=question, **options), TODAY)


def shown(answer: Answer) -> list[str]:
    return [excerpt.statement.id for excerpt in answer.excerpts]


def notes(answer: Answer) -> dict[str, dict[str, Any]]:
    return {note.code: note.values for note in answer.notes}


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        ("toll in 2011 and 2017", ["early", "late"]),
        ("toll in 2017 and 2011", ["late", "early"]),
        ("what did they say about the toll in 2011 vs 2017", ["early", "late"]),
        ("toll before and after 2015", ["early", "late"]),
        ("toll under Obama and under Trump", ["early", "late"]),
        ("difference between 2011 and 2017 on the toll", ["early", "late"]),
        ("¿qué decían del toll en 2011 y en 2017?", ["early", "late"]),
        ("el toll antes y después de 2015", ["early", "late"]),
        ("toll in 2011 and lanterns in 2013", ["early", "lanterns"]),
        ("toll: the Oar Guild in 2017 and the Loaf Union in 2019", ["late", "baker"]),
        ("what did Ines Farol say in 2019 and the Oar Guild in 2011 about the toll", ["pilot", "early"]),
        ("compare what the Loaf Union and the Oar Guild said on the toll", ["baker", "pilot"]),
        ("What did the Oar Guild and the Loaf Union say about the toll?", ["pilot", "baker"]),
        ("What did Ines Farol and Otto Brasa say?", ["pilot", "baker"]),
        ("compare Otto Brasa with Ines Farol on the toll", ["baker", "pilot"]),
        ("diferencia entre Ines Farol y Otto Brasa", ["pilot", "baker"]),
    ],
)
def test_best_of_each_side_comes_first(question: str, sides: list[str]) -> None:
    """Each time, person or organisation has its best excerpt, in the order of the question, however few are wanted."""
    assert shown(ask(question, limit=1)) == sides
    assert shown(ask(question, limit=3))[:2] == sides


def test_further_excerpts_come_in_turn() -> None:
    """Where more are wanted, every side shows its next one."""
    answer = ask("compare the Oar Guild and the Loaf Union on the toll", limit=5)

    assert shown(answer)[:2] == ["pilot", "baker"]
    assert set(shown(answer)[2:]) == {"early", "late", "undated"}
    assert [excerpt.rank for excerpt in answer.excerpts] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("question", "code", "values"),
    [
        ("toll in 2011 and 2012", "side_empty_year", {"year": "2012"}),
        ("toll in May 2011 and 2017", "side_empty_dates", {"first": "2011-05-01", "last": "2011-05-31"}),
        ("toll before and after 2010", "side_empty_until", {"last": "2009-12-31"}),
        ("toll before and after 2019", "side_empty_since", {"first": "2020-01-01"}),
        ("compare the Pier Circle and the Oar Guild on the toll", "side_empty", {"name": "Pier Circle"}),
    ],
)
def test_empty_side_is_said(question: str, code: str, values: dict[str, str]) -> None:
    """A side without anything is named in a note, and the other one is shown."""
    answer = ask(question)

    assert answer.status == "answered"
    assert notes(answer)[code] == values


def test_undated_statements_stand_apart() -> None:
    """Where times are compared, a statement without a date is shown last and named as such."""
    answer = ask("toll in 2011 and 2017")

    assert shown(answer) == ["early", "late", "undated"]
    assert notes(answer)["undated_apart"] == {"count": 1}
    assert "undated_left_out" not in notes(answer)


def test_undated_statements_take_no_sides_place() -> None:
    """Where there is only room for the sides, the undated statement is counted as left out."""
    answer = ask("toll in 2011 and 2017", limit=2)

    assert shown(answer) == ["early", "late"]
    assert notes(answer)["undated_left_out"] == {"count": 1}


def test_without_comparison_undated_ones_are_left_out() -> None:
    """With one date filter nothing undated is shown."""
    assert "undated" not in shown(ask("toll in 2011", limit=9))


@pytest.mark.parametrize(
    "question",
    ["how has the position on the toll changed since 2015?", "¿cómo ha cambiado la postura sobre el toll desde 2015?"],
)
def test_change_has_what_was_said_before(question: str) -> None:
    """ "Changed since" shows what was said before and after, and is related: no statement says that it changed."""
    answer = ask(question)

    assert answer.status == "related"
    assert shown(answer)[:2] == ["early", "late"]


def test_change_without_a_date_shows_both_ends() -> None:
    """ "How has it changed" shows the newest and the oldest statement that speak of it."""
    assert {"early", "baker"} <= set(shown(ask("how has their position on the toll changed?")))


def test_filters_name_every_side() -> None:
    """The answer prints all that are compared."""
    assert ask("compare the Oar Guild and the Loaf Union on the toll").filters.organization == "Oar Guild, Loaf Union"
    assert ask("What did Ines Farol and Otto Brasa say?").filters.speaker == "Ines Farol, Otto Brasa"


def test_what_was_said_before_is_no_filter() -> None:
    """ "Changed since 2015" filters nothing out: the answer prints no first day."""
    filters = ask("how has the position on the toll changed since 2015?").filters

    assert (filters.since, filters.until) == (None, None)


@pytest.mark.parametrize(
    ("options", "ids"), [({"since": "2017", "until": "2017"}, {"late"}), ({"organization": "Loaf Union"}, {"baker"})]
)
def test_options_win_over_sides(options: dict[str, str], ids: set[str]) -> None:
    """An explicit date or organisation leaves nothing to compare."""
    question = "toll in 2011 and 2013" if "since" in options else "compare the Oar Guild and the Loaf Union on the toll"

    assert set(shown(ask(question, **options))) == ids


def test_nothing_on_any_side_is_none() -> None:
    """Where no side has anything, nothing is shown and every side is named."""
    answer = ask("zeppelins in 2011 and 2017")

    assert (answer.status, answer.excerpts) == ("none", ())
    assert [note.values for note in answer.notes if note.code == "side_empty_year"] == [
        {"year": "2011"},
        {"year": "2017"},
    ]


@pytest.mark.thorough
@settings(deadline=None, max_examples=share(60))
@given(
    limit=st.integers(1, 9),
    words=st.lists(
        st.sampled_from(
            "toll in 2011 and 2017 2019 compare Oar Guild Loaf Union Ines Farol Otto Brasa before after vs".split()
        ),
        max_size=12,
    ),
)
def test_any_comparison_is_answered(limit: int, words: list[str]) -> None:
    """Whatever is set side by side, status and excerpts agree, and no passage is shown twice."""
    answer = ask(" ".join(words), limit=limit)

    assert (answer.status == "none") == (not answer.excerpts)
    assert len({(excerpt.statement.id, excerpt.start) for excerpt in answer.excerpts}) == len(answer.excerpts)
