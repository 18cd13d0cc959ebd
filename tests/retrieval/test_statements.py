"""
A statement whole: every paragraph with what it is, no private number, and the same release in another language.
"""

from __future__ import annotations

import pytest
from factories import statement

from corpus.errors import UsageError
from corpus.models import Furniture, Span
from retrieval.catalog import Catalog
from retrieval.statements import read_whole

TEXT = "Menu\n\nWe walk.\n\nCall Ana Ruelle at 312-555-0188 tonight."


def catalog() -> Catalog:
    number = Span(TEXT.index("312"), TEXT.index(" tonight"))
    menu = Furniture(start=0, end=4, kind="navigation")
    return Catalog([statement(TEXT, body=(Span(6, len(TEXT)),), furniture=(menu,), private=(number,), place="Oakmere")])


def test_every_paragraph_is_there() -> None:
    """
    All paragraphs keep their numbers, furniture included, and each says what it is.
    """
    whole = read_whole("2014-001", catalog())

    assert [(one.paragraph, one.kind) for one in whole.paragraphs] == [(1, "navigation"), (2, "body"), (3, "body")]
    assert whole.paragraphs[1].text == "We walk."
    assert (whole.statement.id, whole.place) == ("2014-001", "Oakmere")


def test_private_numbers_are_replaced() -> None:
    """
    A private number is not in the full text, and words say that it was removed.
    """
    text = read_whole("2014-001", catalog()).paragraphs[2].text

    assert "555" not in text
    assert "[phone number removed]" in text


@pytest.mark.parametrize("typed", [" 2014-001 ", "2014-001\n"])
def test_number_is_found_as_it_is_typed(typed: str) -> None:
    """
    White space around a record number does not matter.
    """
    assert read_whole(typed, catalog()).statement.id == "2014-001"


@pytest.mark.parametrize("typed", ["2014-002", "", "x" * 500])
def test_unknown_number_is_an_error(typed: str) -> None:
    """
    A number that no statement has is said to be none, and what numbers look like.
    """
    with pytest.raises(UsageError, match="looks like 2014-003") as error:
        read_whole(typed, catalog())

    assert len(str(error.value)) < 150


def test_the_other_language_is_named() -> None:
    """
    The translation of a release is found from it, and a statement of another matter is not.
    """
    names = (
        "Ana Ruelle, Luis Baltar, Inés Waldo, Harbor Lights Network, 312 families, 41 nights, 1,900 lamps, 27 piers."
    )
    english = statement(f"Deportations stop. {names} The administration suspended visits. Solidarity is our tradition.")
    spanish = statement(
        f"Paran las deportaciones. {names} La administración suspendió las visitas. La solidaridad es tradición.",
        id="2014-002",
        language="es",
        title="Otro título",
    )
    other = statement("La panadería abre temprano y huele a canela.", id="2014-003", language="es", title="Pan")

    whole = read_whole("2014-001", Catalog([english, spanish, other]))

    assert [one.id for one in whole.versions] == ["2014-002"]
