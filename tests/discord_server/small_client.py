"""
A small client of discord.py, so that the server is held against the library and not against our bot.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from typing import Any

import discord
from discord import app_commands
from discord_server.running import addresses_of
from discord_server.server import DiscordServer
from discord_server.state import TOKEN

Work = Callable[[discord.Interaction], Any]


class SmallClient(discord.Client):
    """
    A few commands, defined by each test; what goes wrong in them is kept in `errors`.

    Attributes:
        messages: What it saw in channels.
        errors: What commands, buttons and modals raised.
    """

    def __init__(self, define: Callable[[SmallClient], object], **more: Any) -> None:
        intents = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)
        none = discord.AllowedMentions.none()
        # It waits so long for one more server, after the last.
        super().__init__(intents=intents, allowed_mentions=none, guild_ready_timeout=0.01, **more)
        self.tree = app_commands.CommandTree(self)
        self.tree.error(self._note)
        self.messages: list[discord.Message] = []
        self.errors: list[BaseException] = []
        define(self)

    async def setup_hook(self) -> None:
        """Register the commands."""
        await self.tree.sync()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Identify again without the five seconds that discord.py waits for Discord's sake."""

    async def on_message(self, message: discord.Message) -> None:
        """Remember what was written."""
        self.messages.append(message)

    def command(self, work: Work, name: str = "go") -> None:
        """A command without options that does this."""

        async def run(interaction: discord.Interaction) -> None:
            await work(interaction)

        self.tree.add_command(app_commands.Command(name=name, description="Does it.", callback=run))

    async def _note(self, interaction: discord.Interaction, error: app_commands.AppCommandError) -> None:
        self.errors.append(getattr(error, "original", error))


@contextlib.asynccontextmanager
async def connected(
    define: Callable[[SmallClient], object], *, heartbeat_s: float = 45, **more: Any
) -> AsyncIterator[tuple[DiscordServer, SmallClient]]:
    """The server and the client, connected; what Discord would have refused is for the test to look at."""
    async with DiscordServer(heartbeat_s=heartbeat_s) as server:
        with addresses_of(server):
            async with SmallClient(define, **more) as client:
                session = asyncio.create_task(client.start(TOKEN))
                try:
                    await server.ready()
                    await client.wait_until_ready()
                    yield server, client
                finally:
                    await client.close()
                    await session
