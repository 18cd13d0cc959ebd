"""
`/corpus add` (`agregar`): a file that a moderator attaches, or a page, feed or sitemap, becomes a source.
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
from retrieval.fragments import web_address

_MAX_BYTES = 10 * 2**20
_MAX_NAME = 80
_MAX_ADDRESS = 2000


def add_command(desk: Desk) -> app_commands.Command[Any, ..., None]:
    """Keep an attached file with the record and read it, or read what stands at an address."""

    @app_commands.command(name=words("command_add"), description=words("command_add_about"))
    @app_commands.rename(file=words("option_file"), address=words("option_address"))
    @app_commands.describe(file=words("option_file_about"), address=words("option_address_about"))
    async def add(
        interaction: Interaction,
        file: discord.Attachment | None = None,
        address: app_commands.Range[str, 1, _MAX_ADDRESS] | None = None,
    ) -> None:
        visit = InteractionVisit(interaction, desk.scene_of(interaction, private=True))
        locale = locale_of(interaction) or "en"
        if (file is None) == (address is None):
            await visit.tell(notice("add_what", locale, private=True))
        elif file is not None:
            await _add_file(desk, interaction, visit, file)
        elif url := web_address(address or ""):
            # The process that reads it looks at what machine it leads to.
            await follow(desk, interaction, visit, Work(("add", url, "--events"), show_result), locale)
        else:
            await visit.tell(notice("address_bad", locale, private=True))

    return add


async def _add_file(desk: Desk, interaction: Interaction, visit: InteractionVisit, file: discord.Attachment) -> None:
    locale = locale_of(interaction) or "en"
    name = stored_name(file.filename)
    if Path(name).suffix not in SUFFIXES:
        await visit.tell(notice("file_format", locale, private=True, formats=", ".join(sorted(SUFFIXES))))
    elif file.size > _MAX_BYTES:
        await visit.tell(notice("file_too_large", locale, private=True, count=_MAX_BYTES // 2**20))
    else:
        await visit.announce()
        data = await file.read()
        path = await desk.look_up(lambda: desk.moderators.store_upload(name, data))
        work = Work(("add", str(path), "--events"), show_result, clear=lambda: desk.moderators.drop_upload(path))
        await follow(desk, interaction, visit, work, locale)


def stored_name(name: str) -> str:
    """A file name that every file system takes and no shell reads anything into; its suffix in lower case."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    stem, dot, suffix = plain.rpartition(".")
    kept = re.sub(r"[^\w-]+", "-", stem if dot else plain).strip("-")[:_MAX_NAME] or "file"
    return f"{kept}.{re.sub(r'[^a-z0-9]', '', suffix.lower())}" if dot else kept
