"""
The Discord client: intents, start and end, the one way into a worker thread, the one error handler, the clock.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import re
import secrets
import signal
import sys
import threading
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, NamedTuple, Protocol, TypeVar

import aiohttp
import discord
from discord import app_commands

from bot.chat.answers import Answers, Cooldown, Translations, ask_command, language_of
from bot.chat.cards import Card, notice
from bot.chat.logs import describe, set_up_logging
from bot.chat.replies import NO_PINGS, locale_of, reply, respond
from bot.settings import Settings
from corpus.errors import OnRecordError, UsageError
from retrieval.models import Answer, AskRequest, Language

log = logging.getLogger(__name__)
T = TypeVar("T")

_THREADS = 4
_PLACES = 64  # searches running and waiting together


class Service(Protocol):
    """What the bot asks: `bot.service.Service`, or a fake."""

    def ask(self, request: AskRequest, *, today: dt.date) -> Answer:
        """Answer one question."""
        ...


class Patience(NamedTuple):
    """How long a search may take: until Discord is told that an answer is coming, and until the asker is told no."""

    announce_s: float = 1.5
    give_up_s: float = 20.0


class OnRecordClient(discord.Client):
    """
    The bot. It sees servers, messages that mention it and direct messages, and keeps none of them.

    Args:
        settings: Which servers it answers in, and whether replies to commands are public.
        service: Answers questions; its methods block and run in a few threads.
        today: The clock.
    """

    def __init__(
        self,
        settings: Settings,
        service: Service,
        *,
        patience: Patience = Patience(),  # noqa: B008 (immutable)
        today: Callable[[], dt.date] = dt.date.today,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(
            intents=discord.Intents(guilds=True, guild_messages=True, dm_messages=True),
            allowed_mentions=NO_PINGS,
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
        )
        self._patience = patience
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="search")
        self._places = threading.BoundedSemaphore(_PLACES)
        self.tree = CommandTree(self)
        self.answers = Answers(
            settings, lambda request: service.ask(request, today=today()), self.run_blocking, Cooldown(now)
        )

    async def setup_hook(self) -> None:
        """Tell Discord the commands, once a start."""
        asyncio.get_running_loop().set_exception_handler(_log_lost_error)
        await self.tree.set_translator(Translations())
        self.tree.add_command(ask_command(self.answers))
        try:
            await self.tree.sync()
        except discord.HTTPException as error:
            # What was registered before still works, and so do mentions.
            log.error("the commands could not be registered: %s, status %d", describe(error), error.status)

    async def on_ready(self) -> None:
        """Say that members can ask now."""
        log.info("ready in %d servers", len(self.guilds))

    async def on_message(self, message: discord.Message) -> None:
        """Answer mentions and direct messages."""
        assert self.user is not None
        try:
            await self.answers.answer_message(message, self.user)
        except Exception as error:
            await self.tell_failure(error, lambda card: reply(message, card), language_of(message.content))

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
        job: Future[T] = self._threads.submit(work)
        job.add_done_callback(lambda _: self._places.release())
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

    async def tell_failure(
        self, error: Exception, send: Callable[[Card], Awaitable[None]], locale: Language, *, private: bool = False
    ) -> None:
        """Say honestly that it failed, with a code that finds the line in the log; neither holds the question."""
        code = secrets.token_hex(2).upper()
        log.error("code %s: %s", code, describe(error))
        kinds: dict[type[Exception], str] = {asyncio.QueueFull: "too_busy", TimeoutError: "too_slow"}
        try:
            await send(notice(kinds.get(type(error), "our_fault"), locale, private=private, code=code))
        except (discord.DiscordException, aiohttp.ClientError, OSError) as unsent:
            log.warning("code %s could not be told: %s", code, describe(unsent))

    async def close(self) -> None:
        """Leave Discord; searches that have not started are dropped."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        await super().close()


class CommandTree(app_commands.CommandTree[OnRecordClient]):
    """The commands, and what happens when one fails."""

    async def interaction_check(self, interaction: discord.Interaction[OnRecordClient], /) -> bool:
        """Whether the bot answers in this server; where it does not, it says so."""
        answers = interaction.client.answers
        if answers.serves(interaction.guild_id):
            return True
        await respond(interaction, notice("not_here", locale_of(interaction) or "en", private=True))
        return False

    async def on_error(
        self, interaction: discord.Interaction[OnRecordClient], error: app_commands.AppCommandError, /
    ) -> None:
        """Tell the asker and the log."""
        cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
        client = interaction.client
        await client.tell_failure(
            cause,
            lambda card: respond(interaction, card),
            locale_of(interaction) or "en",
            private=client.answers.private,
        )


def run_bot(settings: Settings, service: Service) -> None:
    """
    Run the bot until it is told to stop (SIGTERM, SIGINT).

    Raises:
        UsageError: The token is missing, or Discord refuses it.
        OnRecordError: Discord cannot be reached.
    """
    token = settings.discord_token.get_secret_value().strip() if settings.discord_token else ""
    if not token:
        raise UsageError("DISCORD_TOKEN is not set. Copy the bot's token from Discord's developer portal into .env.")
    if not re.fullmatch(r"[\w.-]+", token, re.ASCII):
        raise UsageError("DISCORD_TOKEN holds characters that no token has. Copy it again from the developer portal.")
    set_up_logging(settings.log_level)
    # Two warnings that voice would not work, which nobody asked for.
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
    asyncio.run(serve(OnRecordClient(settings, service), token))


async def serve(client: OnRecordClient, token: str) -> None:
    """Log in and stay connected until a signal to stop; the connection is closed whatever happens."""
    async with client:
        session = asyncio.create_task(client.start(token))
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, session.cancel)
        await asyncio.wait({session})
        if session.cancelled():
            log.info("closing")
            return
        try:
            session.result()
        except discord.LoginFailure:
            raise UsageError(
                "Discord refused DISCORD_TOKEN. Reset it in the developer portal, copy it again."
            ) from None
        except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
            raise OnRecordError(
                f"The connection to Discord failed ({type(error).__name__}). Try again later."
            ) from None


def _log_lost_error(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Errors of tasks that nobody waits for: the default handler would print their text."""
    error = context.get("exception")
    log.error("a task failed: %s", describe(error) if error else "unknown")
