"""
`/person` (`/persona`), and the buttons that say who is meant.
"""

from __future__ import annotations

from typing import Any

from discord import app_commands

from bot.chat.card import Card
from bot.chat.cards.people import person_card
from bot.chat.commands.completing import complete_options
from bot.chat.commands.words import words
from bot.chat.desk import Desk, Untold
from bot.chat.presses import PersonPress, SearchPress
from bot.chat.scene import Scene
from bot.chat.typed import without_numbers, without_tags
from bot.chat.visits import Interaction, InteractionVisit
from retrieval.models import Note, PersonRequest


def person_command(desk: Desk) -> app_commands.Command[Any, ..., None]:
    """`/person` (`/persona`): what is printed of somebody who is quoted."""

    @app_commands.command(name=words("command_person"), description=words("command_person_about"))
    @app_commands.rename(name=words("option_name"))
    @app_commands.describe(name=words("option_name_about"))
    async def person(interaction: Interaction, name: app_commands.Range[str, 1, 100]) -> None:
        visit = InteractionVisit(interaction, desk.scene_of(interaction))
        request = PersonRequest(name=without_tags(name), locale=visit.locale or "en")
        await desk.serve(visit, lambda scene: _find(desk, request, scene), visit.locale or "en")

    complete_options(desk, person)
    return person


async def open_person(desk: Desk, interaction: Interaction, press: PersonPress) -> None:
    """Show the person whom a member chose; in a private message in place of the choice."""
    in_place = interaction.message is not None and interaction.message.flags.ephemeral
    scene = desk.scene_of(interaction, private=True)
    visit = InteractionVisit(interaction, scene, press.locale, in_place=in_place)

    def make(scene: Scene) -> Card:
        name = desk.name("speaker", press.name) or ""
        return _find(desk, PersonRequest(name=name, locale=press.locale), scene)

    await desk.serve(visit, make, press.locale, pressed=True)


def _find(desk: Desk, typed: PersonRequest, scene: Scene) -> Card:
    request = without_numbers(typed)
    if not request.name:
        raise Untold("name_empty")
    profile = desk.service.person(request)
    locale = profile.locale
    if request != typed:
        profile = profile.model_copy(update={"notes": (Note(code="private_number_left_out"), *profile.notes)})
    key = desk.key("speaker", profile.name, profile.name)
    found = ((name, desk.key("speaker", name, name)) for name in profile.choices)
    choices = [(name, PersonPress(locale, held)) for name, held in found if held]
    return person_card(profile, scene, SearchPress("quote", locale, speaker=key) if key else None, choices)
