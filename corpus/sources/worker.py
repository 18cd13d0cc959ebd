"""
A process that reads files for another one: `side_by_side.py` starts it.

Standard input brings the files, standard output takes what reading each found, both pickled.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
from queue import SimpleQueue
from threading import Thread
from typing import BinaryIO

from corpus.reader import read_statement
from corpus.sources.files import FoundFile, Read, read_in_turn


def work(read: Read = read_statement) -> None:
    """
    Read what is asked for until nobody asks any more.

    The last argument of the command line is how many seconds of processor time a file may take.
    """
    # Whoever started it ends it; on a terminal, Ctrl-C reaches both.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    seconds, replies = float(sys.argv[-1]), _own_output()
    asked: SimpleQueue[FoundFile] = SimpleQueue()
    Thread(target=_listen, args=(asked,), daemon=True).start()
    while True:
        for outcome in read_in_turn([asked.get()], read, seconds=seconds):
            pickle.dump(outcome, replies, pickle.HIGHEST_PROTOCOL)
        replies.flush()


def _own_output() -> BinaryIO:
    """Standard output for replies alone: what a library prints goes to standard error."""
    own = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return own


def _listen(asked: SimpleQueue[FoundFile]) -> None:
    """Take what is asked for; end at once with whoever asks, also in the middle of a file."""
    try:
        while True:
            asked.put(pickle.load(sys.stdin.buffer))  # noqa: S301 (from the process that started this one)
    except EOFError:
        os._exit(0)
