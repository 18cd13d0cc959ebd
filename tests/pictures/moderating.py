"""
What a moderator does for a picture, step by step: a command, a button below its answer, a form that is filled in.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from discord_server import payloads
from discord_server.components import buttons
from discord_server.payloads import Json, Person
from discord_server.server import DiscordServer
from discord_server.state import Interaction
from pictures.acts import OF_DISCORD, custom_id, name_of
from pictures.record import SampleRecord
from pictures.shots import Shot

from bot.chat.client import OnRecordClient
from bot.messages import say
from retrieval.models import Language

_MODERATORS: dict[Language, Person] = {
    "en": payloads.person(8101, name="Marta", roles=(payloads.MODERATOR_ROLE,)),
    "es": payloads.person(8102, name="Ignacio", roles=(payloads.MODERATOR_ROLE,)),
}
_LONG_S = 60  # for a process that reads the sample while others work on the machine


class Seat:
    """
    A moderator before Discord, who sees one thing at a time.

    Attributes:
        server: Discord.
        bot: What is looked at.
        record: What is moderated.
        locale: Of the moderator's Discord.
    """

    def __init__(self, server: DiscordServer, bot: OnRecordClient, record: SampleRecord, locale: Language) -> None:
        self.server, self.bot, self.record, self.locale = server, bot, record, locale
        self._person = _MODERATORS[locale]
        self._command, self._message, self._modal = "", dict[str, Any](), None

    async def use(self, command: str, options: dict[str, Any]) -> None:
        """Use `/corpus …`."""
        of_discord = OF_DISCORD[self.locale]
        used = await self.server.use_command(f"corpus {command}", by=self._person, locale=of_discord, **options)
        self._command = f"/{name_of(self.server.commands, f'corpus {command}', self.locale)}"
        await self._see(used)

    async def press(self, label: str) -> None:
        """Press the button of what is seen."""
        pressed = custom_id([self._message], label)
        where = {"by": self._person, "locale": OF_DISCORD[self.locale]}
        interaction = await self.server.press(self._message, custom_id=pressed, **where)
        await self._see(interaction)

    async def send(self, typed: dict[str, str]) -> None:
        """Fill in the form that is seen, and send it."""
        assert self._modal is not None
        where = {"by": self._person, "locale": OF_DISCORD[self.locale]}
        await self._see(await self.server.submit(self._modal, typed, **where))

    def look(self, message: Json) -> None:
        """Look at a message of a channel."""
        self._command, self._message, self._modal = "", message, None

    def shot(self) -> Shot:
        """What is seen now, with the moderator's name where Discord would show it."""
        member = self._person["username"]
        message, modal = (self._named(each) for each in (self._message, self._modal and self._modal.modal))
        if modal is not None:
            return Shot(member, self.locale, modal=modal)
        return Shot(member, self.locale, self._command, message=message, uploads=self.server.uploads)

    async def _see(self, interaction: Interaction) -> None:
        await self.server.finished(interaction)
        await self._over(interaction)
        self._modal = interaction if interaction.modal is not None else None
        if interaction.shown:
            self._command = self._command if interaction.updated or interaction.pressed is None else ""
            self._message = interaction.shown[-1]

    async def _over(self, interaction: Interaction) -> None:
        """Wait until the message follows no process any more."""
        running = [say("button_stop", self.locale)]
        previewed = say("button_keep", self.locale)
        await self.server.until(
            lambda: interaction.message is None or buttons(interaction.message) not in ([previewed], running), _LONG_S
        )

    def _named(self, shown: Json | None) -> Json | None:
        text = json.dumps(shown).replace(f"<@{self._person['id']}>", f"<@{self._person['username']}>")
        named: Json | None = json.loads(self.record.shown(text))
        return named


Step = Callable[[Seat], Awaitable[None]]


def using(command: str, **options: Any) -> Step:
    """Use `/corpus …`; the names are the English ones, and what differs is given by language."""

    async def step(seat: Seat) -> None:
        await seat.use(command, _in(seat.locale, options))

    return step


def pressing(key: str, **values: Any) -> Step:
    """Press the button whose label is this sentence of the catalog."""

    async def step(seat: Seat) -> None:
        await seat.press(say(key, seat.locale, **values))

    return step


def filling(**typed: dict[Language, str] | str) -> Step:
    """Fill in the form, and send it."""

    async def step(seat: Seat) -> None:
        await seat.send(_in(seat.locale, typed))

    return step


def reported(question: str, reason: str, note: dict[Language, str]) -> Step:
    """Look at what a member has just reported: the first words of an answer."""

    async def step(seat: Seat) -> None:
        server, locale = seat.server, OF_DISCORD[seat.locale]
        asked = await server.answer_to("ask", question=question, locale=locale)
        label = say("button_report", seat.locale)
        form = await server.finished(await server.press(asked, custom_id=custom_id(asked.shown, label), locale=locale))
        await server.finished(await server.submit(form, {"reason": [reason], "note": note[seat.locale]}, locale=locale))
        seat.look(server.channels[payloads.MODERATORS].messages[-1])

    return step


def told(channel: str) -> Step:
    """Look at what the bot has told a channel of its own accord, in the language of the server."""

    async def step(seat: Seat) -> None:
        guild = payloads.guild() | {"preferred_locale": OF_DISCORD[seat.locale]}
        await seat.server.dispatch("GUILD_UPDATE", guild)
        await seat.use("status", {})  # Discord tells one thing after the other: now the bot knows the first
        await seat.bot.schedule.look()
        seat.look(seat.server.channels[channel].messages[-1])

    return step


def losing() -> Step:
    """More than a tenth of the statements is at its source no longer."""

    async def step(seat: Seat) -> None:
        seat.record.lose_some()

    return step


def _in(locale: Language, values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value[locale] if isinstance(value, dict) else value for name, value in values.items()}
