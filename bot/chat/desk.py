"""
Where every question of a member is taken in and answered: the same steps for commands, buttons, menus and messages.

    too fast? → private numbers out → service, in a thread → card → Discord; and an honest word where a step fails
"""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Protocol, TypeVar

from bot.chat.card import Card
from bot.chat.cards.notices import notice
from bot.chat.conversations import Conversations
from bot.chat.cooldown import Cooldown
from bot.chat.moderators import Moderators
from bot.chat.presses import name_key, name_of
from bot.chat.scene import Scene
from bot.chat.verbs import Verbs
from bot.chat.visits import Interaction, Visit
from bot.chat.watching.metrics import Metrics, WatchedWorkshop
from bot.chat.watching.tally import noting
from bot.chat.workshop import Workshop
from bot.settings import Settings
from corpus.errors import BadDateError, PassageGoneError, ReversedDatesError, UsageError
from retrieval.models import KnownName, Language
from retrieval.names import NameKind

T = TypeVar("T")


class RunBlocking(Protocol):
    """Runs blocking work away from the event loop; `when_slow` is awaited once when it takes a while."""

    async def __call__(self, work: Callable[[], T], *, when_slow: Callable[[], Awaitable[object]]) -> T: ...


class Untold(Exception):
    """A member cannot be answered as asked; `key` and `values` are a sentence of the catalog that says why."""

    def __init__(self, key: str, **values: str | int) -> None:
        self.key, self.values = key, values
        super().__init__(key)


class Desk:
    """
    What every way of asking shares.

    Attributes:
        service: The record; its methods block.
        conversations: What was asked before.
        shares, reports: How often a member may put something before others.
        moderator_channel_id: Where reports go; `None` where nobody reads them.
        today: The clock.
        moderators: Who may change the record, and how.
        workshop: Where what takes long is done.
    """

    def __init__(
        self,
        settings: Settings,
        service: Verbs,
        run_blocking: RunBlocking,
        now: Callable[[], float],
        today: Callable[[], dt.date],
        moderators: Moderators,
        metrics: Metrics,
    ) -> None:
        self.service = noting(service)
        self.conversations = Conversations(now)
        self.shares = Cooldown(now, times=2, per_s=60)
        self.reports = Cooldown(now, times=3, per_s=60)
        self.moderator_channel_id = settings.moderator_channel_id
        self.today = today
        self.moderators = moderators
        self.workshop: Workshop = WatchedWorkshop(settings, metrics, now)
        self._settings, self._run_blocking = settings, run_blocking
        self._questions = Cooldown(now)
        self._presses = Cooldown(now, times=10)
        self._at_work, self._closing = 0, False
        self._idle = asyncio.Event()

    def serves(self, guild_id: int | None) -> bool:
        """Whether questions are answered here: in direct messages, and in the servers of the settings."""
        return guild_id is None or not self._settings.server_ids or guild_id in self._settings.server_ids

    def scene(self, *, private: bool, guild: bool) -> Scene:
        """Where an answer will stand."""
        return Scene(
            private=private,
            shareable=private and guild,
            reportable=self.moderator_channel_id is not None,
            referrals=self._settings.referrals,
            public_url=self._settings.public_url,
        )

    def scene_of(self, interaction: Interaction, *, private: bool | None = None) -> Scene:
        """Where the reply to a command will stand; buttons are answered in private whatever the settings say."""
        hidden = not self._settings.public_replies if private is None else private
        return self.scene(private=hidden, guild=interaction.guild_id is not None)

    def name(self, kind: NameKind, key: str) -> str | None:
        """
        The name that a button holds; `None` where it holds none.

        Raises:
            Untold: The record does not have it any more.
        """
        if not key:
            return None
        found = name_of(key, self._known(kind))
        if found is None:
            raise Untold("name_gone")
        return found

    def key(self, kind: NameKind, typed: str | None, meant: str | None) -> str | None:
        """What a button holds of a typed name: "" without one, `None` where it could not be found again."""
        if not typed:
            return ""
        key = name_key(meant or typed)
        return key if name_of(key, self._known(kind)) else None

    def _known(self, kind: NameKind) -> Sequence[KnownName]:
        directory = self.service.directory()
        return directory.speakers if kind == "speaker" else directory.organizations

    @contextmanager
    def working(self) -> Iterator[None]:
        """Something is being answered meanwhile, which `finish` waits for."""
        self._at_work += 1
        try:
            yield
        finally:
            self._at_work -= 1
            if not self._at_work:
                self._idle.set()

    @property
    def is_closing(self) -> bool:
        """Whether nothing new is begun."""
        return self._closing

    async def finish(self, within_s: float) -> None:
        """Take nothing new in, end long work, and wait until everything is answered, for so long at most."""
        self._closing = True
        self.workshop.cancel()
        with suppress(TimeoutError):
            async with asyncio.timeout(within_s):
                while self._at_work:
                    self._idle.clear()
                    await self._idle.wait()

    async def serve(
        self, visit: Visit, make: Callable[[Scene], Card], locale: Language, *, pressed: bool = False
    ) -> None:
        """Answer a visit with a card; see `prepare`."""
        with self.working():
            card = await self.prepare(visit, make, locale, pressed=pressed)
            if card is not None:
                await visit.send(card)

    async def prepare(
        self, visit: Visit, make: Callable[[Scene], T], locale: Language, *, pressed: bool = False
    ) -> T | None:
        """
        What answers a visit.

        Args:
            visit: Who asks, and the way back.
            make: Asks the service and lays out what is shown in its scene; blocks, and runs in a thread.
            locale: Of what there is to say when it fails.
            pressed: A button was pressed, which costs less than a question.

        Returns:
            `None` where something else had to be said, and was.
        """
        if self._closing:
            await visit.tell(notice("restarting", locale, private=visit.scene.private))
            return None
        cooldown = self._presses if pressed else self._questions
        if wait := cooldown.wait_s(visit.member):
            await visit.tell(notice("too_fast", locale, private=visit.scene.private, count=wait))
            return None
        try:
            return await self._run_blocking(lambda: make(self._seen(visit.scene)), when_slow=visit.announce)
        except (UsageError, Untold) as error:
            await visit.tell(explained(error, locale, private=visit.scene.private))
            return None

    async def go_first(self, visit: Visit) -> None:
        """End what the schedule is doing with the record, so that a moderator need not wait for it."""
        if self.workshop.can_wait:
            await visit.announce()
            await self.workshop.make_way()

    async def look_up(self, work: Callable[[], T]) -> T:
        """What is offered while a member types: nobody waits for it, so that nobody is told when it is slow."""
        return await self._run_blocking(work, when_slow=_silence)

    def _seen(self, scene: Scene) -> Scene:
        """The scene with what only the record knows."""
        return scene._replace(sample=self.service.is_sample)


async def _silence() -> None:
    """Nothing is said."""


def explained(error: UsageError | Untold, locale: Language, *, private: bool) -> Card:
    """What a member can do about it."""
    if isinstance(error, Untold):
        return notice(error.key, locale, private=private, **error.values)
    if isinstance(error, BadDateError):
        return notice("bad_date", locale, private=private, words=error.words)
    if isinstance(error, ReversedDatesError):
        return notice("dates_reversed", locale, private=private, since=error.since, until=error.until)
    if isinstance(error, PassageGoneError):
        return notice(f"passage_gone_{error.reason}", locale, private=private, id=error.id)
    raise error
