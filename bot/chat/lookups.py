"""
Questions to Discord before the bot runs and beside it: who is it, where is it, does Discord know its commands.

Nothing here connects to the gateway, so that a running bot is not disturbed.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import asynccontextmanager
from typing import NamedTuple, TypeVar

import aiohttp
import discord

from bot.chat.client import OnRecordClient
from bot.chat.commands.words import Translations
from bot.chat.registering import add_commands, register_commands
from bot.service import Service
from bot.settings import Settings

T = TypeVar("T")
_DEADLINE_S = 30.0


class NotTold(Exception):
    """
    Discord did not say what it was asked.

    Attributes:
        key: The sentence of the catalog that says why, with its values.
        refused: It did answer, and does not take the token.
    """

    def __init__(self, key: str, *, refused: bool = False, **values: str | int) -> None:
        self.key, self.refused, self.values = key, refused, values
        super().__init__(key)


class Named(NamedTuple):
    """A server, role or channel: its id and its name as Discord tells it."""

    id: int
    name: str


class Identity(NamedTuple):
    """Who a token belongs to, and the servers in which the bot is."""

    name: str
    application: int
    servers: tuple[Named, ...]


class Server(NamedTuple):
    """Roles and text channels of a server, in the order in which Discord shows them."""

    roles: tuple[Named, ...]
    channels: tuple[Named, ...]


class Lookup(OnRecordClient):
    """The bot's client with its commands, which only asks: it answers nobody and starts nothing."""

    def __init__(self, settings: Settings) -> None:
        # The commands are described, never used, so that the record is not opened.
        super().__init__(settings, Service.of(()))

    async def setup_hook(self) -> None:
        """Make the commands, to be compared or registered."""
        await self.tree.set_translator(Translations())
        add_commands(self.tree, self.desk)


@asynccontextmanager
async def looking(settings: Settings, token: str) -> AsyncIterator[Lookup]:
    """
    Discord, asked with this token.

    Raises:
        NotTold: Discord refuses the token, cannot be reached, or fails while it is asked.
    """
    # discord.py would say on standard error what is said here in one line.
    logging.getLogger("discord").addHandler(logging.NullHandler())
    try:
        async with asyncio.timeout(_DEADLINE_S), Lookup(settings) as client:
            await client.login(token)
            yield client
    except discord.LoginFailure:
        raise NotTold("discord_token_refused", refused=True) from None
    except discord.HTTPException as error:
        raise NotTold("discord_failed", status=error.status) from None
    except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
        # `TimeoutError` is an `OSError`.
        raise NotTold("discord_unreachable", reason=type(error).__name__) from None


def identify(settings: Settings, token: str) -> Identity:
    """
    Who the bot of this token is.

    Raises:
        NotTold: See `looking`.
    """
    return _ask(settings, token, _identity)


def describe_servers(settings: Settings, token: str, servers: Collection[int]) -> Server:
    """
    Roles and text channels of these servers together; of those in which the bot is not, nothing.

    Raises:
        NotTold: See `looking`.
    """

    async def describe(client: Lookup) -> Server:
        found = [await _server(client, id) for id in servers]
        return Server(
            tuple(role for server in found for role in server.roles),
            tuple(channel for server in found for channel in server.channels),
        )

    return _ask(settings, token, describe)


def register(settings: Settings, token: str) -> bool:
    """
    Register the commands, unless Discord has exactly these; whether it was necessary.

    Raises:
        NotTold: See `looking`.
    """
    return _ask(settings, token, lambda client: register_commands(client.tree))


def _ask(settings: Settings, token: str, question: Callable[[Lookup], Awaitable[T]]) -> T:
    async def ask() -> T:
        async with looking(settings, token) as client:
            return await question(client)

    return asyncio.run(ask())


async def _identity(client: Lookup) -> Identity:
    assert client.user is not None
    assert client.application_id is not None
    return Identity(client.user.name, client.application_id, await servers_of(client))


async def servers_of(client: Lookup) -> tuple[Named, ...]:
    """Every server in which the bot is."""
    return tuple([Named(guild.id, guild.name) async for guild in client.fetch_guilds(limit=None, with_counts=False)])


async def _server(client: Lookup, id: int) -> Server:
    try:
        guild = await client.fetch_guild(id, with_counts=False)
        channels = await guild.fetch_channels()
    except (discord.NotFound, discord.Forbidden):
        return Server((), ())
    roles = [role for role in guild.roles if not role.is_default() and not role.managed]
    return Server(
        tuple(Named(role.id, role.name) for role in reversed(roles)),
        tuple(Named(one.id, one.name) for one in channels if isinstance(one, discord.TextChannel)),
    )
