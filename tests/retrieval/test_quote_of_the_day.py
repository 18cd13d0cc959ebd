"""The quote of the day: one for everybody, fit to stand by itself, and steady."""

from __future__ import annotations

import datetime as dt

import pytest
from factories import quote, quoter, release, statement

from corpus.models import Span, Statement
from retrieval.models import FoundQuote, QuoteRequest
from retrieval.quote_search.of_the_day import is_whole
from retrieval.quote_search.utterances import Spoken

DAYS = [dt.date(2026, 1, 1) + dt.timedelta(days=number) for number in range(60)]
SENTENCE = "The ferry is a bridge that our grandmothers paid for twice,"


def said(number: int, name: str = "Olga Marsh") -> tuple[str, str]:
    return f"Crew number {number} has waited at this pier for a whole winter,", name


def of_the_day(record: list[Statement], day: dt.date, **asked: object) -> list[FoundQuote]:
    """What a request without topic and filters finds on a day."""
    reply = quoter(record).find(QuoteRequest(**asked), day)  # type: ignore[arg-type]
    assert reply.of_the_day
    assert reply.total == len(reply.quotes)
    return list(reply.quotes)


def record(count: int) -> list[Statement]:
    return [release("The port is closed.", said(number), id=f"2014-{number:03}") for number in range(count)]


def test_one_quote_for_everybody() -> None:
    """
    Whatever language or number is asked for and however the statements were read, a day has one quote.
    """
    statements = record(9)

    for day in DAYS[:5]:
        first = of_the_day(statements, day)
        assert len(first) == 1
        assert first == of_the_day(statements[::-1], day, locale="es", limit=20)


def test_days_differ() -> None:
    """
    Over two months most of the quotes there are have their day.
    """
    finder = quoter(record(9))
    shown = {finder.find(QuoteRequest(), day).quotes[0].text for day in DAYS}

    assert len(shown) == 9


def test_new_statements_hardly_change_a_day() -> None:
    """
    A day keeps its quote when statements are added, unless one of them brings the day's own.
    """
    before, after = quoter(record(9)), quoter(record(10))
    pairs = [(before.find(QuoteRequest(), day).quotes[0], after.find(QuoteRequest(), day).quotes[0]) for day in DAYS]
    changed = [later for earlier, later in pairs if earlier.text != later.text]

    assert all(later.statement.id == "2014-009" for later in changed)
    assert len(changed) < len(DAYS) / 3


@pytest.mark.parametrize(
    ("text", "words", "fields"),
    [
        (f"“{SENTENCE}” said Olga Marsh.", SENTENCE, {}),
        (
            "«El ferry es un puente que nuestras abuelas pagaron dos veces», dijo Olga Marsh.",
            "El ferry es un puente que nuestras abuelas pagaron dos veces",
            {},
        ),
        (
            "Olga Marsh: ¿Quién paga el puente que nuestras abuelas ya pagaron?",
            "¿Quién paga el puente que nuestras abuelas ya pagaron?",
            {},
        ),
        (
            "She waited. “We built the pier, and we will build it again.” That was all.",
            "We built the pier, and we will build it again.",
            {},
        ),
    ],
)
def test_whole_sentences_are_fit(text: str, words: str, fields: dict[str, object]) -> None:
    """
    A whole sentence of a named person may be the quote of a day.
    """
    one = quote(words, text, speaker="Olga Marsh")

    assert is_whole(Spoken(statement(text, quotes=(one,), **fields), one))


LONG = "We built the pier, and we built the boats, and nobody thanked us, " * 5
PRIVATE = f"“{SENTENCE}” said Olga Marsh, 555-0119."
ABOUT = f"“{SENTENCE}” said Olga Marsh."


@pytest.mark.parametrize(
    ("text", "words", "speaker", "fields"),
    [
        (f"“{SENTENCE}” said a deckhand.", SENTENCE, None, {}),  # nobody knows who
        ("“We built the pier,” said Olga Marsh.", "We built the pier,", "Olga Marsh", {}),  # too short
        (f"“{LONG}” said Olga Marsh.", LONG, "Olga Marsh", {}),  # too long
        (
            "“Responsibilities, bureaucracies, uncertainties everywhere,” said Olga Marsh.",
            "Responsibilities, bureaucracies, uncertainties everywhere,",
            "Olga Marsh",
            {},
        ),  # a few long words
        (
            "Olga Marsh said that “the ferry is a bridge that our grandmothers paid for.”",
            "the ferry is a bridge that our grandmothers paid for.",
            "Olga Marsh",
            {},
        ),  # a fragment
        (
            "Olga Marsh called it “A bridge that our grandmothers had to pay for twice.”",
            "A bridge that our grandmothers had to pay for twice.",
            "Olga Marsh",
            {},
        ),  # narration runs into it
        (
            "Olga Marsh calls “The Bridge of our Grandmothers and all the Crews” a song.",
            "The Bridge of our Grandmothers and all the Crews",
            "Olga Marsh",
            {},
        ),  # no end
        (
            "“WE BUILT THE PIER, AND WE WILL BUILD IT AGAIN TOMORROW.” – Olga Marsh",
            "WE BUILT THE PIER, AND WE WILL BUILD IT AGAIN TOMORROW.",
            "Olga Marsh",
            {},
        ),  # shouted
        (
            "“Write to the crew at crew@pier.example and ask for the ferry.” Olga Marsh said.",
            "Write to the crew at crew@pier.example and ask for the ferry.",
            "Olga Marsh",
            {},
        ),
        (
            "“Read https://pier.example and ask for the next ferry to us.” Olga Marsh said.",
            "Read https://pier.example and ask for the next ferry to us.",
            "Olga Marsh",
            {},
        ),
        (PRIVATE, SENTENCE, "Olga Marsh", {"private": (Span(PRIVATE.index("555"), len(PRIVATE) - 1),)}),
        (ABOUT, SENTENCE, "Olga Marsh", {"about": (Span(0, len(ABOUT)),), "body": ()}),
        (ABOUT, SENTENCE, "Olga Marsh", {"wrapper": (Span(0, len(ABOUT)),), "body": ()}),
    ],
)
def test_what_is_no_quote_of_a_day(text: str, words: str, speaker: str | None, fields: dict[str, object]) -> None:
    """
    Fragments, contact lines, somebody without a name, too few words or too many are never the quote of a day.
    """
    one = quote(words, text, speaker=speaker)
    record = statement(text, quotes=(one,), **fields)

    assert not is_whole(Spoken(record, one))
    assert of_the_day([record], DAYS[0]) == []


def test_a_sentence_that_goes_on_is_a_fragment() -> None:
    """
    A first part whose sentence goes on behind the attribution is not the quote of a day.
    """
    text = (
        "“The ferry that our grandmothers paid for twice,” said Olga Marsh, “is our bridge to the clinic on the hill.”"
    )
    first = quote("The ferry that our grandmothers paid for twice,", text, speaker="Olga Marsh")
    second = quote("is our bridge to the clinic on the hill.", text, speaker="Olga Marsh", part=2)

    assert of_the_day([statement(text, quotes=(first, second))], DAYS[0]) == []


def test_a_copy_is_the_same_quote() -> None:
    """
    A copy of the release without a date changes nothing: the day's quote is that of the release.
    """
    copies = [*record(3), *(release("Sent on.", said(n), id=f"undated-{n}", date=None) for n in range(3))]

    assert [of_the_day(copies, day) for day in DAYS[:9]] == [of_the_day(record(3), day) for day in DAYS[:9]]


@pytest.mark.thorough
def test_unfit_quotes_win_no_day() -> None:
    """
    However many quotes cannot stand by themselves, each day has the quote that it would have without them.
    """
    fit = record(4)
    unfit = [
        release(f"Crew {number} says it wants “a pier that is open to all of us,” at noon.", id=f"2015-{number:03}")
        for number in range(30)
    ]
    unfit = [
        one.model_copy(
            update={"quotes": (quote("a pier that is open to all of us,", one.text, speaker=f"Olga Marsh {number}"),)}
        )
        for number, one in enumerate(unfit)
    ]

    assert [of_the_day([*fit, *unfit], day) for day in DAYS[:9]] == [of_the_day(fit, day) for day in DAYS[:9]]
    assert of_the_day(unfit, DAYS[0]) == []
