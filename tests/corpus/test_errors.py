"""Errors: what they say survives the way from one process to another."""

from __future__ import annotations

import pickle

import pytest

from corpus import errors
from corpus.errors import (
    BadDateError,
    BusyError,
    FetchError,
    MissingExtraError,
    OnRecordError,
    PassageGoneError,
    ReversedDatesError,
    StaleIndexError,
    StoreError,
    UnreadableError,
    UsageError,
)

ERRORS = [
    OnRecordError("The lamp is out. Light it."),
    UsageError("No lamp was named. Name one."),
    BadDateError("last Febuary"),
    ReversedDatesError("2014", "2011"),
    PassageGoneError("revised", "2014-001"),
    FetchError("https://lamps.example/a", "http_404", "https://lamps.example/a is not there."),
    UnreadableError("lamp.txt", "empty", "lamp.txt is empty."),
    MissingExtraError("A lamp", "light"),
    StoreError("lamps.sqlite3 is damaged."),
    BusyError("Process 7 is writing."),
    StaleIndexError("Generation 2 was asked about generation 1."),
]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_error_survives_pickling(error: OnRecordError) -> None:
    """
    An error of another process arrives as what it was: its class, its words and what it carries.
    """
    arrived = pickle.loads(pickle.dumps(error))

    assert (type(arrived), str(arrived), vars(arrived)) == (type(error), str(error), vars(error))


def test_every_error_is_in_the_table() -> None:
    """
    An error that is added here is to be sent to another process too.
    """
    ours = {one for one in vars(errors).values() if isinstance(one, type) and issubclass(one, OnRecordError)}

    assert ours == {type(error) for error in ERRORS}
