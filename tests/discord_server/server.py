"""
A small Discord on loopback: REST and gateway, enough for the real discord.py client of the real bot.

It answers as Discord does, checks every request against Discord's limits and description, and remembers them all.
"""

from __future__ import annotations

from types import TracebackType
from typing import Any, Self

from aiohttp import web
from discord_server import payloads
from discord_server.actions import Actions
from discord_server.callbacks import Callbacks
from discord_server.channels import Channels
from discord_server.gateway import Gateway
from discord_server.guilds import Guilds
from discord_server.payloads import Json
from discord_server.rest import Rest
from discord_server.state import Channel
from discord_server.uploads import MAX_BYTES


class DiscordServer(Gateway, Rest, Guilds, Callbacks, Channels, Actions):
    """Discord, for one bot, and what its members do there."""

    def __init__(self, *, heartbeat_s: float = 45.0) -> None:
        super().__init__(heartbeat_s)

    async def __aenter__(self) -> Self:
        app = web.Application(middlewares=[self.check_request], client_max_size=4 * MAX_BYTES)
        app.add_routes([web.get("/gateway/", self.serve_gateway), *self.rest_routes()])
        app.add_routes([*self.guild_routes(), *self.callback_routes(), *self.channel_routes()])
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.address = f"127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.drop_gateway()
        await self._runner.cleanup()

    async def post(
        self, content: str, *, channel: str = payloads.CHANNEL, author: Json = payloads.ASKER, **more: Any
    ) -> Json:
        """Somebody writes a message; the bot sees its words only where it may without the message-content intent."""
        place = payloads.PLACES.get(channel)
        guild = more.pop("guild", place and place.guild)
        message = payloads.message(content, author=author, channel=channel, guild=guild, **more)
        self.channels.setdefault(channel, Channel()).messages.append(message)
        may_read = guild is None or any(person["id"] == payloads.BOT for person in message["mentions"])
        await self.dispatch("MESSAGE_CREATE", message if may_read else message | {"content": ""})
        return message

    async def reply_to(self, message: Json) -> Json:
        """Wait for the bot's reply to a message."""
        posted = self.channels[message["channel_id"]].messages

        def replies() -> list[Json]:
            return [
                reply for reply in posted if (reply.get("message_reference") or {}).get("message_id") == message["id"]
            ]

        await self.until(replies)
        return replies()[0]
