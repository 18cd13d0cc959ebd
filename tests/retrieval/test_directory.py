"""Names and titles while they are typed: what can be meant, the likeliest first."""

from __future__ import annotations

import pickle

import pytest
from factories import spoken, statement
from hypothesis import given
from hypothesis import strategies as st

from retrieval.catalog import Catalog
from retrieval.directory import complete_name, complete_title, folded_form, make_directory
from retrieval.models import Directory, KnownName
from retrieval.quote_search.people import People

NAMES = ("Óscar Lindero", "Marisol Vance-Ibarra", "Lina Ortiz", "Oscar Bell", "Ana Lindero Paz")


def directory(*statements: object) -> Directory:
    catalog = Catalog(statements)  # type: ignore[arg-type]
    return make_directory(catalog, People(catalog.names, lambda word: False))


def known(*names: str) -> list[KnownName]:
    return [KnownName(name, 1, folded_form(name)) for name in names]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("lin", ["Lina Ortiz", "Óscar Lindero", "Ana Lindero Paz"]),  # its beginning before any word
        ("OSCAR", ["Óscar Lindero", "Oscar Bell"]),
        ("óscar li", ["Óscar Lindero"]),
        ("lindero ana", ["Ana Lindero Paz"]),  # every word, in any order
        ("lindero bell", []),
        ("ibarra", ["Marisol Vance-Ibarra"]),
        ("vance-i", ["Marisol Vance-Ibarra"]),
        ("dero", []),  # no word begins so
        ("  ", list(NAMES)),
        ("", list(NAMES)),
    ],
)
def test_names_complete(typed: str, names: list[str]) -> None:
    """
    Every typed word begins a word of the name, case and accents aside; a name that begins so comes first.
    """
    assert complete_name(known(*NAMES), typed) == names


def test_no_more_than_can_be_shown() -> None:
    """
    A list of choices has its limit, and names that begin with what is typed are in it however late they stand.
    """
    many = known(*(f"Ana Lindero {number}" for number in range(40)), "Lindero Vega")

    assert len(complete_name(many, "")) == 25
    assert complete_name(many, "lind", limit=2) == ["Lindero Vega", "Ana Lindero 0"]


@given(typed=st.text(max_size=12), names=st.lists(st.text("aáAbBñ -'", max_size=8), max_size=6))
def test_whatever_is_typed_completes(typed: str, names: list[str]) -> None:
    """
    Nothing that is typed fails or brings a name that is not known; a whole name brings itself.
    """
    everybody = known(*names)

    assert set(complete_name(everybody, typed)) <= set(names)
    assert all(name in complete_name(everybody, name) for name in names)


def test_people_are_there_once() -> None:
    """
    A person under several spellings is one entry, found by each; those whom most statements quote come first.
    """
    found = directory(
        spoken("Nadia Ferrol", id="a"),
        spoken("Óscar A. Lindero", id="b"),
        spoken("Oscar Lindero", id="c"),
        spoken("Oscar Lindero", id="d"),
    )

    assert [(one.name, one.statements) for one in found.speakers] == [("Oscar Lindero", 3), ("Nadia Ferrol", 1)]
    assert complete_name(found.speakers, "oscar a") == ["Oscar Lindero"]


def test_organizations_complete_by_short_form() -> None:
    """
    An organization is found by its name and by its short form, and is shown by its name.
    """
    found = directory(statement(short={"HLN": "Harbor Lights Network"}))

    assert complete_name(found.organizations, "hln") == ["Harbor Lights Network"]
    assert complete_name(found.organizations, "lights") == ["Harbor Lights Network"]


def test_titles_are_newest_first() -> None:
    """
    Titles stand by date, those without one last, each with its record number and date.
    """
    found = directory(
        statement(id="undated-001", date=None, title="The pier\nwaits"),
        statement(id="2014-001", date="2014-03-04", title="Who owns the pier?"),
        statement(id="2015-001", date="2015", title="¡Piedad!"),
    )

    assert [(one.id, one.title, one.date) for one in complete_title(found.titles, "pie")] == [
        ("2015-001", "¡Piedad!", "2015"),
        ("2014-001", "Who owns the pier?", "2014-03-04"),
        ("undated-001", "The pier waits", None),
    ]


def test_it_crosses_processes() -> None:
    """
    A directory that arrives from another process completes as it did.
    """
    found = directory(spoken("Nadia Ferrol"))
    arrived = pickle.loads(pickle.dumps(found))

    assert arrived == found
    assert complete_name(arrived.speakers, "fer") == ["Nadia Ferrol"]
