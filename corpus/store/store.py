"""
The stored corpus, as readers see it and as one writer at a time changes it.

Identity is the locator (an absolute path or an address). A command is one transaction; the row of its generation
commits it all.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Collection, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Self

from corpus.corrections import Correction
from corpus.errors import BusyError, UsageError
from corpus.models import Statement
from corpus.store import arrivals, database, exchange, history, pruning, records, soundness, sources
from corpus.store.arrivals import Arrivals
from corpus.store.history import Action, Generation, Standing
from corpus.store.lock import writer_lock
from corpus.store.records import Withheld
from corpus.store.sources import SourceStatus
from corpus.store.transaction import Transaction


class Store:
    """
    The stored corpus of one data directory; safe to share between threads, each with a connection of its own.

    Readers see the last committed generation, also while another process writes.
    """

    def __init__(self, data_dir: Path, *, patience_s: float = database.BUSY_TIMEOUT_S) -> None:
        """The corpus of a data directory that has one; `patience_s` is how long `clear` waits for readers."""
        self._data_dir = data_dir
        self._patience_s = patience_s
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
        database.migrate(data_dir)
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

    def statements(
        self,
        known: Mapping[str, Statement] | None = None,
        *,
        ids: Collection[str] | None = None,
        hidden: bool = False,
    ) -> list[Statement]:
        """
        Every statement as it is now, in the order of the record numbers.

        Args:
            known: Statements that were loaded from this store before, by id: what has not changed since is taken from
                there and not read again.
            ids: Only these; `None`: all.
            hidden: Also those that are hidden.
        """
        with database.explained(self._path):
            return records.find_statements(self._reader(), known, ids=ids, hidden=hidden)

    def statement(self, id: str, revision: int | None = None, *, hidden: bool = False) -> Statement:
        """
        One statement, as it is now or in an earlier revision.

        Raises:
            UsageError: No such record number or revision, or it is hidden (unless `hidden`) or erased.
        """
        with database.explained(self._path):
            return records.find_statement(self._reader(), id, revision, hidden=hidden)

    def count(self) -> tuple[int, int]:
        """How many statements readers see, and how many of these stand nowhere any more."""
        with database.explained(self._path):
            return history.count_statements(self._reader())

    def withheld(self) -> dict[str, Withheld]:
        """The statements that no reader may see, by id."""
        with database.explained(self._path):
            return records.find_withheld(self._reader())

    def corrections(self) -> dict[str, list[Correction]]:
        """What moderators corrected of each statement, by id."""
        with database.explained(self._path):
            return records.find_corrections(self._reader())

    def generations(self) -> list[Generation]:
        """Every generation, the newest first."""
        with database.explained(self._path):
            return history.find_generations(self._reader())

    def actions(self) -> list[Action]:
        """Everything that was done to the record, the newest first."""
        with database.explained(self._path):
            return history.find_actions(self._reader())

    def sources(self) -> list[SourceStatus]:
        """Every source, in the order in which they were added."""
        with database.explained(self._path):
            return sources.find_sources(self._reader())

    def arrivals(self, after: int) -> list[Arrivals]:
        """What `add` and `refresh` brought after a generation (`arrivals.find_arrivals`)."""
        with database.explained(self._path):
            return arrivals.find_arrivals(self._reader(), after)

    def validators(self) -> dict[str, str]:
        """Locator → what tells that nothing has changed there since it was last read."""
        with database.explained(self._path):
            query = "SELECT locator, validator FROM locators WHERE validator IS NOT NULL AND missing_since IS NULL"
            return dict(self._reader().execute(query).fetchall())

    def standing(self) -> dict[str, Standing]:
        """Every place on the web at which something stands, by locator."""
        with database.explained(self._path):
            return history.find_standing(self._reader())

    def listings(self) -> dict[str, str]:
        """Locator of a feed or a sitemap → what tells that it lists what it listed."""
        with database.explained(self._path):
            return history.find_listings(self._reader())

    def is_taken_back(self) -> bool:
        """Whether the record was rolled back and has not been refreshed since."""
        with database.explained(self._path):
            return history.is_taken_back(self._reader())

    def export_lines(self, *, with_hidden: bool) -> Iterator[str]:
        """Every line of an export (`exchange.export_lines`); read them inside `reading`."""
        with database.explained(self._path):
            yield from exchange.export_lines(self._reader(), with_hidden=with_hidden)

    def problems(self) -> list[tuple[str, str]]:
        """What is wrong inside the database, by code and place (`soundness.find_problems`)."""
        with database.explained(self._path):
            return list(soundness.find_problems(self._reader()))

    def is_cleared(self) -> bool:
        """Whether nothing is left in the files of what was erased."""
        with database.explained(self._path):
            return not self._reader().execute("SELECT 1 FROM withheld WHERE NOT is_cleared").fetchone()

    def clear(self) -> None:
        """
        Write the database anew without anything of what was erased: no free page, no write-ahead log.

        Raises:
            BusyError: Another process writes, or is in the middle of reading; the next command goes on with it.
        """
        with (
            writer_lock(self._data_dir),
            database.explained(self._path),
            closing(database.connect_writer(self._path)) as connection,
        ):
            if not database.clear(connection, self._patience_s):
                held = f"Another program is reading {self._path}, so that its old pages cannot be cleared yet."
                raise BusyError(f"{held} What was erased is in no answer; run the command again to clear it.")
            connection.execute("UPDATE withheld SET is_cleared = 1")
            database.empty_log(connection)

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
                transaction = Transaction(connection)
                yield transaction
                connection.execute("ROLLBACK" if transaction.is_cancelled else "COMMIT")
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
            pruning.reclaim(connection)
            database.empty_log(connection)

    def _reader(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._local.connection = database.connect_reader(self._path)
            self._readers.append(connection)
        return connection
