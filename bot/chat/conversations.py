"""
What was asked before, so that "and in 2014?" can be read: in memory, for fifteen minutes, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

_MINUTES = 15
_QUESTIONS = 4  # of one conversation, the newest
_CONVERSATIONS = 2_000  # of all members together, the newest


class Thread(NamedTuple):
    """
    Where a conversation goes on.

    What was asked in private is never taken up in public, where others would read from the answer what it was.

    Attributes:
        member: Whose it is; `None` where everybody goes on with it.
        place: The channel, or the bot's message that it goes on from.
    """

    member: int | None
    place: int
    private: bool = False


class Conversations:
    """The latest conversations: who asked what where; gone with the process."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._asked: dict[Thread, tuple[float, tuple[str, ...]]] = {}

    def before(self, thread: Thread) -> tuple[str, ...]:
        """The questions asked there, oldest first; none after fifteen minutes."""
        when, questions = self._asked.get(thread, (0.0, ()))
        return questions if self._now() - when < 60 * _MINUTES else ()

    def before_question(self, thread: Thread, question: str) -> tuple[str, ...]:
        """The questions asked there before this one; none where it is not known any more."""
        questions = self.before(thread)
        return questions[: len(questions) - 1 - questions[::-1].index(question)] if question in questions else ()

    def remember(self, thread: Thread, questions: tuple[str, ...]) -> None:
        """These questions were asked there, the last one just now."""
        self._asked.pop(thread, None)
        self._asked[thread] = (self._now(), questions[-_QUESTIONS:])
        self.forget_old()

    def forget_old(self) -> None:
        """Drop what is over."""
        while self._asked:
            # The oldest ones stand first.
            thread, (when, _) = next(iter(self._asked.items()))
            if len(self._asked) <= _CONVERSATIONS and self._now() - when < 60 * _MINUTES:
                break
            del self._asked[thread]

    def __len__(self) -> int:
        return len(self._asked)
