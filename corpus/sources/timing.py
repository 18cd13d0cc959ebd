"""
An end to work that takes too long: a hostile file must not hold up the others.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

# Of processor time, for one file or page: three times what the longest that is read takes.
MAX_SECONDS = 60.0
_AGAIN = 1.0


class OutOfTime(BaseException):
    """The time is up. No `Exception`: parsers of broken files catch those, and go on."""


def can_be_stopped() -> bool:
    """Whether work in this thread can be stopped from within: by a signal, which only a main thread gets."""
    return hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """
    End what is done inside after so much processor time of this process; where that cannot be, it goes on.

    Processor time and not the clock's: on a busy machine a file is not at fault for what others take.

    Raises:
        OutOfTime: It took longer.
    """
    if not can_be_stopped():
        yield
        return
    before = signal.signal(signal.SIGPROF, _stop)
    # Again and again: an exception in a finalizer is printed and forgotten.
    signal.setitimer(signal.ITIMER_PROF, seconds, _AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _stop(number: int, frame: FrameType | None) -> None:
    raise OutOfTime
