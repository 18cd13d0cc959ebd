"""
What only Discord can tell of a set-up: the token, the gateway, servers, commands, channels; and the running bot's port.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

import aiohttp
import discord

from bot.chat.lookups import Lookup, NotTold, looking, servers_of
from bot.chat.permissions import invite_link
from bot.chat.registering import are_registered
from bot.doctor import Check, Values
from bot.settings import Settings
from bot.setup import is_token, variable_of

_CHANNELS = ("moderator_channel_id", "announce_channel_id")
_HEALTH_S = 5.0
Look = Callable[[Lookup, Settings], AsyncIterator[Check]]


def examine_discord(settings: Settings) -> list[Check]:
    """Every check that asks Discord, and the running bot where it listens on a port."""
    return asyncio.run(ask_discord(settings))


async def ask_discord(settings: Settings) -> list[Check]:
    """The same, inside an event loop."""
    checks = [check async for check in _of_discord(settings)]
    port: int | None = getattr(settings, "http_port", None)
    return checks if port is None else [*checks, await _health(port)]


async def _of_discord(settings: Settings) -> AsyncIterator[Check]:
    token = settings.discord_token.get_secret_value() if settings.discord_token else ""
    if not is_token(token):
        yield Check("discord", "fail", "doctor_token_needed")
        return
    try:
        async with looking(settings, token) as client:
            for look in _LOOKS:
                async for check in look(client, settings):
                    yield check
    except NotTold as error:
        yield Check("discord", "fail", error.key, error.values)


async def _bot(client: Lookup, settings: Settings) -> AsyncIterator[Check]:
    assert client.user is not None
    yield Check("discord", "ok", "doctor_discord", {"name": client.user.name})


async def _gateway(client: Lookup, settings: Settings) -> AsyncIterator[Check]:
    _, _, limit = await client.http.get_bot_gateway()
    left, hours = limit["remaining"], -(-limit["reset_after"] // 3_600_000)
    values = {"count": left, "total": limit["total"], "hours": hours, "needed": settings.shards}
    # Each connection of a start takes one.
    spent = left < settings.shards
    yield Check("gateway", "fail" if spent else "ok", "doctor_gateway_spent" if spent else "doctor_gateway", values)


async def _servers(client: Lookup, settings: Settings) -> AsyncIterator[Check]:
    assert client.application_id is not None
    there = {server.id for server in await servers_of(client)}
    missing = sorted(settings.server_ids - there)
    values: Values = {
        "count": len(there),
        "link": invite_link(client.application_id),
        "ids": ", ".join(map(str, missing)),
    }
    if missing:
        # Where there is one server that works, the others may follow.
        yield Check("servers", "warn" if settings.server_ids & there else "fail", "doctor_servers_missing", values)
    elif not there:
        yield Check("servers", "fail", "doctor_servers_none", values)
    else:
        yield Check("servers", "ok", "doctor_servers", values)
    known = {role.id for id in settings.server_ids & there for role in (await client.fetch_guild(id)).roles}
    if unknown := sorted(settings.moderator_role_ids - known):
        yield Check("roles", "warn", "doctor_roles_unknown", {"ids": ", ".join(map(str, unknown))})


async def _commands(client: Lookup, settings: Settings) -> AsyncIterator[Check]:
    current = await are_registered(client.tree)
    yield Check("commands", "ok" if current else "warn", "doctor_commands" if current else "doctor_commands_old")


async def _channels(client: Lookup, settings: Settings) -> AsyncIterator[Check]:
    for name in _CHANNELS:
        id: int | None = getattr(settings, name, None)
        if id is not None:
            values: Values = {"variable": variable_of(name), "id": id}
            try:
                yield await _channel(client, settings, id, values)
            except (discord.NotFound, discord.InvalidData):
                yield Check("channel", "fail", "doctor_channel_unknown", values)
            except discord.Forbidden:
                yield Check("channel", "fail", "doctor_channel_closed", values)


async def _channel(client: Lookup, settings: Settings, id: int, values: Values) -> Check:
    assert client.user is not None
    found = await client.fetch_channel(id)
    if isinstance(found, discord.abc.PrivateChannel):
        return Check("channel", "fail", "doctor_channel_unknown", values)
    guild = await client.fetch_guild(found.guild.id)
    me = await guild.fetch_member(client.user.id)
    in_thread = isinstance(found, discord.Thread)
    place = await guild.fetch_channel(found.parent_id if isinstance(found, discord.Thread) else id)
    may = place.permissions_for(me)
    if not (may.view_channel and (may.send_messages_in_threads if in_thread else may.send_messages)):
        return Check("channel", "fail", "doctor_channel_closed", values)
    if guild.id not in settings.server_ids:
        return Check("channel", "warn", "doctor_channel_elsewhere", values)
    return Check("channel", "ok", "doctor_channel", {**values, "name": found.name})


async def _health(port: int) -> Check:
    values = {"port": port}
    timeout = aiohttp.ClientTimeout(total=_HEALTH_S)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.get(f"http://127.0.0.1:{port}/healthz") as response,
        ):
            well = response.status == 200
    except (aiohttp.ClientError, OSError):
        return Check("health", "warn", "doctor_health_none", values)
    return Check("health", "ok" if well else "fail", "doctor_health" if well else "doctor_health_bad", values)


_LOOKS: tuple[Look, ...] = (_bot, _gateway, _servers, _commands, _channels)
