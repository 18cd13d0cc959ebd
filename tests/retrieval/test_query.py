"""
Dates in a question are read as days, quoted words are kept as they stand, and whatever is typed can be taken apart.
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from question_reading import read, topic
from trying import share

from corpus.errors import BadDateError, UsageError
from retrieval.models import Filters


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


@pytest.mark.parametrize("length", [1999, 2000])
def test_two_thousand_characters_are_read(length: int) -> None:
    """Questions of up to 2,000 characters are read."""
    assert read("rent " + "x" * (length - 5)).text.startswith("rent")


def test_longer_question_is_a_usage_error() -> None:
    """One character more is a usage error that says how long it was and what may be asked; it repeats no question."""
    with pytest.raises(UsageError, match="2,001 characters; up to 2,000") as error:
        read("secret" + "x" * 1995)

    assert "secret" not in str(error.value)


def test_word_typed_again_and_again_is_one_wish() -> None:
    """
    A word counts twice at most: found by fuzzing, a question of nothing but "12/" was weighed for 24 seconds.
    """
    assert topic("rent bread " * 150) == ["rent", "bread"] * 2


def test_a_word_said_again_and_again_counts_twice() -> None:
    """
    What is repeated through a whole question asks for nothing more, and costs no more than saying it twice.
    """
    assert topic("raids " * 50) == ["raids", "raids"]


@settings(deadline=None, max_examples=share(200))
@given(question=st.text(max_size=300))
def test_any_question_can_be_taken_apart(question: str) -> None:
    """Whatever is typed, its words are spans of it and its filters can be printed."""
    found = read(question)

    assert all(0 <= token.start < token.end <= len(question) for token in (*found.content, *found.soft))
    assert Filters(order=found.order).order == found.order
