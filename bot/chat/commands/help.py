"""
`/help` (`/ayuda`).
"""

from __future__ import annotations

from typing import Any

from discord import app_commands

from bot.chat.cards.help import TOPICS, help_card
from bot.chat.commands.words import words
from bot.chat.desk import Desk
from bot.chat.visits import Interaction, InteractionVisit


def help_command(desk: Desk) -> app_commands.Command[Any, ..., None]:
    """`/help` (`/ayuda`): on one topic, or in short on all."""

    @app_commands.command(name=words("command_help"), description=words("command_help_about"))
    @app_commands.rename(topic=words("option_topic"))
    @app_commands.describe(topic=words("option_topic_about"))
    @app_commands.choices(topic=[app_commands.Choice(name=words(f"help_{topic}"), value=topic) for topic in TOPICS])
    async def help(interaction: Interaction, topic: str | None = None) -> None:
        visit = InteractionVisit(interaction, desk.scene_of(interaction))
        locale = visit.locale or "en"
        chosen = topic if topic in TOPICS else None
        await desk.serve(visit, lambda scene: help_card(chosen, desk.service.overview(), locale, scene), locale)

    return help
