"""
`/corpus status` (`estado`) and `/corpus history` (`cambios`).
"""

from __future__ import annotations

from typing import Any

from discord import app_commands

from bot.chat.card import Card
from bot.chat.cards.record import history_card, status_card
from bot.chat.commands.words import words
from bot.chat.desk import Desk, Untold
from bot.chat.presses import ModeratorPress
from bot.chat.visits import Interaction, InteractionVisit, locale_of


def open_status(desk: Desk) -> app_commands.Command[Any, ..., None]:
    """How much is stored and how every source fares."""

    @app_commands.command(name=words("command_status"), description=words("command_status_about"))
    async def status(interaction: Interaction) -> None:
        await _show(desk, interaction, ModeratorPress("status", locale_of(interaction) or "en", "0"))

    return status


def open_history(desk: Desk) -> app_commands.Command[Any, ..., None]:
    """What was done to the record, when and by whom."""

    @app_commands.command(name=words("command_history"), description=words("command_history_about"))
    async def history(interaction: Interaction) -> None:
        await _show(desk, interaction, ModeratorPress("history", locale_of(interaction) or "en", "0"))

    return history


async def turn_page(desk: Desk, interaction: Interaction, press: ModeratorPress) -> None:
    """Another page of either, in place of the one that the button stands on."""
    await _show(desk, interaction, press, pressed=True)


async def _show(desk: Desk, interaction: Interaction, press: ModeratorPress, *, pressed: bool = False) -> None:
    scene = desk.scene_of(interaction, private=True)
    visit = InteractionVisit(interaction, scene, press.locale, in_place=pressed)
    await desk.serve(visit, lambda _: _page(desk, press), press.locale, pressed=pressed)


def _page(desk: Desk, press: ModeratorPress) -> Card:
    if not desk.moderators.has_record():
        raise Untold("nothing_stored")
    curation, page = desk.moderators.curation(), int(press.place)
    if press.verb == "status":
        return status_card(curation.status(), page, press.locale)
    return history_card(curation.history(), page, press.locale)
