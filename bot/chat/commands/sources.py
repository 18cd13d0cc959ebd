"""
`/corpus source` (`fuente`): what a source is called, whose it is, and how often it is read.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from discord import app_commands

from bot.chat.cards.schedule import labelled_card
from bot.chat.commands.deciding import Reason
from bot.chat.commands.words import words
from bot.chat.desk import Desk, Untold
from bot.chat.logs import describe
from bot.chat.markdown import shorten
from bot.chat.typed import without_tags
from bot.chat.visits import Interaction, InteractionVisit, locale_of
from corpus.errors import UsageError
from corpus.labels import LABELS, MAX_CHARS, Label, read_label
from corpus.store import Decision

if TYPE_CHECKING:
    from bot.curation import Labelled

log = logging.getLogger(__name__)

Words = app_commands.Range[str, 1, MAX_CHARS]
_MAX_OFFERED, _MAX_OFFER = 25, 100
# Options by their names in the code → their keys in the catalog.
_OPTIONS: dict[str, str] = {label: f"option_source_{label}" for label in LABELS}
_OPTIONS |= {"source": "option_source", "reason": "option_reason", "every": "option_every"}


def source_command(desk: Desk) -> app_commands.Command[Any, ..., None]:
    """Keep what a moderator says of a source."""

    @app_commands.command(name=words("command_source"), description=words("command_source_about"))
    @app_commands.rename(**{option: words(key) for option, key in _OPTIONS.items()})
    @app_commands.describe(**{option: words(f"{key}_about") for option, key in _OPTIONS.items()})
    async def source(
        interaction: Interaction,
        source: app_commands.Range[int, 1, 10**9],
        reason: Reason,
        name: Words | None = None,
        organization: Words | None = None,
        language: Words | None = None,
        licence: Words | None = None,
        every: Words | None = None,
    ) -> None:
        given = dict(zip(LABELS, (name, organization, language, licence, every), strict=True))
        typed = {label: line for label, value in given.items() if (line := without_tags(value or ""))}
        visit = InteractionVisit(interaction, desk.scene_of(interaction, private=True))
        decision, locale = desk.moderators.decision(interaction, without_tags(reason)), locale_of(interaction) or "en"
        await desk.go_first(visit)
        await desk.serve(
            visit, lambda _: labelled_card(_label(desk, source, typed, decision), locale), locale, pressed=True
        )

    source.autocomplete("source")(_completing(desk))
    return source


def _label(desk: Desk, number: int, typed: dict[Label, str], decision: Decision) -> Labelled:
    labels = dict(_read(label, value) for label, value in typed.items())
    if not labels:
        raise Untold("source_nothing")
    if not desk.moderators.has_record():
        raise Untold("nothing_stored")
    try:
        return desk.moderators.curation().label(number, labels, decision)
    except UsageError:
        raise Untold("source_missing", number=number) from None


def _read(label: Label, value: str) -> tuple[str, str | int | None]:
    try:
        return read_label(label, value)
    except UsageError:
        # Of the others only the length could be wrong, which Discord has looked at.
        raise Untold("source_unfit_every" if label == "every" else "source_unfit_language", words=value) from None


def _completing(desk: Desk) -> Any:
    async def offer(interaction: Interaction, current: str) -> list[app_commands.Choice[int]]:
        # What discord.py checks for the commands of a group it does not check for what they offer.
        if not await desk.moderators.admit(interaction):
            return []
        try:
            return await desk.look_up(lambda: _offers(desk, current))
        except Exception as error:
            log.warning("completing failed: %s", describe(error))
            return []

    return offer


def _offers(desk: Desk, typed: str) -> list[app_commands.Choice[int]]:
    """Sources in whose number, name or place the typed words stand."""
    named = ((one.id, f"{one.id} · {one.name or one.locator}", one.locator) for one in desk.moderators.sources())
    found = [(id, shown) for id, shown, place in named if typed.strip().lower() in f"{shown} {place}".lower()]
    return [
        app_commands.Choice(name="".join(shorten(shown, _MAX_OFFER)), value=id) for id, shown in found[:_MAX_OFFERED]
    ]
