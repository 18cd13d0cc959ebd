"""
What members see of quotes: the words as they were published, whose they are, and what can be asked next.

`REWRITE_GOLDEN=1 script/test tests/bot/test_cards_quote.py` writes the golden cards anew; read the difference as prose.
"""

from __future__ import annotations

import datetime as dt

import pytest
from card_reading import SCENES, check_fits, check_golden, labels, nasty, short, texts, visible
from fakes_chat import cited, spoken
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.card import Card
from bot.chat.cards.quotes import Choice, quote_card
from bot.chat.presses import PlacePress, SearchPress, name_key, read_press, write_press
from corpus.models import Speaker
from retrieval.models import Coverage, Filters, FoundQuote, Note, QuoteReply, QuoteRequest

PRIVATE = SCENES[True]


def reply(*quotes: FoundQuote, **more: object) -> QuoteReply:
    """A reply that shows these quotes."""
    known: dict[str, object] = {"quotes": quotes, "locale": "en", "filters": Filters(), "total": len(quotes)}
    return QuoteReply.model_validate(known | more)


def shown(found: QuoteReply, about: str = "", **press: object) -> Card:
    """The private card of a reply."""
    held = SearchPress("quote", found.locale)._replace(**press)
    return quote_card(found, QuoteRequest(about=about), PRIVATE, held)


def searches(card: Card) -> dict[str, SearchPress]:
    """The buttons that search again, by their label."""
    held = {button.label: read_press(button.press) for block in card.blocks for button in block.buttons}
    return {label: press for label, press in held.items() if isinstance(press, SearchPress)}


@st.composite
def _quotes(draw: st.DrawFn) -> FoundQuote:
    name = st.none() | short
    text, start = draw(nasty), draw(st.integers(0, 10**5))
    speaker = st.builds(Speaker, name=short, title=name, organization=name, printed=short)
    return spoken(
        text * draw(st.sampled_from([1, 1, 20])),
        start=start,
        utterance=draw(st.integers(1, 3)),
        part=draw(st.integers(1, 3)),
        speaker=draw(st.none() | speaker),
        kind=draw(st.sampled_from(["body", "about", "wrapper"])),
        issuer=tuple(draw(st.lists(name, max_size=5))),
        statement=cited(
            id=draw(short),
            title=draw(short),
            organizations=tuple(draw(st.lists(name, max_size=5))),
            url=draw(st.sampled_from([None, "https://valley.example/letters/11"])),
        ),
    )


@pytest.mark.thorough
@given(
    st.lists(_quotes(), max_size=4),
    st.sampled_from(["en", "es"]),
    st.text(max_size=300),
    st.lists(short, max_size=30).map(tuple),
    st.booleans(),
)
def test_every_card_of_quotes_fits(
    quotes: list[FoundQuote], locale: str, about: str, names: tuple[str, ...], private: bool
) -> None:
    """
    A card of quotes fits one message and shows at least one quote where there is one.
    """
    found = reply(
        *quotes,
        locale=locale,
        total=10**6,
        choices=() if quotes else names,
        filters=Filters(speaker="*" * 400, organization="_" * 400, order="newest"),
        coverage=Coverage(found=names, missing=names),
        corrected=dict.fromkeys(names[:3], "~~~"),
        notes=tuple(Note(code="speaker_unknown", values={"name": name}) for name in names),
    )
    press = SearchPress("quote", found.locale, order="newest", since="2014-09-10", until="2014-09-11")
    choices = [Choice(name, press._replace(speaker=name_key(name))) for name in found.choices]

    card = quote_card(found, QuoteRequest(about=about), SCENES[private], press, choices)

    check_fits(card)
    assert bool(texts(card)[1:-1]) == bool(quotes)
    if private and about.strip():
        assert texts(card)[0].startswith(("You asked: “", "Usted preguntó: «"))


@given(nasty)
def test_spoken_words_stay_verbatim(text: str) -> None:
    """
    What Discord shows of a quote is what was published, character by character, no marks around it.
    """
    block = texts(shown(reply(spoken(text))))[1]

    assert visible(block.split("\n**Marta Quiroga**")[0]) == text


def _golden_cards() -> dict[str, Card]:
    letter = cited(
        id="undated-002",
        file="carta.md",
        title="Carta abierta",
        organizations=("Alianza del Valle", None),
        language="es",
        date=None,
        date_precision="none",
        missing_since="2024-05-01",
    )
    nobody = spoken(
        "Ya **no** dormimos.", speaker=None, statement=letter, issuer=letter.organizations, paragraph=1, utterance=2
    )
    first = spoken("Night raids must end,", start=40, end=61, utterance=1, part=1)
    second = spoken("Nobody sleeps.", start=80, end=94, utterance=1, part=2)
    elsewhere = spoken(
        "We were told nothing.",
        kind="wrapper",
        issuer=(),
        statement=cited(id="2016-011", date="2016-03", date_precision="month", organizations=()),
    )
    quiroga = ("Ana Quiroga", "Marta Quiroga", *(f"Quiroga {letter}." for letter in "BCDEFGHIJ"))
    press = SearchPress("quote", "es")
    return {
        "quotes_en": shown(
            reply(
                first,
                nobody,
                second,
                total=11,
                filters=Filters(since=dt.date(2010, 1, 1), speaker="Marta Quiroga"),
                corrected={"Quirga": "Quiroga"},
                bridged={"raids": ("redadas",)},
                notes=(Note(code="undated_left_out", values={"count": 2}),),
            ),
            "night raids @everyone",
            since="2010",
            speaker=name_key("Marta Quiroga"),
        ),
        "quotes_next_es": shown(
            reply(first, second, nobody, elsewhere, locale="es", total=4, filters=Filters(order="oldest")),
            offset=3,
            order="oldest",
        ),
        "quote_of_the_day_es": quote_card(
            reply(first, locale="es", of_the_day=True), QuoteRequest(), SCENES[False], press
        ),
        "no_quotes_en": shown(
            reply(
                filters=Filters(since=dt.date(2031, 1, 1)),
                coverage=Coverage(found=("TPS",), missing=("visa lottery",)),
                notes=(Note(code="out_of_coverage", values={"first": "2009", "last": "2025-03-14"}),),
            ),
            "TPS and the visa lottery",
        ),
        "quote_choices_es": quote_card(
            reply(
                locale="es",
                filters=Filters(speaker="Quiroga"),
                choices=quiroga,
                notes=(Note(code="name_ambiguous", values={"name": "Quiroga", "choices": ", ".join(quiroga)}),),
            ),
            QuoteRequest(speaker="Quiroga"),
            PRIVATE,
            None,
            [Choice(name, press._replace(speaker=name_key(name))) for name in quiroga],
        ),
    }


@pytest.mark.parametrize("name", sorted(_golden_cards()))
def test_quotes_read_as_written(name: str) -> None:
    """
    The words and their order on a card of quotes are those of its golden file.
    """
    check_golden(name, _golden_cards()[name])


def test_parts_are_opened_together() -> None:
    """
    The buttons below an utterance of several parts open it from its first word to its last.
    """
    first, last = spoken(start=40, end=61, part=1), spoken(start=80, end=94, part=2)

    card = shown(reply(last, first))

    held = [read_press(button.press) for block in card.blocks for button in block.buttons]
    places = {(press.start, press.end) for press in held if isinstance(press, PlacePress)}
    assert places == {(40, 94)}


def test_no_quote_is_skipped() -> None:
    """
    Where a quote between two parts of one utterance has no room, the next page begins with it.
    """
    parts = [spoken("Nobody sleeps. " * 60, start=start, utterance=1) for start in (100, 1100)]
    between = spoken("Night raids must end. " * 110, utterance=2)

    card = shown(reply(parts[0], between, parts[1], total=9))

    assert "Quotes: 2 of 9" in card.text
    assert searches(card)["More quotes"].offset == 1


def test_long_quote_keeps_the_topic() -> None:
    """
    A quote that is too long for a message is named, and the topic still stands there to be read back.
    """
    card = shown(reply(spoken("Nobody sleeps. " * 300), total=2), "raids")

    assert card.text.startswith("You asked: “raids”\nQuotes: 1 of 2")
    assert "This passage is too long for one Discord message.\nSeptember 10, 2014" in card.text
    assert "Cite" in labels(card)


@pytest.mark.parametrize(
    ("about", "order", "stands", "offered"),
    [
        ("raids", None, "relevance", {"Newest first": "newest", "Oldest first": "oldest"}),
        ("raids", "newest", "newest", {"Best match first": None, "Oldest first": "oldest"}),
        ("raids", None, "newest", {"Oldest first": "oldest"}),  # the topic itself asks for the newest
        ("", None, "newest", {"Oldest first": "oldest"}),
        ("", "oldest", "oldest", {"Newest first": "newest"}),
    ],
)
def test_other_orders_are_offered(about: str, order: str | None, stands: str, offered: dict[str, str | None]) -> None:
    """
    Buttons offer the orders that the quotes do not stand in, and the best match only where something can match.
    """
    found = reply(spoken(), spoken(utterance=2), filters=Filters.model_validate({"order": stands}))

    card = shown(found, about, order=order, offset=1)

    searching = searches(card)
    assert searching.pop("From the beginning").offset == 0
    assert {label: press.order for label, press in searching.items()} == offered
    assert {press.offset for press in searching.values()} == {0}


def test_any_date_is_no_quote_of_the_day() -> None:
    """
    Without the dates a search that had nothing else is still a search: newest first.
    """
    undated = (Note(code="undated_left_out", values={"count": 2}),)

    card = shown(reply(spoken(), notes=undated), since="2014")

    press = searches(card)["Any date"]
    assert (press.since, press.order) == ("", "newest")


def test_public_quotes_repeat_no_topic() -> None:
    """
    In a channel nobody reads what was asked.
    """
    card = quote_card(reply(spoken()), QuoteRequest(about="raids"), SCENES[False])

    assert "You asked" not in card.text
    assert "raids”" not in texts(card)[0]


def test_every_button_fits_discord() -> None:
    """
    The fullest search that a button can hold is within what Discord takes.
    """
    key = name_key("Marta Quiroga")
    press = SearchPress("quote", "en", 47, "both", "oldest", "2014-09-10", "2014-09-10", key, key)

    assert read_press(write_press(press)) == press
    assert searches(quote_card(reply(*[spoken(utterance=n) for n in range(50)]), QuoteRequest(), PRIVATE, press))
