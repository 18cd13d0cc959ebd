"""
What happens when a button is pressed or a form is sent: all that is needed stands in it, so that it outlives a restart.

discord.py's own views would have to be kept in memory for each message. Here nothing is kept: what a button holds is
read (`presses.py`), and the question, where one is needed, comes from the first line of the bot's own private message.
"""

from __future__ import annotations

import discord

from bot.chat.cards.notices import notice
from bot.chat.commands.ask import answer_again
from bot.chat.commands.corpus import press_as_moderator, send_as_moderator
from bot.chat.commands.passages import open_passage
from bot.chat.commands.person import open_person
from bot.chat.commands.quote import quote_again
from bot.chat.commands.reports import show_form, take_report
from bot.chat.commands.statements import open_page
from bot.chat.desk import Desk
from bot.chat.presses import ModeratorPress, PagePress, PersonPress, PlacePress, SearchPress, read_press
from bot.chat.readback import texts_of, value_in
from bot.chat.visits import Interaction, InteractionVisit, locale_of


async def press_button(desk: Desk, interaction: Interaction, held: str) -> None:
    """Do what a button holds."""
    press = read_press(held)
    if isinstance(press, PlacePress) and press.verb == "report":
        await show_form(interaction, press)
    elif isinstance(press, PlacePress):
        await open_passage(desk, interaction, press)
    elif isinstance(press, PagePress):
        await open_page(desk, interaction, press)
    elif isinstance(press, ModeratorPress):
        await press_as_moderator(desk, interaction, press)
    elif isinstance(press, PersonPress):
        await open_person(desk, interaction, press)
    elif isinstance(press, SearchPress) and press.verb == "quote":
        # Quotes can be searched for without a topic; where there was one it can be read back.
        await quote_again(desk, interaction, press, asked_in(interaction.message))
    elif isinstance(press, SearchPress) and (question := asked_in(interaction.message)):
        await answer_again(desk, interaction, press, question)
    else:
        locale = press.locale if press else locale_of(interaction) or "en"
        visit = InteractionVisit(interaction, desk.scene_of(interaction, private=True), locale)
        await visit.tell(notice("button_unknown", locale, private=True))


async def send_form(desk: Desk, interaction: Interaction, held: str) -> None:
    """Take what somebody filled in."""
    press = read_press(held)
    if isinstance(press, ModeratorPress):
        await send_as_moderator(desk, interaction, press)
    if isinstance(press, PlacePress) and press.verb == "report":
        await take_report(desk, interaction, press)


def asked_in(message: discord.Message | None) -> str:
    """The question that the first line of the bot's own private message repeats; "" where there is none."""
    if message is None or not message.flags.ephemeral:
        return ""
    first = next(iter(texts_of(message)), "").partition("\n")[0]
    return value_in(first, "you_asked", "question")
