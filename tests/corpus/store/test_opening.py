"""
A corpus of the first version is brought up; what is missing, damaged or of a later version is said in one line.
"""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest
from storing import SCHEMA_1, put, reading

from corpus.errors import BusyError, StoreError, UsageError
from corpus.store import Item, Store
from corpus.store.lock import LOCK_FILE, writer_lock


def test_missing_database_beside_index(tmp_path: Path) -> None:
    """
    An index without its database is damage that is said, never an empty corpus that hides it.
    """
    (tmp_path / "index/1").mkdir(parents=True)

    with pytest.raises(StoreError, match="missing beside its index"):
        Store.exists(tmp_path)
    with pytest.raises(StoreError, match="missing beside its index"):
        Store.open(tmp_path, create=True)


def test_missing_corpus_says_how_to_begin(tmp_path: Path) -> None:
    """
    Opening a folder without a corpus says how to make one, and makes none.
    """
    assert not Store.exists(tmp_path / "new")
    with pytest.raises(UsageError, match="onrecord corpus add"):
        Store.open(tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_folder_that_cannot_be_made_or_written_is_named(tmp_path: Path) -> None:
    """
    A data directory below a file, or one whose lock cannot be opened, is refused in one line, nothing changed.
    """
    (tmp_path / "file").write_text("no folder", "utf-8")
    with pytest.raises(StoreError, match=r"file/data cannot be made \("):
        Store.open(tmp_path / "file" / "data", create=True)

    (tmp_path / "data" / LOCK_FILE).mkdir(parents=True)
    with pytest.raises(StoreError, match=r"data cannot be written to \(.*Nothing was changed"):
        Store.open(tmp_path / "data", create=True)


@pytest.mark.parametrize(
    ("damage", "expected"),
    [
        ("PRAGMA user_version = 5", "newer version of On Record .schema 5, this one knows 4"),
        ("PRAGMA user_version = 0", "no statements of On Record"),
    ],
)
def test_other_schema_refused(store: Store, tmp_path: Path, damage: str, expected: str) -> None:
    """
    A database of another schema is refused in one line that says what to do.
    """
    with sqlite3.connect(tmp_path / "data/corpus.sqlite3") as connection:
        connection.execute(damage)
    connection.close()

    with pytest.raises(StoreError, match=expected) as caught:
        Store.open(tmp_path / "data")
    assert "\n" not in str(caught.value)


def test_no_database_at_all(tmp_path: Path) -> None:
    """
    A file that is no database is refused in words.
    """
    (tmp_path / "corpus.sqlite3").write_bytes(b"These are just words, and not a database of any kind." * 100)

    with pytest.raises(StoreError, match="not a database"):
        Store.open(tmp_path, create=True)


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE revisions SET reading = replace(reading, 'We march', 'We starve')",  # other words
        "UPDATE revisions SET reading = substr(reading, 1, 40)",  # cut off
    ],
)
def test_damaged_text_is_not_shown(store: Store, tmp_path: Path, damage: str) -> None:
    """
    A stored text that is not what was read is never shown as what was said.
    """
    put(store, "/statements/a.txt", reading("We march."))
    with sqlite3.connect(tmp_path / "data/corpus.sqlite3") as connection:
        connection.execute(damage)
    connection.close()

    with pytest.raises(StoreError, match="2014-001 is damaged"):
        store.statement("2014-001")
    with pytest.raises(StoreError, match="2014-001 is damaged"):
        store.statements()


def test_fixture_of_schema_1_opens(tmp_path: Path) -> None:
    """
    A database that the first version wrote can be read and added to by every later one.
    """
    shutil.copy(SCHEMA_1, tmp_path / "corpus.sqlite3")

    with Store.open(tmp_path) as store:
        found = [(one.id, one.revision, one.file) for one in store.statements()]
        assert found == [("2013-001", 2, "harvest.txt"), ("2013-002", 1, "bus.md"), ("undated-001", 1, "letter.html")]
        assert store.generation == 2
        assert put(store, "/statements/new.txt", reading("We march.", date="2013")) == [Item("new", "2013-003", 1)]


def migrated(folder: Path) -> Store:
    """The kept corpus of the first version, opened by this one."""
    shutil.copy(SCHEMA_1, folder / "corpus.sqlite3")
    return Store.open(folder)


def test_schema_1_is_brought_up(tmp_path: Path) -> None:
    """
    A corpus of the first version has all that later verbs need: what each generation held, sources, no decisions.
    """
    with migrated(tmp_path) as store:
        assert store.generation == 2
        assert [(one.number, one.what, one.added, one.changed) for one in store.generations()] == [
            (2, "add", 1, 1),
            (1, "add", 2, 0),
        ]
        assert [(one.kind, one.locator, one.last_success) for one in store.sources()] == [
            ("files", "/statements", None),
            ("files", "/letters/letter.html", None),
        ]
        assert (store.withheld(), store.actions(), store.problems()) == ({}, [], [])
        with store.writing() as txn:
            txn.roll_back(1)
            assert [(one.id, one.revision) for one in txn.statements()] == [("2013-001", 1), ("2013-002", 1)]
            txn.cancel()


def test_new_corpus_is_that_of_a_migration(store: Store, tmp_path: Path) -> None:
    """
    A corpus that is made today has the very tables of one that was brought up from the first version.
    """
    migrated(tmp_path).close()
    tables = []
    for path in (tmp_path / "corpus.sqlite3", tmp_path / "data/corpus.sqlite3"):
        with sqlite3.connect(path) as connection:
            tables.append(connection.execute("SELECT type, name, sql FROM sqlite_schema ORDER BY 1, 2").fetchall())
        connection.close()

    assert tables[0] == tables[1]


def test_migration_waits_for_writers(tmp_path: Path) -> None:
    """
    While another process writes, a corpus of an earlier version is not touched, and the next try brings it up.
    """
    shutil.copy(SCHEMA_1, tmp_path / "corpus.sqlite3")
    with writer_lock(tmp_path), pytest.raises(BusyError):
        Store.open(tmp_path)
    with sqlite3.connect(tmp_path / "corpus.sqlite3") as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)
    connection.close()
    Store.open(tmp_path).close()
