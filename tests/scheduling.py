"""
What the running bot does by itself, the whole way: real client, real sockets, a stored corpus, real processes. Only the
clock is ours.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from discord_server import payloads
from discord_server.components import shown_text
from discord_server.payloads import CHANNEL, MODERATORS, Json
from discord_server.running import connected_bot
from discord_server.server import DiscordServer
from moderating import ADDED, Record
from moderating import WELL as WELL

from bot.chat.client import OnRecordClient
from bot.chat.verbs import Verbs
from bot.chat.workshop import Workshop
from corpus.store import Decision

TRAM = "A letter about the night bus\n\nWe ask for a tram at night.\n"
DAY = dt.timedelta(days=1)
DECISION = Decision("terminal", ADDED, "closed")


class Clock:
    """Says what it is set to."""

    def __init__(self) -> None:
        self.now = ADDED

    def __call__(self) -> dt.datetime:
        return self.now


@asynccontextmanager
async def running(
    record: Record,
    clock: Clock,
    *,
    service: Verbs | None = None,
    locale: str = "en-US",
    code: str = "",
    **more: object,
) -> AsyncIterator[tuple[DiscordServer, OnRecordClient]]:
    """
    Discord with the bot, which tells the general channel what is published.

    Args:
        service: Answers instead of one in this process.
        locale: Of the server.
        code: Run as every long work, instead of the program itself.
    """
    settings = record.settings(**({"announce_channel_id": int(CHANNEL)} | more))
    async with (
        DiscordServer() as server,
        connected_bot(server, service or record.service(), settings=settings, moment=clock) as client,
    ):
        await server.dispatch("GUILD_UPDATE", payloads.guild() | {"preferred_locale": locale})
        await happens(lambda: str(guild_of(client)) == locale)
        await happens(lambda: client.schedule._seen is not None)
        if code:
            use(client, record, code)
        yield server, client
    assert server.violations == []


def use(client: OnRecordClient, record: Record, code: str) -> None:
    """Run this as every long work, instead of the program itself."""
    program = record.data_dir / "program.py"
    program.write_text(code)
    client.desk.workshop = Workshop(record.settings(), (sys.executable, str(program)))


def waiting(refused: str, generation: int) -> str:
    """A program that finds what it does not apply."""
    changed = '[{"source":"a","locator":"b","code":"text_changed"}]'
    line = f'{{"event":"report","generation":{generation},"applied":false,"refused":"{refused}","changed":{changed}}}'
    return f"print({line!r})\nraise SystemExit(1)"


async def happens(condition: Callable[[], object]) -> None:
    """Wait until this is so inside the bot, of which the server hears nothing."""
    async with asyncio.timeout(20):
        while not condition():  # noqa: ASYNC110 (nothing tells of it)
            await asyncio.sleep(0.01)


def guild_of(client: OnRecordClient) -> object:
    """The locale of the server as the client has it."""
    guild = client.get_guild(int(payloads.GUILD))
    return guild and guild.preferred_locale


def told(server: DiscordServer, channel: str = MODERATORS) -> list[str]:
    """What stands in a channel."""
    return [shown_text(message) for message in server.channels[channel].messages]


def published(server: DiscordServer) -> list[Json]:
    """The messages in the channel that is told of what is published."""
    return list(server.channels[CHANNEL].messages)
