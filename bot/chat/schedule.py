"""
What the running bot does by itself, every few minutes: it looks whether sources are to be read, tells moderators of
those that fail, and a channel of what was published.

Sources are read by the same program, in the same place and one at a time, as when a moderator asks for it
(`workshop.py`).
"""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
from typing import TYPE_CHECKING, Any, NamedTuple

import discord

from bot.chat.card import Card
from bot.chat.cards.schedule import failing_card, recovered_card, waiting_card
from bot.chat.desk import Desk
from bot.chat.logs import describe
from bot.chat.publishing import news_card
from bot.chat.replies import post
from bot.chat.workshop import Job
from bot.settings import Settings
from corpus.errors import UsageError
from corpus.store import Arrivals, SourceStatus, Store, moment_of
from retrieval.models import Language

if TYPE_CHECKING:
    from bot.curation import Report

log = logging.getLogger(__name__)

_LOOK_S = 120
_FAILING = dt.timedelta(days=3)
# After a refresh that could not even say what was wrong: the sources were read for nothing.
_PAUSE = dt.timedelta(hours=1)
_REFRESH = ("refresh", "--due", "--if-small", "--events", "--by", "schedule")
_FOR_MODERATORS = ("not_small", "golden_lost")


class Outlook(NamedTuple):
    """What a look at the record finds: its sources, its generation, and what came in since it was last told."""

    sources: tuple[SourceStatus, ...] = ()
    generation: int = 0
    arrivals: tuple[Arrivals, ...] = ()


class Schedule:
    """
    Looks again and again.

    Args:
        client: Knows channels.
        desk: The workshop, the clock of the history, the record.
        settings: Where the record is, and which channels are told.
    """

    def __init__(self, client: discord.Client, desk: Desk, settings: Settings) -> None:
        self._client, self._desk, self._settings = client, desk, settings
        # Of what was published before the bot was started nobody is told.
        self._seen: int | None = None
        # Sources of which moderators were told, until that is noted in the record as well.
        self._told: dict[int, bool] = {}
        self._closed: set[int] = set()
        self._waiting_at: int | None = None
        self._not_before: dt.datetime | None = None

    async def run(self) -> None:
        """Look every few minutes, until it is cancelled."""
        await self._attempt()
        await self._client.wait_until_ready()
        while True:
            await asyncio.sleep(_LOOK_S)
            await self.look()

    async def look(self) -> None:
        """Tell what there is to tell, then read what is due; whatever fails is tried again at the next look."""
        if outlook := await self._attempt():
            for step in (self._announce, self._tell, self._refresh):
                try:
                    await step(outlook)
                except Exception as error:
                    log.warning("the schedule: %s", describe(error))

    async def _attempt(self) -> Outlook | None:
        try:
            outlook = await self._desk.look_up(lambda: find_outlook(self._settings, self._seen))
        except Exception as error:
            log.warning("the schedule: %s", describe(error))
            return None
        if self._seen is None:
            self._seen = outlook.generation
        return outlook

    async def _announce(self, outlook: Outlook) -> None:
        """One message a generation that brought something new."""
        if channel := self._settings.announce_channel_id:
            for arrivals in outlook.arrivals:
                try:
                    await self._announce_one(arrivals, channel)
                except UsageError:
                    # The process that answers has not opened this generation yet, so that no button would.
                    return
                self._seen = arrivals.generation
        self._seen = outlook.generation

    async def _announce_one(self, arrivals: Arrivals, channel: int) -> None:
        locale = self._locale(channel)
        card = await self._desk.look_up(lambda: news_card(self._desk.service, arrivals.ids, locale))
        if card:
            await self._post(channel, card)

    async def _tell(self, outlook: Outlook) -> None:
        """One message when sources have been failing for days, and one when they are read again."""
        channel, now = self._desk.moderator_channel_id, self._desk.moderators.moment()
        if channel is None:
            return
        locale = self._locale(channel)
        failing = [one for one in outlook.sources if not self._was_told(one) and _is_failing(one, now)]
        recovered = [one for one in outlook.sources if self._was_told(one) and not one.failing_since]
        if failing and await self._post(channel, failing_card(failing, locale)):
            self._told |= {one.id: True for one in failing}
        if recovered and await self._post(channel, recovered_card(recovered, locale)):
            self._told |= {one.id: False for one in recovered}
        if self._told:
            await self._desk.look_up(lambda: note_told(self._settings, self._told))
            self._told = {}

    def _was_told(self, source: SourceStatus) -> bool:
        return self._told.get(source.id, bool(source.told))

    async def _refresh(self, outlook: Outlook) -> None:
        """Read what is due, unless something is being done already; what a moderator wants meanwhile goes first."""
        now, workshop = self._desk.moderators.moment(), self._desk.workshop
        if self._desk.is_closing or (self._not_before and now < self._not_before):
            return
        if not any(one.is_due(now) for one in outlook.sources) or not workshop.take(Job(None, now)):
            return
        try:
            outcome = await workshop.run(_REFRESH, _in_silence)
        finally:
            workshop.leave()
        if outcome.report:
            await self._follow_up(outcome.report)
        elif not outcome.cancelled:
            self._not_before = now + _PAUSE

    async def _follow_up(self, report: Report) -> None:
        """Tell moderators, once, of a change that is theirs to decide."""
        channel = self._desk.moderator_channel_id
        if report.refused not in _FOR_MODERATORS or channel is None or self._waiting_at == report.generation:
            return
        if await self._post(channel, waiting_card(report, self._locale(channel))):
            self._waiting_at = report.generation

    def _locale(self, channel: int) -> Language:
        """Spanish in a server that is set to Spanish."""
        guild = getattr(self._client.get_channel(channel), "guild", None)
        return "es" if guild is not None and guild.preferred_locale.value.startswith("es") else "en"

    async def _post(self, channel: int, card: Card) -> bool:
        """Post into a channel; where the bot may not, the log says so, once."""
        try:
            await post(self._client.get_partial_messageable(channel), card)
        except (discord.Forbidden, discord.NotFound) as error:
            if channel not in self._closed:
                log.warning("nothing can be posted in channel %d: %s", channel, describe(error))
            self._closed.add(channel)
            return False
        self._closed.discard(channel)
        return True


def find_outlook(settings: Settings, seen: int | None) -> Outlook:
    """
    What is to be done and told, read without opening the index; blocks.

    Args:
        settings: Where the record is.
        seen: The last generation of which readers were told; `None`: of nothing.
    """
    if not Store.exists(settings.data_dir):
        return Outlook()
    with Store.open(settings.data_dir) as store, store.reading():
        generation = store.generation
        arrivals = store.arrivals(seen) if seen is not None else ()
        return Outlook(tuple(store.sources()), generation, tuple(arrivals))


def note_told(settings: Settings, told: dict[int, bool]) -> None:
    """Note of which sources moderators were told, so that a restart does not repeat it; blocks."""
    with Store.open(settings.data_dir) as store, store.writing() as txn:
        for value in (True, False):
            txn.mark_told([id for id, now in told.items() if now is value], told=value)


def _is_failing(source: SourceStatus, now: dt.datetime) -> bool:
    return source.failing_since is not None and now - moment_of(source.failing_since) >= _FAILING


async def _in_silence(step: dict[str, Any]) -> None:
    """Nobody follows it."""
