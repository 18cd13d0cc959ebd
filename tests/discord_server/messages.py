"""
The bot's messages: made, changed and taken away as Discord does, with files and the components that show them.
"""

from __future__ import annotations

from typing import Any

from discord_server import limits, payloads
from discord_server.components import numbered, walk
from discord_server.payloads import Json
from discord_server.state import Interaction, Seen
from discord_server.uploads import Upload, attachment

Files = dict[str, Upload]

_TYPES = {1: 20, 3: 23}  # of a message that answers a command, or a menu
_SETTABLE = limits.EPHEMERAL | limits.COMPONENTS_V2 | 1 << 2 | 1 << 12


class Messages(Seen):
    """Messages of the bot, in channels and as answers."""

    async def send(
        self, body: Json, files: Files, channel: str, interaction: Interaction | None = None, **more: Any
    ) -> Json:
        """A new message, checked; everybody in the channel sees it unless it is ephemeral."""
        self.check(limits.message_problems(body))
        message = self.blank(channel, interaction) | more
        message["flags"] = (body.get("flags") or 0) & _SETTABLE
        self._fill(message, body, files)
        await self.publish(message)
        return message

    def blank(self, channel: str, interaction: Interaction | None = None) -> Json:
        """A message of the bot with nothing in it yet."""
        place = payloads.PLACES.get(channel)
        guild = interaction.payload.get("guild_id") if interaction else place and place.guild
        message = payloads.message("", author=payloads.BOT_USER, channel=channel, guild=guild)
        if interaction is None:
            return message
        return message | {
            "type": _TYPES.get(interaction.payload["data"].get("type"), 0),
            "application_id": payloads.APPLICATION,
            "webhook_id": payloads.APPLICATION,
            "interaction_metadata": interaction.metadata,
        }

    async def publish(self, message: Json) -> None:
        """Let everybody in the channel see a message; an ephemeral one is in no channel."""
        if not message["flags"] & limits.EPHEMERAL:
            self.channels[message["channel_id"]].messages.append(message)
            await self.dispatch("MESSAGE_CREATE", message)

    async def edit(self, message: Json, body: Json, files: Files) -> None:
        """
        Change a message in place, so that whoever holds it sees it as it is now.

        What the body does not name stays. Neither the ephemeral flag nor that of components version 2 can be taken
        back.
        """
        version = (message["flags"] | (body.get("flags") or 0)) & limits.COMPONENTS_V2
        message["flags"] = message["flags"] & limits.EPHEMERAL | version
        self._fill(message, body, files)
        message["edited_timestamp"] = message["timestamp"]
        self.check(limits.message_problems(message | {"allowed_mentions": body.get("allowed_mentions")}))
        if not message["flags"] & limits.EPHEMERAL:
            await self.dispatch("MESSAGE_UPDATE", message)

    async def take_away(self, message: Json) -> None:
        """Delete a message."""
        shown = self.channels[message["channel_id"]].messages
        if any(each is message for each in shown):
            shown[:] = [each for each in shown if each is not message]
            told: Json = {key: message[key] for key in ("id", "channel_id", "guild_id") if key in message}
            await self.dispatch("MESSAGE_DELETE", told)

    def _fill(self, message: Json, body: Json, files: Files) -> None:
        sent = {number: self._store(files[number]) for number in sorted(files, key=int)}
        known = {each["id"]: each for each in message["attachments"]} | sent
        kept = [*message["attachments"], *sent.values()]
        if body.get("attachments") is not None:
            named = [str(each["id"]) for each in body["attachments"]]
            self.check([f"attachment {number} was not sent" for number in named if number not in known])
            kept = [known[number] for number in named if number in known]
        message["attachments"] = kept
        if "content" in body:
            message["content"] = body["content"] or ""
        message |= {key: body[key] or [] for key in ("embeds", "components") if key in body}
        if "components" in body:
            message["components"] = numbered(message["components"])
            self._show_files(message)
            if message["flags"] & limits.COMPONENTS_V2:
                shown = {media.get("attachment_id") for media in _media(message)}
                self.check([f"{new['filename']} is not shown" for new in sent.values() if new["id"] not in shown])

    def _store(self, upload: Upload) -> Json:
        attached = attachment(upload, self.address)
        self.uploads[attached["id"]] = upload
        return attached

    def _show_files(self, message: Json) -> None:
        """Name the address of each file that a component shows."""
        files = {f"attachment://{each['filename']}": each for each in message["attachments"]}
        for media in _media(message):
            file = files.get(media["url"])
            if file is not None:
                about = {key: file[key] for key in ("url", "proxy_url", "content_type")}
                media |= about | {"attachment_id": file["id"], "width": 0, "height": 0}
            elif media["url"].startswith("attachment:"):
                self.check([f"{media['url']} was not sent"])


def _media(message: Json) -> list[Any]:
    """Every picture or file that components show."""
    found = []
    for component in walk(message["components"]):
        found += [item["media"] for item in component.get("items") or []]
        found += [component[key] for key in ("media", "file") if key in component]
    return found
