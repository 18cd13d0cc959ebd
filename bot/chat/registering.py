"""
Telling Discord the commands, only where they are others than those it knows.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from discord import app_commands
from discord.http import Route

from bot.chat.commands.ask import ask_command
from bot.chat.commands.corpus import corpus_group
from bot.chat.commands.help import help_command
from bot.chat.commands.menus import find_menu, verify_menu
from bot.chat.commands.person import person_command
from bot.chat.commands.quote import quote_command
from bot.chat.commands.statements import statement_command
from bot.chat.commands.timeline import timeline_command
from bot.chat.commands.verify import verify_command
from bot.chat.desk import Desk

Command = app_commands.Command[Any, ..., None] | app_commands.ContextMenu | app_commands.Group
_COMMANDS: tuple[Callable[[Desk], Command], ...] = (
    ask_command,
    quote_command,
    verify_command,
    timeline_command,
    statement_command,
    person_command,
    help_command,
    corpus_group,
    verify_menu,
    find_menu,
)


def add_commands(tree: app_commands.CommandTree[Any], desk: Desk) -> None:
    """Put every command and menu into the tree."""
    for make in _COMMANDS:
        tree.add_command(make(desk))


async def register_commands(tree: app_commands.CommandTree[Any]) -> bool:
    """
    Register every command of the tree, unless Discord has exactly these; whether it was necessary.

    Raises:
        discord.HTTPException: Discord refuses them, or does not answer.
    """
    if await are_registered(tree):
        return False
    await tree.sync()
    return True


async def are_registered(tree: app_commands.CommandTree[Any]) -> bool:
    """
    Whether Discord has exactly the commands of the tree.

    Raises:
        discord.HTTPException: Discord does not answer.
    """
    assert tree.translator is not None
    ours = [await command.get_translated_payload(tree, tree.translator) for command in tree.get_commands()]
    client = tree.client
    route = Route("GET", "/applications/{application_id}/commands", application_id=client.application_id)
    known: list[dict[str, Any]] = await client.http.request(route, params={"with_localizations": "true"})
    return _same(sorted(ours, key=_identity), sorted(known, key=_identity))


def _identity(command: dict[str, Any]) -> tuple[int, str]:
    return int(command.get("type", 1)), str(command["name"])


def _same(ours: Any, known: Any) -> bool:
    """Whether Discord knows what we send; it leaves out what is empty, and adds ids and versions."""
    if isinstance(ours, dict) and isinstance(known, dict):
        return all(_same(value, known.get(key)) for key, value in ours.items())
    if isinstance(ours, list) and isinstance(known, list):
        return len(ours) == len(known) and all(map(_same, ours, known))
    return ours == known or (not ours and not known)
