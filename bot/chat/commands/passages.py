"""
The buttons below words that are shown: in context, cite, share here.
"""

from __future__ import annotations

import discord

from bot.chat.card import Card
from bot.chat.cards.contexts import citations_card, context_card, copy_card, shared_card
from bot.chat.cards.notices import notice
from bot.chat.desk import Desk
from bot.chat.presses import PlacePress
from bot.chat.replies import post
from bot.chat.scene import Scene
from bot.chat.visits import Interaction, InteractionVisit
from retrieval.models import CitationStyle, PassageInContext, PassageRequest

_STYLES: tuple[CitationStyle, ...] = ("plain", "mla", "apa", "markdown")


async def open_passage(desk: Desk, interaction: Interaction, press: PlacePress) -> None:
    """Show words that stand in a message once more: with what is around them, as citations, or to everybody."""
    visit = InteractionVisit(interaction, desk.scene_of(interaction, private=True), press.locale)
    if press.verb == "share":
        await _share(desk, interaction, visit, press)
        return
    cards = {"context": _context, "cite": _citations}
    await desk.serve(visit, lambda scene: cards[press.verb](desk, press, scene), press.locale, pressed=True)


def _context(desk: Desk, press: PlacePress, scene: Scene) -> Card:
    return context_card(_passage(desk, press), press.locale, scene)


def _passage(desk: Desk, press: PlacePress, cite: CitationStyle | None = None) -> PassageInContext:
    request = PassageRequest(
        id=press.id, revision=press.revision, start=press.start, end=press.end, locale=press.locale, cite=cite
    )
    return desk.service.passage(request)


def _citations(desk: Desk, press: PlacePress, scene: Scene) -> Card:
    found = {style: _passage(desk, press, style).excerpt.citation or "" for style in _STYLES}
    return citations_card(found, press.locale, scene)


async def _share(desk: Desk, interaction: Interaction, visit: InteractionVisit, press: PlacePress) -> None:
    """
    Post the words into the channel: without the question, and without who asked.

    Where the bot may not write there, the member gets the words to copy.
    """
    locale = press.locale
    if not visit.scene.shareable:
        await visit.tell(notice("share_not_here", locale, private=True))
        return
    if wait := desk.shares.wait_s(visit.member):
        await visit.tell(notice("too_fast", locale, private=True, count=wait))
        return
    # Announced before it is posted: what stands in the channel cannot be taken back where the reply comes too late.
    await visit.announce()
    found = await desk.prepare(
        visit, lambda scene: (_passage(desk, press, "plain"), scene.sample), locale, pressed=True
    )
    if found is None:
        return
    passage, sample = found
    scene = desk.scene(private=False, guild=True)._replace(sample=sample)
    try:
        if not isinstance(interaction.channel, discord.abc.Messageable) or not _may_write(interaction):
            raise PermissionError
        await post(interaction.channel, shared_card(passage, locale, scene))
    except (PermissionError, discord.Forbidden, discord.NotFound):
        await visit.send(copy_card(passage.excerpt.citation or "", locale, visit.scene))
    else:
        await visit.send(notice("shared", locale, private=True))


def _may_write(interaction: Interaction) -> bool:
    """Whether the bot may post in the channel where a button was pressed."""
    may = interaction.app_permissions
    in_thread = isinstance(interaction.channel, discord.Thread)
    return may.view_channel and (may.send_messages_in_threads if in_thread else may.send_messages)
