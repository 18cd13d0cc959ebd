"""
What Discord sends: users, a server with one channel, messages and interactions, as small as discord.py accepts them.
"""

from __future__ import annotations

import itertools
import re
from typing import Any

Json = dict[str, Any]

BOT, MEMBER, OTHER_BOT, APPLICATION = "9000", "7001", "9001", "9000"
GUILD, CHANNEL, DIRECT = "1000", "2000", "3000"
_STAMP = "2025-06-01T12:00:00.000000+00:00"
_ids = itertools.count(10_000_000)


def new_id() -> str:
    """A snowflake that was not given before."""
    return str(next(_ids))


def user(id: str, name: str, *, bot: bool = False) -> Json:
    """A user."""
    return {"id": id, "username": name, "discriminator": "0", "global_name": name, "avatar": None, "bot": bot}


def member(person: Json) -> Json:
    """The same user as a member of the server."""
    return {"user": person, "roles": [], "joined_at": _STAMP, "deaf": False, "mute": False, "flags": 0}


BOT_USER = user(BOT, "On Record", bot=True)
ASKER = user(MEMBER, "asker")


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
    """The text channel."""
    return {
        "id": id,
        "type": 0,
        "guild_id": guild,
        "name": "general",
        "position": 0,
        "permission_overwrites": [],
        "parent_id": None,
        "nsfw": False,
        "topic": None,
        "last_message_id": None,
    }


def direct_channel() -> Json:
    """The direct messages between asker and bot."""
    return {"id": DIRECT, "type": 1, "recipients": [ASKER], "last_message_id": None, "flags": 0}


def guild(id: str = GUILD) -> Json:
    """The server as GUILD_CREATE tells it."""
    everyone = {
        "id": id,
        "name": "@everyone",
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "position": 0,
        "permissions": "2147483647",
        "managed": False,
        "mentionable": False,
        "flags": 0,
    }
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
        "roles": [everyone],
        "emojis": [],
        "stickers": [],
        "features": [],
        "channels": [guild_channel(guild=id)],
        "threads": [],
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


def command(name: str, options: dict[str, Any], *, locale: str, guild: str | None) -> Json:
    """An interaction: the asker used a slash command."""
    named = [{"name": key, "type": 3, "value": value} for key, value in options.items()]
    payload: Json = {
        "id": new_id(),
        "application_id": APPLICATION,
        "type": 2,
        "token": f"interaction-token-{new_id()}",
        "version": 1,
        "locale": locale,
        "data": {"id": "5000", "name": name, "type": 1, "options": named},
        "app_permissions": "2147483647",
        "attachment_size_limit": 10_000_000,
        "entitlements": [],
        "authorizing_integration_owners": {"0": guild or "0"},
    }
    if guild is None:
        return payload | {"context": 1, "user": ASKER, "channel": direct_channel(), "channel_id": DIRECT}
    here = guild_channel(guild=guild)
    asker = member(ASKER) | {"permissions": "2147483647"}
    where = {"guild_id": guild, "guild": {"id": guild, "locale": "en-US", "features": []}, "guild_locale": "en-US"}
    return payload | where | {"context": 0, "member": asker, "channel": here, "channel_id": here["id"]}
