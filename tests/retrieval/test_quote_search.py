"""
Quotes about a topic, in either language: those that speak of it, each said once, and none that is never to be shown.
"""

from __future__ import annotations

import pytest
from factories import quote, quoter, release, statement
from quoting import RECORD, TODAY, codes, find, texts

from corpus.models import Span
from retrieval.models import QuoteRequest

# Topics


@pytest.mark.parametrize(
    ("about", "first"),
    [
        ("grandmothers", "Our grandmothers cannot swim to the clinic,"),
        ("the ferry", "A ferry is a bridge that we pay for twice,"),
        ("walking until the well opens", "We will walk until the orchard opens its well,"),  # word forms
        ("grandmohters", "Our grandmothers cannot swim to the clinic,"),  # a typing mistake
        ("abuelas", "Our grandmothers cannot swim to the clinic,"),  # through the bridge
        ("the fare of the port", "A ferry is a bridge that we pay for twice,"),  # the paragraph before says so
        ("what did Salgado say about thirst?", "Thirst does not wait for a committee,"),  # a person in the topic
        ("ferry in 2013", "A ferry is a bridge that we pay for twice,"),  # and dates
        ("latest on the ferry", "A ferry is a bridge that we pay for twice,"),
        ("earliest on water", "We will walk until the orchard opens its well,"),
        ('"cannot swim"', "Our grandmothers cannot swim to the clinic,"),
        ('"of us"', "The pier belongs to all of us."),  # no word that names a topic
    ],
)
def test_topics_find_who_speaks_of_them(about: str, first: str) -> None:
    """
    A topic in either language finds the quote that speaks of it, by its own words or by those around it.
    """
    assert texts(find(about=about))[0] == first


@pytest.mark.parametrize("about", ["lighthouse", "ferry lighthouse keepers", "lotería", "what did they say", "…"])
def test_nothing_is_said_honestly(about: str) -> None:
    """
    A topic that nobody speaks of has no quotes, not even the nearest.
    """
    reply = find(about=about)

    assert (reply.quotes, reply.total) == ((), 0)


def test_known_and_unknown_words_are_told() -> None:
    """
    The reply says which words of the topic the statements hold, also where it finds nothing.
    """
    reply = find(about="ferry lighthouse keepers")

    assert reply.coverage.found == ("ferry",)
    assert reply.coverage.missing == ("lighthouse", "keepers")


def test_own_words_come_first() -> None:
    """
    A quote that names the topic comes before one that only stands near it.
    """
    reply = find(about="ferry", until="2013")

    assert texts(reply)[0] == "A ferry is a bridge that we pay for twice,"
    assert reply.total == 2
    assert [found.score for found in reply.quotes] == sorted((f.score for f in reply.quotes), reverse=True)


def test_what_was_read_is_told() -> None:
    """
    A correction and the words of the other language are in the reply.
    """
    assert find(about="grandmohters").corrected == {"grandmohters": "grandmothers"}
    assert find(about="las abuelas del ferry").bridged["abuelas"] == ("grandmother",)


# Order, repeats


def test_a_release_in_two_languages_is_shown_once() -> None:
    """
    A topic finds a release in the asker's language only, where both versions speak of it.
    """
    english = release(
        "The port of Oakmere counted 2,214 walkers, 46 boats and 1,480 letters at Marsh Point on its ferry day.",
        "Olga Marsh of the Cedar Lane Workers brought 16 boxes of letters; a ticket costs 75 cents until 4 at night.",
        ("The orchard is closed to us,", "Olga Marsh"),
        id="2018-001",
        date="2018-02-01",
    )
    spanish = release(
        "El puerto de Oakmere contó 2,214 caminantes, 46 botes y 1,480 cartas en Marsh Point el día de su ferry.",
        "Olga Marsh, de Cedar Lane Workers, trajo 16 cajas de cartas; el boleto cuesta 75 centavos hasta las 4.",
        ("El huerto está cerrado para nosotros,", "Olga Marsh"),
        id="2018-002",
        date="2018-02-01",
        language="es",
    )

    assert texts(find(english, spanish, about="is the orchard closed to them")) == ["The orchard is closed to us,"]
    assert texts(find(english, spanish, about="el huerto está cerrado")) == ["El huerto está cerrado para nosotros,"]


@pytest.mark.parametrize(
    ("order", "ids"),
    [
        ("newest", ["2016-001", "2015-001", "2015-001", "2013-001", "2013-001", "2013-001", "undated-001"]),
        ("oldest", ["2013-001", "2013-001", "2013-001", "2015-001", "2015-001", "2016-001", "undated-001"]),
    ],
)
def test_order_by_date(order: str, ids: list[str]) -> None:
    """
    Newest or oldest first, undated ones last, in one statement as they stand.
    """
    reply = find(order=order, limit=50)

    assert [found.statement.id for found in reply.quotes] == ids
    assert reply.filters.order == order


def test_of_an_utterance_the_part_on_the_topic_is_shown() -> None:
    """
    Of what somebody says in two parts, the one that speaks of the topic is shown, with both in its context.
    """
    (found,) = find(about="pier", limit=50).quotes

    assert (found.text, found.utterance, found.part) == ("The pier belongs to all of us.", 3, 2)
    assert found.context
    assert found.context.text.startswith("“Our grandmothers cannot swim to the clinic,” said Ivo Salgado.")


def test_every_part_is_an_entry() -> None:
    """
    Without a topic the parts of one utterance are shown one after the other, with one number.
    """
    parts = find(speaker="Salgado", until="2013").quotes

    assert [(one.text, one.part) for one in parts] == [
        ("Our grandmothers cannot swim to the clinic,", 1),
        ("The pier belongs to all of us.", 2),
    ]
    assert len({one.utterance for one in parts}) == 1


@pytest.mark.parametrize("name", ["Ivo Salgado", "IVO SALGADO"])
def test_a_copy_is_shown_once(name: str) -> None:
    """
    The same words in a release and its copy are one quote, from the statement that says most about itself.
    """
    copied = release(
        "Somebody sent us this.",
        ("Our grandmothers cannot swim to the clinic, / The pier belongs to all of us.", name),
        id="undated-002",
        date=None,
        organizations=(),
    )

    for asked in ({"about": "grandmothers"}, {"about": "pier"}, {"speaker": "Salgado", "until": "2014"}):
        reply = find(copied, *RECORD, **asked)
        assert {found.statement.id for found in reply.quotes} == {"2013-001"}
        assert len({found.text for found in reply.quotes}) == reply.total


def test_same_words_of_two_people_are_two_quotes() -> None:
    """
    What two people say in the same words, each has said.
    """
    other = release(("Thirst does not wait for a committee,", "Ramona Tejada"), id="2018-001")

    assert find(*RECORD, other, about="thirst").total == 2


def test_limit_and_total() -> None:
    """
    No more are shown than asked for, and how many there are is told.
    """
    reply = find(order="newest", limit=2)

    assert (len(reply.quotes), reply.total) == (2, 7)


# What is never shown


def test_private_words_are_no_quotes() -> None:
    """
    A quote with a private number is not found; one beside such a number is shown without its context.
    """
    text = (
        "The ferry crew is on strike.\n\n"
        "“Call the ferry crew at 555-0142,” said Ivo Salgado. “The ferry crew answers,” he said, from 555-0143."
    )
    said = (
        quote("Call the ferry crew at 555-0142,", text, speaker="Ivo Salgado"),
        quote("The ferry crew answers,", text, speaker="Ivo Salgado", utterance=2),
    )
    private = tuple(Span(text.index(n), text.index(n) + 8) for n in ("555-0142", "555-0143"))
    reply = find(statement(text, quotes=said, private=private), about="ferry crew")

    assert texts(reply) == ["The ferry crew answers,"]
    assert reply.quotes[0].context is None


def test_names_of_programmes_are_no_quotes() -> None:
    """
    Words between marks that nobody speaks are not found.
    """
    text = "The “Ferry for All” fund was closed. “The ferry sank with it,” said Ivo Salgado."
    quotes = (
        quote("Ferry for All", text, reason="program_name"),
        quote("The ferry sank with it,", text, speaker="Ivo Salgado", utterance=2),
    )

    assert texts(find(statement(text, quotes=quotes), about="ferry")) == ["The ferry sank with it,"]


def test_wrapper_is_nobodys_statement() -> None:
    """
    A quote in somebody else's text around a release has no issuer, and the reply says so.
    """
    text = "“Their ferry is late,” said Ivo Salgado.\n\nThe ferry is on time, says the network."
    said = quote("Their ferry is late,", text, speaker="Ivo Salgado")
    end = text.index("\n\n")
    one = statement(text, quotes=(said,), wrapper=(Span(0, end),), body=(Span(end + 2, len(text)),))
    reply = find(one, about="ferry")

    assert (reply.quotes[0].kind, reply.quotes[0].issuer) == ("wrapper", ())
    assert "wrapper_shown" in codes(reply)


def test_empty_record_finds_nothing() -> None:
    """
    Without statements there is nothing to find and nothing fails.
    """
    nothing = quoter([])

    for asked in (
        QuoteRequest(),
        QuoteRequest(about="ferry"),
        QuoteRequest(speaker="Ferrol"),
        QuoteRequest(order="newest"),
    ):
        assert nothing.find(asked, TODAY).quotes == ()
