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
    LETTERS,
    Finished,
    busy_card,
    each_card,
    ended_card,
    preview_card,
    progress_card,
    result_card,
    sure_card,
)
from bot.chat.commands.deciding import Reason
from bot.chat.commands.words import words
from bot.chat.desk import Desk, Untold
from bot.chat.markdown import escape
from bot.chat.moderators import by_discord
from bot.chat.presses import ModeratorPress, ModeratorVerb
from bot.chat.readback import texts_of, value_in
from bot.chat.replies import post
from bot.chat.typed import without_tags
from bot.chat.visits import Interaction, InteractionVisit, locale_of
from bot.chat.workshop import Job, Outcome
from bot.messages import say
from retrieval.models import Language

if TYPE_CHECKING:
    from bot.curation import Report

_EDIT_S = 2.0  # between two edits of a message that follows a process
_OPTIONS = {LETTERS["too_many_missing"]: "--accept-missing", LETTERS["golden_lost"]: "--accept-golden"}
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
        clear: What is to be done when it has ended, however, unless it waits for a second answer; blocks.
        verb: Of the button that does it although something would be lost.
        said: A line that this button reads back from the message.
    """

    arguments: Sequence[str]
    show: Show
    misused: str = "nothing_stored"
    place: str = ""
    clear: Callable[[], None] | None = None
    verb: ModeratorVerb = "accept"
    said: str = ""


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
    @app_commands.rename(generation=words("option_generation"), reason=words("option_reason"))
    @app_commands.describe(generation=words("option_generation_about"), reason=words("option_reason_about"))
    async def rollback(interaction: Interaction, generation: app_commands.Range[int, 1, 10**9], reason: Reason) -> None:
        visit = InteractionVisit(interaction, desk.scene_of(interaction, private=True))
        locale = locale_of(interaction) or "en"
        work = Work(
            ("rollback", str(generation), "--dry-run", "--events"),
            lambda found, locale: preview_card(found, "rollback", locale),
            "generation_unknown",
            str(generation),
            said=_reason_line(without_tags(reason), locale),
        )
        await follow(desk, interaction, visit, work, locale)

    return rollback


async def run_refresh(desk: Desk, interaction: Interaction, press: ModeratorPress) -> None:
    """Apply a refresh; where more than a tenth is missing or golden questions are lost, only if that was accepted."""
    # Buttons of earlier versions, which stand in messages still, accept what is missing without saying so.
    place = (press.place or f".{LETTERS['too_many_missing']}") if press.verb == "accept" else ""
    work = Work(("refresh", "--events", *accepted_in(place)), show_result, place=place)
    await follow(desk, interaction, _in_place(desk, interaction, press), work, press.locale)


async def run_rollback(desk: Desk, interaction: Interaction, press: ModeratorPress) -> None:
    """Go back to the generation that was previewed, for the reason that the message holds."""
    number, reason = press.place.partition(".")[0], read_back(interaction, "report_says", "reason")
    work = Work(
        ("rollback", number, f"--reason={reason}", "--events", *accepted_in(press.place)),
        show_result,
        "generation_unknown",
        press.place,
        verb="rollback",
        said=_reason_line(reason, press.locale),
    )
    await follow(desk, interaction, _in_place(desk, interaction, press), work, press.locale)


async def ask_again(desk: Desk, interaction: Interaction, press: ModeratorPress) -> None:
    """The second question, where more than a tenth would go missing."""
    visit = _in_place(desk, interaction, press)

    def ask(_: object) -> Card:
        return sure_card(Finished(_kept(desk, press.place), press.place, ""), press.locale)

    await desk.serve(visit, ask, press.locale, pressed=True)


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
    following, moment, outcome = _Following(visit, locale), desk.moderators.moment, None
    try:
        await visit.send(progress_card(None, locale))
        arguments = [*work.arguments, "--by", by_discord(interaction.user.id)]
        outcome = await desk.workshop.run(arguments, following.tell)
    finally:
        if work.clear and not _is_undecided(outcome):
            await desk.look_up(work.clear)
    found = await desk.look_up(lambda: _finished(desk, outcome, moment().isoformat(), work))
    if found:
        card = work.show(found, locale)
    elif outcome.misused:
        is_golden = await desk.look_up(desk.moderators.is_golden_unreadable)
        card = notice("golden_unreadable" if is_golden else work.misused, locale, private=True)
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


def _finished(desk: Desk, outcome: Outcome, when: str, work: Work) -> Finished | None:
    report = outcome.report
    return Finished(report, desk.moderators.keep(report), when, work.place, work.verb, work.said) if report else None


def _is_undecided(outcome: Outcome | None) -> bool:
    """Whether a moderator is asked a second time."""
    return outcome is not None and outcome.report is not None and outcome.report.refused in LETTERS


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
    """What was done; or, where too much would be lost, the question whether it is to be done all the same."""
    return (sure_card if found.report.refused in LETTERS else result_card)(found, locale)


def accepted_in(place: str) -> list[str]:
    """The options of what a button accepts."""
    return [_OPTIONS[letter] for letter in place.partition(".")[2] if letter in _OPTIONS]


def read_back(interaction: Interaction, key: str, name: str) -> str:
    """What the line with this sentence says in the message that a button stands in; "" without one."""
    return value_in("\n".join(texts_of(interaction.message)), key, name)


def _reason_line(reason: str, locale: Language) -> str:
    return say("report_says", locale, reason=escape(reason)) if reason else ""


def _in_place(desk: Desk, interaction: Interaction, press: ModeratorPress) -> InteractionVisit:
    return InteractionVisit(interaction, desk.scene_of(interaction, private=True), press.locale, in_place=True)
