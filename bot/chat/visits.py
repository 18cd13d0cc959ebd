"""
Somebody who waits for an answer, whichever way the question came: a command, a button, a message.
"""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any, Protocol

import discord

from bot.chat.card import Card
from bot.chat.replies import NO_PINGS, content, edited, post
from bot.chat.scene import Scene
from bot.chat.transport import is_answered_already
from bot.chat.watching.tally import current
from retrieval.models import Language

Interaction = discord.Interaction[Any]


class Visit(Protocol):
    """
    One question and its way back.

    Attributes:
        member: Who asks.
        locale: Of the asker's Discord, where that is Spanish; `None` leaves it to the language of the question.
        scene: Where the answer will stand.
    """

    member: int
    locale: Language | None
    scene: Scene

    async def announce(self) -> None:
        """Tell the asker that an answer is coming."""
        ...

    async def send(self, card: Card) -> None:
        """Show the answer."""
        ...

    async def tell(self, card: Card) -> None:
        """Say something instead of an answer."""
        ...


class InteractionVisit:
    """
    A command or a button.

    Args:
        scene: Where the answer will stand.
        locale: Of the message that the button stands in, if it is one.
        in_place: The answer takes the place of that message.
    """

    def __init__(
        self, interaction: Interaction, scene: Scene, locale: Language | None = None, *, in_place: bool = False
    ) -> None:
        self.member = interaction.user.id
        self.locale = locale or locale_of(interaction)
        self.scene = scene
        self._interaction, self._in_place = interaction, in_place
        self._answered = interaction.response.is_done()

    async def announce(self) -> None:
        """
        Show "thinking…", or that the button was pressed.

        Whether only the asker will see the answer is decided here: what follows cannot change it.
        """
        if self._answered:
            return
        response, private = self._interaction.response, self.scene.private
        await self._first(response.defer() if self._in_place else response.defer(ephemeral=private, thinking=True))

    async def send(self, card: Card) -> None:
        """The answer, in place of "thinking…" or of the message."""
        response = self._interaction.response
        if self._answered:
            await self._interaction.edit_original_response(**edited(card), allowed_mentions=NO_PINGS)
        elif self._in_place:
            await self._first(response.edit_message(**edited(card), allowed_mentions=NO_PINGS))
        else:
            await self._first(response.send_message(**content(card), ephemeral=card.private, allowed_mentions=NO_PINGS))
        current().show()

    async def tell(self, card: Card) -> None:
        """In place of "thinking…"; a message that holds an answer stays, and another one comes below it."""
        if not self._in_place:
            await self.send(card)
        elif self._answered:
            await self._interaction.followup.send(**content(card), ephemeral=True, allowed_mentions=NO_PINGS)
        else:
            response = self._interaction.response
            await self._first(response.send_message(**content(card), ephemeral=True, allowed_mentions=NO_PINGS))
        current().tell()

    async def _first(self, response: Awaitable[object]) -> None:
        self._answered = True
        try:
            await response
        except discord.HTTPException as error:
            if not is_answered_already(error):
                raise
        current().acknowledge()


class MessageVisit:
    """A mention or a direct message, answered in place."""

    def __init__(self, message: discord.Message, scene: Scene) -> None:
        self.member = message.author.id
        self.locale: Language | None = None
        self.scene = scene
        self.reply: discord.Message | None = None
        self._message = message

    async def announce(self) -> None:
        """The bot is seen typing."""
        await self._message.channel.typing()
        current().acknowledge()

    async def send(self, card: Card) -> None:
        """A reply below the message, without a ping."""
        self.reply = await post(self._message.channel, card, below=self._message)
        current().show()

    async def tell(self, card: Card) -> None:
        """The same."""
        await self.send(card)
        current().tell()


def locale_of(interaction: Interaction) -> Language | None:
    """Spanish where the asker's Discord is; `None` leaves it to the language of the question."""
    return "es" if interaction.locale.value.startswith("es") else None
