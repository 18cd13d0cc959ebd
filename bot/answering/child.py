"""
The child process: holds one generation of the record, answers what its parent asks, ends with its parent.

It writes nothing anywhere. An error that nobody foresaw goes to the parent as its type and place, without its text.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, NamedTuple

from bot.answering.calls import OPENING, Call, Reply
from bot.chat.logs import describe
from corpus.errors import OnRecordError

if TYPE_CHECKING:
    from bot.service import Service

# Signals to stop reach all processes of a terminal; the parent stops when its own work is done, and then ends this one.
STOPPING = (signal.SIGINT, signal.SIGTERM)


_NICE = 10
# A call that works longer than this is overtaken: nearly all take a fifth of it.
_LONG_S = 0.1
# What is no search: it takes little, or it is the second thing that somebody waits for, as a timeline's picture.
_FIRST = frozenset({"chart", "directory", "overview", "passage", "statement"})


class Opening(NamedTuple):
    """What a child opens: its service is `open(data_dir)`, a function that can be pickled."""

    open: Callable[[Path], object]
    data_dir: Path


def answer_calls(connection: Connection, opening: Opening, threads: int) -> None:
    """
    Open the record, say so, and answer calls until the parent is gone, however it ended. Never returns.

    Args:
        connection: Calls come in, replies go out in any order; the first reply has the number `OPENING`.
        opening: What to open.
        threads: How many calls are worked on at once.
    """
    for number in STOPPING:
        signal.signal(number, signal.SIG_IGN)
    _be_silent()
    office = _Office(connection, threads)
    threading.Thread(target=office.open, args=[opening], daemon=True).start()
    try:
        # Here and not behind the opening, which takes long: the end of the parent must be noticed at any time.
        while True:
            office.calls.put(connection.recv())
    except (EOFError, OSError):
        pass
    finally:
        os._exit(0)


class _Calls:
    """
    Calls one at a time, searches in the order in which they came: two at once would both be late, as only one thread of
    Python works at a time. Behind a call that takes long the next one begins all the same.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._waiting: deque[Call] = deque()
        self._first: deque[Call] = deque()
        self._begun = 0
        self._next_at = 0.0  # in seconds of the monotonic clock

    def put(self, call: Call) -> None:
        """One more; whoever waits for one begins."""
        with self._changed:
            (self._first if call.verb in _FIRST else self._waiting).append(call)
            self._changed.notify()

    def take(self) -> tuple[int, Call]:
        """The next call, with the number to end it by, once it is its turn."""
        with self._changed:
            while not (queue := self._first or self._waiting) or (left := self._next_at - time.monotonic()) > 0:
                self._changed.wait(left if queue else None)
            self._begun += 1
            self._next_at = time.monotonic() + _LONG_S
            return self._begun, queue.popleft()

    def end(self, number: int) -> None:
        """A call is done; whoever did it asks for the next one now, so that nobody is told."""
        with self._changed:
            if number == self._begun:
                self._next_at = 0.0


class _Office:
    """The service, and the threads that work for it."""

    def __init__(self, connection: Connection, threads: int) -> None:
        self.calls = _Calls()
        self._connection = connection
        self._sending = threading.Lock()
        self._services: SimpleQueue[object] = SimpleQueue()
        self._threads = threads
        for _ in range(threads):
            threading.Thread(target=self._work, daemon=True).start()

    def open(self, opening: Opening) -> None:
        """Open the record, say whether that succeeded, and let the others work."""
        _give_way()
        try:
            service = opening.open(opening.data_dir)
        except OnRecordError as error:
            self._send(Reply(OPENING, error=error))
        except Exception as error:
            self._send(Reply(OPENING, failure=describe(error)))
        else:
            self._send(Reply(OPENING))
            for _ in range(self._threads):
                self._services.put(service)

    def _work(self) -> None:
        service = self._services.get()
        while True:
            number, call = self.calls.take()
            self._send(_reply(service, call))
            self.calls.end(number)

    def _send(self, reply: Reply) -> None:
        data = pickle.dumps(reply)
        with self._sending:
            self._connection.send_bytes(data)


def open_service(data_dir: Path, public_url: str = "") -> Service:
    """
    The service on the generation that is live now, or on the sample where nothing is stored.

    It stays with that one, unless something of it is hidden or erased, and everything it needs is made.

    Args:
        data_dir: Where it is stored.
        public_url: Where the public site of the record stands, for citations; "" without one.

    Raises:
        StoreError: A store or an index that is not what it should be.
    """
    from bot.corpora import StoredRecord
    from bot.service import Service
    from retrieval.backends.embedded import use_compiled

    # Where it is not installed, answers are the same and take a little longer.
    use_compiled()
    # What is read and made now lives to the end: looking for garbage among it takes long and finds none.
    gc.disable()
    service = Service(StoredRecord(data_dir, steady=True, public_url=public_url))
    service.warm_up()
    gc.collect()
    gc.freeze()
    gc.enable()
    return service


def _reply(service: object, call: Call) -> Reply:
    if time.monotonic() > call.until:
        return Reply(call.number, error=TimeoutError())
    try:
        member = getattr(service, call.verb)
        return Reply(call.number, member(*call.arguments, **call.options) if callable(member) else member)
    except OnRecordError as error:
        return Reply(call.number, error=error)
    except Exception as error:
        return Reply(call.number, failure=describe(error))


def _give_way() -> None:
    """
    This thread works when nobody else wants to: members are being answered by the generation before.

    On Linux a thread has a priority of its own, and those that it would start had the same; elsewhere nothing is done.
    """
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICE)


def _be_silent() -> None:
    """Whatever a library prints or Python says of an error could repeat a request."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
