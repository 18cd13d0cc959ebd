"""
The button "Report": a form for the member, and a message for the moderators that says what is wrong, never who asked.
"""

from __future__ import annotations

import aiohttp
import discord

from bot.chat.cards.notices import notice
from bot.chat.cards.reports import REASONS, report_card
from bot.chat.desk import Desk
from bot.chat.forms import filled_in
from bot.chat.presses import PlacePress, write_press
from bot.chat.replies import post
from bot.chat.typed import mask_numbers
from bot.chat.visits import Interaction, InteractionVisit
from bot.messages import say
from corpus.errors import PassageGoneError
from retrieval.models import PassageInContext, PassageRequest

_MAX_NOTE = 500


async def show_form(interaction: Interaction, press: PlacePress) -> None:
    """Ask what is wrong with the words; what they are stands in the form itself."""
    locale = press.locale
    form = discord.ui.Modal(title=say("report_title", locale), custom_id=write_press(press), timeout=None)
    reasons = [discord.SelectOption(label=say(f"report_{reason}", locale), value=reason) for reason in REASONS]
    form.add_item(
        discord.ui.Label(
            text=say("report_reason", locale), component=discord.ui.Select(custom_id="reason", options=reasons)
        )
    )
    note = discord.ui.TextInput[discord.ui.Modal](
        custom_id="note", style=discord.TextStyle.paragraph, required=False, max_length=_MAX_NOTE
    )
    form.add_item(
        discord.ui.Label(text=say("report_note", locale), description=say("report_note_about", locale), component=note)
    )
    # What is sent is read from the interaction, also after a restart, so discord.py need not keep the form.
    form.stop()
    await interaction.response.send_modal(form)


async def take_report(desk: Desk, interaction: Interaction, press: PlacePress) -> None:
    """Pass on to the moderators what a member found wrong: record number, reason and note, never name or question."""
    locale = press.locale
    visit = InteractionVisit(interaction, desk.scene_of(interaction, private=True), locale)
    filled = filled_in(interaction)
    reason = filled.get("reason", "")
    channel_id = desk.moderator_channel_id
    if reason not in REASONS or channel_id is None:
        await visit.tell(notice("button_unknown", locale, private=True))
        return
    if wait := desk.reports.wait_s(visit.member):
        await visit.tell(notice("too_fast", locale, private=True, count=wait))
        return
    await visit.announce()
    note = mask_numbers(filled.get("note", ""))[:_MAX_NOTE]
    found = await desk.prepare(visit, lambda scene: (_passage(desk, press), scene), locale, pressed=True)
    if found is None:
        return
    passage, scene = found
    card = report_card(press, reason, note, passage, locale, scene)
    try:
        await post(interaction.client.get_partial_messageable(channel_id), card)
    except (discord.Forbidden, discord.NotFound, aiohttp.ClientError):
        await visit.send(notice("report_not_sent", locale, private=True))
    else:
        await visit.send(notice("report_sent", locale, private=True))


def _passage(desk: Desk, press: PlacePress) -> PassageInContext | None:
    """The words that are reported; a report on what is gone since is passed on too."""
    try:
        return desk.service.passage(
            PassageRequest(id=press.id, revision=press.revision, start=press.start, end=press.end, locale=press.locale)
        )
    except PassageGoneError:
        return None
