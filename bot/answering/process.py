"""
One child process with one generation of the record, as its parent sees it.

Two threads of the parent serve it, one that sends and one that receives, so that a child that does not read holds up
nobody who has a deadline.
"""

from __future__ import annotations

import logging
import multiprocessing
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from itertools import count
from multiprocessing import resource_tracker
from queue import SimpleQueue
from typing import NamedTuple, TypeVar

from bot.answering.calls import OPENING, Call, GoneError, Reply
from bot.answering.child import STOPPING, Opening, answer_calls
from bot.chat.logs import describe
from corpus.errors import OnRecordError

log = logging.getLogger(__name__)
T = TypeVar("T")

# A forked child would have the locks of the parent's other threads, locked for ever.
_CONTEXT = multiprocessing.get_context("spawn")
# Two: a quick request goes on beside a slow one. More of them share the same interpreter.
THREADS = 2


class _Waiting(NamedTuple):
    """A call without its reply."""

    reply: Future[object]
    since: float


class RecordProcess:
    """
    One child process; safe to share between threads.

    Attributes:
        opened: Done when the child is ready; or it has the `OnRecordError` that says why it is not.
    """

    def __init__(self, opening: Opening, on_change: Callable[[], None], threads: int = THREADS) -> None:
        """
        Start the child.

        Args:
            opening: What the child opens.
            on_change: Called, from another thread, when the child is ready and when it has ended.
            threads: How many calls it works on at once.
        """
        self.opened: Future[None] = Future()
        self._on_change = on_change
        self._lock = threading.Lock()
        self._numbers = count(OPENING + 1)
        self._waiting: dict[int, _Waiting] = {}
        self._closed = False
        self._outbox: SimpleQueue[Call | None] = SimpleQueue()
        self._connection, theirs = _CONTEXT.Pipe()
        # A daemon: Python waits for any other child when it ends.
        self._process = _CONTEXT.Process(target=answer_calls, args=(theirs, opening, threads), daemon=True)
        with _signals_held():
            self._process.start()
        theirs.close()
        self._sender = threading.Thread(target=self._send, daemon=True)
        self._receiver = threading.Thread(target=self._receive, daemon=True)
        self._sender.start()
        self._receiver.start()

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid or 0

    @property
    def is_closed(self) -> bool:
        """Whether it takes no more calls: it has ended, or is about to."""
        return self._closed

    def call(
        self, verb: str, arguments: tuple[object, ...], options: dict[str, object], until: float
    ) -> Future[object]:
        """
        Hand a call to the child.

        Returns:
            The reply to come; it has a `GoneError` where the child ends before it.

        Raises:
            GoneError: The child takes no more calls; it never saw this one.
        """
        reply: Future[object] = Future()
        with self._lock:
            if self._closed:
                raise GoneError
            number = next(self._numbers)
            self._waiting[number] = _Waiting(reply, time.monotonic())
            self._outbox.put(Call(number, verb, arguments, options, until))
        return reply

    def is_stuck(self, seconds: float) -> bool:
        """Whether a call has had no reply for so long."""
        with self._lock:
            longest = min((one.since for one in self._waiting.values()), default=None)
        return longest is not None and time.monotonic() - longest > seconds

    def end_if_idle(self) -> bool:
        """End the child unless it still has calls to answer; whether it has ended."""
        with self._lock:
            if self._waiting and not self._closed:
                return False
            self._closed = True
        self.end()
        return True

    def end(self) -> None:
        """
        End the child at once: it changes nothing on disk, so there is nothing to finish.

        Calls that wait get a `GoneError`.
        """
        with self._lock:
            self._closed = True
        self._process.kill()
        self._receiver.join()

    def _send(self) -> None:
        try:
            while call := self._outbox.get():
                self._connection.send(call)
        except OSError:
            # It is gone; who receives has noticed too.
            return

    def _receive(self) -> None:
        try:
            while True:
                self._settle(self._connection.recv())
        except (EOFError, OSError):
            pass
        except Exception as error:
            log.error("a reply of the record's process cannot be read: %s", describe(error))
        finally:
            self._clear_up()

    def _settle(self, reply: Reply) -> None:
        error = reply.error
        if reply.failure:
            log.error("the record's process failed: %s", reply.failure)
            error = OnRecordError(f"Something failed where the record is held ({reply.failure}). Try again later.")
        if reply.number == OPENING:
            _fulfil(self.opened, None, error)
            self._on_change()
            return
        with self._lock:
            waiting = self._waiting.pop(reply.number, None)
        # There is none when the child was given up in the meantime.
        if waiting:
            _fulfil(waiting.reply, reply.value, error)

    def _clear_up(self) -> None:
        """After the last reply: nobody may wait for one in vain, and nothing of the child may stay."""
        with self._lock:
            self._closed = True
            waiting, self._waiting = self._waiting, {}
        self._process.kill()
        self._process.join()
        self._outbox.put(None)
        # Closed under a thread that writes, its number could be that of another file by then.
        self._sender.join()
        self._connection.close()
        if not self.opened.done():
            self.opened.set_exception(_ended_early(self._process.exitcode))
        for one in waiting.values():
            one.reply.set_exception(GoneError())
        self._on_change()


@contextmanager
def _signals_held() -> Iterator[None]:
    """A child that is started inside gets no signal to stop before it can ignore it."""
    # `start` would do it, and let the signals through again.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, STOPPING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _fulfil(future: Future[T], value: T, error: Exception | None) -> None:
    if error:
        future.set_exception(error)
    else:
        future.set_result(value)


def _ended_early(status: int | None) -> OnRecordError:
    return OnRecordError(
        f"The process that holds the record ended before it was ready (exit status {status}). Is there enough memory?"
    )
