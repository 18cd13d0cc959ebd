"""
What a member does for a picture: use a command, press a button below its answer, mention the bot.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from discord_server import payloads
from discord_server.components import walk
from discord_server.payloads import Json, Person
from discord_server.server import DiscordServer
from discord_server.state import Interaction
from pictures.shots import Shot

from bot.messages import say
from retrieval.models import Language

Act = Callable[[DiscordServer, Person, Language], Awaitable[Shot]]
OF_DISCORD = {"en": "en-US", "es": "es-419"}


def using(command: str, **options: str) -> Act:
    """Use a command; names of command and options as in English, `from` and `name` written `from_` and `name_`."""

    async def act(server: DiscordServer, person: Person, locale: Language) -> Shot:
        answer = await _used(server, person, locale, command, options)
        return _shot(answer, server, person, locale, command=f"/{name_of(server.commands, command, locale)}")

    return act


def pressing(key: str, command: str, **options: str) -> Act:
    """Use a command, and press the first button of its answer whose label is this sentence of the catalog."""

    async def act(server: DiscordServer, person: Person, locale: Language) -> Shot:
        answer = await _used(server, person, locale, command, options)
        pressed = await server.press(
            answer, custom_id=custom_id(answer.shown, say(key, locale)), by=person, locale=OF_DISCORD[locale]
        )
        return _shot(await server.finished(pressed), server, person, locale)

    return act


def mentioning(question: str) -> Act:
    """Write to the bot in a channel."""

    async def act(server: DiscordServer, person: Person, locale: Language) -> Shot:
        written = await server.post(f"<@{payloads.BOT}> {question}", author=person)
        reply = await server.reply_to(written)
        return Shot(person["username"], locale, wrote=question, message=reply, uploads=server.uploads)

    return act


async def _used(
    server: DiscordServer, person: Person, locale: Language, command: str, options: dict[str, Any]
) -> Interaction:
    begun = await server.use_command(command, locale=OF_DISCORD[locale], by=person, **options)
    return await server.finished(begun)


def _shot(answer: Interaction, server: DiscordServer, person: Person, locale: Language, *, command: str = "") -> Shot:
    message = answer.shown[-1] if answer.shown else None
    return Shot(person["username"], locale, command, message=message, modal=answer.modal, uploads=server.uploads)


def name_of(commands: list[Json], command: str, locale: Language) -> str:
    """What a command is called in the member's language, with group and sub-command: "corpus estado"."""
    words, below = [], commands
    for word in command.split():
        registered = next(each for each in below if each["name"] == word)
        words.append(str((registered.get("name_localizations") or {}).get(OF_DISCORD[locale], word)))
        below = registered.get("options") or []
    return " ".join(words)


def custom_id(messages: Iterable[Json], label: str) -> str:
    """Of the first button with this label."""
    buttons = [each for message in messages for each in walk(message["components"]) if each.get("label") == label]
    assert buttons, f"no button {label} below the answer"
    return str(buttons[0]["custom_id"])
