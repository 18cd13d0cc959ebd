"""
A card on its way to Discord: as the answer to an interaction, or in place below a message.
"""

from __future__ import annotations

import asyncio
import io
import secrets
from collections.abc import Iterator
from typing import Any

import aiohttp
import discord

from bot.chat.card import MAX_ROW, Block, Button, Card
from bot.chat.markdown import shorten

NO_PINGS = discord.AllowedMentions.none()
_PICTURE = "chart.png"
_ATTEMPTS = 4
_PAUSE_S = 0.2


async def post(channel: discord.abc.Messageable, card: Card, below: discord.Message | None = None) -> discord.Message:
    """
    Post a card into a channel, without a ping; perhaps below a message, also where that is gone by now.

    Sent again when the connection drops: by its nonce Discord knows a message that has arrived already.
    """
    more: dict[str, Any] = {"nonce": secrets.token_hex(12)}
    if below is not None:
        more |= {"reference": below.to_reference(fail_if_not_exists=False), "mention_author": False}
    for attempt in range(_ATTEMPTS):
        try:
            return await channel.send(**content(card), **more, allowed_mentions=NO_PINGS)
        except (aiohttp.ClientConnectionError, discord.DiscordServerError, OSError):
            if attempt == _ATTEMPTS - 1:
                raise
            await asyncio.sleep(_PAUSE_S * 2**attempt)
    raise AssertionError


def content(card: Card) -> dict[str, Any]:
    """A card as arguments of discord.py's methods that send a message."""
    files = [_file(card)] if card.picture else []
    return {"view": layout(card), **({"files": files} if files else {})}


def edited(card: Card) -> dict[str, Any]:
    """A card as arguments of discord.py's methods that edit a message."""
    return {"view": layout(card), "attachments": [_file(card)] if card.picture else []}


def layout(card: Card) -> discord.ui.LayoutView:
    """The card as text displays and rows of buttons, with a line between its blocks."""
    view = discord.ui.LayoutView(timeout=None)
    for number, block in enumerate(card.blocks):
        if number and block.text:
            view.add_item(discord.ui.Separator())
        if block.text:
            view.add_item(discord.ui.TextDisplay(block.text))
        if number == 0 and card.picture:
            view.add_item(_gallery(card))
        for row in _rows(block):
            view.add_item(row)
    # What a button does stands in it (`presses.py`), so discord.py need not keep the view.
    view.stop()
    return view


def _rows(block: Block) -> Iterator[discord.ui.ActionRow[discord.ui.LayoutView]]:
    for start in range(0, len(block.buttons), MAX_ROW):
        yield discord.ui.ActionRow(*map(_button, block.buttons[start : start + MAX_ROW]))


def _button(button: Button) -> discord.ui.Button[discord.ui.LayoutView]:
    if button.url:
        return discord.ui.Button(style=discord.ButtonStyle.link, label=button.label, url=button.url)
    return discord.ui.Button(style=discord.ButtonStyle.secondary, label=button.label, custom_id=button.press)


def _gallery(card: Card) -> discord.ui.MediaGallery[discord.ui.LayoutView]:
    assert card.picture is not None
    shown = discord.MediaGalleryItem(f"attachment://{_PICTURE}", description="".join(shorten(card.picture.text, 256)))
    return discord.ui.MediaGallery(shown)


def _file(card: Card) -> discord.File:
    assert card.picture is not None
    return discord.File(io.BytesIO(card.picture.png), _PICTURE, description="".join(shorten(card.picture.text, 1024)))
