"""
What the bot asks for when it is invited: the permissions that it uses, each with what for, and nothing else.
"""

from __future__ import annotations

import discord

# Name in discord.py → the key of what it is for. There are no embeds: answers are text and buttons.
USED = {
    "view_channel": "permission_view_channel",  # a mention arrives; the moderators' channel is found
    "send_messages": "permission_send_messages",  # replies.post: to mentions, "Share here", reports
    "send_messages_in_threads": "permission_send_messages_in_threads",  # the same there
    "read_message_history": "permission_read_message_history",  # Discord asks for it where a reply names its message
    "attach_files": "permission_attach_files",  # the chart of /timeline
}
_SCOPES = ("bot", "applications.commands")


def permissions_used() -> discord.Permissions:
    """All of them together, as one number in `value`."""
    return discord.Permissions(**dict.fromkeys(USED, True))


def invite_link(application: int) -> str:
    """The address at which somebody who manages a server invites the bot."""
    return discord.utils.oauth_url(application, permissions=permissions_used(), scopes=_SCOPES)
