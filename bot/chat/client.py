"""
The Discord client: intents, events, the one way into a worker thread, the one error handler, the clock.
"""

from __future__ import annotations

import asyncio
import contextvars
import datetime as dt
import logging
import secrets
import sys
import threading
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, NamedTuple, TypeVar

import aiohttp
import discord
from discord import app_commands

from bot.chat.buttons import press_button, send_form
from bot.chat.cards.notices import notice
from bot.chat.commands import ask
from bot.chat.commands.words import Translations
from bot.chat.desk import Desk
from bot.chat.logs import describe
from bot.chat.moderators import Moderators
from bot.chat.registering import add_commands, register_commands
from bot.chat.replies import NO_PINGS
from bot.chat.schedule import Schedule
from bot.chat.transport import use_patient_adapter
from bot.chat.typed import language_of
from bot.chat.verbs import Verbs
from bot.chat.visits import InteractionVisit, MessageVisit, Visit, locale_of
from bot.chat.watching.health import Connections
from bot.chat.watching.metrics import Metrics
from bot.chat.watching.tally import Tally, begin, current, verb_of
from bot.settings import Settings
from corpus.errors import BusyError, StaleIndexError, StoreError
from retrieval.models import Language

log = logging.getLogger(__name__)
T = TypeVar("T")

_THREADS = 16  # they wait for the record's own process
_PLACES = 64  # searches running and waiting together
_FORGET_S = 60
_FAILURES: dict[type[Exception], str] = {
    asyncio.QueueFull: "too_busy",
    TimeoutError: "too_slow",
    BusyError: "record_busy",
    StoreError: "rebuilding",
    StaleIndexError: "rebuilding",
}


def _moment() -> dt.datetime:
    return dt.datetime.now(dt.UTC).replace(microsecond=0)


class Patience(NamedTuple):
    """How long a search may take: until Discord is told that an answer is coming, and until the asker is told no."""

    announce_s: float = 0.05
    give_up_s: float = 20.0


class OnRecordClient(discord.Client):
    """
    The bot. It sees servers, messages that mention it and direct messages, and keeps none of them.

    Args:
        settings: Which servers it answers in, and whether replies to commands are public.
        service: Answers from the record; its methods block and run in a few threads.
        patience: With a slow search.
        today: The clock.
        now: Seconds that only grow.
        moment: What the history of the record calls now, in UTC.

    Attributes:
        metrics: What is counted.
        connections: Whether Discord is there.
    """

    def __init__(
        self,
        settings: Settings,
        service: Verbs,
        *,
        patience: Patience = Patience(),  # noqa: B008 (immutable)
        today: Callable[[], dt.date] = dt.date.today,
        now: Callable[[], float] = time.monotonic,
        moment: Callable[[], dt.datetime] = _moment,
    ) -> None:
        self.metrics = Metrics()
        self.connections = Connections(settings.shards, now, self.metrics)
        super().__init__(
            intents=discord.Intents(guilds=True, guild_messages=True, dm_messages=True),
            allowed_mentions=NO_PINGS,
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            shard_count=settings.shards if settings.shards > 1 else None,
            http_trace=self.metrics.trace(),
        )
        self._patience = patience
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="search")
        self._places = threading.BoundedSemaphore(_PLACES)
        self._now = now
        moderators = Moderators(settings, moment)
        self.desk = Desk(settings, service, self.run_blocking, now, today, moderators, self.metrics)
        self.schedule = Schedule(self, self.desk, settings)
        self._looking: asyncio.Task[None] | None = None
        self.tree = CommandTree(
            self,
            allowed_installs=app_commands.AppInstallationType(guild=True),
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True),
        )

    def dispatch(self, event: str, /, *args: Any, **kwargs: Any) -> None:
        """Every event of the gateway passes here."""
        self.connections.note(event, *args)
        super().dispatch(event, *args, **kwargs)

    async def setup_hook(self) -> None:
        """Tell Discord the commands, once a start."""
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(_log_lost_error)
        use_patient_adapter()
        self._forget(loop)
        self._looking = asyncio.create_task(self.schedule.run())
        await self.tree.set_translator(Translations())
        add_commands(self.tree, self.desk)
        try:
            changed = await register_commands(self.tree)
        except discord.HTTPException as error:
            # What was registered before still works, and so do mentions.
            log.error("the commands could not be registered: %s, status %d", describe(error), error.status)
        else:
            log.info("commands %s", "registered" if changed else "known already")

    async def on_ready(self) -> None:
        """Say that members can ask now."""
        log.info("ready in %d servers", len(self.guilds))

    async def on_message(self, message: discord.Message) -> None:
        """Answer mentions and direct messages."""
        assert self.user is not None
        begin(Tally("message", self._now, expected=False), self.metrics.count)
        visit = MessageVisit(message, self.desk.scene(private=False, guild=message.guild is not None))
        try:
            with self.desk.working():
                await ask.answer_message(self.desk, visit, message, self.user)
        except Exception as error:
            await self.tell_failure(error, visit, language_of(message.content))

    async def on_interaction(self, interaction: discord.Interaction[OnRecordClient]) -> None:
        """Do what a button or a form is for; commands go their own way, through the tree."""
        act = {discord.InteractionType.component: press_button, discord.InteractionType.modal_submit: send_form}
        do = act.get(interaction.type)
        if do is None:
            return
        data: Any = interaction.data or {}
        try:
            if not await self.tree.interaction_check(interaction):
                return
            with self.desk.working():
                await do(self.desk, interaction, str(data.get("custom_id", "")))
        except Exception as error:
            await self.fail(interaction, error)

    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:
        """Log what no other handler caught."""
        error = sys.exc_info()[1]
        log.error("event %s failed: %s", event_method, describe(error) if error else "unknown")

    async def run_blocking(self, work: Callable[[], T], *, when_slow: Callable[[], Awaitable[object]]) -> T:
        """
        Run blocking work in a thread: the only way out of the event loop.

        Args:
            work: Runs to its end even when nobody waits for it any more.
            when_slow: Awaited once when the work has not ended after a moment.

        Raises:
            asyncio.QueueFull: Too much is running and waiting already; `work` was not started.
            TimeoutError: The work took too long.
        """
        if not self._places.acquire(blocking=False):
            raise asyncio.QueueFull
        job: Future[T] = self._threads.submit(contextvars.copy_context().run, self.metrics.searching(work))
        job.add_done_callback(self._free)
        result = asyncio.wrap_future(job)
        try:
            done, _ = await asyncio.wait({result}, timeout=self._patience.announce_s)
            if not done:
                await when_slow()
                await asyncio.wait({result}, timeout=self._patience.give_up_s)
            if not result.done():
                raise TimeoutError
            return result.result()
        finally:
            # An error that nobody waits for any more must not be logged with its text.
            if not result.cancel() and not result.cancelled():
                result.exception()

    def _free(self, job: Future[Any]) -> None:
        self._places.release()
        if job.cancelled():
            self.metrics.dropped()

    async def fail(self, interaction: discord.Interaction[OnRecordClient], error: Exception) -> None:
        """Tell whoever used a command, a button or a form that it failed."""
        scene = self.desk.scene_of(interaction, private=True)
        await self.tell_failure(error, InteractionVisit(interaction, scene), locale_of(interaction) or "en")

    async def tell_failure(self, error: Exception, visit: Visit, locale: Language) -> None:
        """Say honestly that it failed, with a code that finds the line in the log; neither holds the question."""
        code, tally = secrets.token_hex(2).upper(), current()
        key = next((key for kind, key in _FAILURES.items() if isinstance(error, kind)), "our_fault")
        tally.said = "too_slow" if key == "too_slow" else "failed"
        log.error("code %s: %s", code, describe(error), extra={"code": code, "verb": tally.verb, "status": tally.said})
        try:
            await visit.tell(notice(key, locale, private=visit.scene.private, code=code))
        except (discord.DiscordException, aiohttp.ClientError, OSError) as unsent:
            log.warning("code %s could not be told: %s", code, describe(unsent), extra={"code": code})

    async def close(self) -> None:
        """Leave Discord; searches that have not started are dropped, and long work on the record ends."""
        await self.desk.workshop.close()
        if self._looking:
            self._looking.cancel()
            await asyncio.wait({self._looking})
        self._threads.shutdown(wait=False, cancel_futures=True)
        await super().close()

    def _forget(self, loop: asyncio.AbstractEventLoop) -> None:
        """Drop conversations that are over, each minute: a question is not kept longer because nobody asks."""
        self.desk.conversations.forget_old()
        loop.call_later(_FORGET_S, self._forget, loop)


class ShardedClient(OnRecordClient, discord.AutoShardedClient):
    """The same with several connections, for thousands of servers."""


def make_client(settings: Settings, service: Verbs) -> OnRecordClient:
    """The bot with as many connections as the settings say."""
    return (ShardedClient if settings.shards > 1 else OnRecordClient)(settings, service)


class CommandTree(app_commands.CommandTree[OnRecordClient]):
    """The commands, and what happens when one fails."""

    async def interaction_check(self, interaction: discord.Interaction[OnRecordClient], /) -> bool:
        """Whether the bot answers in this server; where it does not, it says so."""
        client, desk = interaction.client, interaction.client.desk
        # Every interaction passes here first.
        if interaction.type is not discord.InteractionType.autocomplete:
            begin(Tally(verb_of(interaction), client._now), client.metrics.count)
        if desk.serves(interaction.guild_id):
            return True
        if interaction.type is not discord.InteractionType.autocomplete:
            visit = InteractionVisit(interaction, desk.scene_of(interaction, private=True))
            await visit.tell(notice("not_here", locale_of(interaction) or "en", private=True))
        return False

    async def on_error(
        self, interaction: discord.Interaction[OnRecordClient], error: app_commands.AppCommandError, /
    ) -> None:
        """Tell the asker and the log; who may not use a command was told so."""
        if isinstance(error, app_commands.CheckFailure):
            return
        cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
        await interaction.client.fail(interaction, cause)


def _log_lost_error(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Errors of tasks that nobody waits for: the default handler would print their text."""
    error = context.get("exception")
    log.error("a task failed: %s", describe(error) if error else "unknown")
