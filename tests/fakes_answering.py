"""
A service that does what its questions say, for processes that are ready at once.

    wait 0.5        answers after so many seconds
    await NAME      answers once the data directory has a file of that name; makes "NAME of PROCESS" when it begins
    die             kills its process
    break           fails as nobody foresaw, with the question in the error
    print           writes the question to standard output and standard error
    touch NAME      makes a file of that name in the data directory
"""

from __future__ import annotations

import datetime as dt
import os
import signal
import time
import warnings
from pathlib import Path

from bot.service import Overview
from corpus.errors import BadDateError, StoreError
from retrieval.models import Answer, AskRequest, Filters

# A file of the data directory: while it is there, nothing can be opened, and each attempt adds a line to it.
BROKEN = "broken"


class ObedientService:
    """Its answers repeat the question; `total` is the number of the process."""

    def __init__(self, data_dir: Path) -> None:
        self._data_dir = data_dir
        self.is_sample = False

    def ask(self, request: AskRequest, *, today: dt.date) -> Answer:
        """Do what the question says."""
        match request.question.split():
            case ["wait", seconds]:
                time.sleep(float(seconds))
            case ["await", name]:
                (self._data_dir / f"{name} of {os.getpid()}").touch()
                while not (self._data_dir / name).exists():
                    time.sleep(0.01)
            case ["die"]:
                os.kill(os.getpid(), signal.SIGKILL)
            case ["break", *_]:
                raise ValueError(request.question)
            case ["print", *_]:
                for stream in (1, 2):
                    os.write(stream, request.question.encode())
                warnings.warn(request.question, stacklevel=1)
            case ["touch", name]:
                (self._data_dir / name).touch()
        if request.since:
            raise BadDateError(request.since)
        filters = Filters()
        return Answer(
            question=request.question, status="none", confidence=0, locale="en", filters=filters, total=os.getpid()
        )

    def overview(self) -> Overview:
        """Five statements."""
        return Overview(5, "2014-09-10", "2019-05-02", 0, {"en": 5}, 1, 1, generation=3)


def open_obedient(data_dir: Path) -> ObedientService:
    """The service, unless the data directory is broken."""
    broken = data_dir / BROKEN
    if broken.exists():
        with broken.open("a") as attempts:
            attempts.write("tried\n")
        raise StoreError(f"{broken} is there. Take it away.")
    return ObedientService(data_dir)


def open_and_die(data_dir: Path) -> ObedientService:
    """A process that ends while it opens the record."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError
