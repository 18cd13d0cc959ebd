"""
What is offered while a member types into an option: names and titles of the record.

Whatever is typed in full works too, so where nothing can be offered nothing is said.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Coroutine, Iterator, Mapping
from typing import Any

from discord import app_commands

from bot.chat.desk import Desk
from bot.chat.logs import describe
from bot.chat.markdown import shorten
from bot.chat.visits import Interaction, locale_of
from bot.messages import date_in_words
from retrieval.directory import complete_name, complete_title
from retrieval.models import Directory, KnownTitle, Language

log = logging.getLogger(__name__)

Choice = app_commands.Choice[str]
Complete = Callable[[Directory, str, Language], Iterator[Choice]]

_MAX_CHARS = 100  # of what a choice shows, and of what it stands for


def complete_options(desk: Desk, command: app_commands.Command[Any, ..., None]) -> None:
    """Offer what the record holds in every option of the command that takes a speaker, an organization or a title."""
    for parameter in command.parameters:
        if parameter.name in _OPTIONS:
            command.autocomplete(parameter.name)(_completing(desk, _OPTIONS[parameter.name]))


def _completing(desk: Desk, complete: Complete) -> Callable[[Interaction, str], Coroutine[Any, Any, list[Choice]]]:
    async def offer(interaction: Interaction, current: str) -> list[Choice]:
        locale = locale_of(interaction) or "en"
        try:
            return await desk.look_up(lambda: list(complete(desk.service.directory(), current, locale)))
        except Exception as error:
            # What was typed so far is in no log.
            log.warning("completing failed: %s", describe(error))
            return []

    return offer


def _speakers(directory: Directory, typed: str, _: Language) -> Iterator[Choice]:
    return _names(complete_name(directory.speakers, typed))


def _organizations(directory: Directory, typed: str, _: Language) -> Iterator[Choice]:
    return _names(complete_name(directory.organizations, typed))


def _names(names: list[str]) -> Iterator[Choice]:
    return (app_commands.Choice(name=name, value=name) for name in names if 0 < len(name) <= _MAX_CHARS)


def _titles(directory: Directory, typed: str, locale: Language) -> Iterator[Choice]:
    for title in complete_title(directory.titles, typed):
        if len(title.id) <= _MAX_CHARS:
            yield app_commands.Choice(name=_dated(title, locale), value=title.id)


def _dated(title: KnownTitle, locale: Language) -> str:
    """The title with its date, shortened in the middle; a statement without a title by its number."""
    date = f" · {date_in_words(title.date, locale)}"
    return "".join(shorten(title.title or title.id, _MAX_CHARS - len(date))) + date


# Options by their names in the code of the commands.
_OPTIONS: Mapping[str, Complete] = {
    "speaker": _speakers,
    "name": _speakers,
    "organization": _organizations,
    "title": _titles,
    "number": _titles,
}
