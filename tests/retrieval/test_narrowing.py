"""What narrows an answer: dates with their precision, people, organisations, and what an earlier question leaves."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from factories import asker, quote, statement

from corpus.models import Statement
from retrieval.models import Answer, AskRequest

TODAY = dt.date(2022, 6, 1)


def toll(name: str, date: str | None, **fields: Any) -> Statement:
    """A statement on the bridge toll, in words of its own."""
    return statement(f"The bridge toll hurts the {name} district.", id=name, date=date, title=name, **fields)


DATED = asker(
    [
        toll("elm", "2011-12-31"),
        toll("oak", "2012-01-01"),
        toll("ash", "2012-05"),
        toll("fir", "2012"),
        toll("yew", None),
    ]
)


def ids(answer: Answer) -> set[str]:
    return {excerpt.statement.id for excerpt in answer.excerpts}


def notes(answer: Answer) -> dict[str, dict[str, str | int]]:
    return {note.code: note.values for note in answer.notes}


def dated(**options: Any) -> Answer:
    return DATED.ask(AskRequest(question="bridge toll", limit=10, **options), TODAY)


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        (None, None, {"elm", "oak", "ash", "fir", "yew"}),
        (None, "2011-12-31", {"elm"}),  # the last day belongs to it
        ("2011-12-31", "2012-01-01", {"elm", "oak"}),  # and so does the first
        ("2012-01-01", None, {"oak", "ash", "fir"}),
        ("2012", "2012", {"oak", "ash", "fir"}),
        ("2012-05", "2012-05", {"ash"}),  # all of the month lies inside
        ("2012-05-02", "2012-12-31", set()),  # not all of the month, and not all of the year
        ("2012-01-02", "2013", {"ash"}),
        ("2031", None, set()),
    ],
)
def test_days_are_inclusive(since: str | None, until: str | None, expected: set[str]) -> None:
    """A date passes when all of it lies between the two days, both included; an undated statement never does."""
    assert ids(dated(since=since, until=until)) == expected


def test_left_out_for_no_date() -> None:
    """Statements on the topic that carry no date are left out of a date filter, and the answer counts them."""
    assert notes(dated(since="2012"))["undated_left_out"] == {"count": 1}


def test_left_out_for_its_month() -> None:
    """Statements whose month or year lies only partly inside are left out, and the answer counts them."""
    assert notes(dated(since="2012-05-02"))["imprecise_left_out"] == {"count": 2}


def test_other_topics_are_not_counted() -> None:
    """An undated statement on something else was not left out for its date."""
    other = statement("Swimming lessons start on Monday.", id="pool", date=None)
    answer = asker([toll("elm", "2012-05-05"), other]).ask(AskRequest(question="bridge toll", since="2012"), TODAY)

    assert notes(answer) == {}


def test_no_dates_no_note() -> None:
    """Without a date filter an undated statement is shown like any other, and nothing is said of it."""
    assert notes(dated()) == {}


@pytest.mark.parametrize("question", ["bridge toll before 2012", "peaje antes de 2012", "anything before 2012"])
def test_before_a_year_ends_the_day_before(question: str) -> None:
    """ "Before 2012" is printed as until 31 December 2011."""
    answer = DATED.ask(AskRequest(question=question), TODAY)

    assert (answer.filters.since, answer.filters.until) == (None, dt.date(2011, 12, 31))
    assert ids(answer) <= {"elm"}


def test_explicit_dates_win() -> None:
    """Dates given beside the question win over those in it, in the answer and in what it prints."""
    answer = DATED.ask(AskRequest(question="bridge toll in 2011", since="2012-05", until="2012-05"), TODAY)

    assert ids(answer) == {"ash"}
    assert (answer.filters.since, answer.filters.until) == (dt.date(2012, 5, 1), dt.date(2012, 5, 31))


def test_outside_the_record_says_so() -> None:
    """Dates of which the record has nothing are answered by none, with the first and last date of the record."""
    answer = dated(since="2031")

    assert answer.status == "none"
    assert notes(answer)["out_of_coverage"] == {"first": "2011-12-31", "last": "2012"}


WALK = (
    "“The walk to school is long,” said Ana Ruelle, a teacher.\n\n“School buses skip our street,” said Amelia Quintero."
)
BUSES = "“School buses are a right,” said Ramona Quintero, a driver. The school board meets in May."
TOLD = "Ana Ruelle told the board that lanterns would light the path."
PEOPLE = asker(
    [
        statement(
            WALK,
            id="walk",
            date="2013-02-05",
            title="The Walk",
            organizations=("Copper Gate Alliance",),
            quotes=(
                quote("The walk to school is long,", WALK, speaker="Ana Ruelle", title="teacher"),
                quote("School buses skip our street,", WALK, speaker="Amelia Quintero", utterance=2),
            ),
        ),
        statement(
            BUSES,
            id="buses",
            date="2014-03-06",
            title="Buses",
            organizations=("Copper Hill Drivers",),
            quotes=(quote("School buses are a right,", BUSES, speaker="Ramona Quintero", title="driver"),),
        ),
        statement(TOLD, id="told", date="2015-03-06", title="Lanterns", organizations=("Copper Gate Alliance",)),
    ]
)


def ask(question: str, *previous: str, **options: Any) -> Answer:
    return PEOPLE.ask(AskRequest(question=question, previous=previous, **options), TODAY)


@pytest.mark.parametrize("question", ["school", "school buses", "What did Ana Ruelle say?", "latest on school"])
@pytest.mark.parametrize("speaker", ["Ana Ruelle", "ana ruelle", "Ruelle", "RUELLE"])
def test_speaker_option_shows_only_that_person(question: str, speaker: str) -> None:
    """With a speaker filter every excerpt is that person's words and nobody else's."""
    answer = ask(question, speaker=speaker)

    assert answer.filters.speaker == "Ana Ruelle"
    assert answer.excerpts
    for excerpt in answer.excerpts:
        assert "The walk to school is long" in excerpt.text
        assert "School buses" not in excerpt.text


def test_speaker_in_the_question_shows_only_that_person() -> None:
    """ "What did X say" shows the words of X."""
    answer = ask("What did Ramona Quintero say about school buses?")

    assert answer.filters.speaker == "Ramona Quintero"
    assert {excerpt.speaker.name for excerpt in answer.excerpts if excerpt.speaker} == {"Ramona Quintero"}


def test_what_is_told_of_a_person_answers() -> None:
    """Where a person is not quoted on the topic, what the statement tells that they said answers."""
    answer = ask("What did Ana Ruelle say about lanterns?")

    assert answer.excerpts[0].text == TOLD
    assert answer.excerpts[0].speaker is None


@pytest.mark.parametrize("options", [{"speaker": "Quintero"}, {"speaker": "quintero"}])
def test_ambiguous_surname_is_asked_back(options: dict[str, str]) -> None:
    """A surname that two people have lets nothing through, and the answer names both."""
    answer = ask("school buses", **options)

    assert answer.status == "none"
    assert notes(answer)["name_ambiguous"]["choices"] == "Amelia Quintero, Ramona Quintero"


def test_ambiguous_surname_in_the_question() -> None:
    """A surname in the question that two people have is asked back and narrows nothing."""
    answer = ask("What did Quintero say about school buses?")

    assert notes(answer)["name_ambiguous"]["choices"] == "Amelia Quintero, Ramona Quintero"
    assert answer.filters.speaker is None


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"speaker": "Jonas Perch"}, "speaker_unknown"),
        ({"organization": "Union of Lamplighters"}, "organization_unknown"),
    ],
)
def test_unknown_name_is_none(options: dict[str, str], code: str) -> None:
    """A name in an option that nobody has lets nothing through, and the answer says so."""
    answer = ask("school buses", **options)

    assert answer.status == "none"
    assert notes(answer)[code] == {"name": next(iter(options.values()))}
    assert next(iter(options.values())) in (answer.filters.speaker, answer.filters.organization)


@pytest.mark.parametrize("typed", ["", "  "])
def test_empty_option_is_no_option(typed: str) -> None:
    """An option that was left empty narrows nothing."""
    assert ask("school buses", speaker=typed, organization=typed).status == "answered"


@pytest.mark.parametrize("typed", ["Copper Gate Alliance", "copper gate alliance", "Copper Gate"])
def test_organization_option(typed: str) -> None:
    """An organisation is found in any capitals, and by the beginning of its name when only one begins so."""
    answer = ask("school", organization=typed)

    assert ids(answer) == {"walk"}
    assert answer.filters.organization == "Copper Gate Alliance"


def test_beginning_of_two_names_is_asked_back() -> None:
    """The beginning of two names is asked back."""
    assert "name_ambiguous" in notes(ask("school", organization="Copper"))


def test_two_filters_hold_together() -> None:
    """A person and an organisation whose statement they do not speak in leave nothing."""
    assert ask("school", speaker="Ana Ruelle", organization="Copper Hill Drivers").excerpts == ()


def test_filters_are_printed() -> None:
    """The answer prints every filter that held."""
    filters = ask("What did the Copper Gate Alliance say about school in 2013?", language="en").filters

    assert (filters.organization, str(filters.since), str(filters.until)) == (
        "Copper Gate Alliance",
        "2013-01-01",
        "2013-12-31",
    )
    assert (filters.speaker, filters.language, filters.order) == (None, "en", "relevance")


# Follow-up questions


@pytest.mark.parametrize(
    ("question", "previous"),
    [
        ("and in 2014?", "school buses"),
        ("and 2014?", "school buses"),
        ("What about 2014?", "What did they say about school buses in 2013?"),
        ("¿y en 2014?", "¿Qué dijeron de los buses escolares (school buses)?"),
        ("y en marzo de 2014", "school buses"),
    ],
)
def test_another_year_keeps_the_topic(question: str, previous: str) -> None:
    """ "And in 2014?" asks for the same topic in that year."""
    answer = ask(question, previous)

    assert ids(answer) == {"buses"}
    assert str(answer.filters.since).startswith("2014")
    assert "followup" in notes(answer)


@pytest.mark.parametrize(
    ("question", "previous"),
    [
        ("what did she say about the walk?", "What did Ana Ruelle say?"),
        ("and about the walk?", "What did Ana Ruelle say?"),
        ("what did she say about the walk?", "who is a teacher and walks to school"),
        ("¿y qué dijo ella de la escuela (school)?", "¿Qué dijo Ana Ruelle?"),
    ],
)
def test_she_is_who_was_asked_for(question: str, previous: str) -> None:
    """ "She" is the person of the earlier question, or whoever spoke in its answer."""
    answer = ask(question, previous)

    assert answer.filters.speaker == "Ana Ruelle"
    assert ids(answer) == {"walk"}


@pytest.mark.parametrize("question", ["when was it published?", "¿cuándo se publicó?", "when was that?"])
def test_it_is_the_statement_that_answered(question: str) -> None:
    """ "When was it published?" shows the statement that answered before, with its date."""
    answer = ask(question, "school buses are a right")

    assert [(e.statement.id, e.statement.date) for e in answer.excerpts] == [("buses", "2014-03-06")]


def test_new_name_replaces_the_old() -> None:
    """A follow-up that names somebody else is about them, on the same topic."""
    answer = ask("and Ramona Quintero?", "What did Ana Ruelle say about school?")

    assert answer.filters.speaker == "Ramona Quintero"
    assert ids(answer) == {"buses"}


def test_follow_up_of_a_follow_up() -> None:
    """Filters and topic are carried through a conversation of several questions."""
    answer = ask("and in 2013?", "What did Ana Ruelle say?", "and about the walk?")

    assert answer.filters.speaker == "Ana Ruelle"
    assert ids(answer) == {"walk"}


def test_question_of_its_own_stands_alone() -> None:
    """A question that leans on nothing is not read together with the one before."""
    answer = ask("Which driver says buses are a right?", "What did Ana Ruelle say about the walk in 2013?")

    assert (answer.filters.speaker, answer.filters.since) == (None, None)
    assert "followup" not in notes(answer)


def test_unanswered_question_before() -> None:
    """A pronoun after a question that found nothing points at nothing, and nothing fails."""
    assert ask("when was it published?", "walnut pancakes").status in {"none", "related", "answered"}
