"""A topic over time: what is on it, in the order of its dates, and how many statements a year."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from factories import asker, quote, statement
from hypothesis import given, settings
from hypothesis import strategies as st
from trying import share

from corpus.errors import BadDateError, ReversedDatesError, UsageError
from corpus.models import Span, Statement
from retrieval.models import Excerpt, Timeline, TimelineRequest
from retrieval.timeline import MAX_STATEMENTS, Timeliner

TODAY = dt.date(2022, 6, 1)

VOICE = "“The orchard road floods every spring,” said Ada Mimbre, and the wagons stay at home."
LONG = """The orchard road is closed from Monday on.

Nobody at the county answers letters. We wrote three of them in March and two in April.

Families of pickers ask the county for gravel on the orchard road before the next rain."""
PRIVATE = "Ada Mimbre answers calls about the orchard road at 555-0142."
RECORD = [
    statement("The orchard road is mud.", id="mud", date="2011-01-02"),
    statement("Stones for the road to the orchards.", id="stones", date="2011-10"),
    statement("An alley is not a lane.", id="alley", date="2012-01-01"),
    statement(
        VOICE,
        id="voice",
        date="2014",
        quotes=(quote("The orchard road floods every spring,", VOICE, speaker="Ada Mimbre"),),
    ),
    statement(LONG, id="long", date="2016-05-05", organizations=("Hoe Circle",)),
    statement("El camino de la huerta se inunda.", id="camino", date="2018-01-01", language="es"),
    statement("Nobody dates this: the orchard road is closed.", id="undated", date=None),
]


def timeline(topic: str, statements: list[Statement] = RECORD, **options: Any) -> Timeline:
    return Timeliner(asker(statements)).timeline(TimelineRequest(topic=topic, **options), TODAY)


def shown(excerpts: tuple[Excerpt, ...]) -> list[str]:
    """Statements in their order, each once."""
    return list(dict.fromkeys(excerpt.statement.id for excerpt in excerpts))


def held(found: Timeline) -> dict[str, int]:
    return {year: count for year, count in found.years.items() if count}


def codes(found: Timeline) -> list[str]:
    return [note.code for note in found.notes]


def test_oldest_first_and_undated_apart() -> None:
    """Excerpts stand in the order of their dates; what carries no date stands apart, not among them."""
    found = timeline("the orchard road")

    assert shown(found.excerpts) == ["mud", "stones", "voice", "long", "camino"]
    assert shown(found.undated) == ["undated"]
    assert [excerpt.rank for excerpt in (*found.excerpts, *found.undated)] == list(range(1, 8))


def test_less_exact_dates_stand_first() -> None:
    """Of one year, what is dated by the year alone stands before its months, and a month before its days."""
    dates = ["2012-01-02", "2012", "2011-12-31", "2012-01"]
    made = [statement(f"Reeds by the barge, number {date}.", id=f"s{date}", date=date) for date in dates]

    assert shown(timeline("reeds", made).excerpts) == ["s2011-12-31", "s2012", "s2012-01", "s2012-01-02"]


def test_every_year_from_the_first_to_the_last() -> None:
    """A year between them without a statement on the topic has 0, and the total holds undated ones too."""
    found = timeline("the orchard road")

    years = {"2011": 2, "2012": 0, "2013": 0, "2014": 1, "2015": 0, "2016": 1, "2017": 0, "2018": 1}
    assert found.years == years
    assert found.total == sum(years.values()) + 1


def test_years_of_which_the_record_holds_nothing() -> None:
    """That nothing was said in a year means nothing where the record has no statement of that year."""
    assert timeline("the orchard road").gaps == ("2013", "2015", "2017")


@pytest.mark.parametrize(
    ("topic", "options", "years", "undated"),
    [
        ("orchard road", {}, {"2011": 2, "2014": 1, "2016": 1, "2018": 1}, 1),
        ("el camino de la huerta", {}, {"2011": 2, "2014": 1, "2016": 1, "2018": 1}, 1),
        ("how has their position on the orchard road changed?", {}, {"2011": 2, "2014": 1, "2016": 1, "2018": 1}, 1),
        ("orchard road before 2014", {}, {"2011": 2}, 1),  # dates inside the topic
        ("la huerta desde 2016", {}, {"2016": 1, "2018": 1}, 1),
        ("orchard road before 2014", {"since": "2016"}, {"2016": 1, "2018": 1}, 1),  # options win
        ("orchard road", {"since": "2011-10", "until": "2014"}, {"2011": 1, "2014": 1}, 1),
        ("orchard road", {"until": "2011-10-15"}, {"2011": 1}, 1),  # a month that lies partly outside
        ("orchard road", {"speaker": "Ada Mimbre"}, {"2014": 1}, 0),
        ("orchard road", {"organization": "Hoe Circle"}, {"2016": 1}, 0),
        ("gravel", {"speaker": "Ada Mimbre"}, {}, 0),
        ("wagons", {"speaker": "Ada Mimbre"}, {}, 0),  # told around her words, not by her
        ("Ada Mimbre", {}, {"2014": 1}, 0),  # nothing but a name
        ('"orchard road is"', {}, {"2011": 1, "2016": 1}, 1),  # very words
        ('"is not a"', {}, {"2012": 1}, 0),  # of which none names a topic
        ("orchard gravel", {}, {"2016": 1}, 0),
        ("orchard alley", {}, {}, 0),
    ],
)
def test_what_is_counted(topic: str, options: dict[str, Any], years: dict[str, int], undated: int) -> None:
    """Each statement that says the topic and passes the filters counts once; undated ones are never dropped."""
    found = timeline(topic, **options)

    assert held(found) == years
    assert len(shown(found.undated)) == undated
    assert shown(found.excerpts) == [one.id for one in RECORD if one.id in shown(found.excerpts)]
    assert len(shown(found.excerpts)) == sum(years.values())


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "The orchard road", "text": "Gravel is on its way."},
        {"text": LONG, "body": (), "about": (Span(0, len(LONG)),)},
        {"text": LONG, "body": (), "wrapper": (Span(0, len(LONG)),)},
    ],
    ids=["title", "about", "wrapper"],
)
def test_own_paragraphs_only(fields: dict[str, Any]) -> None:
    """A title, an organization's standing paragraph and other people's words put nothing on a timeline."""
    assert timeline("orchard road", [statement(**fields)]).total == 0


def test_words_stand_together() -> None:
    """A statement that says one word of a topic here and the other far from it does not speak of the topic."""
    far = "The orchard is green. " + "We met and sang and went home again with our baskets. " * 4 + "A road is grey."
    near = "The orchard lies behind the river, and the road to it is grey."
    apart = statement("The orchard is green.\n\nThe road is grey.", id="apart")

    found = timeline("orchard road", [statement(far, id="far"), statement(near, id="near"), apart])

    assert shown(found.excerpts) == ["near"]


def about(body: str) -> Statement:
    """This, then an organization's standing paragraph on the orchard road."""
    standing = "The Hoe Circle mends the orchard road: the orchard road is its road."
    text = f"{body}\n\n{standing}"
    return statement(text, body=(Span(0, len(body)),), about=(Span(len(body) + 2, len(text)),))


def test_standing_paragraph_is_no_evidence() -> None:
    """What an organization always says of itself neither puts a statement on a timeline nor is shown there."""
    # Its own paragraphs say both words, but not together.
    assert timeline("orchard road", [about("The orchard is green.\n\nThe road is grey.")]).total == 0

    found = timeline(
        "orchard road", [about("Whoever walks to the orchard after dark needs a lamp for the road there.")]
    )

    assert [excerpt.kind for excerpt in found.excerpts] == ["body"]
    assert "lamp" in found.excerpts[0].text


def test_excerpt_says_the_topic() -> None:
    """The passage that says the whole topic is shown, however often another one says a part of it."""
    texts = [f"A road is long, number {number}." for number in range(9)]
    loud = "Orchard, orchard, orchard, orchard: the orchard!"
    quiet = "We sang, " * 20 + "and then we walked from the orchard by the river and the mill and along the road."
    record = [statement(text, id=f"r{number}") for number, text in enumerate(texts)]

    found = timeline("orchard road", [*record, statement(f"{loud}\n\n{quiet}", id="both")])

    assert [excerpt.text.startswith("We sang") for excerpt in found.excerpts] == [True]


def test_everyday_words_are_as_good() -> None:
    """What statements print for an everyday word is the topic too."""
    found = timeline("the boss of the orchard", [statement("The employer in the orchard pays late.", id="late")])

    assert shown(found.excerpts) == ["late"]
    assert found.bridged["boss"] == ("employer",)


def test_two_excerpts_at_most() -> None:
    """Of each statement the best passage is shown, and a second one only where it says the whole topic again."""
    found = timeline(
        "the orchard road", [statement(LONG + "\n\nThe orchard road, once more: gravel, please.", id="long")]
    )

    assert len(found.excerpts) == 2
    assert all("orchard road" in excerpt.text for excerpt in found.excerpts)
    assert len(timeline("orchard gravel").excerpts) == 1


def test_highlights_and_citation() -> None:
    """The words of the topic are marked, and a citation is there when asked for."""
    excerpt = timeline("orchard road", cite="mla").excerpts[0]

    assert [excerpt.text[span.start : span.end] for span in excerpt.highlights] == ["orchard road"]
    assert excerpt.citation
    assert timeline("orchard road").excerpts[0].citation is None


def test_private_numbers_are_not_shown() -> None:
    """A sentence with a private number is never an excerpt, also where it alone speaks of the topic."""
    number = PRIVATE.index("555")
    known = statement(PRIVATE, id="private", private=(Span(number, number + 8),))

    assert timeline("orchard road", [known]).excerpts == ()


ENGLISH = """Night Buses for Dunmore

The transport commission approved 3 night buses for Dunmore after a petition of 2,140 residents. Imelda Quarles
of the Cannery Road Committee delivered it in 16 boxes.

The buses will connect the Colfax plant with Orchard Park and Saint Brendan Hospital until 4 in the morning. A ticket
costs 75 cents, and interpreters will accompany the drivers in the first month."""
SPANISH = """Autobuses nocturnos para Dunmore

La comisión de transporte aprobó 3 autobuses nocturnos para Dunmore después de una petición de 2,140 residentes. La
entregó Imelda Quarles, del Comité de Cannery Road, en 16 cajas.

Los autobuses conectarán la planta Colfax con Orchard Park y el Saint Brendan Hospital hasta las 4 de la mañana. El
boleto cuesta 75 centavos, y habrá intérpretes con los conductores en el primer mes."""


def english(id: str, date: str | None = "2015-05-04", **fields: Any) -> Statement:
    return statement(ENGLISH, id=id, date=date, title="Night Buses", **fields)


def spanish(id: str, date: str | None = "2015-05-04", **fields: Any) -> Statement:
    return statement(SPANISH, id=id, date=date, title="Autobuses nocturnos", language="es", **fields)


@pytest.mark.parametrize(
    ("topic", "versions", "expected"),
    [
        ("night buses", [english("a"), spanish("b")], "a"),
        ("los autobuses nocturnos", [english("a"), spanish("b")], "b"),
        ("night buses", [english("a", None), english("b")], "b"),  # dated
        ("los autobuses nocturnos", [english("a"), spanish("b", None)], "a"),  # a date before the language
        ("night buses", [english("a", organizations=()), english("b")], "b"),  # with an issuer
        ("night buses", [english("a", "2016-08-01"), english("b")], "b"),  # first printed
    ],
)
def test_a_release_counts_once(topic: str, versions: list[Statement], expected: str) -> None:
    """The same release again, or in the other language, is one statement: dated, in the asker's language, the first."""
    found = timeline(topic, versions)

    assert shown((*found.excerpts, *found.undated)) == [expected]
    assert (held(found), found.total) == ({"2015": 1}, 1)


def test_how_the_words_were_read() -> None:
    """Corrected and translated words are named, as in an answer."""
    assert timeline("orchrd road").corrected == {"orchrd": "orchard"}
    assert "huerta" in timeline("la huerta").bridged
    assert timeline("gravel").bridged == {}


@pytest.mark.parametrize(
    ("topic", "options", "expected"),
    [
        ("orchard road", {}, []),
        ("orchard road", {"until": "2011-10-15"}, ["imprecise_left_out", "undated_any_time"]),
        ("gravel", {"since": "2016"}, []),
        ("orchard road", {"speaker": "Nobody Atall"}, ["speaker_unknown"]),
        ("gravel", {"until": "1999"}, ["out_of_coverage"]),
        ("gravel", {"until": "2012"}, []),
        ("what did they say?", {}, ["followup_missing", "topic_missing"]),
    ],
)
def test_notes(topic: str, options: dict[str, Any], expected: list[str]) -> None:
    """What was left out, what the filters cannot tell, and what names nobody or nothing is said."""
    assert codes(timeline(topic, **options)) == expected


@pytest.mark.parametrize(
    ("topic", "found", "missing"),
    [
        ("zeppelins", (), ("zeppelins",)),
        ("orchard zeppelins", ("orchard",), ("zeppelins",)),
        ("orchard alley", ("orchard", "alley"), ()),
        ('"it is what"', (), ("it is what",)),
    ],
)
def test_nothing_found(topic: str, found: tuple[str, ...], missing: tuple[str, ...]) -> None:
    """Where nothing is on the topic, it is said which of its words the statements hold."""
    nothing = timeline(topic)

    assert (nothing.excerpts, nothing.undated, nothing.years, nothing.total) == ((), (), {}, 0)
    assert (nothing.coverage.found, nothing.coverage.missing) == (found, missing)


def test_found_words() -> None:
    """Very words that were found are not missing."""
    found = timeline('"is not a"').coverage

    assert (found.found, found.missing) == (("is not a",), ())


def test_many_statements_are_shown_in_part_and_counted_whole() -> None:
    """Of very many statements the first, the newest and some of each year are shown, and it is said that more exist."""
    # A busy year and a quiet one after it.
    dates = [dt.date(2015, 1, 1) + dt.timedelta(days=5 * day) for day in range(MAX_STATEMENTS + 5)]
    dates += [dt.date(2016, 2, day) for day in (1, 2)]
    many = [
        statement(f"Barge number {n} carries reeds.", id=f"s{n:03}", date=date.isoformat())
        for n, date in enumerate(dates)
    ]

    found = timeline("reeds", many)

    assert found.years == {"2015": MAX_STATEMENTS + 5, "2016": 2}
    assert len(found.excerpts) == MAX_STATEMENTS
    assert found.excerpts[0].statement.id == "s000"
    assert shown(found.excerpts)[-2:] == [one.id for one in many[-2:]]
    assert [(note.code, note.values) for note in found.notes] == [
        ("timeline_bounded", {"count": MAX_STATEMENTS, "total": MAX_STATEMENTS + 7})
    ]


@pytest.mark.parametrize(
    ("topic", "options", "error"),
    [
        ("", {}, UsageError),
        (" \n", {}, UsageError),
        ("x" * 2001, {}, UsageError),
        ("roads", {"since": "Febuary"}, BadDateError),
        ("roads", {"since": "2014", "until": "2012"}, ReversedDatesError),
    ],
)
def test_what_is_no_request(topic: str, options: dict[str, str], error: type[Exception]) -> None:
    """Without a topic, with too long a one, or with dates that are none, one line says so."""
    with pytest.raises(error) as raised:
        timeline(topic, **options)

    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("topic", "locale", "expected"),
    [
        ("what do they say about the orchard", None, "en"),
        ("qué dicen sobre la huerta", None, "es"),
        ("the orchard", "es", "es"),
    ],
)
def test_reply_is_in_the_language_of_the_topic(topic: str, locale: str | None, expected: str) -> None:
    """The words around the excerpts are in the topic's language unless another one is asked for."""
    assert timeline(topic, locale=locale).locale == expected


DATES = st.sampled_from([None, "2011", "2011-03", "2012-05", "2012-05-07", "2019-01-01"])
TEXTS = st.lists(st.sampled_from(["Reeds grow here.", "Reeds and\n\nreeds again.", "Alleys are dark.", "Los juncos."]))


@settings(max_examples=share(60))
@given(st.lists(st.tuples(TEXTS, DATES), max_size=7), st.sampled_from([None, "2012", "2012-05"]))
def test_promises(made: list[tuple[list[str], str | None]], since: str | None) -> None:
    """Whatever the record: verbatim excerpts by ascending dates, none of them guessed, and counts that add up."""
    statements = [
        statement(f"Number {n}. " + "\n\n".join(texts), id=f"s{n}", date=date) for n, (texts, date) in enumerate(made)
    ]
    by_id = {one.id: one for one in statements}

    found = timeline("reeds", statements, since=since)

    starts = [by_id[excerpt.statement.id].date or "" for excerpt in found.excerpts]
    assert starts == sorted(starts)
    assert all(starts)
    assert all(excerpt.statement.date is None for excerpt in found.undated)
    for excerpt in (*found.excerpts, *found.undated):
        assert excerpt.text == by_id[excerpt.statement.id].text[excerpt.start : excerpt.end]
    assert len(shown(found.excerpts)) == sum(found.years.values())
    assert found.total == sum(found.years.values()) + len(shown(found.undated))
    assert list(found.years) == [f"{year}" for year in range(*_ends(found))]
    assert set(found.gaps) == {
        year for year in found.years if not any((one.date or "")[:4] == year for one in statements)
    }


def _ends(found: Timeline) -> tuple[int, int]:
    years = [int(str(excerpt.statement.date)[:4]) for excerpt in found.excerpts]
    return (min(years), max(years) + 1) if years else (0, 0)
