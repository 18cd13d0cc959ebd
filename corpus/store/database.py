"""
The database file: made whole or not at all, brought to the schema of today, opened for reading or writing, cleared of
what was erased; its errors in words.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from corpus.errors import BusyError, StoreError
from corpus.store.lock import writer_lock

SCHEMA = 4
DATABASE = "corpus.sqlite3"
INDEX = "index"
BUSY_TIMEOUT_S = 5.0
_HELD = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_NO_ROOM = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}


def exists(data_dir: Path) -> bool:
    """
    Whether anything was ever stored here.

    Raises:
        StoreError: There is an index but no database: that is damage, not an empty corpus.
    """
    path = data_dir / DATABASE
    if path.exists():
        return True
    index = data_dir / INDEX
    if index.is_dir() and any(index.iterdir()):
        raise StoreError(f"{path} is missing beside its index. Restore it from a backup, or remove {index} too.")
    return False


def create(data_dir: Path) -> None:
    """
    Make an empty database, unless another process has just made one.

    It is written aside and renamed, so that a file of that name always holds a whole schema.

    Raises:
        StoreError: It cannot be written.
        BusyError: Another process writes at the same time.
    """
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{data_dir} cannot be made ({error.strerror}).") from None
    with writer_lock(data_dir):
        create_locked(data_dir)


def create_locked(data_dir: Path) -> None:
    """Make an empty database where there is none; the caller holds the write lock."""
    path = data_dir / DATABASE
    with explained(path):
        if path.exists():
            return
        draft = path.with_suffix(".draft")
        # The log of a database that is gone must never be replayed onto a new one.
        for name in (draft.name, f"{draft.name}-wal", f"{draft.name}-shm", f"{DATABASE}-wal", f"{DATABASE}-shm"):
            (data_dir / name).unlink(missing_ok=True)
        with closing(sqlite3.connect(draft, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            new_schema(connection)
        draft.rename(path)
        sync(data_dir)


def new_schema(connection: sqlite3.Connection) -> None:
    """Make the tables of today in an empty database."""
    connection.executescript(_script("schema.sql"))
    _bring_up(connection, 1)


def migrate(data_dir: Path) -> None:
    """
    Bring a database of an earlier schema to that of today, in one step or not at all.

    Raises:
        BusyError: Another process is writing.
        StoreError: It cannot be written to.
    """
    path = data_dir / DATABASE
    with explained(path), closing(connect_reader(path, oldest=1)) as connection:
        if _version(connection) == SCHEMA:
            return
    with writer_lock(data_dir), explained(path), closing(_connect(path, "rw", oldest=1)) as connection:
        _bring_up(connection, _version(connection))
        empty_log(connection)


def _bring_up(connection: sqlite3.Connection, version: int) -> None:
    steps = [_script(f"migration-{number}.sql") for number in range(version + 1, SCHEMA + 1)]
    connection.executescript("\n".join(["BEGIN IMMEDIATE;", *steps, f"PRAGMA user_version = {SCHEMA};", "COMMIT;"]))


def _script(name: str) -> str:
    return Path(__file__).with_name(name).read_text("utf-8")


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def connect_reader(path: Path, oldest: int = SCHEMA) -> sqlite3.Connection:
    """A connection that cannot write; works on a read-only folder and a full disk where nobody is writing."""
    try:
        return _connect(path, "ro", oldest)
    except sqlite3.OperationalError as error:
        # There is no room for the shared memory of the write-ahead log. Where the log is empty, the file alone is
        # the whole database.
        log = path.with_name(f"{path.name}-wal")
        if error.sqlite_errorcode & 0xFF not in _NO_ROOM or (log.exists() and log.stat().st_size):
            raise
        return _connect(path, "ro&immutable=1", oldest)


def connect_writer(path: Path) -> sqlite3.Connection:
    """A connection for one transaction; the caller holds the write lock."""
    return _connect(path, "rw")


def clear(connection: sqlite3.Connection, patience_s: float) -> bool:
    """
    Write the file anew, so that nothing is in it but what is stored now: no free page, no log.

    Returns:
        Whether that was possible; a reader in the middle of something keeps its pages.
    """
    connection.execute("VACUUM")
    connection.execute(f"PRAGMA busy_timeout = {round(patience_s * 1000)}")
    return bool(connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0)


def empty_log(connection: sqlite3.Connection) -> None:
    """
    Move what is committed from the write-ahead log into the file, so that the file alone holds everything.

    Where a reader is in the way or the disk is full, it stays in the log, which is just as safe.
    """
    with suppress(sqlite3.Error):
        connection.execute("PRAGMA busy_timeout = 0")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """
    Errors of SQLite and of the disk as one line for people.

    Raises:
        BusyError: Another program holds the database.
        StoreError: Anything else: full, read-only, damaged.
    """
    try:
        yield
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in _HELD:
            raise BusyError(f"Another program holds {path}. Nothing was changed; try again later.") from error
        raise StoreError(f"{path}: {error}. Nothing was changed.") from error
    except OSError as error:
        raise StoreError(f"{error.filename or path}: {error.strerror}. Nothing was changed.") from error


def _connect(path: Path, mode: str, oldest: int = SCHEMA) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.as_uri()}?mode={mode}",
        uri=True,
        timeout=BUSY_TIMEOUT_S,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA secure_delete = ON")
        _check_schema(path, _version(connection), oldest)
    except BaseException:
        connection.close()
        raise
    return connection


def _check_schema(path: Path, version: int, oldest: int) -> None:
    if version > SCHEMA:
        newer = f"{path} was written by a newer version of On Record (schema {version}, this one knows {SCHEMA})"
        raise StoreError(f"{newer}. Update On Record, or name another folder in ONRECORD_DATA_DIR.")
    if version < oldest:
        raise StoreError(f"{path} holds no statements of On Record. Restore it from a backup, or remove it.")


def sync(directory: Path) -> None:
    """Bring a folder's entries down to the disk."""
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
