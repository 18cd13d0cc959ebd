"""
`/quote` (`/frase`), and the buttons that search for quotes again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from discord import app_commands

from bot.chat.card import Card
from bot.chat.cards.answer import MAX_QUESTION, MOST, PAGE
from bot.chat.cards.notices import notice
from bot.chat.cards.quotes import Choice, quote_card
from bot.chat.commands.completing import complete_options
from bot.chat.commands.words import words
from bot.chat.desk import Desk, Untold
from bot.chat.presses import SearchPress
from bot.chat.scene import Scene
from bot.chat.typed import day_typed, language_of, without_numbers, without_tags
from bot.chat.visits import Interaction, InteractionVisit
from retrieval.models import Note, Order, QuoteOrder, QuoteReply, QuoteRequest
from retrieval.names import NameKind

_ORDERS: dict[Order | None, QuoteOrder] = {None: "best", "relevance": "best", "newest": "newest", "oldest": "oldest"}
_HELD: dict[QuoteOrder, Order | None] = {"best": None, "newest": "newest", "oldest": "oldest"}


async def show_quotes(
    desk: Desk, visit: InteractionVisit, request: QuoteRequest, press: SearchPress | None = None
) -> None:
    """Find quotes and show them; `press` where a button makes the search."""
    locale = visit.locale or language_of(request.about)
    await desk.serve(visit, _maker(desk, request, press), locale, pressed=press is not None)


def _maker(desk: Desk, request: QuoteRequest, press: SearchPress | None) -> Callable[[Scene], Card]:
    searched = without_numbers(request)

    def make(scene: Scene) -> Card:
        if len(request.about) > MAX_QUESTION:
            raise Untold("too_long", limit=MAX_QUESTION)
        reply = desk.service.quote(searched, today=desk.today())
        if searched != request:
            reply = reply.model_copy(update={"notes": (Note(code="private_number_left_out"), *reply.notes)})
        # What was asked in a message for everybody is not repeated there, so that nothing can read it back.
        if searched.about and not scene.private:
            return quote_card(reply, searched, scene)
        held = press or _press_of(desk, searched, reply, {})
        return quote_card(reply, searched, scene, held, _choices(desk, searched, reply))

    return make


def _press_of(
    desk: Desk, request: QuoteRequest, reply: QuoteReply, chosen: Mapping[NameKind, str]
) -> SearchPress | None:
    """What buttons hold of a search, with the names `chosen` in it; `None` where one of its names cannot be held."""
    filters = reply.filters
    speaker = chosen.get("speaker")
    organization = chosen.get("organization")
    speaker_key = desk.key("speaker", speaker or request.speaker, speaker or filters.speaker)
    organization_key = desk.key(
        "organization", organization or request.organization, organization or filters.organization
    )
    if speaker_key is None or organization_key is None:
        return None
    return SearchPress(
        "quote",
        reply.locale,
        order=_HELD[request.order],
        since=request.since or "",
        until=request.until or "",
        speaker=speaker_key,
        organization=organization_key,
    )


def _choices(desk: Desk, request: QuoteRequest, reply: QuoteReply) -> list[Choice]:
    """Those who may be meant and can be searched for by a button."""
    # An organization is only looked at once it is clear who speaks.
    kind: NameKind = "organization" if reply.filters.organization else "speaker"
    found = ((name, _press_of(desk, request, reply, {kind: name})) for name in reply.choices)
    return [Choice(name, press) for name, press in found if press is not None]


async def quote_again(desk: Desk, interaction: Interaction, press: SearchPress, about: str) -> None:
    """A button for other quotes was pressed: the same topic, "" without one, with what the button holds."""
    private = interaction.message is not None and interaction.message.flags.ephemeral
    scene = desk.scene_of(interaction, private=True)
    visit = InteractionVisit(interaction, scene, press.locale, in_place=private)
    try:
        request = QuoteRequest(
            about=about,
            speaker=desk.name("speaker", press.speaker),
            organization=desk.name("organization", press.organization),
            since=press.since or None,
            until=press.until or None,
            order=_ORDERS[press.order],
            locale=press.locale,
            limit=min(press.offset + PAGE, MOST),
        )
    except Untold as error:
        await visit.tell(notice(error.key, press.locale, private=True, **error.values))
        return
    await show_quotes(desk, visit, request, press)


def quote_command(desk: Desk) -> app_commands.Command[Any, ..., None]:
    """`/quote` (`/frase`), for servers and the bot's direct messages."""

    @app_commands.command(name=words("command_quote"), description=words("command_quote_about"))
    @app_commands.rename(
        about=words("option_about"),
        speaker=words("option_speaker"),
        organization=words("option_organization"),
        since=words("option_from"),
        until=words("option_to"),
        order=words("option_order"),
    )
    @app_commands.describe(
        about=words("option_about_about"),
        speaker=words("option_speaker_about"),
        organization=words("option_organization_about"),
        since=words("option_from_about"),
        until=words("option_to_about"),
        order=words("option_order_about"),
    )
    @app_commands.choices(
        order=[
            app_commands.Choice(name=words(f"choice_{value}"), value=value) for value in ("best", "newest", "oldest")
        ]
    )
    async def quote(
        interaction: Interaction,
        about: app_commands.Range[str, 1, MAX_QUESTION] | None = None,
        speaker: app_commands.Range[str, 1, 100] | None = None,
        organization: app_commands.Range[str, 1, 100] | None = None,
        since: app_commands.Range[str, 1, 20] | None = None,
        until: app_commands.Range[str, 1, 20] | None = None,
        order: str = "best",
    ) -> None:
        visit = InteractionVisit(interaction, desk.scene_of(interaction))
        request = QuoteRequest.model_validate(
            {
                "about": without_tags(about or ""),
                "speaker": speaker,
                "organization": organization,
                "since": day_typed(since),
                "until": day_typed(until),
                "order": order,
                "locale": visit.locale,
            }
        )
        await show_quotes(desk, visit, request)

    complete_options(desk, quote)
    return quote
