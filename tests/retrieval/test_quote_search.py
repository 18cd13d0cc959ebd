"""Finding quotes: by topic, person, organisation and date, each said once."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from factories import quote, quoter, release, statement
from hypothesis import given, settings
from hypothesis import strategies as st
from trying import share

from corpus.errors import BadDateError, ReversedDatesError, UsageError
from corpus.models import Span, Statement
from retrieval.models import QuoteReply, QuoteRequest

TODAY = dt.date(2026, 3, 15)
FERRY = release(
    "The ferry fare rises in May, says the port of Oakmere.",
    ("A ferry is a bridge that we pay for twice,", "Nadia Ferrol"),
    ("Our grandmothers cannot swim to the clinic, / The pier belongs to all of us.", "Ivo Salgado"),
    id="2013-001",
    date="2013-05-02",
    title="Oakmere pays more for its ferry",
    organizations=("Cedar Lane Workers",),
)
ORCHARD = release(
    "The orchard keeps its well closed, and the families carry water from the river.",
    ("We will walk until the orchard opens its well,", "Nadia Ferrol"),
    ("Thirst does not wait for a committee,", "Ivo Salgado"),
    id="2015-001",
    date="2015-07-09",
    title="Water for the families",
    organizations=("Puente Claro Network",),
)
POZO = release(
    "El huerto mantiene cerrado su pozo y las familias cargan agua del río.",
    ("El agua del pozo es de la gente que lo cavó,", "Ramona Tejada"),
    id="2016-001",
    date="2016-08-01",
    language="es",
    title="Agua para las familias",
    organizations=("Red Puente Claro",),
)
UNDATED = release(
    "A letter about the ferry.",
    ("The ferry leaves before the second shift ends,", "Ramona Tejada"),
    id="undated-001",
    date=None,
    title="A letter",
    organizations=("Cedar Lane Workers",),
)
RECORD = (FERRY, ORCHARD, POZO, UNDATED)


def find(*statements: Statement, **asked: Any) -> QuoteReply:
    """The reply to a request, of all statements above where none are given."""
    return quoter(statements or RECORD).find(QuoteRequest(**asked), TODAY)


def texts(reply: QuoteReply) -> list[str]:
    return [found.text for found in reply.quotes]


def codes(reply: QuoteReply) -> dict[str, dict[str, str | int]]:
    return {note.code: note.values for note in reply.notes}


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


# Promises

WORDS = st.lists(
    st.sampled_from("ferry pier water well thirst river clinic we not cannot the".split()), min_size=3, max_size=9
)
PEOPLE = st.sampled_from(["Nadia Ferrol", "Ivo Salgado", "Ramona Tejada"])
DATES = st.sampled_from([None, "2012", "2013-05", "2013-05-02", "2014-12-31"])


@st.composite
def records(draw: st.DrawFn) -> list[Statement]:
    """A few statements in which people say a few words."""
    return [
        release(
            "The port of Oakmere raises the fare.",
            *draw(st.lists(st.tuples(WORDS.map(" ".join), PEOPLE), max_size=3)),
            id=f"s-{number}",
            date=draw(DATES),
            organizations=(draw(st.sampled_from(["Cedar Lane Workers", "Puente Claro Network"])),),
        )
        for number in range(draw(st.integers(1, 4)))
    ]


REQUESTS = st.builds(
    QuoteRequest,
    about=st.sampled_from(["", "ferry", "water well", "lighthouse", "thirst in 2013"]),
    speaker=st.sampled_from([None, "Ferrol", "ivo salgado"]),
    organization=st.sampled_from([None, "Cedar Lane Workers"]),
    since=st.sampled_from([None, "2013"]),
    order=st.sampled_from(["best", "newest", "oldest"]),
    limit=st.integers(1, 12),
)


@settings(max_examples=share(40))
@given(records(), REQUESTS)
def test_every_promise_holds(record: list[Statement], request: QuoteRequest) -> None:
    """
    Every quote is a slice of its statement, inside its context, passes every filter, stands in order, is there once.
    """
    reply = quoter(record).find(request, TODAY)
    by_id = {one.id: one for one in record}
    dates = [found.statement.date for found in reply.quotes if found.statement.date]

    for found in reply.quotes:
        text = by_id[found.statement.id].text
        assert found.text == text[found.start : found.end]
        assert found.context
        assert found.context.text == text[found.context.start : found.context.end]
        assert found.context.start <= found.start < found.end <= found.context.end
        if not reply.of_the_day:
            assert not request.speaker or found.speaker.name.split()[-1].lower() in request.speaker.lower()  # type: ignore[union-attr]
            assert not request.organization or request.organization in found.statement.organizations
            assert not request.since or (found.statement.date or "") >= "2013"
    if reply.filters.order != "relevance" and all(len(date) == 10 for date in dates):
        assert dates == sorted(dates, reverse=reply.filters.order == "newest")
    assert len({(f.statement.id, f.utterance, f.part) for f in reply.quotes}) == len(reply.quotes)
    assert len(reply.quotes) == min(reply.total, request.limit) or reply.of_the_day


@pytest.mark.thorough
@settings(max_examples=share(30))
@given(records(), REQUESTS, st.randoms())
def test_order_of_statements_does_not_matter(record: list[Statement], request: QuoteRequest, random: Any) -> None:
    """
    The reply is the same in whatever order the statements were read.
    """
    shuffled = random.sample(record, len(record))

    assert quoter(record).find(request, TODAY).quotes == quoter(shuffled).find(request, TODAY).quotes
