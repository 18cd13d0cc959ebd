"""
Dates typed into an option are days, or a clear error.
"""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import BadDateError
from retrieval.dates import parse_date_option


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("2014", "2014-01-01", "2014-12-31"),
        ("  2014 ", "2014-01-01", "2014-12-31"),
        ("2014-02", "2014-02-01", "2014-02-28"),
        ("2016-02", "2016-02-01", "2016-02-29"),
        ("2014-9", "2014-09-01", "2014-09-30"),
        ("2014-09-10", "2014-09-10", "2014-09-10"),
        ("0001", "0001-01-01", "0001-12-31"),
        ("9999-12", "9999-12-01", "9999-12-31"),
    ],
)
def test_date_options_are_inclusive_days(typed: str, first: str, last: str) -> None:
    """
    A year, a month or a day typed into an option is all of its days.
    """
    assert (dt.date.fromisoformat(first), dt.date.fromisoformat(last)) == parse_date_option(typed)


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "",
            " ",
            "0000",
            "2014-13",
            "2014-00",
            "2014-02-30",
            "2014-02-00",
            "2014-09-31",
            "14",
            "20140",
            "2014-",
            "2014-09-",
        ),
        *("2014/09", "09-2014", "September 2014", "last year", "2014-09-10T00:00", "２０１４", "-2014", "2014\n2015"),
    ],
)
def test_what_is_no_date_says_so(typed: str) -> None:
    """
    Anything else is refused with the words and the forms that are read.
    """
    with pytest.raises(BadDateError, match=r"is not a date\. Try 2014, 2014-09 or 2014-09-10\.") as caught:
        parse_date_option(typed)

    assert "\n" not in str(caught.value)


def test_a_bad_date_is_shown_safely() -> None:
    """
    Long words and control characters do not reach the terminal.
    """
    with pytest.raises(BadDateError) as caught:
        parse_date_option("\x1b[31mred\n" + "x" * 500)

    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 120


@given(st.text())
def test_options_are_read_or_refused(typed: str) -> None:
    """
    Anything typed into a date option is a range or a clear error.
    """
    try:
        first, last = parse_date_option(typed)
    except BadDateError:
        return
    assert first <= last
