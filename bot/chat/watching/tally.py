"""
What becomes of one interaction: a command, a button, a form or a message, from its arrival to its last reply.

The client begins a tally, and whatever runs for the interaction finds it by `current()`, in threads too. It is counted
when the task that handles the interaction ends, however it ends.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any, Literal, cast, get_args

import discord

from bot.chat.presses import ModeratorVerb, PagePress, PersonPress, PlaceVerb, SearchVerb, read_press
from bot.chat.verbs import Verbs
from bot.messages import say
from retrieval.models import Answer, PersonProfile, QuoteReply, StatementList, Timeline, Verdict

log = logging.getLogger(__name__)

Outcome = Literal["answered", "related", "none", "refused", "failed", "too_fast", "too_slow"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
# Commands and menus, what is asked in a message, and what only buttons do; "other" is what none of these is.
VERBS = tuple(
    dict.fromkeys(
        (
            *(
                "ask",
                "quote",
                "verify",
                "timeline",
                "statement",
                "person",
                "help",
                "message",
                "refresh",
                "add",
                "source",
            ),
            *(*get_args(SearchVerb), *get_args(PlaceVerb), *get_args(ModeratorVerb)),
            "other",
        )
    )
)
_MENUS = {say("menu_verify", "en"): "verify", say("menu_find", "en"): "ask"}


class Tally:
    """
    One interaction.

    Args:
        verb: One of `VERBS`.
        now: Seconds that only grow.
        expected: Somebody waits for a reply; a message is perhaps meant for others.

    Attributes:
        acknowledged_s: Until Discord knew that it had arrived; `None` before.
        finished_s: Until the last reply so far stood there; `None` before.
        found: What the record had.
        said: What was told instead of an answer.
    """

    def __init__(self, verb: str, now: Callable[[], float], *, expected: bool = True) -> None:
        self.verb = verb
        self.acknowledged_s: float | None = None
        self.finished_s: float | None = None
        self.found: Outcome | None = None
        self.said: Outcome | None = None
        self._now, self._began, self._expected = now, now(), expected

    @property
    def outcome(self) -> Outcome:
        """What became of it so far."""
        return self.said or self.found or "answered"

    def acknowledge(self) -> None:
        """Discord knows that the interaction has arrived."""
        if self.acknowledged_s is None:
            self.acknowledged_s = self._now() - self._began

    def show(self) -> None:
        """A reply stands there."""
        self.acknowledge()
        self.finished_s = self._now() - self._began

    def tell(self) -> None:
        """Something was said instead of an answer; why was noted before, where it was no refusal."""
        self.said = self.said or "refused"

    def close(self) -> bool:
        """It is over; whether it counts. Where no reply was shown the interaction itself was the reply: a form."""
        if self.finished_s is None and self._expected:
            self.show()
        return self.finished_s is not None


_current: ContextVar[Tally] = ContextVar("tally")


def current() -> Tally:
    """The tally of what is being answered; one that nobody counts where nothing is."""
    return _current.get(None) or Tally("other", lambda: 0.0)


def begin(tally: Tally, count: Callable[[Tally], None]) -> None:
    """From here on this task is about one interaction; when it ends, that is counted."""
    _current.set(tally)
    task = asyncio.current_task()
    assert task is not None

    def end(_: object) -> None:
        if tally.close():
            log.debug(
                *("%s: %s after %.3f s", tally.verb, tally.outcome, tally.finished_s),
                extra={"verb": tally.verb, "status": tally.outcome, "seconds": round(tally.finished_s or 0, 3)},
            )
            count(tally)

    task.add_done_callback(end)


def verb_of(interaction: discord.Interaction[Any]) -> str:
    """What is asked for: the name of the command or the menu, or what the button or the form is for."""
    data: Any = interaction.data or {}
    if interaction.type in (discord.InteractionType.component, discord.InteractionType.modal_submit):
        press = read_press(str(data.get("custom_id", "")))
        if isinstance(press, PagePress):
            return "statement"
        if isinstance(press, PersonPress):
            return "person"
        return press.verb if press else "other"
    command = interaction.command
    name = command.name if command else ""
    name = _MENUS.get(name, name)
    return name if name in VERBS else "other"


class _Noting:
    """A service that notes what it found for whom it works."""

    def __init__(self, service: Verbs) -> None:
        self._service = service

    def __getattr__(self, name: str) -> Any:
        member = getattr(self._service, name)
        if not callable(member):
            return member

        def call(*arguments: Any, **options: Any) -> Any:
            result = member(*arguments, **options)
            tally = current()
            tally.found = _outcome_of(result) or tally.found
            return result

        return call


def noting(service: Verbs) -> Verbs:
    """The same service; whether it answered, came close or had nothing is noted in the tally of each interaction."""
    return cast(Verbs, _Noting(service))


def _outcome_of(result: object) -> Outcome | None:
    """What a result says of the record; `None` where it can only be there."""
    if isinstance(result, Answer):
        return result.status
    if isinstance(result, Verdict):
        return "none" if result.verdict == "not_found" else "answered"
    if isinstance(result, Timeline | StatementList):
        return "answered" if result.total else "none"
    if isinstance(result, QuoteReply | PersonProfile):
        found = result.quotes if isinstance(result, QuoteReply) else result.name
        return "answered" if found else "related" if result.choices else "none"
    return None
