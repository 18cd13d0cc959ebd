"""
`/timeline` (`/historial`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from discord import app_commands

from bot.chat.card import Card, Picture
from bot.chat.cards.answer import MAX_QUESTION
from bot.chat.cards.timelines import timeline_card
from bot.chat.commands.completing import complete_options
from bot.chat.commands.words import words
from bot.chat.desk import Desk, Untold
from bot.chat.presses import SearchPress
from bot.chat.scene import Scene
from bot.chat.typed import language_of, without_numbers, without_tags
from bot.chat.visits import Interaction, InteractionVisit
from corpus.errors import MissingExtraError
from retrieval.models import Note, Timeline, TimelineRequest


def timeline_command(desk: Desk) -> app_commands.Command[Any, ..., None]:
    """`/timeline` (`/historial`): what was said on a topic over the years."""

    @app_commands.command(name=words("command_timeline"), description=words("command_timeline_about"))
    @app_commands.rename(
        about=words("option_about"), speaker=words("option_speaker"), organization=words("option_organization")
    )
    @app_commands.describe(
        about=words("option_about_about"),
        speaker=words("option_speaker_about"),
        organization=words("option_organization_about"),
    )
    async def timeline(
        interaction: Interaction,
        about: app_commands.Range[str, 1, MAX_QUESTION],
        speaker: app_commands.Range[str, 1, 100] | None = None,
        organization: app_commands.Range[str, 1, 100] | None = None,
    ) -> None:
        visit = InteractionVisit(interaction, desk.scene_of(interaction))
        request = TimelineRequest(
            topic=without_tags(about), speaker=speaker, organization=organization, locale=visit.locale
        )
        await desk.serve(visit, _maker(desk, request), visit.locale or language_of(request.topic))

    complete_options(desk, timeline)
    return timeline


def _maker(desk: Desk, typed: TimelineRequest) -> Callable[[Scene], Card]:
    request = without_numbers(typed)

    def make(scene: Scene) -> Card:
        if not request.topic:
            raise Untold("topic_missing")
        found = desk.service.timeline(request, today=desk.today())
        if request != typed:
            found = found.model_copy(update={"notes": (Note(code="private_number_left_out"), *found.notes)})
        passages = _press_of(desk, request, found) if scene.private else None
        return timeline_card(found, request, scene, _picture(desk, found), passages)

    return make


def _picture(desk: Desk, timeline: Timeline) -> Picture | None:
    """The chart; `None` without dated statements, or where charts cannot be drawn: the counts are in words too."""
    if not any(timeline.years.values()):
        return None
    try:
        return Picture(*desk.service.chart(timeline))
    except MissingExtraError:
        return None


def _press_of(desk: Desk, request: TimelineRequest, timeline: Timeline) -> SearchPress | None:
    """The same topic as a question; `None` where a name cannot be held."""
    speaker = desk.key("speaker", request.speaker, timeline.filters.speaker)
    organization = desk.key("organization", request.organization, timeline.filters.organization)
    if speaker is None or organization is None:
        return None
    return SearchPress("ask", timeline.locale, speaker=speaker, organization=organization)
