"""
One writer at a time: a lock file that names the process that holds it, and since when.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.errors import BusyError, StoreError

LOCK_FILE = "write.lock"


@contextmanager
def writer_lock(directory: Path) -> Iterator[None]:
    """
    Hold the write lock of a data directory.

    The operating system ends the lock with the process that holds it, however that process ends, so the file of a
    dead process is taken over without guessing from its number whether it still runs.

    Raises:
        BusyError: Another process (or thread) holds it; the message names it.
        StoreError: The folder is read-only or the disk is full.
    """
    try:
        descriptor = os.open(directory / LOCK_FILE, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise _unwritable(directory, error) from None
    try:
        _take(descriptor, directory)
        yield
    finally:
        os.close(descriptor)


def _take(descriptor: int, directory: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # A fixed width leaves no moment in which the file is empty or holds half of another number.
        os.pwrite(descriptor, f"{os.getpid():<20}\n".encode(), 0)
    except BlockingIOError:
        process, since = read_holder(descriptor)
        held = f"Process {process} has been writing to this corpus since {since:%Y-%m-%d %H:%M:%S} UTC"
        raise BusyError(f"{held}. Nothing was changed; try again when it has finished.") from None
    except OSError as error:
        raise _unwritable(directory, error) from None


def _unwritable(directory: Path, error: OSError) -> StoreError:
    return StoreError(f"{directory} cannot be written to ({error.strerror}). Nothing was changed.")


def read_holder(descriptor: int) -> tuple[str, dt.datetime]:
    """The number of the process that holds the lock, as it wrote it, and since when, in UTC."""
    # The file is written once, when the lock is taken: its own time says since when.
    since = dt.datetime.fromtimestamp(os.fstat(descriptor).st_mtime, dt.UTC)
    return os.pread(descriptor, 20, 0).decode("ascii", "replace").strip() or "unknown", since
