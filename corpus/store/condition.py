"""
What can be told of a data directory without changing anything in it.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import os
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from corpus.store import database
from corpus.store.lock import LOCK_FILE, read_holder


class Holder(NamedTuple):
    """The process that writes to the record, by its number as it stands in the lock file, and since when (UTC)."""

    process: str
    since: dt.datetime


def schema_of(data_dir: Path) -> int:
    """
    The schema of a stored corpus, also of an earlier one than today's (`database.SCHEMA`).

    Raises:
        StoreError: The database cannot be read, or a newer version wrote it.
    """
    path = data_dir.absolute() / database.DATABASE
    with database.explained(path), closing(database.connect_reader(path, oldest=1)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def writer_of(data_dir: Path) -> Holder | None:
    """Who holds the write lock, if anybody does; looking takes it for a moment, and makes no file."""
    try:
        descriptor = os.open(data_dir / LOCK_FILE, os.O_RDONLY)
    except OSError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return Holder(*read_holder(descriptor))
    finally:
        os.close(descriptor)
    return None
