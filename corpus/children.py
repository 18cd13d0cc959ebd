"""
Processes that work for this one: tasks go to their standard input, replies come from their standard output, both
pickled.

They end with this process, however it ends.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Any, BinaryIO, NoReturn

_PROGRAM = "import sys; sys.path.insert(0, sys.argv[1]); from {module} import work; work()"


def program(module: str) -> tuple[str, ...]:
    """The command line of a process that runs `work()` of one of our modules, which calls `serve`."""
    root = Path(__file__).parents[1]
    return (sys.executable, "-P", "-c", _PROGRAM.format(module=module), str(root))


class Child:
    """
    A process at work.

    Attributes:
        replies: What it replies comes from here; to wait for several processes at once.
    """

    def __init__(self, arguments: Sequence[str]) -> None:
        """Starts it with this command line."""
        self._process = subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603 (ours)
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._tasks, self.replies = self._process.stdin, self._process.stdout

    def give(self, task: object) -> None:
        """Have it do something; where it has died, that is noticed at its reply."""
        with suppress(BrokenPipeError):
            pickle.dump(task, self._tasks, pickle.HIGHEST_PROTOCOL)
            self._tasks.flush()

    def take(self) -> Any:
        """
        The reply to what it was given first, once it is there.

        Raises:
            EOFError: It has ended; the message is with which status.
        """
        try:
            return pickle.load(self.replies)  # noqa: S301 (our own process)
        except (EOFError, pickle.UnpicklingError):
            raise EOFError(f"status {self._process.wait()}") from None

    def end(self) -> None:
        """At once; what it is doing is not finished."""
        self._process.kill()
        self._process.wait()
        self.replies.close()
        with suppress(BrokenPipeError):
            self._tasks.close()


def serve(answer: Callable[[Any], object]) -> NoReturn:
    """Reply to every task in turn, in the main thread, until nobody asks any more."""
    # Whoever started it ends it; on a terminal, Ctrl-C reaches both.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    replies = _own_output()
    tasks: SimpleQueue[Any] = SimpleQueue()
    Thread(target=_listen, args=(tasks,), daemon=True).start()
    while True:
        pickle.dump(answer(tasks.get()), replies, pickle.HIGHEST_PROTOCOL)
        replies.flush()


def _own_output() -> BinaryIO:
    """Standard output for replies alone: what a library prints goes to standard error."""
    own = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return own


def _listen(tasks: SimpleQueue[Any]) -> None:
    """Take what is asked for; end at once with whoever asks, also in the middle of a task."""
    try:
        while True:
            tasks.put(pickle.load(sys.stdin.buffer))  # noqa: S301 (from the process that started this one)
    except EOFError:
        os._exit(0)
