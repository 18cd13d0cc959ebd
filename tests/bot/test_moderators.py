"""
Who may moderate: every command, button and form is refused to everybody else, whatever Discord itself allows.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any, get_args

import pytest
from discord_server import payloads
from discord_server.components import walk
from discord_server.payloads import Json, Person
from discord_server.running import running_bot
from discord_server.server import DiscordServer
from discord_server.state import Interaction
from discord_server.uploads import Upload
from moderating import ADMINISTRATOR, BY_ID, BY_ROLE, MEMBER, Record

from bot.chat.presses import ModeratorPress, ModeratorVerb, write_press

OTHER_SERVER = {"guild": payloads.OTHER_GUILD}
DIRECT: dict[str, str | None] = {"guild": None}
REFUSED: dict[str, tuple[Person, dict[str, str | None]]] = {
    "member": (MEMBER, {}),
    "administrator": (ADMINISTRATOR, {}),
    "member directly": (MEMBER, DIRECT),
    "administrator directly": (ADMINISTRATOR, DIRECT),
    "role directly": (BY_ROLE, DIRECT),
}
ELSEWHERE = {"role": BY_ROLE, "id": BY_ID}
# An option that has to be given, by its type.
GIVEN: dict[int, Any] = {3: "2013-001", 4: 1, 11: Upload("new.txt", b"A word about the well")}
SENTENCE = {"en-US": "Only the moderators of this record can do this.", "es-419": "Solo quienes moderan"}


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Record:
    """Three statements; nobody who is refused changes them."""
    return Record(tmp_path_factory.mktemp("record"))


@pytest.fixture
async def server(record: Record) -> AsyncIterator[DiscordServer]:
    """Discord with the bot, in two servers of which one has moderators."""
    async with running_bot(record.service(), settings=record.settings()) as server:
        yield server
    assert record.curation.status().generation == 1
    assert record.actions() == [("add", None, "", "terminal")]


def commands(server: DiscordServer) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every command below `/corpus`, with the options that it needs."""
    group = next(command for command in server.commands if command["name"] == "corpus")
    for command in group["options"]:
        needed = [option for option in command.get("options") or [] if option.get("required")]
        yield f"corpus {command['name']}", {option["name"]: GIVEN[option["type"]] for option in needed}


def check_refused(refused: Interaction, locale: str = "en-US") -> None:
    assert refused.ephemeral
    assert refused.text.startswith(SENTENCE[locale])
    assert "\n" not in refused.text
    assert refused.modal is None


@pytest.mark.parametrize("locale", SENTENCE)
@pytest.mark.parametrize("who", REFUSED)
async def test_commands_are_refused(server: DiscordServer, who: str, locale: str) -> None:
    """
    No command of moderators does anything for somebody else; one private line says so.
    """
    person, where = REFUSED[who]
    for name, options in commands(server):
        used = await server.use_command(name, locale=locale, by=person, **where, **options)
        check_refused(await server.finished(used), locale)


@pytest.mark.parametrize("who", ELSEWHERE)
async def test_moderators_of_another_server_are_refused(record: Record, server: DiscordServer, who: str) -> None:
    """
    In a server that the settings do not name, no moderator is one.
    """
    for name, options in commands(server):
        used = await server.finished(await server.use_command(name, by=ELSEWHERE[who], **OTHER_SERVER, **options))
        assert used.ephemeral
        assert used.text == "This bot does not answer in this server."


@pytest.mark.thorough
async def test_buttons_are_refused(server: DiscordServer) -> None:
    """
    A moderator's button in a message that everybody sees does nothing for a member or an administrator.
    """
    shown = await answered(server)
    button = next(part for part in walk(shown["components"]) if "custom_id" in part)
    for verb in get_args(ModeratorVerb):
        button["custom_id"] = held(verb)
        for person in (MEMBER, ADMINISTRATOR):
            check_refused(await server.finished(await server.press(shown, custom_id=held(verb), by=person)))


@pytest.mark.thorough
async def test_forms_are_refused(server: DiscordServer) -> None:
    """
    A moderator's form that somebody else sends changes nothing.
    """
    shown = await answered(server)
    report = next(part["custom_id"] for part in walk(shown["components"]) if part.get("label") == "Report")
    opened = await server.finished(await server.press(shown, custom_id=report, by=MEMBER))
    assert opened.modal is not None
    for verb in get_args(ModeratorVerb):
        opened.modal["custom_id"] = held(verb)
        check_refused(await server.finished(await server.submit(opened, {"reason": ["date"]})))


@pytest.mark.parametrize(("person", "where"), [(BY_ROLE, {}), (BY_ID, {}), (BY_ID, DIRECT)])
async def test_moderators_may(server: DiscordServer, person: Person, where: dict[str, str | None]) -> None:
    """
    A role is enough in the server, an id also in direct messages.
    """
    shown = await server.finished(await server.use_command("corpus status", by=person, **where))

    assert shown.text.startswith("Generation 1: 3 statements.")


@pytest.mark.parametrize("person", [BY_ROLE, BY_ID, ADMINISTRATOR])
async def test_without_servers_nobody_may(record: Record, person: Person) -> None:
    """
    Where the settings name no server, nobody moderates in Discord: not in a server, not in direct messages.
    """
    async with running_bot(record.service(), settings=record.settings(server_ids="")) as server:
        for where in ({}, DIRECT, OTHER_SERVER):
            check_refused(await server.finished(await server.use_command("corpus status", by=person, **where)))


async def test_discord_shows_the_commands_to_few(server: DiscordServer) -> None:
    """
    Discord itself offers the group only to those who may manage messages, as a courtesy to everybody else.
    """
    group = next(command for command in server.commands if command["name"] == "corpus")

    assert int(group["default_member_permissions"]) == 1 << 13


def held(verb: ModeratorVerb) -> str:
    return write_press(ModeratorPress(verb, "en", "2013-001"))


async def answered(server: DiscordServer) -> Json:
    """A message of the bot that everybody in the channel sees."""
    return await server.reply_to(await server.post(f"<@{payloads.BOT}> orchard walk"))
