"""
The gateway of the loopback Discord: one session at a time, events out, heartbeats in, resumed where it broke off.
"""

from __future__ import annotations

import contextlib
import json

from aiohttp import WSMsgType, web
from discord_server import payloads
from discord_server.payloads import Json
from discord_server.state import TOKEN, Seen

_PRIVILEGED = 1 << 1 | 1 << 8 | 1 << 15
_GUILD_MESSAGES, _DIRECT_MESSAGES = 1 << 9, 1 << 12
_EVENT, _HEARTBEAT, _IDENTIFY, _RESUME, _RECONNECT, _INVALID, _HELLO, _ACK = 0, 1, 2, 6, 7, 9, 10, 11
_GONE = (1000, 1001)  # a client that closes with these does not want its session any more


class Gateway(Seen):
    """
    Greets, identifies, resumes and dispatches.

    Attributes:
        session: The bot's session, `None` where it has none: not connected yet, said goodbye, or invalidated.
    """

    def __init__(self, heartbeat_s: float) -> None:
        super().__init__()
        self._heartbeat_s = heartbeat_s
        self._socket: web.WebSocketResponse | None = None
        self.session: str | None = None
        self._events: list[str] = []  # of the session, in order, the first is number 1

    @property
    def is_connected(self) -> bool:
        """Whether the bot hears at once what happens."""
        return self._socket is not None

    async def ready(self) -> None:
        """Wait until the bot is connected and knows its server."""
        await self.until(lambda: self.identified is not None or self.resumed)

    async def drop_gateway(self, code: int = 4000) -> None:
        """Close the gateway's connection, as Discord does from time to time; the session can be resumed."""
        socket, self._socket = self._socket, None
        if socket is not None:
            await socket.close(code=code)

    async def invalidate_session(self, *, resumable: bool = False) -> None:
        """Tell the bot that its session is not valid; it may resume it, or has to identify anew."""
        if not resumable:
            self.session = None
        await self._tell_bot({"op": _INVALID, "d": resumable})

    async def request_reconnect(self) -> None:
        """Ask the bot to connect again and resume."""
        await self._tell_bot({"op": _RECONNECT, "d": None})

    async def _tell_bot(self, frame: Json) -> None:
        assert self._socket is not None, "the bot is not connected"
        # From here on events wait for the next connection.
        socket, self._socket = self._socket, None
        await socket.send_json(frame)

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
                await self._acknowledge(socket)
            elif event["op"] == _IDENTIFY:
                await self._identify(socket, event["d"])
            elif event["op"] == _RESUME:
                await self._resume(socket, event["d"])
            self.tell()
        if self._socket is socket:
            self._socket = None
            self.session = None if socket.close_code in _GONE else self.session
            self.tell()
        return socket

    async def _acknowledge(self, socket: web.WebSocketResponse) -> None:
        self.heartbeats += 1
        if self.faults.heartbeats_acknowledged:
            await socket.send_json({"op": _ACK})

    async def _identify(self, socket: web.WebSocketResponse, identity: Json) -> None:
        if identity["token"] != TOKEN:
            await socket.close(code=4004)
        elif identity["intents"] & _PRIVILEGED:
            self.check(["a privileged intent was asked for"])
            await socket.close(code=4014)
        else:
            self._socket, self.session, self._events = socket, f"session-{payloads.new_id()}", []
            guilds = [payloads.GUILD, payloads.OTHER_GUILD]
            ready = {
                "v": 10,
                "user": payloads.BOT_USER,
                "guilds": [{"id": guild, "unavailable": True} for guild in guilds],
                "session_id": self.session,
                "resume_gateway_url": self.gateway,
                "application": {"id": payloads.APPLICATION, "flags": 0},
            }
            await self.dispatch("READY", ready)
            for guild in guilds:
                await self.dispatch("GUILD_CREATE", payloads.guild(guild))
            self.identified = identity
            self.identifications += 1

    async def _resume(self, socket: web.WebSocketResponse, claim: Json) -> None:
        """Replay what the bot missed; a session that is not known, or events that were never sent, are not resumed."""
        known = claim["token"] == TOKEN and claim["session_id"] == self.session
        if not known or not 0 <= (claim["seq"] or 0) <= len(self._events):
            await socket.send_json({"op": _INVALID, "d": False})
            return
        told = claim["seq"] or 0
        while told < len(self._events):  # grows while it is told
            await socket.send_str(self._events[told])
            told += 1
        self._socket = socket
        await self.dispatch("RESUMED", {})
        self.resumed += 1

    async def dispatch(self, event: str, data: Json) -> None:
        """
        Tell the bot of something that happened: at once, on resume, or never where its session is over.

        Raises:
            AssertionError: No bot has connected yet.
        """
        assert self.identified or event in ("READY", "GUILD_CREATE"), "the bot is not connected"
        if self.session is None or not self._is_wanted(event, data):
            return
        # Written down as of now: messages change in place later.
        told = json.dumps({"op": _EVENT, "t": event, "s": len(self._events) + 1, "d": data})
        self._events.append(told)
        if self._socket is not None:
            # Where the bot has just died, nobody hears it.
            with contextlib.suppress(ConnectionError):
                await self._socket.send_str(told)

    def _is_wanted(self, event: str, data: Json) -> bool:
        """Whether the bot's intents ask for this event."""
        intent = _GUILD_MESSAGES if data.get("guild_id") else _DIRECT_MESSAGES
        return not event.startswith("MESSAGE_") or bool((self.identified or {"intents": 0})["intents"] & intent)
