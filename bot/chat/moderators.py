"""
Who may change the record from Discord, and the way to it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

import discord

from bot.chat.cards.notices import notice
from bot.chat.scene import Scene
from bot.chat.visits import Interaction, InteractionVisit
from bot.settings import Settings
from corpus.store import Decision, Store

# It brings what reads and searches, which the process that talks to Discord needs for nothing else.
if TYPE_CHECKING:
    from bot.curation import Curation


class Moderators:
    """
    The moderators of the settings.

    Args:
        settings: Who they are, where, and where the record is kept.
        moment: The clock of the history, in UTC.
    """

    def __init__(self, settings: Settings, moment: Callable[[], dt.datetime]) -> None:
        self.moment = moment
        self._settings = settings

    def include(self, interaction: Interaction) -> bool:
        """
        Whether this person may moderate here, whatever Discord's own settings say.

        Members that the settings name, in the servers that they name and in direct messages; members with a role that
        they name, in those servers.
        """
        who, where, settings = interaction.user, interaction.guild_id, self._settings
        if not settings.server_ids or (where is not None and where not in settings.server_ids):
            return False
        if who.id in settings.moderator_ids:
            return True
        return (
            where is not None
            and isinstance(who, discord.Member)
            and any(who.get_role(role) for role in settings.moderator_role_ids)
        )

    async def admit(self, interaction: Interaction) -> bool:
        """The same; who may not is told so, in private."""
        if self.include(interaction):
            return True
        if interaction.type is not discord.InteractionType.autocomplete:
            visit = InteractionVisit(interaction, Scene(private=True))
            await visit.tell(notice("moderators_only", visit.locale or "en", private=True))
        return False

    def has_record(self) -> bool:
        """Whether anything is stored that could be changed."""
        return Store.exists(self._settings.data_dir)

    def curation(self) -> Curation:
        """The verbs, each of which blocks."""
        from bot.curation import Curation

        return Curation(self._settings.data_dir)

    def decision(self, interaction: Interaction, reason: str = "") -> Decision:
        """Who decides, now, and why, for the history."""
        return Decision(by_discord(interaction.user.id), self.moment(), " ".join(reason.split()))


def by_discord(member: int) -> str:
    """A moderator as the history names them."""
    return f"discord:{member}"
