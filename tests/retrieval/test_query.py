"""What a question says about itself: dates, names, order, quoted words. All of it shows in the answer's filters."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from factories import quote, statement
from hypothesis import given, settings
from hypothesis import strategies as st
from trying import share

from corpus.errors import BadDateError, UsageError
from corpus.models import Statement
from retrieval.models import AskRequest, Filters
from retrieval.names import Names
from retrieval.query import Question, parse_question

TODAY = dt.date(2022, 6, 1)

SPEECH = "“Rent is a storm,” said Ana Ruelle of the Copper Gate Alliance. “Rent is a wall,” said Ramona Quintero."
RECORD: tuple[Statement, ...] = (
    statement(
        SPEECH,
        organizations=("Copper Gate Alliance",),
        short={"CGA": "Copper Gate Alliance"},
        quotes=(
            quote("Rent is a storm,", SPEECH, speaker="Ana Ruelle"),
            quote("Rent is a wall,", SPEECH, speaker="Ramona Quintero"),
        ),
    ),
    statement("We sew.", id="2015-001", organizations=("Seamstress Circle of Halden",)),
    statement("We light.", id="2015-002", organizations=("Brass Lanterns",)),
)


def read(question: str, **options: Any) -> Question:
    return parse_question(AskRequest(question=question, **options), Names(RECORD), TODAY)


def topic(question: str, **options: Any) -> list[str]:
    return [token.surface for token in read(question, **options).content]


def days(question: str, **options: Any) -> list[tuple[str, str]]:
    return [(str(since), str(until)) for since, until in read(question, **options).ranges]


@pytest.mark.parametrize(
    ("question", "since", "until"),
    [
        ("rent before 2012", "0001-01-01", "2011-12-31"),
        ("renta antes de 2012", "0001-01-01", "2011-12-31"),
        ("rent in 2014", "2014-01-01", "2014-12-31"),
        ("renta en agosto de 2011", "2011-08-01", "2011-08-31"),
        ("rent since 2013", "2013-01-01", "9999-12-31"),
        ("rent after March 2013", "2013-04-01", "9999-12-31"),
        ("rent between 2012 and 2014", "2012-01-01", "2014-12-31"),
        ("rent on February 29, 2012", "2012-02-29", "2012-02-29"),
        ("rent last year", "2021-01-01", "2021-12-31"),
        ("2014", "2014-01-01", "2014-12-31"),
        ("and 2014?", "2014-01-01", "2014-12-31"),
    ],
)
def test_dates_are_read_as_days(question: str, since: str, until: str) -> None:
    """A date in a question is a range of inclusive days: "before 2012" ends on the last day of 2011."""
    assert days(question) == [(since, until)]
    assert not set(topic(question)) & {"2011", "2012", "2013", "2014", "agosto", "march", "february", "29"}


@pytest.mark.parametrize(
    "question", ["rent and the 2010 census", "bill 2014", "May families march", "the 2008 election"]
)
def test_a_number_is_no_date(question: str) -> None:
    """A year or a month that may be part of a name narrows nothing."""
    assert days(question) == []


@pytest.mark.parametrize(
    ("options", "since", "until"),
    [
        ({"since": "2016"}, "2016-01-01", "9999-12-31"),
        ({"until": "2016-02"}, "0001-01-01", "2016-02-29"),
        ({"since": "2016-05-06", "until": "2016-05-06"}, "2016-05-06", "2016-05-06"),
        ({"since": "2016", "until": "2016"}, "2016-01-01", "2016-12-31"),
    ],
)
def test_date_options_win(options: dict[str, str], since: str, until: str) -> None:
    """Explicit dates win over those of the question, and what the question says of dates is no topic either."""
    assert days("rent in 2014", **options) == [(since, until)]
    assert topic("rent in 2014", **options) == ["rent"]


@pytest.mark.parametrize("words", ["2014-13", "2014-02-30", "soon", "14", "2014/05", "0000"])
def test_bad_date_is_named(words: str) -> None:
    """A date option that is no date is a usage error that repeats the words."""
    with pytest.raises(BadDateError, match=words):
        read("rent", since=words)


def test_dates_the_wrong_way_round() -> None:
    """A range that ends before it starts is a usage error."""
    with pytest.raises(UsageError, match="wrong way round"):
        read("rent", since="2015", until="2014")


@pytest.mark.parametrize("length", [1999, 2000])
def test_two_thousand_characters_are_read(length: int) -> None:
    """Questions of up to 2,000 characters are read."""
    assert read("rent " + "x" * (length - 5)).text.startswith("rent")


def test_longer_question_is_a_usage_error() -> None:
    """One character more is a usage error that says how long it was and what may be asked; it repeats no question."""
    with pytest.raises(UsageError, match="2,001 characters; up to 2,000") as error:
        read("secret" + "x" * 1995)

    assert "secret" not in str(error.value)


@pytest.mark.parametrize(
    ("question", "order"),
    [
        ("latest statement on rent", "newest"),
        ("What is their current position on rent?", "newest"),
        ("newest on rent", "newest"),
        ("most recent statement about rent", "newest"),
        ("what's new on rent?", "newest"),
        ("whats new on rent", "newest"),
        ("anything new on rent?", "newest"),
        ("any news about rent", "newest"),
        ("last thing they said about rent", "newest"),
        ("the last time they spoke of rent", "newest"),
        ("when did they last mention rent", "newest"),
        ("recent statements on rent", "newest"),
        ("what have they said about rent lately", "newest"),
        ("último comunicado sobre la renta", "newest"),
        ("lo último sobre la renta", "newest"),
        ("lo más reciente de la renta", "newest"),
        ("¿qué hay de nuevo sobre la renta?", "newest"),
        ("el comunicado más reciente sobre la renta", "newest"),
        ("novedades de la renta", "newest"),
        ("la última vez que hablaron de la renta", "newest"),
        ("qué han dicho últimamente de la renta", "newest"),
        ("first time they mentioned rent", "oldest"),
        ("when did they first speak about rent", "oldest"),
        ("when did they mention rent for the first time", "oldest"),
        ("earliest mention of rent", "oldest"),
        ("their oldest statement", "oldest"),
        ("primer comunicado sobre la renta", "oldest"),
        ("la primera vez que hablaron de la renta", "oldest"),
        ("¿cuándo hablaron por primera vez de la renta?", "oldest"),
        ("¿cuándo fue la primera mención de la renta?", "oldest"),
        ("lo primero que dijeron de la renta", "oldest"),
        ("rent", "relevance"),
        ("the first family on the street", "relevance"),
        ("who rented for the first time", "relevance"),
        ("rent at last", "relevance"),
        ("the last straw", "relevance"),
        ("a new law on rent", "relevance"),
        ("rent in the last two years", "relevance"),
        ("renta en los últimos dos años", "relevance"),
        ("familias que rentan por primera vez", "relevance"),
        ("la última gota", "relevance"),
        ("un nuevo techo", "relevance"),
    ],
)
def test_newest_or_first(question: str, order: str) -> None:
    """Questions for the latest or the first say in which order to show."""
    assert read(question).order == order


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("when did they first speak about rent", ["rent"]),
        ("¿qué hay de nuevo sobre la renta?", ["renta"]),
        ("la primera vez que hablaron de la renta", ["renta"]),
        ("how often do they mention rent", ["rent"]),
        ("¿cuántas veces hablaron de la renta?", ["renta"]),
        ("how many statements mention rent", ["rent"]),
        ("difference between 2011 and 2014 on rent", ["rent"]),
        ("how has their position on rent changed since 2014", ["rent"]),
        ("rent before and after 2014", ["rent"]),
        ("the same for rent", ["rent"]),
        ("what did they say about rent in 2011 and what in 2014", ["rent"]),
        ("change of rent", ["change", "rent"]),
        ("hard times and rent", ["hard", "times", "rent"]),
    ],
)
def test_words_that_ask_are_no_topic(question: str, left: list[str]) -> None:
    """Words that order, count, compare or lean on an earlier question are not looked for; elsewhere they are."""
    assert topic(question) == left


@pytest.mark.parametrize(
    ("question", "counts"),
    [
        ("how often do they mention rent?", True),
        ("how many times did they speak about rent", True),
        ("how many times has CGA called for a ceiling", True),
        ("how many statements mention rent", True),
        ("in how many statements do they talk about rent?", True),
        ("how many press releases are about rent", True),
        ("how many statements are there from 2014?", True),
        ("number of statements on rent", True),
        ("how often?", True),
        ("¿cuántas veces mencionan la renta?", True),
        ("cuantas veces hablaron de la renta", True),
        ("¿cuántos comunicados mencionan la renta?", True),
        ("¿en cuántos comunicados hablan de la renta?", True),
        ("¿con qué frecuencia hablan de la renta?", True),
        ("qué tan seguido mencionan la renta", True),
        ("cuántos comunicados hay sobre la renta", True),
        ("how many refugees did they ask for", False),
        ("how many people marched for rent", False),
        ("how often does the clinic open", False),
        ("how many times was he arrested", False),
        ("how many signatures did they collect", False),
        ("how many letters did they send to the board", False),
        ("how much is the rent", False),
        ("¿cuántos refugiados pidieron?", False),
        ("¿cuántas familias pagan renta?", False),
        ("¿cuántas veces al año abre la clínica?", False),
        ("¿cuánto cuesta la renta?", False),
    ],
)
def test_how_often_is_no_number_in_the_text(question: str, counts: bool) -> None:
    """ "How often do they speak of it" counts statements; "how many people marched" asks for what they say."""
    found = read(question)

    assert found.counts == counts
    assert (found.wants == "number") != counts or not counts


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("who said rent is a wall", True),
        ("who spoke about rent?", True),
        ("who else talked about rent", True),
        ("and who said that?", True),
        ("whose words are these?", True),
        ("who was quoted on rent", True),
        ("¿quién dijo que la renta es un muro?", True),
        ("¿Quién habló de la renta?", True),
        ("quienes mencionaron la renta", True),
        ("who pays the rent", False),
        ("who is Ana Ruelle", False),
        ("what did the one who spoke say", False),
        ("¿quién paga la renta?", False),
        ("¿quién es la directora?", False),
    ],
)
def test_who_said_it(question: str, asks: bool) -> None:
    """ "Who said" asks for a speaker; "who pays" asks what the statements tell."""
    assert read(question).asks_speaker == asks


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("What did Ana Ruelle and Ramona Quintero say about rent?", ["Ana Ruelle", "Ramona Quintero"]),
        ("compare Ramona Quintero with Ana Ruelle on rent", ["Ramona Quintero", "Ana Ruelle"]),
        ("CGA vs the Seamstress Circle of Halden", ["CGA", "Seamstress Circle of Halden"]),
        ("¿Qué dijeron Ana Ruelle y Ramona Quintero?", ["Ana Ruelle", "Ramona Quintero"]),
        ("diferencia entre CGA y Ramona Quintero", ["CGA", "Ramona Quintero"]),
        (
            "compara lo que dijo CGA con lo que dijo el Seamstress Circle of Halden",
            ["CGA", "Seamstress Circle of Halden"],
        ),
        ("What did Ana Ruelle of the Copper Gate Alliance say about rent?", []),
        ("compare what Ana Ruelle of the Copper Gate Alliance said in 2011 and 2014", []),
        ("What did Ana Ruelle say about Ramona Quintero?", []),
        ("What did CGA and Copper Gate Alliance say?", []),
        ("Ana Ruelle and Ramona Quintero", []),
        ("What did Ana Ruelle say?", []),
    ],
)
def test_names_side_by_side(question: str, names: list[str]) -> None:
    """Two whose words are asked for together, or that are compared, are the sides of a comparison."""
    assert [match.shown for match in read(question).compared] == names


@pytest.mark.parametrize(
    ("question", "topics"),
    [
        ("rent in 2011 and wages in 2014", [["rent"], ["wages"]]),
        ("rent in 2011 and wages in 2014, what did they think of strikes", [["rent", "strikes"], ["wages", "strikes"]]),
        ("rent in 2011 and in 2014", []),
        ("rent in 2011 and 2014", []),
        ("rent in 2011", []),
    ],
)
def test_each_time_may_have_its_topic(question: str, topics: list[list[str]]) -> None:
    """Where each year has words of its own before it, they are the topic of that year alone."""
    assert [[token.surface for token in side.content] for side in read(question).sides if side.content] == topics


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("what did CGA say in 2011 and Brass Lanterns in 2014 about rent", ["CGA", "Brass Lanterns"]),
        ("rent: in 2011 the Brass Lanterns and in 2014 CGA", ["Brass Lanterns", "CGA"]),
        ("what did CGA say in 2011 and in 2014 about rent", []),
        ("what did CGA say in 2011 and what did CGA say in 2014 about rent", []),
        ("what did CGA and Brass Lanterns say in 2011 and in 2014", []),
    ],
)
def test_each_time_may_have_its_name(question: str, names: list[str]) -> None:
    """Where each year has somebody else beside it, that name holds for that year alone."""
    found = read(question)

    assert [side.name.shown for side in found.sides if side.name] == names
    assert len(found.sides) == 2


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("and in 2014?", True),
        ("and about rent?", True),
        ("¿y en 2014?", True),
        ("what did she say about rent?", True),
        ("¿qué más dijo?", True),
        ("what else?", True),
        ("and before that?", True),
        ("why?", True),
        ("¿por qué?", True),
        ("who said that?", True),
        ("lo mismo sobre la renta", True),
        ("what about rent?", False),
        ("What did they say about rent?", False),
        ("y qué dijeron de la renta cuando subió en el invierno", False),
        ("what did Ana Ruelle say about her rent?", False),
        ("what did the baker say about her rent", False),
        ("why is rent a wall?", False),
        ("rent", False),
        ("anything from 2014?", False),
    ],
)
def test_question_that_only_leans_is_noticed(question: str, missing: bool) -> None:
    """Without an earlier question one that says nothing by itself gets a note; what stands alone gets none."""
    assert ("followup_missing" in {note.code for note in read(question).notes}) == missing
    assert "followup_missing" not in {note.code for note in read(question, previous=("rent",)).notes}


@pytest.mark.parametrize("question", ["first statement on rent", "earliest mention of rent", "last release on rent"])
def test_order_is_no_topic(question: str) -> None:
    """The words that ask for the first or the latest are not looked for."""
    assert topic(question) == ["rent"]


@pytest.mark.parametrize(
    ("question", "speaker"),
    [
        ("What did Ana Ruelle say about rent?", "Ana Ruelle"),
        ("what did ruelle say about rent", "Ana Ruelle"),
        ("¿Qué dijo Ana Ruelle de la renta?", "Ana Ruelle"),
        ("Ruelle's words on rent", "Ana Ruelle"),
        ("rent according to Quintero", "Ramona Quintero"),
    ],
)
def test_person_narrows(question: str, speaker: str) -> None:
    """A person of the statements who is named in a question narrows it, and the name is no topic."""
    found = read(question)

    assert found.speaker is not None
    assert found.speaker.shown == speaker
    assert not {"ana", "ruelle", "quintero"} & set(topic(question))


@pytest.mark.parametrize(
    ("question", "organization"),
    [
        ("What did the Copper Gate Alliance say about rent?", "Copper Gate Alliance"),
        ("What has the Copper Gate Alliance demanded since 2014?", "Copper Gate Alliance"),
        ("What did CGA say about rent?", "CGA"),
        ("CGA's position on rent", "CGA"),
        ("Brass Lanterns' position on rent", "Brass Lanterns"),
        ("Brass Lanterns’ position on rent", "Brass Lanterns"),
        ("according to the Seamstress Circle of Halden", "Seamstress Circle of Halden"),
        ("qué opina CGA sobre la renta", "CGA"),
        ("copper gate alliance", "Copper Gate Alliance"),
    ],
)
def test_issuer_narrows(question: str, organization: str) -> None:
    """An organisation whose words are asked for narrows the question, under the name that was used."""
    found = read(question)

    assert found.organization is not None
    assert found.organization.shown == organization


@pytest.mark.parametrize(
    "question", ["What is the Copper Gate Alliance?", "who opposed the Copper Gate Alliance in court?"]
)
def test_issuer_that_is_asked_about_is_a_topic(question: str) -> None:
    """An organisation that is only mentioned does not narrow: it may be anybody who speaks about it."""
    assert read(question).organization is None


def test_option_that_is_repeated_is_no_topic() -> None:
    """A name that an option already gives is not looked for once more."""
    assert topic("Copper Gate Alliance rent", organization="copper gate alliance") == ["rent"]


def test_word_typed_again_and_again_is_one_wish() -> None:
    """
    A word counts twice at most: found by fuzzing, a question of nothing but "12/" was weighed for 24 seconds.
    """
    assert topic("rent bread " * 150) == ["rent", "bread"] * 2


@pytest.mark.parametrize(
    ("question", "phrases"),
    [
        ('who said "rent is a wall"?', ("rent is a wall",)),
        ("who said “rent is a wall”?", ("rent is a wall",)),
        ("¿quién dijo «la renta»?", ("la renta",)),
        ('"we will" and "not be"', ("we will", "not be")),
        ("the tenants' and bakers' rent", ()),
    ],
)
def test_quoted_words_are_literal(question: str, phrases: tuple[str, ...]) -> None:
    """Words between quotation marks are kept word for word; an apostrophe is no quotation mark."""
    assert read(question).phrases == phrases


@pytest.mark.parametrize(
    "question", ['who said "we marched in 2006"?', 'find "said Ana Ruelle"', 'find "the latest statement" please']
)
def test_quoted_words_narrow_nothing(question: str) -> None:
    """A year, a name or "latest" between quotation marks is looked for, and filters nothing."""
    found = read(question)

    assert (found.ranges, found.speaker, found.order) == ((), None, "relevance")


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("What did the Union of Lamplighters say about rent?", "Union of Lamplighters"),
        ("According to Jonas Perch, is rent fair?", "Jonas Perch"),
        ("¿Qué dijo Jonas Perch sobre la renta?", "Jonas Perch"),
        ("What did Ana Ruelle say about rent?", None),
        ("What did they say about rent?", None),
        ("what did the landlords say about rent", None),
    ],
)
def test_unknown_source_is_noticed(question: str, name: str | None) -> None:
    """Somebody asked for by name who neither speaks nor issues here is noticed."""
    assert read(question).unknown_source == name


@settings(deadline=None, max_examples=share(200))
@given(question=st.text(max_size=300))
def test_any_question_can_be_taken_apart(question: str) -> None:
    """Whatever is typed, its words are spans of it and its filters can be printed."""
    found = read(question)

    assert all(0 <= token.start < token.end <= len(question) for token in (*found.content, *found.soft))
    assert Filters(order=found.order).order == found.order


def test_a_word_said_again_and_again_counts_twice() -> None:
    """
    What is repeated through a whole question asks for nothing more, and costs no more than saying it twice.
    """
    assert topic("raids " * 50) == ["raids", "raids"]
