"""
Answers to interactions: the first response within three seconds, then edits and further messages for fifteen minutes.
"""

from __future__ import annotations

import asyncio

from aiohttp import web
from discord_server import limits
from discord_server.command_limits import choices_problems
from discord_server.components import numbered
from discord_server.interactions import AUTOCOMPLETE, COMMAND, COMPONENT, MODAL
from discord_server.messages import Files, Messages
from discord_server.modal_limits import modal_problems
from discord_server.payloads import Json
from discord_server.responses import error, json_response
from discord_server.rest import BODY, FILES
from discord_server.state import Interaction

_FIRST_S, _TOKEN_S = 3, 15 * 60
_FOLLOW_UPS = 5  # where only the person who asks has installed the bot
_REPLY, _THINK, _DEFER_UPDATE, _UPDATE, _CHOICES, _OPEN = 4, 5, 6, 7, 8, 9
_ALLOWED = {
    COMMAND: {_REPLY, _THINK, _OPEN},
    COMPONENT: {_REPLY, _THINK, _DEFER_UPDATE, _UPDATE, _OPEN},
    AUTOCOMPLETE: {_CHOICES},
    MODAL: {_REPLY, _THINK},
}
_WEBHOOK = "/api/v10/webhooks/{app}/{token}"
_MESSAGE = _WEBHOOK + "/messages/{message}"


class Callbacks(Messages):
    """What a bot does with an interaction."""

    def callback_routes(self) -> list[web.RouteDef]:
        """Addresses of interactions."""
        return [
            web.post("/api/v10/interactions/{id}/{token}/callback", self._respond),
            web.post(_WEBHOOK, self._follow_up),
            web.get(_MESSAGE, self._get_answer),
            web.patch(_MESSAGE, self._edit_answer),
            web.delete(_MESSAGE, self._delete_answer),
        ]

    def _is_shown(self, interaction: Interaction) -> None:
        interaction.finished_s = _passed_s(interaction)
        interaction.is_finished.set()

    async def _respond(self, request: web.Request) -> web.Response:
        interaction, body = self.interactions.get(request.match_info["token"]), request[BODY]
        late = interaction is not None and _age_s(interaction) > _FIRST_S
        if interaction is None or request.match_info["id"] != interaction.payload["id"] or late:
            return error(404, 10062, "Unknown interaction")
        if interaction.first_response_s is not None:
            return error(400, 40060, "Interaction has already been acknowledged.")
        allowed = _ALLOWED[interaction.payload["type"]] | ({_DEFER_UPDATE, _UPDATE} if interaction.pressed else set())
        if body["type"] not in allowed:
            self.check([f"response {body['type']} to an interaction {interaction.payload['type']}"])
            return error(400, 50035, "Invalid Form Body")
        interaction.first_response_s = _passed_s(interaction)
        await self._apply(interaction, body["type"], body.get("data") or {}, request[FILES])
        if request.query.get("with_response") not in ("1", "true"):
            return web.Response(status=204)
        return json_response(_told(interaction, body["type"]))

    async def _apply(self, interaction: Interaction, kind: int, data: Json, files: Files) -> None:
        """Do what a first response says."""
        interaction.deferred = kind in (_THINK, _DEFER_UPDATE)
        if kind in (_DEFER_UPDATE, _UPDATE):
            interaction.original = interaction.pressed
        if interaction.original is not None:
            interaction.ephemeral = bool(interaction.original["flags"] & limits.EPHEMERAL)
        if kind == _REPLY:
            interaction.original = await self.send(data, files, interaction.payload["channel_id"], interaction)
            interaction.ephemeral = bool(interaction.original["flags"] & limits.EPHEMERAL)
        elif kind == _THINK:
            await self._think(interaction, data)
        elif kind == _UPDATE:
            assert interaction.original is not None
            await self.edit(interaction.original, data, files)
            interaction.updated = True
        elif kind == _CHOICES:
            interaction.choices = data.get("choices") or []
            self.check(choices_problems(interaction.choices))
        elif kind == _OPEN:
            self.check(modal_problems(data))
            interaction.modal = data | {"components": numbered(data["components"])}
        if not interaction.deferred:
            self._is_shown(interaction)

    async def _think(self, interaction: Interaction, data: Json) -> None:
        flags = data.get("flags") or 0
        if set(data) - {"flags"} or flags & ~limits.EPHEMERAL:
            self.check([f"a deferred reply takes only the ephemeral flag: {data}"])
        interaction.ephemeral = bool(flags & limits.EPHEMERAL)
        interaction.original = self.blank(interaction.payload["channel_id"], interaction)
        interaction.original["flags"] = flags & limits.EPHEMERAL | limits.LOADING
        await self.publish(interaction.original)

    def _answered(self, request: web.Request) -> Interaction | web.Response:
        """The interaction of a token that may still be used, or Discord's refusal."""
        interaction = self.interactions.get(request.match_info["token"])
        if interaction is None or interaction.first_response_s is None:
            return error(404, 10015, "Unknown Webhook")
        expired = _age_s(interaction) > _TOKEN_S
        return error(401, 50027, "Invalid Webhook Token") if expired else interaction

    async def _follow_up(self, request: web.Request) -> web.Response:
        interaction = self._answered(request)
        if isinstance(interaction, web.Response):
            return interaction
        body, waiting = request[BODY], interaction.original
        if waiting is not None and waiting["flags"] & limits.LOADING:
            # Instead of a new message Discord finishes the one that says "thinking…", private or public as that was.
            await self.edit(waiting, body, request[FILES])
            message = waiting
        else:
            if interaction.is_foreign and len(interaction.followups) >= _FOLLOW_UPS:
                return error(400, 40094, "This interaction has hit the maximum number of follow up messages")
            message = await self.send(body, request[FILES], interaction.payload["channel_id"], interaction)
            interaction.followups.append(message)
        self._is_shown(interaction)
        return json_response(message)

    def _message_of(self, request: web.Request) -> tuple[Interaction, Json] | web.Response:
        """The message of an interaction that a request is about, or Discord's refusal."""
        interaction = self._answered(request)
        if isinstance(interaction, web.Response):
            return interaction
        original, id = interaction.original, request.match_info["message"]
        for message in [*([original] if original else []), *interaction.followups]:
            if message["id"] == id or (id == "@original" and message is original):
                return interaction, message
        return error(404, 10008, "Unknown Message")

    async def _get_answer(self, request: web.Request) -> web.Response:
        found = self._message_of(request)
        return found if isinstance(found, web.Response) else json_response(found[1])

    async def _edit_answer(self, request: web.Request) -> web.Response:
        found = self._message_of(request)
        if isinstance(found, web.Response):
            return found
        interaction, message = found
        await self.edit(message, request[BODY], request[FILES])
        interaction.updated |= message is interaction.pressed
        self._is_shown(interaction)
        return json_response(message)

    async def _delete_answer(self, request: web.Request) -> web.Response:
        found = self._message_of(request)
        if isinstance(found, web.Response):
            return found
        interaction, message = found
        await self.take_away(message)
        if message is interaction.original:
            interaction.original = None
        interaction.followups = [each for each in interaction.followups if each is not message]
        self._is_shown(interaction)
        return web.Response(status=204)


def _passed_s(interaction: Interaction) -> float:
    return asyncio.get_running_loop().time() - interaction.asked_at


def _age_s(interaction: Interaction) -> float:
    """Seconds since the interaction was sent, as Discord's clock says."""
    return _passed_s(interaction) + interaction.offset_s


def _told(interaction: Interaction, kind: int) -> Json:
    """What Discord says of a first response."""
    about = {"id": interaction.payload["id"], "type": interaction.payload["type"]}
    if interaction.original is not None:
        about |= {
            "response_message_id": interaction.original["id"],
            "response_message_loading": bool(interaction.original["flags"] & limits.LOADING),
            "response_message_ephemeral": interaction.ephemeral,
        }
    shown = {"message": interaction.original} if kind in (_REPLY, _UPDATE) else {}
    return {"interaction": about, "resource": {"type": kind, **shown}}
