"""
The database as a whole: a copy of it while others read and write, and another one in its place.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from corpus.errors import StoreError
from corpus.store import database

_ERASED = "SELECT statement_id FROM other.withheld WHERE kind = 'erased'"
_ERASED_THERE = f"""
    SELECT DISTINCT r.statement_id FROM revisions r
    WHERE r.reading <> '' AND r.words_hash IN (
        SELECT words_hash FROM other.revisions WHERE statement_id IN ({_ERASED})
    )
    AND (r.statement_id IN ({_ERASED}) OR EXISTS (
        SELECT 1 FROM live l WHERE l.statement_id = r.statement_id AND l.revision = r.revision
    ))
    ORDER BY r.statement_id
"""  # noqa: S608 (our own words)


def write_copy(data_dir: Path, copy: Path) -> None:
    """
    Write the corpus as it is at one moment to a new file, or an empty one, while others read and write.

    It is written row by row: nothing is in it that is not stored now, neither free pages nor a log.

    Args:
        data_dir: Whose database is copied.
        copy: A file of that folder's file system or another.

    Raises:
        StoreError: The database is damaged, or there is no room for the copy.
    """
    path = data_dir / database.DATABASE
    with database.explained(path), closing(database.connect_reader(path)) as connection:
        connection.execute("VACUUM INTO ?", (str(copy),))
    with database.explained(copy), closing(database.connect_writer(copy)) as connection:
        connection.execute("UPDATE withheld SET is_cleared = 1")


def make_empty(data_dir: Path) -> None:
    """Make an empty corpus where there is none; the caller holds the write lock."""
    database.create_locked(data_dir)


def check_tables(data_dir: Path) -> None:
    """
    Look whether a database from elsewhere is one of ours: of a schema that this version knows, with nothing in it that
    acts by itself, and, once it was brought to the schema of today, with just its tables.

    Raises:
        StoreError: It is not; the message says why, without a full stop.
    """
    path = data_dir / database.DATABASE
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        try:
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
            tables = _tables(connection)
        except sqlite3.Error as error:
            raise StoreError(f"its database cannot be read ({error})") from None
    if version > database.SCHEMA:
        known = f"schema {version}, this one knows {database.SCHEMA}"
        raise StoreError(f"a newer version of On Record made it ({known}); update On Record first")
    with closing(sqlite3.connect(":memory:")) as ours:
        database.new_schema(ours)
        is_whole = version < database.SCHEMA or tables == _tables(ours)
    if version < 1 or not is_whole or any(kind == "trigger" for kind, *_ in tables):
        raise StoreError("its database has other tables than those of On Record")


def erased_in(data_dir: Path, other: Path) -> list[str]:
    """Ids of statements of which a text is here that was erased from the corpus of another data directory."""
    path = data_dir / database.DATABASE
    with database.explained(path), closing(database.connect_reader(path)) as connection:
        connection.execute("ATTACH ? AS other", (f"{(other / database.DATABASE).as_uri()}?mode=ro",))
        return [row[0] for row in connection.execute(_ERASED_THERE)]


def put_in_place(data_dir: Path, fresh: Path, aside: Path) -> bool:
    """
    Put another database where that of a data directory is, in one step or not at all; the caller holds the write lock.

    Args:
        data_dir: Has a database, or a damaged one.
        fresh: A whole database on the same file system, closed; it may be gone afterwards.
        aside: Where the one that was there is kept.

    Returns:
        Whether programs that have the database open see the other one from their next look on.

    Raises:
        StoreError: It cannot be written.
    """
    path = data_dir / database.DATABASE
    with database.explained(path):
        try:
            _copy(path, aside)
            _copy(fresh, path)
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
                raise
            aside.unlink(missing_ok=True)
            path.rename(aside)
            _move(fresh, path)
            return False
        return True


def _copy(source: Path, target: Path) -> None:
    """Every page of a database over those of another one, or into a new file, in one transaction."""
    with (
        closing(sqlite3.connect(f"{source.as_uri()}?mode=ro", uri=True)) as reader,
        closing(sqlite3.connect(target, timeout=database.BUSY_TIMEOUT_S, isolation_level=None)) as writer,
    ):
        writer.execute("PRAGMA synchronous = FULL")
        reader.backup(writer)
        database.empty_log(writer)


def _move(fresh: Path, path: Path) -> None:
    """Give a database the name of one that is gone; a damaged one that comes back stays as it is."""
    with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(fresh, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
    # The log of the one that is gone must never be replayed onto this one.
    for end in ("-wal", "-shm"):
        path.with_name(f"{path.name}{end}").unlink(missing_ok=True)
    fresh.rename(path)
    database.sync(path.parent)


def _tables(connection: sqlite3.Connection) -> list[tuple[str, str, str]]:
    # Those of `ANALYZE` say nothing of the record.
    query = "SELECT type, name, sql FROM sqlite_schema WHERE name NOT GLOB 'sqlite_stat*' ORDER BY 1, 2"
    return connection.execute(query).fetchall()
