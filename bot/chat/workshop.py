"""
Where long work on the record is done: one job at a time, each a process of its own, so that no answer waits for it.

The process is `onrecord corpus …` with lower priority. It tells how far it has come in JSON lines, the report last.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import logging
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from bot.settings import Settings

if TYPE_CHECKING:
    from bot.curation import Report

log = logging.getLogger(__name__)

_PROGRAM = (sys.executable, "-P", "-m", "bot", "corpus")
_LONGEST_LINE = 2**28  # bytes of a report
_LAST_WORDS = 400  # bytes of what an ended process said
_END_S = 5  # for a process that was told to end
_MISUSED = 2  # exit status

Tell = Callable[[dict[str, Any]], Awaitable[None]]


# What stands first in each line.
_EVENT, _LAST = b'{"event":', b'{"event":"report",'


class Job(NamedTuple):
    """
    What is being done.

    Attributes:
        by: Id of the moderator; `None` where it was its time.
        since: When it began, in UTC.
    """

    by: int | None
    since: dt.datetime


class Outcome(NamedTuple):
    """
    How a job ended.

    Attributes:
        report: What it found or changed; `None` where it could not say.
        cancelled: Somebody ended it.
        misused: It could not be done as it was asked.
    """

    report: Report | None
    cancelled: bool
    misused: bool


class Workshop:
    """
    Runs one job at a time.

    Args:
        settings: Where the record is.
        program: What is run with the arguments of a job.
    """

    def __init__(self, settings: Settings, program: Sequence[str] = _PROGRAM) -> None:
        self.job: Job | None = None
        self._settings, self._program = settings, program
        self._process: asyncio.subprocess.Process | None = None
        self._cancelled = False
        self._left = asyncio.Event()

    def take(self, job: Job) -> bool:
        """Begin a job, unless there is one; whoever does leaves in the end."""
        if self.job is not None:
            return False
        self.job, self._cancelled = job, False
        self._left.clear()
        return True

    def leave(self) -> None:
        """The job is over."""
        self.job = None
        self._left.set()

    @property
    def can_wait(self) -> bool:
        """Whether what is being done was asked for by nobody."""
        return self.job is not None and self.job.by is None

    async def make_way(self) -> None:
        """End what nobody asked for, and wait until it has ended; its time comes again."""
        while self.can_wait:
            self.cancel()
            await self._left.wait()

    async def run(self, arguments: Sequence[str], tell: Tell) -> Outcome:
        """
        Do what the job is.

        Args:
            arguments: After `onrecord corpus`.
            tell: Is given each line of progress (`bot.curation.Progress`).

        Raises:
            OSError: No process can be started.
        """
        try:
            return await self._run([*arguments, "--background"], tell)
        finally:
            await self._end()
            self._process = None

    def cancel(self) -> bool:
        """End the job, if there is one."""
        if self.job is None:
            return False
        self._cancelled = True
        if self._process is not None and self._process.returncode is None:
            _signal(self._process, signal.SIGTERM)
        return True

    async def close(self) -> None:
        """End the job with the bot."""
        self.cancel()
        await self._end()

    async def _run(self, arguments: Sequence[str], tell: Tell) -> Outcome:
        pipe = asyncio.subprocess.PIPE
        process = self._process = await asyncio.create_subprocess_exec(
            *self._program,
            *arguments,
            stdin=pipe,
            stdout=pipe,
            stderr=pipe,
            env=self._settings.child_environment(),
            start_new_session=True,
            limit=_LONGEST_LINE,
        )
        if self._cancelled:
            # It was cancelled before there was a process.
            _signal(process, signal.SIGTERM)
        assert process.stdout is not None
        assert process.stderr is not None
        said = asyncio.create_task(_last_words(process.stderr))
        last = b""
        async for line in process.stdout:
            last = line
            progress = _progress(line)
            if progress is not None:
                await tell(progress)
        status = await process.wait()
        report = await asyncio.to_thread(_report, last)
        if report is None and not self._cancelled:
            log.error("corpus %s ended with status %d: %s", arguments[0], status, await said)
        said.cancel()
        return Outcome(report, self._cancelled, status == _MISUSED)

    async def _end(self) -> None:
        process = self._process
        if process is None:
            return
        with suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), _END_S)
        if process.returncode is None:
            _signal(process, signal.SIGKILL)
            await process.wait()


def _signal(process: asyncio.subprocess.Process, number: signal.Signals) -> None:
    """To the process and everything it has started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, number)


async def _last_words(stream: asyncio.StreamReader) -> str:
    """The end of what a process says, all of it read so that it never waits; of the record, never of a question."""
    kept = b""
    while part := await stream.read(4096):
        kept = (kept + part)[-_LAST_WORDS:]
    return " ".join(kept.decode(errors="replace").split())


def _progress(line: bytes) -> dict[str, Any] | None:
    """A line of progress; `None` for the report."""
    if not line.startswith(_EVENT) or line.startswith(_LAST):
        return None
    read: dict[str, Any] = json.loads(line)
    return read


def _report(line: bytes) -> Report | None:
    from bot.curation import Report

    if not line.startswith(_LAST):
        return None
    read = json.loads(line)
    return Report.model_validate({key: value for key, value in read.items() if key != "event"})
