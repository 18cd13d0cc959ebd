"""
The gateway of the loopback Discord: one connection, events out, heartbeats in.
"""

from __future__ import annotations

import json

from aiohttp import WSMsgType, web
from discord_server import payloads
from discord_server.payloads import Json
from discord_server.state import TOKEN, Seen

_PRIVILEGED = 1 << 1 | 1 << 8 | 1 << 15
_HELLO, _ACK, _IDENTIFY, _RESUME, _HEARTBEAT = 10, 11, 2, 6, 1


class Gateway(Seen):
    """Greets, identifies, resumes and dispatches."""

    def __init__(self, heartbeat_s: float) -> None:
        super().__init__()
        self._heartbeat_s = heartbeat_s
        self._socket: web.WebSocketResponse | None = None
        self._sequence = 0

    async def ready(self) -> None:
        """Wait until the bot is connected and knows its server."""
        await self.until(lambda: self.identified is not None or self.resumed)

    async def drop_gateway(self, code: int = 4000) -> None:
        """Close the gateway's connection, as Discord does from time to time."""
        socket, self._socket = self._socket, None
        if socket is not None:
            await socket.close(code=code)

    async def serve_gateway(self, request: web.Request) -> web.WebSocketResponse:
        """One connection, until one side closes it."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"op": _HELLO, "d": {"heartbeat_interval": int(self._heartbeat_s * 1000)}})
        async for frame in socket:
            if frame.type is not WSMsgType.TEXT:
                continue
            event = json.loads(frame.data)
            if event["op"] == _HEARTBEAT:
                self.heartbeats += 1
                await socket.send_json({"op": _ACK})
            elif event["op"] == _IDENTIFY:
                await self._identify(socket, event["d"])
            elif event["op"] == _RESUME:
                self._socket = socket
                self.resumed += 1
                await self.dispatch("RESUMED", {})
            self.tell()
        return socket

    async def _identify(self, socket: web.WebSocketResponse, identity: Json) -> None:
        if identity["token"] != TOKEN:
            await socket.close(code=4004)
        elif identity["intents"] & _PRIVILEGED:
            self.violations.append("a privileged intent was asked for")
            await socket.close(code=4014)
        else:
            self._socket = socket
            ready = {
                "v": 10,
                "user": payloads.BOT_USER,
                "guilds": [{"id": payloads.GUILD, "unavailable": True}],
                "session_id": "session",
                "resume_gateway_url": self.gateway,
                "application": {"id": payloads.APPLICATION, "flags": 0},
            }
            await self.dispatch("READY", ready)
            await self.dispatch("GUILD_CREATE", payloads.guild())
            self.identified = identity

    async def dispatch(self, event: str, data: Json) -> None:
        """Tell the bot of something that happened."""
        assert self._socket is not None, "the bot is not connected"
        self._sequence += 1
        await self._socket.send_json({"op": 0, "t": event, "s": self._sequence, "d": data})
