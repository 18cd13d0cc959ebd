"""
The two menus on a message: "Verify this quote" (`Verificar esta cita`) and "Find in the statements" (`Buscar en los
comunicados`). What they show is for whoever uses them alone, whatever the settings say.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator
from typing import Any

import discord
from discord import app_commands

from bot.chat.cards.notices import notice
from bot.chat.commands.ask import MAX_MESSAGE, Asked, answer, thread_of
from bot.chat.commands.verify import check_quotation
from bot.chat.commands.words import words
from bot.chat.desk import Desk
from bot.chat.markdown import quoted_in
from bot.chat.typed import language_of, lines_without_tags, without_tags
from bot.chat.visits import Interaction, InteractionVisit
from retrieval.models import AskRequest, VerifyRequest

Written = discord.Message | discord.MessageSnapshot
Use = Callable[[InteractionVisit, str], Awaitable[None]]


def verify_menu(desk: Desk) -> app_commands.ContextMenu:
    """Check the words of a message as `/verify` does."""

    async def verify(interaction: Interaction, message: discord.Message) -> None:
        async def check(visit: InteractionVisit, text: str) -> None:
            await check_quotation(desk, visit, VerifyRequest(text=text, locale=visit.locale))

        await _use(desk, interaction, message, check)

    return app_commands.ContextMenu(name=words("menu_verify"), callback=verify)


def find_menu(desk: Desk) -> app_commands.ContextMenu:
    """Ask the words of a message as `/ask` does."""

    async def find(interaction: Interaction, message: discord.Message) -> None:
        async def ask(visit: InteractionVisit, text: str) -> None:
            # Somebody else wrote it perhaps: it goes on from no question of this member.
            request = AskRequest(question=without_tags(text), locale=visit.locale)
            await answer(desk, visit, Asked(request, thread_of(interaction, private=True), MAX_MESSAGE))

        await _use(desk, interaction, message, ask)

    return app_commands.ContextMenu(name=words("menu_find"), callback=find)


async def _use(desk: Desk, interaction: Interaction, message: discord.Message, use: Use) -> None:
    """Do this with the words of a message, or say why it cannot be done."""
    visit = InteractionVisit(interaction, desk.scene_of(interaction, private=True))
    written = written_in(message)
    if message.author.id == interaction.application_id:
        # Around the words that this bot quotes stand its own.
        written = quoted_in(written) or written
    text = lines_without_tags(written)
    locale = visit.locale or language_of(text)
    if not text:
        await visit.tell(notice("message_empty", locale, private=True))
    elif len(text) > MAX_MESSAGE:
        await visit.tell(notice("message_too_long", locale, private=True, limit=MAX_MESSAGE))
    else:
        await use(visit, text)


def written_in(message: discord.Message) -> str:
    """What people read in a message: its words, else those that its embeds and components show; forwarded ones too."""
    written: tuple[Written, ...] = (message, *message.message_snapshots)
    return next((words for one in written if (words := _words_of(one)).strip()), "")


def _words_of(written: Written) -> str:
    if written.content.strip():
        return written.content
    return "\n".join([*(words for embed in written.embeds for words in _shown(embed)), *_texts(written.components)])


def _shown(embed: discord.Embed) -> Iterator[str]:
    yield from filter(None, (embed.title, embed.description))
    for field in embed.fields:
        yield from filter(None, (field.name, field.value))


def _texts(components: Iterable[Any]) -> Iterator[str]:
    for component in components:
        if isinstance(component, discord.TextDisplay):
            yield component.content
        yield from _texts(getattr(component, "children", ()))
