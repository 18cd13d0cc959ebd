"""
`/statement` (`/comunicado`), and the buttons that open a statement and turn its pages.
"""

from __future__ import annotations

import re
from typing import Any

from discord import app_commands

from bot.chat.card import Card
from bot.chat.cards.statements import LISTED, list_card, statement_card
from bot.chat.commands.completing import complete_options
from bot.chat.commands.words import words
from bot.chat.desk import Desk
from bot.chat.presses import PagePress
from bot.chat.scene import Scene
from bot.chat.typed import without_numbers, without_tags
from bot.chat.visits import Interaction, InteractionVisit
from corpus.errors import PassageGoneError, UsageError
from retrieval.models import Note, StatementsRequest

_MAX_TITLE = 300
# It may look like somebody's telephone number.
_RECORD_NUMBER = re.compile(r"\s*(?:\d{4}|undated)-\d{3,6}\s*", re.ASCII | re.IGNORECASE)


def statement_command(desk: Desk) -> app_commands.Command[Any, ..., None]:
    """`/statement` (`/comunicado`): by its title or number; without either the newest ones."""

    @app_commands.command(name=words("command_statement"), description=words("command_statement_about"))
    @app_commands.rename(title=words("option_title"))
    @app_commands.describe(title=words("option_title_about"))
    async def statement(interaction: Interaction, title: app_commands.Range[str, 1, _MAX_TITLE] | None = None) -> None:
        visit = InteractionVisit(interaction, desk.scene_of(interaction))
        request = StatementsRequest(title=without_tags(title or ""), limit=LISTED, locale=visit.locale)
        await desk.serve(visit, lambda scene: _find(desk, request, scene), visit.locale or "en")

    complete_options(desk, statement)
    return statement


async def open_page(desk: Desk, interaction: Interaction, press: PagePress) -> None:
    """Show a page of a statement; in a private message it may take the place of another page."""
    message = interaction.message
    in_place = press.turns and message is not None and message.flags.ephemeral
    scene = desk.scene_of(interaction, private=True)
    visit = InteractionVisit(interaction, scene, press.locale, in_place=in_place)
    await desk.serve(visit, lambda scene: _page(desk, press, scene), press.locale, pressed=True)


def _find(desk: Desk, typed: StatementsRequest, scene: Scene) -> Card:
    """The statement that is meant, or a list of those that may be."""
    request = typed if _RECORD_NUMBER.fullmatch(typed.title) else without_numbers(typed)
    found = desk.service.statements(request)
    if request.title and found.total == 1:
        only = found.statements[0]
        return _page(desk, PagePress(found.locale, 1, only.revision, only.id), scene)
    if request != typed:
        found = found.model_copy(update={"notes": (Note(code="private_number_left_out"), *found.notes)})
    return list_card(found, scene, newest=not request.title)


def _page(desk: Desk, press: PagePress, scene: Scene) -> Card:
    try:
        whole = desk.service.statement(press.id)
    except UsageError:
        raise PassageGoneError("statement", press.id) from None
    if whole.statement.revision != press.revision:
        raise PassageGoneError("revised", press.id)
    return statement_card(whole, press, scene)
