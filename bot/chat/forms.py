"""
Forms: what they ask, and what was filled in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import discord

from bot.chat.presses import Press, write_press
from bot.chat.typed import without_tags
from bot.chat.visits import Interaction


class Field(NamedTuple):
    """
    A line to fill in.

    Attributes:
        name: By which it is found again.
        label: At most 45 characters.
        limit: Characters.
        about: What to write, at most 100 characters.
        required: Discord does not send the form without it.
    """

    name: str
    label: str
    limit: int
    about: str = ""
    required: bool = True


async def open_form(interaction: Interaction, title: str, press: Press, fields: Iterable[Field]) -> None:
    """Show a form that holds what is to be done when it is sent."""
    form = discord.ui.Modal(title=title, custom_id=write_press(press), timeout=None)
    for name, label, limit, about, required in fields:
        line = discord.ui.TextInput[discord.ui.Modal](custom_id=name, required=required, max_length=limit)
        form.add_item(discord.ui.Label(text=label, description=about or None, component=line))
    # What is sent is read from the interaction, also after a restart, so discord.py need not keep the form.
    form.stop()
    await interaction.response.send_modal(form)


def filled_in(interaction: Interaction) -> dict[str, str]:
    """What was typed or chosen in each field, by its name; tags of Discord and line ends taken out."""
    data: Mapping[str, Any] = interaction.data or {}
    return {name: without_tags(value) for name, value in _filled(data)}


def _filled(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for label in data.get("components", ()):
        field = label.get("component") or {}
        values = field.get("values") or [field.get("value")]
        if isinstance(field.get("custom_id"), str) and isinstance(values[0], str):
            yield field["custom_id"], values[0]
