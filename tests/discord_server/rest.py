"""
The REST interface of the loopback Discord: each request is remembered and checked before it is answered.
"""

from __future__ import annotations

import asyncio
from typing import Any

from aiohttp import web
from discord_server import limits, openapi, payloads
from discord_server.payloads import Json
from discord_server.responses import bad_gateway, error, json_response, too_many_requests
from discord_server.state import TOKEN, Request, Seen
from discord_server.uploads import MAX_BYTES, Upload, read_body

BODY: web.RequestKey[Any] = web.RequestKey("body", object)
FILES: web.RequestKey[dict[str, Upload]] = web.RequestKey("files", dict)
_VERSION = "/api/v10"


class Rest(Seen):
    """What every request goes through; who the bot is, its commands, its files."""

    def rest_routes(self) -> list[web.RouteDef]:
        """Addresses that are neither a channel's nor an interaction's."""
        commands = "/api/v10/applications/{app}/commands"
        in_guild = "/api/v10/applications/{app}/guilds/{guild}/commands"
        return [
            web.get("/api/v10/gateway", self._where),
            web.get("/api/v10/gateway/bot", self._where),
            web.get("/api/v10/users/@me", self._me),
            web.get("/api/v10/oauth2/applications/@me", self._application),
            web.get("/api/v10/applications/@me", self._application),
            *(web.get(path, self._get_commands) for path in (commands, in_guild)),
            *(web.put(path, self._put_commands) for path in (commands, in_guild)),
            web.get("/attachments/{id}/{name}", self._file),
        ]

    @web.middleware
    async def check_request(self, request: web.Request, handler: Any) -> web.StreamResponse:
        """Remember each request, to be checked, let it fail where a test wants it to, else serve it."""
        if not request.path.startswith(_VERSION):
            response: web.StreamResponse = await handler(request)
            return response
        path = request.path.removeprefix(_VERSION)
        request[BODY], request[FILES] = await read_body(request)
        fault = self.faults.fault_of(request.method, path)
        self.requests.append(Request(request.method, path, request[BODY], fault))
        self.check(openapi.request_problems(request.method, path, request[BODY]))
        await asyncio.sleep(self.faults.request_delay_s)
        response = self._failure(fault, request) or await self._serve(request, path, handler)
        self.tell()
        await asyncio.sleep(self.faults.response_delay_s)
        if fault == "reset_after":
            self.faults.break_connection(request)
        return response

    def _failure(self, fault: str | None, request: web.Request) -> web.Response | None:
        """The answer to a request that is not handled at all."""
        if fault == "429":
            return too_many_requests(f"{request.method} {request.path}", self.faults.a_while_s())
        if fault == "reset_before":
            self.faults.break_connection(request)
        return bad_gateway() if fault in ("502", "reset_before") else None

    async def _serve(self, request: web.Request, path: str, handler: Any) -> web.StreamResponse:
        by_token = path.startswith(("/interactions/", "/webhooks/"))
        if not by_token and request.headers.get("Authorization") != f"Bot {TOKEN}":
            return error(401, 0, "401: Unauthorized")
        if sum(len(upload.data) for upload in request[FILES].values()) > MAX_BYTES:
            self.check(["files of more than 10 MiB"])
            return error(413, 40005, "Request entity too large")
        try:
            response: web.StreamResponse = await handler(request)
        except (web.HTTPNotFound, web.HTTPMethodNotAllowed):
            self.check([f"{request.method} {path} is nothing that this server knows"])
            return error(404, 0, "404: Not Found")
        return response

    async def _where(self, request: web.Request) -> web.Response:
        limit = {"total": 1000, "remaining": self.starts_left, "reset_after": 7_000_000, "max_concurrency": 1}
        return json_response({"url": self.gateway, "shards": 1, "session_start_limit": limit})

    async def _me(self, request: web.Request) -> web.Response:
        return json_response(payloads.BOT_USER)

    async def _application(self, request: web.Request) -> web.Response:
        return json_response(payloads.application())

    async def _file(self, request: web.Request) -> web.Response:
        upload = self.uploads.get(request.match_info["id"])
        if upload is None:
            return web.Response(status=404)
        return web.Response(body=upload.data, content_type=upload.content_type)

    async def _get_commands(self, request: web.Request) -> web.Response:
        guild = request.match_info.get("guild")
        commands = self.commands if guild is None else self.guild_commands.get(guild, [])
        whole = request.query.get("with_localizations") in ("1", "true")
        return json_response(commands if whole else _without_languages(commands))

    async def _put_commands(self, request: web.Request) -> web.Response:
        self.check(limits.commands_problems(request[BODY]))
        guild = request.match_info.get("guild")
        before = self.commands if guild is None else self.guild_commands.get(guild, [])
        ids = {(command["name"], command["type"]): command["id"] for command in before}
        commands = [_registered(command, ids, guild) for command in request[BODY]]
        if guild is None:
            self.commands = commands
        else:
            self.guild_commands[guild] = commands
        return json_response(commands)


def _registered(command: Json, ids: dict[tuple[str, int], str], guild: str | None) -> Json:
    """A command as Discord keeps it: what was not said is filled in, and the same command keeps its id."""
    kept: Json = {
        "type": 1,
        "application_id": payloads.APPLICATION,
        "default_member_permissions": None,
        "description": "",
        "contexts": None,
        "integration_types": [0],
        "nsfw": False,
        **command,
        "version": payloads.new_id(),
    }
    in_guild = {} if guild is None else {"guild_id": guild}
    return kept | in_guild | {"id": ids.get((kept["name"], kept["type"])) or payloads.new_id()}


def _without_languages(node: Any) -> Any:
    """Commands as Discord gives them back where translations were not asked for."""
    if isinstance(node, list):
        return [_without_languages(each) for each in node]
    if isinstance(node, dict):
        return {key: _without_languages(value) for key, value in node.items() if not key.endswith("_localizations")}
    return node
