"""
Which child process answers: the one of the live generation, or of the last one that could be opened.

One thread looks after it. What it does, in order: end what is stuck, replace what has ended, let the next one take
over when it is ready, begin the next one when the corpus has changed, end the last one after its last reply.
"""

from __future__ import annotations

import logging
import threading
import time
from pathlib import Path
from typing import NamedTuple

from bot.answering.child import Opening
from bot.answering.process import RecordProcess
from corpus.errors import OnRecordError
from corpus.store import Store

log = logging.getLogger(__name__)

# In place of the version of a corpus: it could not be told; no child has read it.
_UNREADABLE, _UNREAD = -1, -2
# Pauses between two attempts double from the first to the longest.
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 1.0, 60.0
# A child that lived so long did not die of what it holds.
_SOUND_S = 60.0


class Limits(NamedTuple):
    """
    How long things may take, in seconds.

    Attributes:
        answer_s: A call, with everything it has to wait for.
        stuck_s: One request in a child; then that child is replaced. Longer than `answer_s`.
        look_s: Between two looks at the stored corpus.
    """

    answer_s: float = 15.0
    stuck_s: float = 60.0
    look_s: float = 0.5


class Standing(NamedTuple):
    """
    Which child answers.

    Attributes:
        pid: Its number; `None` where none does.
        since_s: Seconds since it took over; `None` where none does.
        restarts: How many children ended that were to go on answering.
    """

    pid: int | None
    since_s: float | None
    restarts: int


class _Watch:
    """Tells that somebody has changed the stored corpus, without reading it."""

    def __init__(self, data_dir: Path) -> None:
        self._data_dir = data_dir
        self._store: Store | None = None

    def version(self) -> int | None:
        """A number that changes with the corpus; `None` while nothing was ever stored."""
        try:
            if self._store is None and Store.exists(self._data_dir):
                self._store = Store.open(self._data_dir)
            return self._store.data_version() if self._store else None
        except (OnRecordError, OSError):
            # What is wrong with it will be said by the child that tries to open it.
            return _UNREADABLE

    def close(self) -> None:
        """Let go of the store."""
        if self._store:
            self._store.close()


class _Pauses:
    """When the next child may be started: at once at first, then after longer and longer pauses."""

    def __init__(self) -> None:
        self._pause_s = self._until = 0.0

    def are_over(self) -> bool:
        """Whether it may be started now."""
        return time.monotonic() >= self._until

    def lengthen(self) -> None:
        """After a failure."""
        self._until = time.monotonic() + self._pause_s
        self._pause_s = min(_LONGEST_PAUSE_S, max(_FIRST_PAUSE_S, 2 * self._pause_s))

    def forget(self) -> None:
        """After a success."""
        self._pause_s = 0.0


class Succession:
    """The child processes of a data directory; safe to share between threads."""

    def __init__(self, opening: Opening, limits: Limits) -> None:
        self._opening = opening
        self._limits = limits
        self._watch, self._pauses = _Watch(opening.data_dir), _Pauses()
        self._live: RecordProcess | None = None
        self._next: RecordProcess | None = None
        self._retired: list[RecordProcess] = []
        # Of the corpus that the newest child reads, and since when the live one answers.
        self._version: int | None = _UNREAD
        self._seen: int | None = _UNREAD
        self._live_since: float | None = None
        self._restarts = 0
        # Why nobody answers; also what was logged last.
        self._error: OnRecordError | None = None
        self._closing = False
        self._news = threading.Event()
        self._published = threading.Condition()
        self._thread = threading.Thread(target=self._run, name="succession", daemon=True)
        self._thread.start()

    def current(self, until: float) -> RecordProcess:
        """
        The child that answers.

        Args:
            until: How long to wait where none does, on the monotonic clock.

        Raises:
            OnRecordError: Why the record cannot be opened; or it was closed.
            TimeoutError: None is ready in time.
        """
        with self._published:
            self._published.wait_for(self._is_decided, max(0.0, min(until - time.monotonic(), threading.TIMEOUT_MAX)))
            if self._closing:
                raise OnRecordError("The record is closed.")
            if self._live and not self._live.is_closed:
                return self._live
            if self._error:
                raise self._error.with_traceback(None)
            raise TimeoutError

    @property
    def version(self) -> int | None:
        """A number that has changed if the corpus was seen to change."""
        return self._seen

    @property
    def standing(self) -> Standing:
        """Which child answers now."""
        with self._published:
            if self._live is None or self._live_since is None:
                return Standing(None, None, self._restarts)
            return Standing(self._live.pid, time.monotonic() - self._live_since, self._restarts)

    def close(self) -> None:
        """End every child; calls that wait fail."""
        with self._published:
            self._closing = True
            self._published.notify_all()
        self._news.set()
        self._thread.join()

    def _is_decided(self) -> bool:
        answers = self._live is not None and not self._live.is_closed
        return self._closing or answers or (self._live is None and self._error is not None)

    def _run(self) -> None:
        while not self._closing:
            self._look()
            self._news.wait(self._limits.look_s)
            self._news.clear()
        for process in filter(None, (self._live, self._next, *self._retired)):
            process.end()
        self._watch.close()

    def _look(self) -> None:
        for process in filter(None, (self._live, *self._retired)):
            if process.is_stuck(self._limits.stuck_s):
                log.warning("the record's process is stuck and is replaced")
                process.end()
        if self._live and self._live.is_closed:
            self._bury(self._live)
        if self._next and self._next.opened.done():
            self._take_over(self._next)
        version = self._seen = self._watch.version()
        if self._next is None and (self._live is None or version != self._version) and self._pauses.are_over():
            self._begin(version)
        self._retired = [process for process in self._retired if not process.end_if_idle()]

    def _begin(self, version: int | None) -> None:
        """Start the next child; `version` was taken before it reads, so that what changes meanwhile is noticed."""
        try:
            self._next = RecordProcess(self._opening, self._news.set)
        except OSError as error:
            self._give_up(
                OnRecordError(f"No process can be started for the record ({error.strerror}). Try again later.")
            )
        else:
            self._version = version

    def _bury(self, live: RecordProcess) -> None:
        """The child that answered has ended."""
        log.warning("the record's process ended and is replaced")
        self._restarts += 1
        if self._live_since and time.monotonic() - self._live_since >= _SOUND_S:
            self._pauses.forget()
        self._pauses.lengthen()
        live.end()
        self._publish(None, None)

    def _take_over(self, candidate: RecordProcess) -> None:
        """The next child is ready, or cannot be."""
        self._next = None
        if error := candidate.opened.exception():
            candidate.end()
            self._give_up(error)
            return
        if self._live:
            log.info("the record has changed: process %d answers from now on", candidate.pid)
            self._retired.append(self._live)
            self._pauses.forget()
        self._live_since = time.monotonic()
        self._publish(candidate, None)

    def _give_up(self, error: BaseException) -> None:
        """Go on with what there is, and try again after a pause."""
        self._pauses.lengthen()
        self._version = _UNREAD
        reason = error if isinstance(error, OnRecordError) else OnRecordError("The record cannot be opened.")
        # Said once; at the start it is told to the caller.
        if self._live_since and str(reason) != str(self._error):
            log.error("the record cannot be opened as it is now: %s", reason)
        self._publish(self._live, reason)

    def _publish(self, live: RecordProcess | None, error: OnRecordError | None) -> None:
        with self._published:
            self._live, self._error = live, error
            self._published.notify_all()
