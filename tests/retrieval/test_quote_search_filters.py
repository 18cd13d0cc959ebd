"""
Quotes of a person, of an organisation, of a time: only those are found, and what is unknown or left out is told.
"""

from __future__ import annotations

import pytest
from factories import quote, quoter, release, statement
from quoting import RECORD, TODAY, codes, find, texts

from corpus.errors import BadDateError, ReversedDatesError, UsageError
from corpus.models import Statement
from retrieval.models import QuoteRequest

# People


@pytest.mark.parametrize("speaker", ["Nadia Ferrol", "ferrol", "NÁDIA", "N. Ferrol", "Ferol"])
def test_person_filters(speaker: str) -> None:
    """
    Only what this person says is found, however the name is typed, newest first.
    """
    reply = find(speaker=speaker)

    assert texts(reply) == [
        "We will walk until the orchard opens its well,",
        "A ferry is a bridge that we pay for twice,",
    ]
    assert (reply.filters.speaker, reply.filters.order, reply.total) == ("Nadia Ferrol", "newest", 2)


def test_unknown_person_is_nobody() -> None:
    """
    A name that nobody has finds nothing and says so.
    """
    reply = find(speaker="Pablo Ferrol", about="ferry")

    assert (reply.quotes, reply.choices) == ((), ())
    assert codes(reply) == {"speaker_unknown": {"name": "Pablo Ferrol"}}


def test_shared_name_is_asked_back() -> None:
    """
    A name of two people gives the two to choose from, and no quotes.
    """
    other = release(("I only sell tickets,", "Marco Ferrol"), id="2014-009")
    reply = find(*RECORD, other, speaker="Ferrol")

    assert (reply.quotes, reply.choices) == ((), ("Marco Ferrol", "Nadia Ferrol"))
    assert codes(reply)["name_ambiguous"]["name"] == "Ferrol"


def test_spellings_are_searched_together() -> None:
    """
    A person whom another statement prints in capitals or with a middle name is the same person.
    """
    other = release(("Tickets are not water,", "NADIA B. FERROL"), id="2014-009", date="2014-01-01")
    reply = find(*RECORD, other, speaker="Nadia Ferrol")

    assert "Tickets are not water," in texts(reply)
    assert reply.total == 3


def test_somebody_spoken_of_is_a_topic() -> None:
    """
    Beside a speaker, a name in the topic is what the quote is about.
    """
    other = release(("Ivo Salgado taught me to row,", "Nadia Ferrol"), id="2014-009", date="2014-01-01")

    assert texts(find(*RECORD, other, speaker="Nadia Ferrol", about="Ivo Salgado")) == ["Ivo Salgado taught me to row,"]


def test_own_name_in_the_topic_is_no_topic() -> None:
    """
    The speaker's own name, said again in the topic, asks for nothing more.
    """
    assert texts(find(speaker="Ferrol", about="what Nadia Ferrol said of the ferry")) == [
        "A ferry is a bridge that we pay for twice,"
    ]


# Organisations


def _guest() -> Statement:
    text = "“Ferries need crews,” said Olga Marsh of the Harbor Pilots Union."
    said = quote("Ferries need crews,", text, speaker="Olga Marsh", organization="Harbor Pilots Union")
    return statement(text, id="2017-001", date="2017-01-01", organizations=("Cedar Lane Workers",), quotes=(said,))


@pytest.mark.parametrize(
    ("organization", "ids", "shown"),
    [
        ("Puente Claro Network", {"2015-001"}, "Puente Claro Network"),
        ("puente claro network", {"2015-001"}, "Puente Claro Network"),
        ("Cedar Lane", {"2013-001", "undated-001", "2017-001"}, "Cedar Lane Workers"),  # issuers
        ("Harbor Pilots Union", {"2017-001"}, "Harbor Pilots Union"),  # a speaker's own
        ("Harbor Pilots", {"2017-001"}, "Harbor Pilots Union"),
    ],
)
def test_organization_filters(organization: str, ids: set[str], shown: str) -> None:
    """
    An organisation lets through what its own statements quote, and what its people say in those of others.
    """
    reply = find(*RECORD, _guest(), organization=organization, limit=50)

    assert {found.statement.id for found in reply.quotes} == ids
    assert reply.filters.organization == shown


def test_unknown_organization_is_told() -> None:
    """
    An organisation that nobody is or speaks for finds nothing and says so.
    """
    assert codes(find(organization="Lighthouse Guild")) == {"organization_unknown": {"name": "Lighthouse Guild"}}


# Dates


@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        ({"since": "2014"}, ["2016-001", "2015-001", "2015-001"]),
        ({"since": "2015-07-09", "until": "2015"}, ["2015-001", "2015-001"]),
        ({"until": "2013-05-01"}, []),
        ({"about": "ferry", "since": "2013-05-02", "until": "2013-05-02"}, ["2013-001", "2013-001"]),
        ({"about": "water before 2016"}, ["2015-001", "2015-001"]),
        ({"about": "water before 2016", "since": "2016"}, ["2016-001"]),  # options win
    ],
)
def test_dates_filter(asked: dict[str, str], ids: list[str]) -> None:
    """
    Inclusive days, in options or in the topic, let only statements through that lie wholly inside.
    """
    assert [found.statement.id for found in find(**asked, limit=50).quotes] == ids


@pytest.mark.thorough
def test_a_large_part_of_a_large_record_is_searched_whole() -> None:
    """
    In a record of many statements dates let through what is in them, also where better matches lie outside.
    """
    short = [
        release((f"Ferry {n}, ferry!", "Ivo Salgado"), id=f"2016-{n}", date="2016-01-01", title="") for n in range(300)
    ]
    long = [
        release(
            (f"Number {n} waits, and one day a ferry will come for us all", "Olga Marsh"),
            id=f"2012-{n}",
            date="2012-01-01",
            title="",
        )
        for n in range(520)
    ]
    many = quoter([*short, *long])

    for asked, year in (({"until": "2013"}, "2012"), ({}, "2016"), ({"since": "2012", "until": "2016"}, "2016")):
        reply = many.find(QuoteRequest(about="ferry", limit=50, **asked), TODAY)
        assert {(found.statement.date or "")[:4] for found in reply.quotes} == {year}
        assert len(reply.quotes) == 50


def test_what_dates_leave_out_is_told() -> None:
    """
    Undated statements, and those of a month that lies partly outside, are counted where they hold such quotes.
    """
    month = release(("The ferry waits for no one,", "Nadia Ferrol"), id="2013-002", date="2013-05")

    told = codes(find(*RECORD, month, about="ferry", since="2013-05-02", until="2013-05-20"))

    assert told == {"undated_left_out": {"count": 1}, "imprecise_left_out": {"count": 1}}
    assert "undated_left_out" not in codes(find(about="thirst", since="2013"))
    assert "out_of_coverage" in codes(find(about="ferry", until="1998"))


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ({"since": "yesterday-ish"}, BadDateError),
        ({"since": "2015", "until": "2014"}, ReversedDatesError),
        ({"about": "ferry " * 400}, UsageError),
    ],
)
def test_wrong_input_is_an_error(asked: dict[str, str], error: type[Exception]) -> None:
    """
    A date that is none, dates the wrong way round and a topic that is too long are said, not guessed at.
    """
    with pytest.raises(error):
        find(**asked)
