"""
Many files → what reading each one found, in order, read by several processes.

Each process (`worker.py`) is given one file after another. One that dies, or does not come back in time, costs the file
that it read and no other; another takes its place. They end with this process, however it ends.
"""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from itertools import count
from selectors import EVENT_READ, DefaultSelector
from time import monotonic
from typing import NamedTuple

from corpus import children
from corpus.errors import UnreadableError
from corpus.sources.files import FoundFile, Outcome, read_in_turn, too_slow
from corpus.sources.timing import MAX_SECONDS, can_be_stopped

# So few are read sooner than processes have started.
FEW = 20
# Each holds some 80 MB.
_MOST_PROCESSES = 8
# A new process now and then: whatever a library keeps for ever is let go of.
_FILES_EACH = 2_000
# How far ahead of the first file that is not finished; so much is held until its turn.
_AHEAD = 64
# What a process may take to start, on a machine that is busy.
_START_S = 120.0


class Readers(NamedTuple):
    """
    How files are read.

    Attributes:
        processes: At the same time; 0: as many as there are processors.
        seconds: Of processor time, for one file.
        wait_s: By the clock, for one file: ends a process that cannot end the file itself.
        program: What each process runs; it speaks as `worker.work` does.
    """

    processes: int = 0
    seconds: float = MAX_SECONDS
    wait_s: float = 4 * MAX_SECONDS
    program: Sequence[str] = children.program("corpus.sources.worker")

    def read(self, files: Sequence[FoundFile]) -> Generator[Outcome, None, None]:
        """What reading each file found, in order; few are read in this process."""
        if len(files) < FEW and can_be_stopped():
            yield from read_in_turn(files, seconds=self.seconds)
        elif files:
            processes = self.processes or min(_processors(), _MOST_PROCESSES)
            with closing(_Pool(self, files, min(processes, len(files)))) as pool:
                yield from pool.outcomes()


def _processors() -> int:
    """How many this process may use; not every system tells."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _Process:
    """One process, and the file that it reads."""

    def __init__(self, readers: Readers) -> None:
        self._wait_s = readers.wait_s
        self._child = children.Child([*readers.program, str(readers.seconds)])
        self.replies, self.end = self._child.replies, self._child.end
        self.number = -1
        self.until = 0.0
        self.left = _FILES_EACH

    def give(self, number: int, file: FoundFile) -> None:
        """Have a file read; where the process has died, that is noticed at its reply."""
        self.until = monotonic() + self._wait_s + (_START_S if self.left == _FILES_EACH else 0)
        self.number, self.left = number, self.left - 1
        self._child.give(file)

    def take(self, file: FoundFile) -> Outcome:
        """The reply, once it has begun to come."""
        try:
            outcome: Outcome = self._child.take()
        except EOFError as ended:
            self.left = 0
            message = f"{file.file}: the process that read it ended with {ended}. Save its text as a .txt file."
            return UnreadableError(file.file, "reader_ended", message)
        return outcome


class _Pool:
    """Processes at work on these files."""

    def __init__(self, readers: Readers, files: Sequence[FoundFile], processes: int) -> None:
        self._readers, self._files, self._processes = readers, files, processes
        self._selector = DefaultSelector()
        self._working: set[_Process] = set()
        self._idle: list[_Process] = []
        self._done: dict[int, Outcome] = {}
        self._given = 0

    def outcomes(self) -> Iterator[Outcome]:
        """What reading each file found, in order."""
        for number in count():
            if number == len(self._files):
                return
            while number not in self._done:
                self._hand_out(number)
                self._collect()
            yield self._done.pop(number)

    def close(self) -> None:
        """End every process."""
        for process in (*self._working, *self._idle):
            process.end()
        self._selector.close()

    def _hand_out(self, first: int) -> None:
        """Give every process a file, but none too far ahead of the first that is not finished."""
        while len(self._working) < self._processes and self._given < min(len(self._files), first + _AHEAD):
            process = self._idle.pop() if self._idle else _Process(self._readers)
            process.give(self._given, self._files[self._given])
            self._selector.register(process.replies, EVENT_READ, process)
            self._working.add(process)
            self._given += 1

    def _collect(self) -> None:
        """Wait for a reply, or for a process that is out of time."""
        wait = min(process.until for process in self._working) - monotonic()
        ready = [key.data for key, _ in self._selector.select(max(0.0, wait))]
        for process in ready:
            self._finish(process, process.take(self._files[process.number]))
        for process in [one for one in self._working if one.until < monotonic()]:
            process.left = 0
            self._finish(process, too_slow(self._files[process.number], self._readers.seconds))

    def _finish(self, process: _Process, outcome: Outcome) -> None:
        self._done[process.number] = outcome
        self._selector.unregister(process.replies)
        self._working.remove(process)
        if process.left:
            self._idle.append(process)
        else:
            process.end()
