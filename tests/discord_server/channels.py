"""
Messages in channels: read, written, changed, deleted; where the bot may.
"""

from __future__ import annotations

from aiohttp import web
from discord_server import payloads
from discord_server.messages import Messages
from discord_server.payloads import SEND, SEND_IN_THREADS, VIEW, Json
from discord_server.responses import error, json_response
from discord_server.rest import BODY, FILES
from discord_server.state import Channel

_CHANNEL = "/api/v10/channels/{channel}"
_MESSAGE = _CHANNEL + "/messages/{message}"


class Channels(Messages):
    """What a bot does in channels."""

    def channel_routes(self) -> list[web.RouteDef]:
        """Addresses of channels and their messages."""
        return [
            web.get(_CHANNEL, self._get_channel),
            web.post(_CHANNEL + "/messages", self._post_message),
            web.post(_CHANNEL + "/typing", self._typing),
            web.get(_MESSAGE, self._get_message),
            web.patch(_MESSAGE, self._edit_message),
            web.delete(_MESSAGE, self._delete_message),
        ]

    def _refusal(self, channel: str, wanted: int) -> web.Response | None:
        """Why the bot may not do this there, if so."""
        if channel not in self.channels:
            return error(404, 10003, "Unknown Channel")
        denied = payloads.PLACES[channel].denied if channel in payloads.PLACES else 0
        if denied & VIEW:
            return error(403, 50001, "Missing Access")
        return error(403, 50013, "Missing Permissions") if denied & wanted else None

    def _found(self, request: web.Request) -> Json | None:
        """The message that a request is about; an ephemeral one is in no channel."""
        channel = self.channels.get(request.match_info["channel"], Channel())
        return next((each for each in channel.messages if each["id"] == request.match_info["message"]), None)

    async def _get_channel(self, request: web.Request) -> web.Response:
        id = request.match_info["channel"]
        if refused := self._refusal(id, VIEW):
            return refused
        guild = payloads.PLACES[id].guild if id in payloads.PLACES else None
        return json_response(payloads.guild_channel(id, guild) if guild else payloads.direct_channel())

    async def _post_message(self, request: web.Request) -> web.Response:
        id, body = request.match_info["channel"], request[BODY]
        if refused := self._refusal(id, SEND_IN_THREADS if id == payloads.THREAD else SEND):
            return refused
        posted = self.channels[id].messages
        if body.get("nonce") and body.get("enforce_nonce"):
            for message in posted:
                if message.get("nonce") == body["nonce"]:
                    return json_response(message)
        reference = {key: str(value) for key, value in (body.get("message_reference") or {}).items()}
        if reference and not any(message["id"] == reference["message_id"] for message in posted):
            if reference.get("fail_if_not_exists") != "False":
                return error(400, 50035, "Invalid Form Body: Unknown message")
            reference = {}
        more: Json = {"message_reference": reference, "type": 19} if reference else {}
        more |= {"nonce": body["nonce"]} if body.get("nonce") else {}
        return json_response(await self.send(body, request[FILES], id, **more))

    async def _typing(self, request: web.Request) -> web.Response:
        if refused := self._refusal(request.match_info["channel"], SEND):
            return refused
        self.channels[request.match_info["channel"]].typing += 1
        return web.Response(status=204)

    async def _get_message(self, request: web.Request) -> web.Response:
        if refused := self._refusal(request.match_info["channel"], VIEW):
            return refused
        message = self._found(request)
        return json_response(message) if message else error(404, 10008, "Unknown Message")

    async def _edit_message(self, request: web.Request) -> web.Response:
        message = self._found(request)
        if message is None:
            return error(404, 10008, "Unknown Message")
        if message["author"]["id"] != payloads.BOT:
            return error(403, 50005, "Cannot edit a message authored by another user")
        await self.edit(message, request[BODY], request[FILES])
        return json_response(message)

    async def _delete_message(self, request: web.Request) -> web.Response:
        message = self._found(request)
        if message is None:
            return error(404, 10008, "Unknown Message")
        if message["author"]["id"] != payloads.BOT:
            return error(403, 50013, "Missing Permissions")
        await self.take_away(message)
        return web.Response(status=204)
