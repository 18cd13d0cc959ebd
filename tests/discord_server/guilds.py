"""
Servers, as a bot reads them: where it is a member, and their roles, channels and members.
"""

from __future__ import annotations

from aiohttp import web
from discord_server import payloads
from discord_server.responses import error, json_response
from discord_server.state import Seen

# What the gateway tells of a server and REST does not.
_GATEWAY_ONLY = ("channels", "threads", "members", "member_count", "presences", "voice_states", "stage_instances")
_TOLD_SHORT = ("id", "name", "icon", "features")
_GUILD = "/api/v10/guilds/{guild}"


class Guilds(Seen):
    """What a bot may know of the servers in which it is."""

    def guild_routes(self) -> list[web.RouteDef]:
        """Addresses of servers."""
        return [
            web.get("/api/v10/users/@me/guilds", self._my_guilds),
            web.get(_GUILD, self._guild),
            web.get(_GUILD + "/channels", self._channels_of),
            web.get(_GUILD + "/members/{user}", self._member),
        ]

    async def _my_guilds(self, request: web.Request) -> web.Response:
        after, limit = int(request.query.get("after", 0)), int(request.query.get("limit", 200))
        ids = [id for id in sorted(self.member_of, key=int) if int(id) > after][:limit]
        about = {"owner": False, "permissions": str(payloads.EVERYONE)}
        return json_response([{key: payloads.guild(id)[key] for key in _TOLD_SHORT} | about for id in ids])

    async def _guild(self, request: web.Request) -> web.Response:
        id = request.match_info["guild"]
        if id not in self.member_of:
            return _unknown()
        return json_response({key: value for key, value in payloads.guild(id).items() if key not in _GATEWAY_ONLY})

    async def _channels_of(self, request: web.Request) -> web.Response:
        id = request.match_info["guild"]
        return json_response(payloads.guild(id)["channels"]) if id in self.member_of else _unknown()

    async def _member(self, request: web.Request) -> web.Response:
        if request.match_info["guild"] not in self.member_of:
            return _unknown()
        known = {person["id"]: person for person in (payloads.BOT_USER, payloads.ASKER)}
        person = known.get(request.match_info["user"])
        return json_response(payloads.member(person)) if person else error(404, 10007, "Unknown Member")


def _unknown() -> web.Response:
    return error(404, 10004, "Unknown Guild")
