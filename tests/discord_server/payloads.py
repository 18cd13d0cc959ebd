"""
What Discord sends: people, servers with their channels, and messages, as small as discord.py accepts them.
"""

from __future__ import annotations

import itertools
import re
import time
from typing import Any, NamedTuple

Json = dict[str, Any]

BOT, MEMBER, OTHER_BOT, APPLICATION = "9000", "7001", "9001", "9000"
GUILD, OTHER_GUILD, FOREIGN_GUILD = "1000", "1100", "1200"  # the bot is no member of the last
CHANNEL, THREAD, MODERATORS, READ_ONLY, HIDDEN = "2000", "2001", "2002", "2003", "2004"
OTHER_CHANNEL, FOREIGN_CHANNEL, DIRECT = "2100", "2200", "3000"
MODERATOR_ROLE = "4000"

ADMINISTRATOR, VIEW, SEND, SEND_IN_THREADS = 1 << 3, 1 << 10, 1 << 11, 1 << 38
# Views and writes, with links, files and history; uses commands.
EVERYONE = VIEW | SEND | SEND_IN_THREADS | 1 << 14 | 1 << 15 | 1 << 16 | 1 << 31
_STAMP = "2025-06-01T12:00:00.000000+00:00"
_FIRST_MS = 1_420_070_400_000  # when Discord's ids begin
_last_id = itertools.count()


class Place(NamedTuple):
    """A channel: its server (`None` for direct messages), its name, and what the bot may not do there."""

    guild: str | None
    name: str
    denied: int = 0


PLACES = {
    CHANNEL: Place(GUILD, "general"),
    THREAD: Place(GUILD, "thread"),
    MODERATORS: Place(GUILD, "moderators"),
    READ_ONLY: Place(GUILD, "read-only", SEND | SEND_IN_THREADS),
    HIDDEN: Place(GUILD, "hidden", VIEW),
    OTHER_CHANNEL: Place(OTHER_GUILD, "general"),
    FOREIGN_CHANNEL: Place(FOREIGN_GUILD, "general", EVERYONE),
    DIRECT: Place(None, "direct"),
}
FIRST_CHANNEL: dict[str | None, str] = {
    GUILD: CHANNEL,
    OTHER_GUILD: OTHER_CHANNEL,
    FOREIGN_GUILD: FOREIGN_CHANNEL,
    None: DIRECT,
}


class Person(Json):
    """A user as Discord tells it, with what it tells only where they are a member."""

    roles: tuple[str, ...] = ()
    permissions: int = EVERYONE


def new_id() -> str:
    """A snowflake of this moment that was not given before."""
    # Counted above the 22 bits that Discord keeps for it: an id is never older than the one before.
    return str((int(time.time() * 1000) - _FIRST_MS << 22) + next(_last_id))


def user(id: str, name: str, *, bot: bool = False) -> Json:
    """A user."""
    return {"id": id, "username": name, "discriminator": "0", "global_name": name, "avatar": None, "bot": bot}


def person(
    number: int | str, *, name: str | None = None, roles: tuple[str, ...] = (), administrator: bool = False
) -> Person:
    """Somebody: user `number`, with these roles in every server; the moderators' is `MODERATOR_ROLE`."""
    somebody = Person(user(str(number), name or f"member-{number}"))
    somebody.roles, somebody.permissions = roles, EVERYONE | ADMINISTRATOR * administrator
    return somebody


def member(person: Json) -> Json:
    """The same user as a member of the server."""
    roles = list(getattr(person, "roles", ()))
    return {"user": person, "roles": roles, "joined_at": _STAMP, "deaf": False, "mute": False, "flags": 0}


BOT_USER = user(BOT, "On Record", bot=True)
ASKER = person(MEMBER, name="asker")


def application() -> Json:
    """The bot's application."""
    return {
        "id": APPLICATION,
        "name": "On Record",
        "icon": None,
        "description": "",
        "rpc_origins": [],
        "bot_public": True,
        "bot_require_code_grant": False,
        "owner": user("1", "owner"),
        "team": None,
        "verify_key": "00",
        "summary": "",
        "flags": 0,
        "interactions_endpoint_url": None,
        "role_connections_verification_url": None,
        "tags": [],
    }


def guild_channel(id: str = CHANNEL, guild: str = GUILD) -> Json:
    """A text channel of a server, or its thread."""
    channel: Json = {"id": id, "guild_id": guild, "name": PLACES[id].name, "last_message_id": None}
    if id == THREAD:
        times = {"archived": False, "auto_archive_duration": 1440, "archive_timestamp": _STAMP, "locked": False}
        counts = {"message_count": 0, "member_count": 1}
        return channel | {"type": 11, "parent_id": CHANNEL, "owner_id": "1", "thread_metadata": times} | counts
    overwrites = [{"id": BOT, "type": 1, "allow": "0", "deny": str(PLACES[id].denied)}] if PLACES[id].denied else []
    if id == MODERATORS:
        overwrites = [
            {"id": guild, "type": 0, "allow": "0", "deny": str(VIEW)},
            {"id": MODERATOR_ROLE, "type": 0, "allow": str(VIEW), "deny": "0"},
            {"id": BOT, "type": 1, "allow": str(VIEW), "deny": "0"},
        ]
    more = {"type": 0, "position": 0, "parent_id": None, "nsfw": False, "topic": None}
    return channel | more | {"permission_overwrites": overwrites}


def direct_channel(person: Json = ASKER) -> Json:
    """The direct messages between somebody and the bot."""
    id = DIRECT if person["id"] == MEMBER else f"{DIRECT}{person['id']}"
    return {"id": id, "type": 1, "recipients": [person], "last_message_id": None, "flags": 0}


def _role(id: str, name: str, permissions: int) -> Json:
    colors = {"primary_color": 0, "secondary_color": None, "tertiary_color": None}
    role = {"id": id, "name": name, "color": 0, "colors": colors, "hoist": False, "position": 0, "flags": 0}
    return role | {"permissions": str(permissions), "managed": False, "mentionable": False}


def guild(id: str = GUILD) -> Json:
    """A server as GUILD_CREATE tells it."""
    here = [channel for channel, place in PLACES.items() if place.guild == id]
    return {
        "id": id,
        "name": "Invented server",
        "icon": None,
        "owner_id": "1",
        "afk_timeout": 60,
        "verification_level": 0,
        "default_message_notifications": 0,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "nsfw_level": 0,
        "premium_tier": 0,
        "preferred_locale": "en-US",
        "roles": [_role(id, "@everyone", EVERYONE), _role(MODERATOR_ROLE, "moderators", EVERYONE)],
        "emojis": [],
        "stickers": [],
        "features": [],
        "channels": [guild_channel(channel, id) for channel in here if channel != THREAD],
        "threads": [guild_channel(channel, id) for channel in here if channel == THREAD],
        "members": [member(BOT_USER)],
        "member_count": 2,
        "presences": [],
        "voice_states": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
        "large": False,
        "unavailable": False,
        "system_channel_flags": 0,
    }


def message(content: str, *, author: Json, channel: str, guild: str | None, **more: Any) -> Json:
    """A message; who is mentioned is read from its content, as Discord does."""
    mentioned = [known for known in (BOT_USER, ASKER) if re.search(rf"<@!?{known['id']}>", content)]
    payload: Json = {
        "id": new_id(),
        "type": 0,
        "channel_id": channel,
        "author": author,
        "content": content,
        "timestamp": _STAMP,
        "edited_timestamp": None,
        "tts": False,
        "mention_everyone": False,
        "mentions": mentioned,
        "mention_roles": [],
        "attachments": [],
        "embeds": [],
        "components": [],
        "pinned": False,
        "flags": 0,
    }
    if guild is not None:
        payload |= {"guild_id": guild, "member": {key: value for key, value in member(author).items() if key != "user"}}
    return payload | more
