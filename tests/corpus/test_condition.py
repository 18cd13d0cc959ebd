"""What is told of a data directory without changing it: its schema, and who writes to it."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from corpus.errors import StoreError
from corpus.store import Store
from corpus.store.condition import schema_of, writer_of
from corpus.store.database import DATABASE, SCHEMA
from corpus.store.lock import writer_lock


def test_writer_is_told_while_it_writes(tmp_path: Path) -> None:
    """
    Whoever holds the lock is named by its process; before and after that nobody is, and looking makes no file.
    """
    assert writer_of(tmp_path) is None
    assert list(tmp_path.iterdir()) == []

    with writer_lock(tmp_path):
        holder = writer_of(tmp_path)

    assert holder is not None
    assert holder.process == str(os.getpid())
    assert writer_of(tmp_path) is None


def test_looking_leaves_the_lock_free(tmp_path: Path) -> None:
    """
    Who looks whether somebody writes can be followed by a writer at once.
    """
    with writer_lock(tmp_path):
        pass
    writer_of(tmp_path)

    with writer_lock(tmp_path):
        assert writer_of(tmp_path) is not None


@pytest.mark.parametrize("schema", [1, SCHEMA])
def test_schema_is_told_and_kept(tmp_path: Path, schema: int) -> None:
    """
    An earlier schema is told as it is, and not brought up by looking.
    """
    Store.open(tmp_path, create=True).close()
    connection = sqlite3.connect(tmp_path / DATABASE)
    connection.execute(f"PRAGMA user_version = {schema}")
    connection.close()

    assert [schema_of(tmp_path), schema_of(tmp_path)] == [schema, schema]


def test_newer_schema_is_refused(tmp_path: Path) -> None:
    """
    What a newer version wrote is not told as if it were known.
    """
    Store.open(tmp_path, create=True).close()
    connection = sqlite3.connect(tmp_path / DATABASE)
    connection.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    connection.close()

    with pytest.raises(StoreError, match=r"newer version of On Record"):
        schema_of(tmp_path)
