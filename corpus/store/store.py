"""
The stored corpus, as readers see it and as one writer at a time changes it.

Identity is the locator (an absolute path or an address). A command is one transaction; the row of its generation
commits it all.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Self

from corpus.errors import UsageError
from corpus.models import Statement
from corpus.store import database, records
from corpus.store.lock import writer_lock
from corpus.store.transaction import Transaction


class Store:
    """
    The stored corpus of one data directory; safe to share between threads, each with a connection of its own.

    Readers see the last committed generation, also while another process writes.
    """

    def __init__(self, data_dir: Path) -> None:
        self._data_dir = data_dir
        self._path = data_dir / database.DATABASE
        self._local = threading.local()
        self._readers: list[sqlite3.Connection] = []
        with database.explained(self._path):
            # One connection for all threads: the data versions of two connections cannot be compared.
            self._watch = database.connect_reader(self._path)

    @staticmethod
    def exists(data_dir: Path) -> bool:
        """
        Whether anything was ever stored here.

        Raises:
            StoreError: There is an index but no database: that is damage, not an empty corpus.
        """
        return database.exists(data_dir)

    @classmethod
    def open(cls, data_dir: Path, *, create: bool = False) -> Self:
        """
        Open the corpus of a data directory.

        Args:
            data_dir: Made where it is missing and `create` is set.
            create: Make an empty corpus where none exists.

        Raises:
            UsageError: No corpus, and none is to be made.
            StoreError: A damaged corpus, or one that a newer version wrote.
        """
        data_dir = data_dir.absolute()
        if not database.exists(data_dir):
            if not create:
                raise UsageError(f'No statements are stored in {data_dir}. "onrecord corpus add PATH" adds some.')
            database.create(data_dir)
        return cls(data_dir)

    def close(self) -> None:
        """Close the connections of every thread."""
        for connection in (self._watch, *self._readers):
            connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def index_dir(self) -> Path:
        """Where the index files of all generations are kept."""
        return self._data_dir / database.INDEX

    def data_version(self) -> int:
        """A number that changes when anybody, here or in another process, has committed a change."""
        with database.explained(self._path):
            return int(self._watch.execute("PRAGMA data_version").fetchone()[0])

    @contextmanager
    def reading(self) -> Iterator[None]:
        """One moment of the corpus: what this thread reads inside is all of one generation."""
        with database.explained(self._path):
            connection = self._reader()
            connection.execute("BEGIN")
            try:
                yield
            finally:
                connection.execute("ROLLBACK")

    @property
    def generation(self) -> int:
        """The number of the live generation, 0 before the first."""
        with database.explained(self._path):
            return records.live_generation(self._reader()).number

    @property
    def manifest(self) -> str | None:
        """Which index files belong to the live generation (JSON), `None` before the first."""
        with database.explained(self._path):
            return records.live_generation(self._reader()).manifest

    def statements(self) -> list[Statement]:
        """The latest revision of every statement, in the order of the record numbers."""
        with database.explained(self._path):
            return records.find_statements(self._reader())

    def statement(self, id: str, revision: int | None = None) -> Statement:
        """
        One statement, as it is now or in an earlier revision.

        Raises:
            UsageError: No such record number or revision.
        """
        with database.explained(self._path):
            return records.find_statement(self._reader(), id, revision)

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """
        One transaction: everything that is done inside, or nothing.

        Raises:
            BusyError: Another process is writing; the message names it.
            StoreError: The disk is full or the folder is read-only.
        """
        with (
            writer_lock(self._data_dir),
            database.explained(self._path),
            closing(database.connect_writer(self._path)) as connection,
        ):
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield Transaction(connection)
                connection.execute("COMMIT")
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
            database.empty_log(connection)

    def _reader(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._local.connection = database.connect_reader(self._path)
            self._readers.append(connection)
        return connection
