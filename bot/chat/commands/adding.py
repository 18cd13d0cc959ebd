"""
`/corpus add` (`agregar`): a file that a moderator attaches, or a page, feed or sitemap, becomes a source.
"""

from __future__ import annotations

import re
import unicodedata
from functools import partial
from pathlib import Path
from typing import Any

import discord
from discord import app_commands

from bot.chat.cards.notices import notice
from bot.chat.commands.refreshing import Work, accepted_in, follow, read_back, show_result
from bot.chat.commands.words import words
from bot.chat.desk import Desk
from bot.chat.markdown import escape
from bot.chat.presses import ModeratorPress
from bot.chat.visits import Interaction, InteractionVisit, locale_of
from bot.messages import say
from corpus.sources.documents import FEEDS
from corpus.sources.formats import SUFFIXES
from retrieval.fragments import web_address
from retrieval.models import Language

_READABLE = {*SUFFIXES, *FEEDS}
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
            await follow(desk, interaction, visit, _address_work(url, locale), locale)
        else:
            await visit.tell(notice("address_bad", locale, private=True))

    return add


async def _add_file(desk: Desk, interaction: Interaction, visit: InteractionVisit, file: discord.Attachment) -> None:
    locale = locale_of(interaction) or "en"
    name = stored_name(file.filename)
    if Path(name).suffix not in _READABLE:
        await visit.tell(notice("file_format", locale, private=True, formats=", ".join(sorted(_READABLE))))
    elif file.size > _MAX_BYTES:
        await visit.tell(notice("file_too_large", locale, private=True, count=_MAX_BYTES // 2**20))
    else:
        await visit.announce()
        data = await file.read()
        path = await desk.look_up(lambda: desk.moderators.store_upload(name, data))
        await follow(desk, interaction, visit, _file_work(desk, path, locale), locale)


async def add_anyway(desk: Desk, interaction: Interaction, press: ModeratorPress) -> None:
    """Add what the message names, although golden questions would be lost."""
    locale, scene = press.locale, desk.scene_of(interaction, private=True)
    visit = InteractionVisit(interaction, scene, locale, in_place=True)
    address, name = read_back(interaction, "adds_address", "address"), read_back(interaction, "adds_file", "name")
    path = await desk.look_up(lambda: desk.moderators.upload(name)) if name else None
    if address:
        await follow(desk, interaction, visit, _address_work(address, locale, press.place), locale)
    elif path:
        await follow(desk, interaction, visit, _file_work(desk, path, locale, press.place), locale)
    else:
        await visit.tell(notice("upload_gone", locale, private=True))


def _address_work(url: str, locale: Language, place: str = "") -> Work:
    said = say("adds_address", locale, address=escape(url))
    return Work(("add", url, "--events", *accepted_in(place)), show_result, place=place, verb="add", said=said)


def _file_work(desk: Desk, path: Path, locale: Language, place: str = "") -> Work:
    said = say("adds_file", locale, name=escape(path.name))
    arguments = ("add", str(path), "--events", *accepted_in(place))
    clear = partial(desk.moderators.drop_upload, path)
    return Work(arguments, show_result, place=place, clear=clear, verb="add", said=said)


def stored_name(name: str) -> str:
    """A file name that every file system takes and no shell reads anything into; its suffix in lower case."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    stem, dot, suffix = plain.rpartition(".")
    kept = re.sub(r"[^\w-]+", "-", stem if dot else plain).strip("-")[:_MAX_NAME] or "file"
    return f"{kept}.{re.sub(r'[^a-z0-9]', '', suffix.lower())}" if dot else kept
