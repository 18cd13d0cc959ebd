"""
The REST interface of the loopback Discord: each request is remembered, checked and answered as Discord does.
"""

from __future__ import annotations

import asyncio
import json
from typing import Any

from aiohttp import web
from discord_server import limits, openapi, payloads
from discord_server.payloads import Json
from discord_server.state import TOKEN, Interaction, Request, Seen

_BODY: web.RequestKey[Any] = web.RequestKey("body", object)
_RESPONSE_S = 3  # for the first response to an interaction


class Rest(Seen):
    """Commands, interactions, messages."""

    def routes(self) -> list[web.RouteDef]:
        """What this Discord answers."""
        return [
            web.get("/api/v10/gateway", self._where),
            web.get("/api/v10/gateway/bot", self._where),
            web.get("/api/v10/users/@me", self._me),
            web.get("/api/v10/oauth2/applications/@me", self._application),
            web.get("/api/v10/applications/@me", self._application),
            web.get("/api/v10/applications/{app}/commands", self._get_commands),
            web.put("/api/v10/applications/{app}/commands", self._put_commands),
            web.get("/api/v10/applications/{app}/guilds/{guild}/commands", self._get_commands),
            web.put("/api/v10/applications/{app}/guilds/{guild}/commands", self._put_commands),
            web.post("/api/v10/interactions/{id}/{token}/callback", self._callback),
            web.post("/api/v10/webhooks/{app}/{token}", self._follow_up),
            web.patch("/api/v10/webhooks/{app}/{token}/messages/@original", self._edit_original),
            web.post("/api/v10/channels/{channel}/messages", self._post_message),
            web.post("/api/v10/channels/{channel}/typing", self._typing),
        ]

    @web.middleware
    async def check_request(self, request: web.Request, handler: Any) -> web.StreamResponse:
        """Remember and check each request before it is served."""
        path = request.path.removeprefix("/api/v10")
        if path == "/gateway/":
            response: web.StreamResponse = await handler(request)
            return response
        body = await request.json() if request.can_read_body else None
        request[_BODY] = body
        self.requests.append(Request(request.method, path, body))
        self.violations += openapi.request_problems(request.method, path, body)
        by_token = path.startswith(("/interactions/", "/webhooks/"))
        if not by_token and request.headers.get("Authorization") != f"Bot {TOKEN}":
            response = _error(401, 0, "401: Unauthorized")
        else:
            response = await handler(request)
        self.tell()
        return response

    async def _where(self, request: web.Request) -> web.Response:
        limit = {"total": 1000, "remaining": 1000, "reset_after": 0, "max_concurrency": 1}
        return _json({"url": self.gateway, "shards": 1, "session_start_limit": limit})

    async def _me(self, request: web.Request) -> web.Response:
        return _json(payloads.BOT_USER)

    async def _application(self, request: web.Request) -> web.Response:
        return _json(payloads.application())

    async def _get_commands(self, request: web.Request) -> web.Response:
        return _json(self.commands)

    async def _put_commands(self, request: web.Request) -> web.Response:
        self.violations += limits.commands_problems(request[_BODY])
        common = {"application_id": payloads.APPLICATION, "version": "1", "default_member_permissions": None}
        self.commands = [{**common, "id": str(5000 + n), **command} for n, command in enumerate(request[_BODY])]
        return _json(self.commands)

    async def _callback(self, request: web.Request) -> web.Response:
        interaction, body = self.interactions.get(request.match_info["token"]), request[_BODY]
        late = interaction is not None and asyncio.get_running_loop().time() - interaction.asked_at > _RESPONSE_S
        if interaction is None or request.match_info["id"] != interaction.payload["id"] or late:
            return _error(404, 10062, "Unknown interaction")
        if interaction.first_response_s is not None:
            return _error(400, 40060, "Interaction has already been acknowledged.")
        data = body.get("data") or {}
        if body["type"] == 4:
            self._check(data)
            interaction.message = self._message(data, interaction)
        elif set(data) - {"flags"} or (data.get("flags") or 0) & ~limits.EPHEMERAL:
            self.violations.append(f"a deferred reply takes only the ephemeral flag: {data}")
        interaction.first_response_s = asyncio.get_running_loop().time() - interaction.asked_at
        interaction.deferred = body["type"] == 5
        interaction.ephemeral = bool((data.get("flags") or 0) & limits.EPHEMERAL)
        told: Json = {"id": interaction.payload["id"], "type": 2, "response_message_ephemeral": interaction.ephemeral}
        told |= {"response_message_id": (interaction.message or {}).get("id", payloads.new_id())}
        told |= {"response_message_loading": interaction.deferred}
        resource = {"type": body["type"], **({"message": interaction.message} if interaction.message else {})}
        return _json({"interaction": told, "resource": resource})

    async def _edit_original(self, request: web.Request) -> web.Response:
        interaction = self.interactions.get(request.match_info["token"])
        if interaction is None or interaction.first_response_s is None:
            return _error(404, 10015, "Unknown Webhook")
        self._check(request[_BODY])
        interaction.message = self._message(request[_BODY], interaction)
        return _json(interaction.message)

    async def _follow_up(self, request: web.Request) -> web.Response:
        interaction = self.interactions.get(request.match_info["token"])
        if interaction is None or interaction.first_response_s is None:
            return _error(404, 10015, "Unknown Webhook")
        self._check(request[_BODY])
        return _json(self._message(request[_BODY], interaction))

    async def _post_message(self, request: web.Request) -> web.Response:
        channel = self.channels.get(request.match_info["channel"])
        if channel is None:
            return _error(404, 10003, "Unknown Channel")
        body = request[_BODY]
        self._check(body)
        message = self._message(body, None, request.match_info["channel"])
        if reference := body.get("message_reference"):
            message["message_reference"] = {key: str(value) for key, value in reference.items()}
        channel.messages.append(message)
        return _json(message)

    async def _typing(self, request: web.Request) -> web.Response:
        self.channels[request.match_info["channel"]].typing += 1
        return web.Response(status=204)

    def _check(self, body: Json) -> None:
        self.violations += limits.message_problems(body)

    def _message(self, body: Json, interaction: Interaction | None, channel: str = payloads.CHANNEL) -> Json:
        guild = interaction.payload.get("guild_id") if interaction else None
        message = payloads.message(body.get("content") or "", author=payloads.BOT_USER, channel=channel, guild=guild)
        shown = {key: body[key] for key in ("embeds", "components", "flags") if body.get(key) is not None}
        return message | shown


def _json(data: Any, *, status: int = 200) -> web.Response:
    # discord.py reads JSON only where the type stands alone, as Discord sends it.
    return web.Response(body=json.dumps(data).encode(), status=status, headers={"Content-Type": "application/json"})


def _error(status: int, code: int, message: str) -> web.Response:
    return _json({"code": code, "message": message}, status=status)
