"""
What goes between the bot and the process that holds the record. Both sides pickle it, and nobody writes it down.
"""

from __future__ import annotations

from typing import NamedTuple

# The number of the reply that says whether the record could be opened.
OPENING = 0


class Call(NamedTuple):
    """
    One method of `bot.service.Service` to call, or property to read.

    Attributes:
        number: From 1; the reply has the same.
        until: When nobody waits for the reply any longer, on the monotonic clock that all processes share.
    """

    number: int
    verb: str
    arguments: tuple[object, ...]
    options: dict[str, object]
    until: float


class Reply(NamedTuple):
    """
    What came of a call.

    Attributes:
        error: What the method raised on purpose; `TimeoutError` where nobody waited any longer.
        failure: Type and place of an error that nobody foresaw. Its text stays in the child: it may repeat a request.
    """

    number: int
    value: object = None
    error: Exception | None = None
    failure: str | None = None


class GoneError(Exception):
    """The process ended before it replied."""
