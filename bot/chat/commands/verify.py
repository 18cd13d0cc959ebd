"""
`/verify` (`/verificar`): a quotation, word for word.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from discord import app_commands

from bot.chat.card import Card
from bot.chat.cards.verdict import verdict_card
from bot.chat.commands.ask import MAX_MESSAGE
from bot.chat.commands.completing import complete_options
from bot.chat.commands.words import words
from bot.chat.desk import Desk, Untold
from bot.chat.scene import Scene
from bot.chat.typed import language_of, lines_without_tags, without_numbers
from bot.chat.visits import Interaction, InteractionVisit
from bot.messages import describe_silence
from corpus.errors import PassageGoneError
from retrieval.models import Note, PassageRequest, Verdict, VerifyRequest
from retrieval.wording import SIZE, words_of


async def check_quotation(desk: Desk, visit: InteractionVisit, request: VerifyRequest) -> None:
    """Check a quotation and show what became of it."""
    await desk.serve(visit, _maker(desk, request), visit.locale or language_of(request.text))


def _maker(desk: Desk, request: VerifyRequest) -> Callable[[Scene], Card]:
    searched = without_numbers(request)

    def make(scene: Scene) -> Card:
        if len(request.text) > MAX_MESSAGE:
            raise Untold("too_long", limit=MAX_MESSAGE)
        if len(words_of(searched.text)) < SIZE:
            raise Untold("verify_too_short", count=SIZE)
        verdict = desk.service.verify(searched)
        if searched != request:
            verdict = verdict.model_copy(update={"notes": (Note(code="private_number_left_out"), *verdict.notes)})
        record = desk.service.overview()
        silence = describe_silence(record.statements, record.first_date, record.last_date, verdict.locale)
        return verdict_card(verdict, silence, scene, opens=_opens(desk, verdict))

    return make


def _opens(desk: Desk, verdict: Verdict) -> bool:
    """Whether a button could show the words again: not where they stand pages apart, or something private between."""
    found = verdict.found
    if found is None:
        return False
    place = PassageRequest(id=found.statement.id, revision=found.statement.revision, start=found.start, end=found.end)
    try:
        desk.service.passage(place)
    except PassageGoneError:
        return False
    return True


def verify_command(desk: Desk) -> app_commands.Command[Any, ..., None]:
    """`/verify` (`/verificar`), for servers and the bot's direct messages."""

    @app_commands.command(name=words("command_verify"), description=words("command_verify_about"))
    @app_commands.rename(text=words("option_text"), speaker=words("option_speaker"))
    @app_commands.describe(text=words("option_text_about"), speaker=words("option_claimed_about"))
    async def verify(
        interaction: Interaction,
        text: app_commands.Range[str, 1, MAX_MESSAGE],
        speaker: app_commands.Range[str, 1, 100] | None = None,
    ) -> None:
        visit = InteractionVisit(interaction, desk.scene_of(interaction))
        request = VerifyRequest(text=lines_without_tags(text), speaker=speaker, locale=visit.locale)
        await check_quotation(desk, visit, request)

    complete_options(desk, verify)
    return verify
