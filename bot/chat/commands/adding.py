"""
`/corpus add` (`agregar`): a file that a moderator attaches becomes a source of its own.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import Any

import discord
from discord import app_commands

from bot.chat.cards.notices import notice
from bot.chat.commands.refreshing import Work, follow, show_result
from bot.chat.commands.words import words
from bot.chat.desk import Desk
from bot.chat.visits import Interaction, InteractionVisit, locale_of
from corpus.sources.formats import SUFFIXES

_MAX_BYTES = 10 * 2**20
_MAX_NAME = 80


def add_command(desk: Desk) -> app_commands.Command[Any, ..., None]:
    """Keep an attached file with the record, and read it."""

    @app_commands.command(name=words("command_add"), description=words("command_add_about"))
    @app_commands.rename(file=words("option_file"))
    @app_commands.describe(file=words("option_file_about"))
    async def add(interaction: Interaction, file: discord.Attachment) -> None:
        visit = InteractionVisit(interaction, desk.scene_of(interaction, private=True))
        locale = locale_of(interaction) or "en"
        name = stored_name(file.filename)
        if Path(name).suffix not in SUFFIXES:
            formats = ", ".join(sorted(SUFFIXES))
            await visit.tell(notice("file_format", locale, private=True, formats=formats))
        elif file.size > _MAX_BYTES:
            await visit.tell(notice("file_too_large", locale, private=True, count=_MAX_BYTES // 2**20))
        else:
            await visit.announce()
            data = await file.read()
            path = await desk.look_up(lambda: desk.moderators.store_upload(name, data))
            arguments = ("add", str(path), "--events")
            work = Work(arguments, show_result, clear=lambda: desk.moderators.drop_upload(path))
            await follow(desk, interaction, visit, work, locale)

    return add


def stored_name(name: str) -> str:
    """A file name that every file system takes and no shell reads anything into; its suffix in lower case."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    stem, dot, suffix = plain.rpartition(".")
    kept = re.sub(r"[^\w-]+", "-", stem if dot else plain).strip("-")[:_MAX_NAME] or "file"
    return f"{kept}.{re.sub(r'[^a-z0-9]', '', suffix.lower())}" if dot else kept
