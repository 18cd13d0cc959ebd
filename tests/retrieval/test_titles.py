"""Which statements a record number, a title or words of one mean: those, newest first, and never the nearest."""

from __future__ import annotations

from typing import Any

import pytest
from factories import statement

from retrieval.catalog import Catalog
from retrieval.directory import make_directory
from retrieval.models import StatementList, StatementsRequest
from retrieval.quote_search.people import People
from retrieval.titles import list_statements

CATALOG = Catalog(
    [
        statement(id="2013-001", date="2013-05-01", title="The pier office"),
        statement(id="2014-001", date="2014", title="The pier office opens"),
        statement(id="2015-001", date="2015-02-03", title="La oficina del muelle: ¿quién decide?"),
        statement(id="2015-002", date="2015-06-07", title="The pier office"),
        statement(id="undated-001", date=None, title="What we ask for in 2014"),
    ]
)
TITLES = make_directory(CATALOG, People(CATALOG.names, lambda word: False)).titles


def listed(title: str = "", **fields: Any) -> StatementList:
    return list_statements(StatementsRequest(title=title, **fields), CATALOG, TITLES)


def ids(found: StatementList) -> list[str]:
    return [one.id for one in found.statements]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", ["2015-002", "2015-001", "2014-001", "2013-001", "undated-001"]),
        ("  ", ["2015-002", "2015-001", "2014-001", "2013-001", "undated-001"]),
        ("2014-001", ["2014-001"]),
        (" Undated-001 ", ["undated-001"]),
        ("the PIER office", ["2015-002", "2013-001"]),  # the whole title of two, not the longer one
        ("la oficina del muelle quien decide", ["2015-001"]),
        ("office pier", ["2015-002", "2014-001", "2013-001"]),
        ("pier op", ["2014-001"]),  # as far as it is typed
        ("quién", ["2015-001"]),
        ("2014", ["undated-001"]),  # no record number, and a word of a title
        ("pier muelle", []),
        ("peir", []),
        ("…", []),
    ],
)
def test_what_is_typed_means(typed: str, expected: list[str]) -> None:
    """
    A number means one statement, a whole title those that bear it, words those whose titles hold all of them.
    """
    found = listed(typed)

    assert ids(found) == expected
    assert found.total == len(expected)


@pytest.mark.parametrize(
    ("typed", "missing", "note"),
    [
        ("pier zeppelin Zebra", ("zeppelin", "Zebra"), "title_words_missing"),
        ("pier muelle", (), "title_words_apart"),
    ],
)
def test_nothing_says_why(typed: str, missing: tuple[str, ...], note: str) -> None:
    """
    Where no title is meant, the words that are in no title are named; where all are, that they do not stand together.
    """
    found = listed(typed)

    assert (found.missing, [one.code for one in found.notes]) == (missing, [note])


def test_limit_leaves_the_total() -> None:
    """
    More statements than are wanted are counted.
    """
    found = listed(limit=2)

    assert (ids(found), found.total) == (["2015-002", "2015-001"], 5)


@pytest.mark.parametrize(
    ("typed", "locale", "expected"),
    [("la oficina del muelle", None, "es"), ("la oficina del muelle", "en", "en"), ("", None, "en")],
)
def test_the_reply_speaks_the_language_typed(typed: str, locale: Any, expected: str) -> None:
    """
    The reply is in the language that is asked for, else in that of the words typed, else in English.
    """
    assert listed(typed, locale=locale).locale == expected
