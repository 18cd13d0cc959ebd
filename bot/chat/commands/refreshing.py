"""
`/corpus refresh` (`actualizar`) and `/corpus rollback` (`revertir`): first what would change, then the change.

Both are done by a process of their own (`workshop.py`), and their message follows it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import aiohttp
import discord
from discord import app_commands

from bot.chat.card import Card
from bot.chat.cards.notices import notice
from bot.chat.cards.refresh import (
    Finished,
    busy_card,
    each_card,
    ended_card,
    preview_card,
    progress_card,
    result_card,
    sure_card,
)
from bot.chat.commands.words import words
from bot.chat.desk import Desk, Untold
from bot.chat.moderators import by_discord
from bot.chat.presses import ModeratorPress
from bot.chat.replies import post
from bot.chat.visits import Interaction, InteractionVisit, locale_of
from bot.chat.workshop import Job, Outcome
from retrieval.models import Language

if TYPE_CHECKING:
    from bot.curation import Report

_EDIT_S = 2.0  # between two edits of a message that follows a process
_TRY_REFRESH = ("refresh", "--dry-run", "--events")
Show = Callable[[Finished, Language], Card]


class Work(NamedTuple):
    """
    Something that takes long.

    Attributes:
        arguments: After `onrecord corpus`.
        show: What is shown when it has ended well.
        misused: What is said where it cannot be done as it was asked.
        place: What the buttons below it hold.
        clear: What is to be done when it has ended, however; blocks.
    """

    arguments: Sequence[str]
    show: Show
    misused: str = "nothing_stored"
    place: str = ""
    clear: Callable[[], None] | None = None


def refresh_command(desk: Desk) -> app_commands.Command[Any, ..., None]:
    """Read every source again, show what is new, changed or missing, and apply it when a button says so."""

    @app_commands.command(name=words("command_refresh"), description=words("command_refresh_about"))
    async def refresh(interaction: Interaction) -> None:
        visit = InteractionVisit(interaction, desk.scene_of(interaction, private=True))
        work = Work(_TRY_REFRESH, lambda found, locale: preview_card(found, "run", locale))
        await follow(desk, interaction, visit, work, locale_of(interaction) or "en")

    return refresh


def rollback_command(desk: Desk) -> app_commands.Command[Any, ..., None]:
    """Show what going back to an earlier generation would change, and go back when a button says so."""

    @app_commands.command(name=words("command_rollback"), description=words("command_rollback_about"))
    @app_commands.rename(generation=words("option_generation"))
    @app_commands.describe(generation=words("option_generation_about"))
    async def rollback(interaction: Interaction, generation: app_commands.Range[int, 1, 10**9]) -> None:
        visit = InteractionVisit(interaction, desk.scene_of(interaction, private=True))
        work = Work(
            ("rollback", str(generation), "--dry-run", "--events"),
            lambda found, locale: preview_card(found, "rollback", locale),
            "generation_unknown",
            str(generation),
        )
        await follow(desk, interaction, visit, work, locale_of(interaction) or "en")

    return rollback


async def run_refresh(desk: Desk, interaction: Interaction, press: ModeratorPress) -> None:
    """Apply a refresh; where more than a tenth is missing, only if that was accepted."""
    accepted = ("--accept-missing",) if press.verb == "accept" else ()
    work = Work(("refresh", "--events", *accepted), show_result)
    await follow(desk, interaction, _in_place(desk, interaction, press), work, press.locale)


async def run_rollback(desk: Desk, interaction: Interaction, press: ModeratorPress) -> None:
    """Go back to the generation that was previewed."""
    work = Work(("rollback", press.place, "--events"), show_result, "generation_unknown")
    await follow(desk, interaction, _in_place(desk, interaction, press), work, press.locale)


async def ask_again(desk: Desk, interaction: Interaction, press: ModeratorPress) -> None:
    """The second question, where more than a tenth would go missing."""
    visit = _in_place(desk, interaction, press)
    await desk.serve(visit, lambda _: sure_card(_kept(desk, press.place), press.locale), press.locale, pressed=True)


async def show_each(desk: Desk, interaction: Interaction, press: ModeratorPress) -> None:
    """Every statement of a report, with its reason."""
    key, turned, page = press.place.partition(".")
    visit = InteractionVisit(interaction, desk.scene_of(interaction, private=True), press.locale, in_place=bool(turned))
    await desk.serve(
        visit, lambda _: each_card(_kept(desk, key), key, int(page or 0), press.locale), press.locale, pressed=True
    )


async def stop(desk: Desk, interaction: Interaction, press: ModeratorPress) -> None:
    """End what is being done; its own message says what became of it."""
    if desk.workshop.cancel():
        await interaction.response.defer()
    else:
        await _in_place(desk, interaction, press).send(notice("work_over", press.locale, private=True))


async def follow(desk: Desk, interaction: Interaction, visit: InteractionVisit, work: Work, locale: Language) -> None:
    """Do some work in a process of its own; the reply follows it, and shows in the end what came of it."""
    workshop = desk.workshop
    await desk.go_first(visit)
    if not workshop.take(Job(interaction.user.id, desk.moderators.moment())):
        assert workshop.job is not None
        assert workshop.job.by is not None
        await visit.tell(busy_card(workshop.job.by, workshop.job.since.isoformat(), locale))
        return
    with desk.working():
        try:
            await _do(desk, interaction, visit, work, locale)
        finally:
            workshop.leave()


async def _do(desk: Desk, interaction: Interaction, visit: InteractionVisit, work: Work, locale: Language) -> None:
    following, moment = _Following(visit, locale), desk.moderators.moment
    try:
        await visit.send(progress_card(None, locale))
        arguments = [*work.arguments, "--by", by_discord(interaction.user.id)]
        outcome = await desk.workshop.run(arguments, following.tell)
    finally:
        if work.clear:
            await desk.look_up(work.clear)
    found = await desk.look_up(lambda: _finished(desk, outcome, moment().isoformat(), work.place))
    if found:
        card = work.show(found, locale)
    elif outcome.misused:
        card = notice(work.misused, locale, private=True)
    else:
        generation = await desk.look_up(lambda: _generation(desk))
        card = ended_card("work_cancelled" if outcome.cancelled else "work_failed", generation, locale)
    if not await following.show(card) and (channel := desk.moderator_channel_id):
        # A reply can be changed for a quarter of an hour; the moderators' channel takes what comes later.
        await post(interaction.client.get_partial_messageable(channel), card._replace(private=False))


class _Following:
    """A reply that follows a process."""

    def __init__(self, visit: InteractionVisit, locale: Language) -> None:
        self._visit, self._locale = visit, locale
        self._shown_at = time.monotonic()

    async def tell(self, step: dict[str, Any]) -> None:
        """Show a step, unless something was shown only a moment ago."""
        now = time.monotonic()
        if now - self._shown_at >= _EDIT_S:
            self._shown_at = now
            await self.show(progress_card(step, self._locale))

    async def show(self, card: Card) -> bool:
        """Whether the reply shows this now."""
        try:
            await self._visit.send(card)
        except (discord.HTTPException, aiohttp.ClientError, OSError):
            return False
        return True


def _finished(desk: Desk, outcome: Outcome, when: str, place: str) -> Finished | None:
    report = outcome.report
    return Finished(report, desk.moderators.keep(report), when, place) if report else None


def _generation(desk: Desk) -> int:
    return desk.moderators.curation().status().generation if desk.moderators.has_record() else 0


def _kept(desk: Desk, key: str) -> Report:
    """
    A report that was shown before.

    Raises:
        Untold: It is not kept any more.
    """
    report = desk.moderators.kept(key)
    if report is None:
        raise Untold("report_over")
    return report


def show_result(found: Finished, locale: Language) -> Card:
    """What was done; or, where too much would go missing, the question whether it is to be done all the same."""
    too_many = found.report.refused == "too_many_missing"
    return sure_card(found.report, locale) if too_many else result_card(found, locale)


def _in_place(desk: Desk, interaction: Interaction, press: ModeratorPress) -> InteractionVisit:
    return InteractionVisit(interaction, desk.scene_of(interaction, private=True), press.locale, in_place=True)
