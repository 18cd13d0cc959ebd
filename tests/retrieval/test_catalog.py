"""
Which statements a filter lets through, and in which order.
"""

from __future__ import annotations

import datetime as dt

import pytest
from factories import spoken, statement
from hypothesis import given
from hypothesis import strategies as st

from corpus.models import Statement
from retrieval.catalog import Catalog
from retrieval.dates import Range, parse_date_option

CATALOG = Catalog(
    statement(id=id, date=date)
    for id, date in (
        ("day", "2014-09-10"),
        ("other-day", "2014-09-11"),
        ("month", "2014-09"),
        ("year", "2014"),
        ("late", "2015-01-01"),
        ("undated", None),
        ("also-undated", None),
    )
)


def between(first: str, last: str) -> Range:
    return parse_date_option(first)[0], parse_date_option(last)[1]


@pytest.mark.parametrize(
    ("ranges", "passed", "imprecise"),
    [
        ([between("2014-09-10", "2014-09-10")], "day", "month year"),  # both ends are inclusive
        ([between("2014-09-10", "2014-09-11")], "day other-day", "month year"),
        ([between("2014-09-11", "2014-12-31")], "other-day", "month year"),
        ([between("2014-09", "2014-09")], "day other-day month", "year"),
        ([between("2014", "2014")], "day other-day month year", ""),
        ([between("2014-09-02", "2015")], "day other-day late", "month year"),
        ([between("0001", "2014-09-10")], "day", "month year"),
        ([between("2015", "9999")], "late", ""),
        ([between("2012", "2013")], "", ""),
        ([between("2013", "2013"), between("2015", "2015")], "late", ""),
        (
            [between("2014-01", "2014-06"), between("2014-07", "2014-12")],
            "day other-day month",
            "year",
        ),  # not all in one
    ],
)
def test_dates_pass_only_as_a_whole(ranges: list[Range], passed: str, imprecise: str) -> None:
    """
    Days are inclusive; a month or a year passes only when all of it lies inside, and is named when it does not.
    """
    selection = CATALOG.select(ranges, None)

    assert selection.ids == set(passed.split())
    assert selection.imprecise == set(imprecise.split())


def test_undated_statements_never_pass() -> None:
    """
    A date filter leaves out what has no date, and says which.
    """
    selection = CATALOG.select([(dt.date.min, dt.date.max)], None)

    assert selection.undated == {"undated", "also-undated"}
    assert selection.ids is not None
    assert not selection.ids & selection.undated


def test_without_dates_nothing_is_filtered() -> None:
    """
    Without a range all statements stay, or those chosen before.
    """
    assert CATALOG.select([], None) == (None, frozenset(), frozenset())
    assert CATALOG.select([], frozenset({"day"})) == (frozenset({"day"}), frozenset(), frozenset())


def test_dates_narrow_what_was_chosen_before() -> None:
    """
    Only statements chosen before are let through, or named as left out.
    """
    selection = CATALOG.select([between("2014-09", "2014-09")], frozenset({"day", "undated", "nowhere"}))

    assert selection == ({"day"}, {"undated"}, frozenset())


@pytest.mark.parametrize(
    ("oldest", "expected"),
    [
        (False, "late other-day day month year also-undated undated"),
        (True, "day other-day month year late also-undated undated"),
    ],
)
def test_statements_in_order_of_their_dates(oldest: bool, expected: str) -> None:
    """
    Newest or oldest first, undated ones last either way; a month counts neither as its first day nor as its last.
    """
    assert CATALOG.newest_first(CATALOG.statements, oldest=oldest) == expected.split()


@given(st.permutations(["b", "a", "c"]), st.booleans())
def test_ties_are_in_order_of_ids(ids: list[str], oldest: bool) -> None:
    """
    Statements of one day are ordered by id, however they were given.
    """
    catalog = Catalog(statement(id=id, date="2014-09-10") for id in ids)

    assert catalog.newest_first(iter(ids), oldest=oldest) == ["a", "b", "c"]


def test_span_of_dates_is_as_printed() -> None:
    """
    The record runs from its first date to its last, each as exact as it is known.
    """
    assert CATALOG.span_of_dates == ("2014", "2015-01-01")
    assert Catalog([statement(date="2014-05"), statement(id="b", date="2014-05-03")]).span_of_dates == (
        "2014-05",
        "2014-05",
    )
    assert Catalog([statement(date=None)]).span_of_dates is None
    assert Catalog([]).span_of_dates is None


def test_statements_are_found_by_id() -> None:
    """
    A catalog holds each statement once, and knows who speaks in it.
    """
    said = spoken("Maribel Quill")
    catalog = Catalog([said])

    assert len(catalog) == 1
    assert catalog["2014-001"] is said
    assert catalog.names.all("speaker") == ["Maribel Quill"]
    with pytest.raises(KeyError):
        catalog["2014-002"]


DATES = st.none() | st.dates(dt.date(1990, 1, 1), dt.date(2030, 12, 31)).flatmap(
    lambda day: st.sampled_from([day.isoformat(), day.isoformat()[:7], day.isoformat()[:4]])
)


@given(st.lists(DATES, max_size=6), st.dates(), st.dates())
def test_every_statement_is_accounted_for(dates: list[str | None], one: dt.date, other: dt.date) -> None:
    """
    A statement passes, or is named as undated or imprecise, or lies wholly outside; never two of these.
    """
    statements = [statement(id=str(number), date=date) for number, date in enumerate(dates)]
    catalog = Catalog(statements)
    since, until = sorted((one, other))
    ids, undated, imprecise = catalog.select([(since, until)], None)

    def kind(it: Statement) -> str:
        if it.date is None:
            return "undated"
        first, last = parse_date_option(it.date)
        if since <= first and last <= until:
            return "passed"
        return "outside" if last < since or until < first else "imprecise"

    assert ids == {it.id for it in statements if kind(it) == "passed"}
    assert undated == {it.id for it in statements if kind(it) == "undated"}
    assert imprecise == {it.id for it in statements if kind(it) == "imprecise"}
