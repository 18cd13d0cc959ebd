"""
Work in a child process that is killed before its n-th step, or finds the disk full.

A step is an SQL statement, or a file or folder that is opened, made, renamed or removed.
"""

from __future__ import annotations

import os
import resource
import signal
import sqlite3
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

COUNTED = ("open", "os.mkdir", "os.rename", "os.remove", "os.rmdir")


def in_child(work: Callable[[], None], step: Callable[[], None]) -> int:
    """The signal that ended a child process (0: it finished), which called `step` before each of its steps."""
    child = os.fork()
    if child == 0:
        try:
            watch(step)
            work()
            os._exit(0)
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(1)
    status = os.waitpid(child, 0)[1]
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "the child failed by itself"
    return os.WTERMSIG(status)


def watch(step: Callable[[], None]) -> None:
    """Call `step` before each SQL statement and each change of a folder in this process, for the rest of its life."""
    connect = sqlite3.connect

    def connect_watched(*arguments: Any, **options: Any) -> sqlite3.Connection:
        connection = connect(*arguments, **options)
        connection.set_trace_callback(lambda _: step())
        return connection

    sqlite3.connect = connect_watched  # type: ignore[assignment]
    sys.addaudithook(lambda event, _: step() if event in COUNTED else None)


def killer(moment: int) -> Callable[[], None]:
    """A step that kills its own process when it is called for the n-th time."""
    left = [moment]

    def step() -> None:
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    return step


def count_steps(work: Callable[[], None], record: Path) -> int:
    """How many steps the work has when nobody kills it."""
    record.touch()
    descriptor = os.open(record, os.O_WRONLY | os.O_APPEND)
    assert in_child(work, lambda: os.write(descriptor, b".") and None) == 0
    os.close(descriptor)
    return record.stat().st_size


def fill_disk(free_bytes: int) -> None:
    """From now on no file of this process grows beyond so many bytes."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (free_bytes, free_bytes))
