"""What the statements print of one person: names, titles and organizations with their dates, quotes a year."""

from __future__ import annotations

from typing import Any

import pytest
from factories import quote, quoter, release, statement

from corpus.errors import UsageError
from corpus.models import Statement
from retrieval.models import PersonProfile, PersonRequest, PrintedForm
from retrieval.quote_search.profiles import describe_person


def said(
    words: str, id: str, name: str = "Nadia Ferrol", title: str | None = None, for_: str | None = None, **fields: Any
) -> Statement:
    """A statement in which somebody says these words."""
    text = f"Today {id} is read aloud at the pier. “{words},” said {name}."
    return statement(text, id=id, quotes=(quote(words, text, speaker=name, title=title, organization=for_),), **fields)


def profile(name: str, *statements: Statement, **fields: Any) -> PersonProfile:
    return describe_person(PersonRequest(name=name, **fields), quoter(statements))


CAREER = (
    said("The ferry runs at dawn", "a", title="treasurer", for_="Pier Union", date="2011-05"),
    said("Nobody asked the deckhands", "b", "NADIA FERROL", title="Director", for_="Pier Union", date="2014-02-01"),
    said("We count the boats ourselves", "c", title="Director", date="2012"),
    said("The harbor belongs to all", "d", title="Director", date=None),
    said("I only sell bread here", "e", "Pedro Sandoval", title="baker", date="2020"),
)


def test_forms_are_as_printed() -> None:
    """
    Names, titles and organizations stand as printed, with the first and last date that they were, those last printed
    first; what is printed of others is not there.
    """
    found = profile("Ferrol", *CAREER)

    assert found.names == (
        PrintedForm(text="NADIA FERROL", first="2014-02-01", last="2014-02-01", statements=1),
        PrintedForm(text="Nadia Ferrol", first="2011-05", last="2012", statements=3),
    )
    assert found.titles == (
        PrintedForm(text="Director", first="2012", last="2014-02-01", statements=3),
        PrintedForm(text="treasurer", first="2011-05", last="2011-05", statements=1),
    )
    assert [form.text for form in found.organizations] == ["Pier Union"]


def test_years_are_counted() -> None:
    """
    Each year from the first to the last has its statements and quotes, 0 where there are none; undated ones are apart.
    """
    found = profile("Ferrol", *CAREER)

    assert {year: (one.statements, one.quotes) for year, one in found.years.items()} == {
        **{"2011": (1, 1), "2012": (1, 1)},
        **{"2013": (0, 0), "2014": (1, 1)},
    }
    assert (found.undated.statements, found.total.statements, found.total.quotes) == (1, 4, 4)


def test_quotes_are_newest_of_different_statements() -> None:
    """
    The quotes shown are of the newest statements, one of each, what stands by itself before what does not.
    """
    long = release(
        ("So it is", "Nadia Ferrol"),
        ("We will not leave the pier before the last boat is home.", "Nadia Ferrol"),
        id="f",
        date="2016-01-01",
    )
    found = profile("Ferrol", *CAREER, long)

    assert [one.text for one in found.quotes] == [
        "We will not leave the pier before the last boat is home.",
        "Nobody asked the deckhands",
        "We count the boats ourselves",
    ]
    assert [one.statement.id for one in profile("Ferrol", *CAREER, long, limit=1).quotes] == ["f"]


def test_a_release_twice_is_shown_once() -> None:
    """
    A copy of a release counts as a statement, its quote counts once and is shown once.
    """
    words = "We count the boats ourselves, every night, with lamps"
    body = "The families of the pier wait for the ferry office to open its books to everybody who pays for it."
    copies = [release(body, (words, "Nadia Ferrol"), id=id, date="2015-01-02") for id in ("a", "b")]
    found = profile("Nadia Ferrol", *copies)

    assert (found.total.statements, found.total.quotes, len(found.quotes)) == (2, 1, 1)


def test_several_are_asked_back() -> None:
    """
    A name of two people shows nobody and gives both to choose from.
    """
    found = profile("ferrol", *CAREER, said("Bread is bread", "f", "Ramón Ferrol"))

    assert (found.name, found.quotes, found.choices) == (None, (), ("Nadia Ferrol", "Ramón Ferrol"))
    assert [note.code for note in found.notes] == ["name_ambiguous"]


@pytest.mark.parametrize("typed", ["Pablo Ferrol", "Nobody", "x"])
def test_nobody_is_the_nearest_person(typed: str) -> None:
    """
    A name that nobody has finds nobody, and says so.
    """
    found = profile(typed, *CAREER)

    assert (found.name, found.names, found.years, found.choices) == (None, (), {}, ())
    assert [note.code for note in found.notes] == ["speaker_unknown"]


def test_a_slip_is_corrected() -> None:
    """
    One clear slip of the pen is read as the name, and it is told.
    """
    found = profile("nadia ferol", *CAREER)

    assert found.total.statements == 4
    assert found.corrected == {"ferol": "Ferrol"}


@pytest.mark.parametrize("typed", ["", "  "])
def test_no_name_is_an_error(typed: str) -> None:
    """
    Without a name it is said how to give one.
    """
    with pytest.raises(UsageError, match="onrecord person"):
        profile(typed, *CAREER)
