"""
A statement's number is given once; the same words are the same statement, other words its revision, and all of them
stay.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from storing import FOLDER, TODAY, put, reading

from corpus.errors import StoreError, UsageError
from corpus.models import Reading
from corpus.store import Item, Store


def test_first_statement_gets_number(store: Store) -> None:
    """
    A record number is the year known when the statement is first stored, and the next number of that year.
    """
    assert put(store, "/statements/a.txt", reading("We march.")) == [Item("new", "2014-001", 1)]
    assert put(store, "/statements/b.txt", reading("We stay.")) == [Item("new", "2014-002", 1)]
    assert put(store, "/statements/c.txt", reading("We vote.", date="2016-05")) == [Item("new", "2016-001", 1)]
    assert put(store, "/statements/d.txt", reading("We wait.", date=None)) == [Item("new", "undated-001", 1)]


@pytest.mark.parametrize(
    ("first", "then", "expected"),
    [
        (reading("We march."), reading("We march."), ("same", 1)),  # read again
        (reading("We march."), reading("We march.", furniture="Share this"), ("same", 1)),  # a new footer
        (reading("We march."), reading("We \n march. "), ("same", 1)),  # wrapped anew
        (reading("We march.", file="a.md"), reading("We **march**.", file="a.md"), ("same", 1)),  # markup only
        (reading("We *march*."), reading("We march."), ("text_changed", 2)),  # in plain text a mark is text
        (reading("We march."), reading("We do not march."), ("text_changed", 2)),  # a changed word
        (reading("We march."), reading("We march.", date="2015"), ("same", 1)),  # read better, said the same
        (reading("We march."), reading("We marched.", date="2015"), ("text_changed", 2)),  # the number stays 2014
        (
            reading("", furniture="Menu"),
            reading("", furniture="Menu two"),
            ("text_changed", 2),
        ),  # nothing but furniture
    ],
)
def test_same_place_same_statement(store: Store, first: Reading, then: Reading, expected: tuple[str, int]) -> None:
    """
    What is read again at the same place is the same statement; only new words make a revision.
    """
    code, revision = expected

    assert put(store, "/statements/a.txt", first, then)[1] == Item(code, "2014-001", revision)  # type: ignore[arg-type]


def test_same_reading_replaces_nothing(store: Store) -> None:
    """
    A change of furniture alone leaves the stored text as it is, so that its offsets stay right.
    """
    put(store, "/statements/a.txt", reading("We march."), reading("We march.", furniture="Share this"))

    assert store.statement("2014-001").text == "We march.\n\n"


def test_same_words_elsewhere_are_copy(store: Store) -> None:
    """
    The same words at another place are one statement, also where the page around them differs.
    """
    put(store, "/statements/a.txt", reading("We march."))

    assert put(store, "/elsewhere/b.txt", reading("We march.", furniture="Menu")) == [
        Item("duplicate_of", "2014-001", 1)
    ]
    assert put(store, "/elsewhere/b.txt", reading("We march.", furniture="Menu")) == [Item("same", "2014-001", 1)]
    assert len(store.statements()) == 1


def test_old_words_elsewhere_are_copy(store: Store) -> None:
    """
    An old text that turns up elsewhere is a copy of the statement that had it, not a new one.
    """
    put(store, "/statements/a.txt", reading("We march."), reading("We marched."))

    assert put(store, "/elsewhere/b.txt", reading("We march.")) == [Item("duplicate_of", "2014-001", 2)]


def test_changed_copy_becomes_statement(store: Store) -> None:
    """
    A copy whose words change is a statement of its own: the first place still says what it said.
    """
    put(store, "/statements/a.txt", reading("We march."))

    changed = put(store, "/statements/b.txt", reading("We march."), reading("We do not march."))[1]

    assert changed == Item("new", "2014-002", 1)
    assert store.statement("2014-001").revision == 1


def test_changed_original_leaves_copy(store: Store) -> None:
    """
    When the first place changes, the copy that did not change makes no revision, however often it is read.
    """
    put(store, "/statements/a.txt", reading("We march."))
    put(store, "/statements/b.txt", reading("We march."))
    put(store, "/statements/a.txt", reading("We marched."))

    assert put(store, "/statements/b.txt", reading("We march.")) == [Item("same", "2014-001", 2)]


def test_every_revision_stays(store: Store) -> None:
    """
    Earlier revisions can still be read, and the latest is what readers get.
    """
    put(store, "/statements/a.txt", reading("We march."), reading("We marched."))

    assert [store.statement("2014-001", number).text.strip() for number in (1, 2)] == ["We march.", "We marched."]
    assert [(one.id, one.revision) for one in store.statements()] == [("2014-001", 2)]


def test_revision_needs_generation(store: Store) -> None:
    """
    A text that belongs to no generation, and so to no index, cannot be committed.
    """
    with pytest.raises(StoreError), store.writing() as txn:
        txn.put(FOLDER, "/statements/a.txt", reading("We march."))

    assert store.statements() == []


@pytest.mark.thorough
def test_number_longer_than_three_digits(store: Store) -> None:
    """
    The thousandth statement of a year simply has a longer number, and stands after the 999th.
    """
    with store.writing() as txn:
        ids = [txn.put(FOLDER, f"/statements/{n}.txt", reading(f"Number {n}.")).id for n in range(1001)]
        txn.publish("{}", when=TODAY, by="tester")

    assert ids[-3:] == ["2014-999", "2014-1000", "2014-1001"]
    assert [one.id for one in store.statements()] == ids


def test_number_given_once(store: Store, tmp_path: Path) -> None:
    """
    A number is never given again, not even when its statement has been taken out of the database.
    """
    put(store, "/statements/a.txt", reading("We march."))
    with sqlite3.connect(tmp_path / "data/corpus.sqlite3") as connection:
        connection.executescript("DELETE FROM locators; DELETE FROM revisions; DELETE FROM statements;")
    connection.close()

    assert put(store, "/statements/b.txt", reading("We stay.")) == [Item("new", "2014-002", 1)]


@pytest.mark.parametrize(("id", "revision"), [("2014-002", None), ("2014-001", 2), ("", None), ("'; DROP", None)])
def test_unknown_statement_is_usage_error(store: Store, id: str, revision: int | None) -> None:
    """
    An unknown record number is answered with what was asked and where the known ones are listed.
    """
    put(store, "/statements/a.txt", reading("We march."))

    with pytest.raises(UsageError, match=r"There is no statement .*corpus list"):
        store.statement(id, revision)


def test_generation_counts(store: Store, tmp_path: Path) -> None:
    """
    A generation remembers when, by whom, and how many statements were added and changed.
    """
    put(store, "/statements/a.txt", reading("We march."), reading("We marched."))

    with sqlite3.connect(tmp_path / "data/corpus.sqlite3") as connection:
        rows = connection.execute("SELECT * FROM generations").fetchall()
    connection.close()
    assert [row[:7] for row in rows] == [
        (1, "2024-05-01", "tester", "{}", 1, 0, 0),
        (2, "2024-05-01", "tester", "{}", 0, 1, 0),
    ]
    assert (store.generation, store.manifest) == (2, "{}")


def test_place_that_has_not_changed_needs_to_be_known(store: Store) -> None:
    """
    A place of which nothing is known cannot say that it has not changed.
    """
    with pytest.raises(ValueError, match="Nothing is known"), store.writing() as txn:
        txn.put(FOLDER, "/statements/a.txt", None)
