"""
A card on its way to Discord: as a private reply to a command, or in place below a message.
"""

from __future__ import annotations

import discord

from bot.chat.cards import Card
from retrieval.models import Language

NO_PINGS = discord.AllowedMentions.none()
_ALREADY_ANSWERED = 40060


async def respond(interaction: discord.Interaction, card: Card) -> None:
    """Answer a command, or finish the answer that was announced as coming."""
    if interaction.response.is_done():
        await interaction.edit_original_response(view=layout(card), allowed_mentions=NO_PINGS)
        return
    try:
        await interaction.response.send_message(view=layout(card), ephemeral=card.private, allowed_mentions=NO_PINGS)
    except discord.HTTPException as error:
        # The reply stands there; only its acknowledgement was lost on the way and sent again.
        if error.code != _ALREADY_ANSWERED:
            raise


async def reply(message: discord.Message, card: Card) -> None:
    """Answer below a message, without a ping, also where the message is gone by now."""
    below = message.to_reference(fail_if_not_exists=False)
    await message.channel.send(view=layout(card), reference=below, mention_author=False, allowed_mentions=NO_PINGS)


def layout(card: Card) -> discord.ui.LayoutView:
    """The card as text displays with a line between them."""
    view = discord.ui.LayoutView(timeout=None)
    for number, block in enumerate(card.blocks):
        if number:
            view.add_item(discord.ui.Separator())
        view.add_item(discord.ui.TextDisplay(block))
    # Nothing in it waits for a press, so discord.py need not keep it.
    view.stop()
    return view


def locale_of(interaction: discord.Interaction) -> Language | None:
    """Spanish where the asker's Discord is; `None` leaves it to the language of the question."""
    return "es" if interaction.locale.value.startswith("es") else None
