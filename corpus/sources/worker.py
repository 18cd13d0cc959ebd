"""
A process that reads files for another one: `side_by_side.py` starts it.
"""

from __future__ import annotations

import sys

from corpus.children import serve
from corpus.reader import read_statement
from corpus.sources.files import FoundFile, Outcome, Read, read_in_turn


def work(read: Read = read_statement) -> None:
    """
    Read what is asked for until nobody asks any more.

    The last argument of the command line is how many seconds of processor time a file may take.
    """
    seconds = float(sys.argv[-1])

    def outcome(file: FoundFile) -> Outcome:
        return next(read_in_turn([file], read, seconds=seconds))

    serve(outcome)
