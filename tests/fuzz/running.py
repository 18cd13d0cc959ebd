"""
One target under an engine for so many seconds of processor time: what it found is kept, one input for each fault.
"""

from __future__ import annotations

import signal
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import NamedTuple

Target = Callable[[bytes], None]
ROOT = Path(__file__).parents[2]
# Processor time. What takes longer is a finding even where it ends; what takes much longer is broken off.
SLOW_S, HANG_S = 1.0, 10.0
_OURS = ("corpus", "retrieval", "bot", "tests")


class Finding(NamedTuple):
    """
    A fault of a target.

    Attributes:
        what: Kind of the error, `slow` or `hang`.
        where: The last line of ours that was running: file and number.
        data: The smallest input so far that shows it.
    """

    what: str
    where: str
    data: bytes


class _Hang(BaseException):
    """No error that a target could catch."""


class Run:
    """Inputs are tried until the time is over; the machine's other work does not count."""

    def __init__(self, target: Target, seconds: float) -> None:
        self.findings: dict[tuple[str, str], Finding] = {}
        self.inputs = 0
        self._target = target
        self._until = time.process_time() + seconds
        signal.signal(signal.SIGPROF, _break_off)

    @property
    def is_over(self) -> bool:
        """Whether the time has gone by."""
        return time.process_time() >= self._until

    def attempt(self, data: bytes) -> Finding | None:
        """Try one input, and keep what it shows."""
        self.inputs += 1
        found = examine(self._target, data)
        if found:
            known = self.findings.get(found[:2])
            if known is None or len(data) < len(known.data):
                self.findings[found[:2]] = found
        return found


def examine(target: Target, data: bytes) -> Finding | None:
    """What is wrong with a target on this input; `None` where nothing is."""
    started = time.process_time()
    signal.setitimer(signal.ITIMER_PROF, HANG_S)
    try:
        target(data)
    except _Hang as error:
        return Finding("hang", _where(error), data)
    except Exception as error:
        return Finding(type(error).__name__, _where(error), data)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return Finding("slow", "", data) if time.process_time() - started > SLOW_S else None


def _break_off(_: int, __: FrameType | None) -> None:
    raise _Hang


def _where(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    paths = [(Path(frame.filename), frame.lineno) for frame in frames]
    ours = [
        (path.relative_to(ROOT), line)
        for path, line in paths
        if path.is_relative_to(ROOT) and path.relative_to(ROOT).parts[0] in _OURS
    ]
    return ":".join(map(str, ours[-1])) if ours else ""
