"""
Every error this project raises on purpose.

    OnRecordError              one clear line: what happened, with the value, and what to do next
    ├── UsageError             the person who asked can mend it; the terminal ends with status 2
    │   ├── BadDateError       words that are no date
    │   ├── ReversedDatesError the first day asked for is after the last
    │   ├── PassageGoneError   a passage that was shown before cannot be shown again
    │   └── UnreadableError    a file or folder that cannot be read as statements
    ├── FetchError             an address of the web that gave no statement
    ├── MissingExtraError      an optional part is not installed; names the extra
    ├── StoreError             the database or an index file is not what it should be
    │   └── BusyError          another process is writing
    └── StaleIndexError        an index was asked about passages of another generation

The message is the whole sentence people read, in English: errors of the terminal. Discord words its own states
(`bot/locales`). No message ever holds a question.
"""

from __future__ import annotations

from typing import Literal


class OnRecordError(Exception):
    """Base of every error raised on purpose; `str(error)` is one line for people."""

    def __reduce__(self) -> tuple[object, ...]:
        # By default it would be made anew from its message, as if that were what its class is made from.
        return _restore, (type(self), self.args), self.__dict__


class UsageError(OnRecordError):
    """What was asked cannot be done as it was asked; the message says how to ask instead."""


class BadDateError(UsageError):
    """Words that are no date."""

    def __init__(self, words: str) -> None:
        self.words = words
        super().__init__(f'"{words}" is not a date. Try 2014, 2014-09 or 2014-09-10.')


class ReversedDatesError(UsageError):
    """The first day asked for is after the last; both as typed."""

    def __init__(self, since: str, until: str) -> None:
        self.since = since
        self.until = until
        super().__init__(f"The dates are the wrong way round: from {since} until {until}.")


class PassageGoneError(UsageError):
    """
    A passage that was shown before cannot be shown again.

    Attributes:
        reason: `statement` (no statement has this record number now), `revised` (its text is another one now) or
            `span` (no words that may be shown stand there).
        id: The record number.
    """

    def __init__(self, reason: Literal["statement", "revised", "span"], id: str) -> None:
        self.reason = reason
        self.id = id
        super().__init__(_GONE[reason].format(id=id))

    def __reduce__(self) -> tuple[type[PassageGoneError], tuple[str, str]]:
        return type(self), (self.reason, self.id)


_GONE = {
    "statement": 'The record holds no statement "{id}" now. Ask again to see what it holds.',
    "revised": "The text of {id} has changed since. Read it as it is now: onrecord statement {id}.",
    "span": "There is no such passage in {id}. Read the whole statement: onrecord statement {id}.",
}


class UnreadableError(UsageError):
    """
    A file or folder that cannot be read as statements.

    Attributes:
        path: As it was named.
        code: The snake_case reason that reports use: `empty`, `bad_format`, `too_large`, `too_slow`, `not_found`,
            `not_readable`, `reader_failed` (in a way that nobody foresaw), `reader_ended` (the process that read it).
    """

    def __init__(self, path: str, code: str, message: str) -> None:
        self.path = path
        self.code = code
        super().__init__(message)


class FetchError(OnRecordError):
    """
    An address of the web that gave no statement.

    Attributes:
        address: As it was named, without a user name or password in it.
        code: The snake_case reason that reports use: `address_refused`, `unreachable` (no such host, nobody answers),
            `connection_lost`, `too_slow`, `too_large`, `too_short`, `too_many_redirects`, `blocked_by_robots`,
            `robots_unavailable`, `bad_format`, `reader_failed` (in a way that nobody foresaw), `empty_listing`,
            `http_404` and every other status.
    """

    def __init__(self, address: str, code: str, message: str) -> None:
        self.address = address
        self.code = code
        super().__init__(message)

    def __reduce__(self) -> tuple[type[FetchError], tuple[str, str, str]]:
        return type(self), (self.address, self.code, str(self))


class MissingExtraError(OnRecordError):
    """An optional part is not installed."""

    def __init__(self, what: str, extra: str) -> None:
        self.extra = extra
        super().__init__(f'{what} needs an extra: pip install "onrecord[{extra}]"')


class StoreError(OnRecordError):
    """The database or an index file is not what it should be."""


class BusyError(StoreError):
    """Another process is writing to the same data directory."""


class StaleIndexError(OnRecordError):
    """An index was asked about passages of another generation."""


def _restore(kind: type[OnRecordError], args: tuple[object, ...]) -> OnRecordError:
    return kind.__new__(kind, *args)
