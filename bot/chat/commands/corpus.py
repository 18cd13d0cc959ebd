"""
`/corpus …`: what moderators do to the record. Who may is checked here, for every command, button and form.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import discord
from discord import app_commands

from bot.chat.commands.adding import add_anyway, add_command
from bot.chat.commands.correcting import apply_it, ask_what, correct_command, show_what
from bot.chat.commands.deciding import (
    ask_why,
    decide_at_once,
    erase_command,
    erase_for_good,
    hide_command,
    hide_for,
    keep,
    unhide_command,
)
from bot.chat.commands.record import open_history, open_status, turn_page
from bot.chat.commands.refreshing import (
    ask_again,
    refresh_command,
    rollback_command,
    run_refresh,
    run_rollback,
    show_each,
    stop,
)
from bot.chat.commands.sources import source_command
from bot.chat.commands.words import words
from bot.chat.desk import Desk
from bot.chat.presses import ModeratorPress, ModeratorVerb
from bot.chat.visits import Interaction

Act = Callable[[Desk, Interaction, ModeratorPress], Awaitable[None]]
_COMMANDS: tuple[Callable[[Desk], app_commands.Command[Any, ..., None]], ...] = (
    open_status,
    open_history,
    hide_command,
    unhide_command,
    erase_command,
    correct_command,
    refresh_command,
    rollback_command,
    add_command,
    source_command,
)
_PRESSES: Mapping[ModeratorVerb, Act] = {
    "status": turn_page,
    "history": turn_page,
    "hide": ask_why,
    "unhide": decide_at_once,
    "dismiss": decide_at_once,
    "erase": erase_for_good,
    "correct": ask_what,
    "apply": apply_it,
    "keep": keep,
    "stop": stop,
    "each": show_each,
    "run": run_refresh,
    "sure": ask_again,
    "accept": run_refresh,
    "rollback": run_rollback,
    "add": add_anyway,
}
_FORMS: Mapping[ModeratorVerb, Act] = {"hide": hide_for, "correct": show_what}


class CorpusGroup(app_commands.Group):
    """The commands of moderators; nobody else can use one, whatever Discord shows them."""

    def __init__(self, desk: Desk) -> None:
        # Discord shows them to those who may manage messages; an administrator can change that, and it decides nothing.
        permissions = discord.Permissions(manage_messages=True)
        super().__init__(
            name=words("command_corpus"), description=words("command_corpus_about"), default_permissions=permissions
        )
        self._desk = desk
        for make in _COMMANDS:
            self.add_command(make(desk))

    async def interaction_check(self, interaction: Interaction, /) -> bool:
        """Whether this person may moderate here; who may not is told so."""
        return await self._desk.moderators.admit(interaction)


def corpus_group(desk: Desk) -> app_commands.Group:
    """`/corpus`, with everything below it."""
    return CorpusGroup(desk)


async def press_as_moderator(desk: Desk, interaction: Interaction, press: ModeratorPress) -> None:
    """Do what a moderator's button holds, for a moderator."""
    await _act(_PRESSES, desk, interaction, press)


async def send_as_moderator(desk: Desk, interaction: Interaction, press: ModeratorPress) -> None:
    """Take what a moderator filled in, from a moderator."""
    await _act(_FORMS, desk, interaction, press)


async def _act(acts: Mapping[ModeratorVerb, Act], desk: Desk, interaction: Interaction, press: ModeratorPress) -> None:
    if await desk.moderators.admit(interaction) and press.verb in acts:
        await acts[press.verb](desk, interaction, press)
