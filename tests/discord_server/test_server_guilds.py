"""
Servers, roles, channels and the bot's own permissions, read by discord.py without the gateway.
"""

from __future__ import annotations

from collections.abc import AsyncIterator

import discord
import pytest
from discord_server import payloads
from discord_server.running import addresses_of
from discord_server.server import DiscordServer
from discord_server.state import TOKEN


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    """A Discord that nobody is connected to."""
    async with DiscordServer() as server:
        with addresses_of(server):
            yield server
    assert server.violations == []


@pytest.fixture
async def client(server: DiscordServer) -> AsyncIterator[discord.Client]:
    """A client that knows its token and is not connected."""
    async with discord.Client(intents=discord.Intents.none()) as client:
        await client.login(TOKEN)
        yield client


async def test_servers_of_the_bot(server: DiscordServer, client: discord.Client) -> None:
    """
    The bot is told the servers in which it is, page by page, and no other.
    """
    assert [guild.id async for guild in client.fetch_guilds()] == [int(payloads.GUILD), int(payloads.OTHER_GUILD)]

    server.member_of = []
    assert [guild.id async for guild in client.fetch_guilds()] == []


async def test_server_has_roles_and_channels(client: discord.Client) -> None:
    """
    A server tells its roles and its channels.
    """
    guild = await client.fetch_guild(int(payloads.GUILD))

    assert {role.name for role in guild.roles} == {"@everyone", "moderators"}
    assert "moderators" in [channel.name for channel in await guild.fetch_channels()]


async def test_foreign_server_is_unknown(client: discord.Client) -> None:
    """
    A server in which the bot is no member is none that it knows.
    """
    with pytest.raises(discord.NotFound) as refused:
        await client.fetch_guild(int(payloads.FOREIGN_GUILD))

    assert refused.value.code == 10004


@pytest.mark.parametrize(("channel", "writes"), [(payloads.MODERATORS, True), (payloads.READ_ONLY, False)])
async def test_permissions_can_be_told(client: discord.Client, channel: str, writes: bool) -> None:
    """
    From server, member and channel the bot can tell what it may do there.
    """
    guild = await client.fetch_guild(int(payloads.GUILD))
    place = await guild.fetch_channel(int(channel))
    assert client.user

    may = place.permissions_for(await guild.fetch_member(client.user.id))

    assert (may.view_channel, may.send_messages) == (True, writes)


async def test_starts_are_counted(server: DiscordServer, client: discord.Client) -> None:
    """
    The gateway's address comes with how often the bot may still connect anew.
    """
    server.starts_left = 7

    _, url, limit = await client.http.get_bot_gateway()

    assert (url, limit["remaining"]) == (server.gateway, 7)
