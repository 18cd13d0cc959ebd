"""
Commands, menus, buttons, selects and modals: discord.py reads what people do, and the server what it answers.
"""

from __future__ import annotations

import asyncio
import re
from typing import Any, Self

import discord
import pytest
from discord import app_commands, ui
from discord_server import payloads
from discord_server.components import buttons, links
from discord_server.small_client import SmallClient, connected
from discord_server.uploads import Upload

OTHER = payloads.person(7002)


class Page(ui.DynamicItem[ui.Button[Any]], template=r"page:(?P<number>\d+)"):
    """A button that keeps its state in its custom id."""

    def __init__(self, number: int) -> None:
        super().__init__(ui.Button(label="Next", custom_id=f"page:{number}"))
        self.number = number

    @classmethod
    async def from_custom_id(cls, interaction: discord.Interaction, item: Any, match: re.Match[str]) -> Self:
        return cls(int(match["number"]))

    async def callback(self, interaction: discord.Interaction) -> None:
        await interaction.response.edit_message(view=page(self.number + 1))


def page(number: int) -> ui.LayoutView:
    """A page of a text with a link and a button to the next."""
    row = ui.ActionRow[Any](ui.Button(label="Source", url="https://example.org/a"), Page(number))
    return layout(ui.Container(ui.TextDisplay(f"Page {number}")), row)


def layout(*items: ui.Item[Any]) -> ui.LayoutView:
    """Items below each other."""
    view = ui.LayoutView(timeout=None)
    for item in items:
        view.add_item(item)
    return view


def paged(client: SmallClient) -> None:
    client.add_dynamic_items(Page)
    client.command(lambda interaction: interaction.response.send_message(view=page(1), ephemeral=True))


async def test_options_arrive() -> None:
    """
    A sub-command gets its options with their types, and the bytes of what was attached.
    """
    got: list[object] = []
    group = app_commands.Group(name="corpus", description="The corpus.")

    @group.command(name="add", description="Adds.")
    async def add(
        interaction: discord.Interaction, title: str, count: int, loud: bool, file: discord.Attachment
    ) -> None:
        got.extend([title, count, loud, file.filename, await file.read(), interaction.user.id])
        await interaction.response.send_message("done")

    async with connected(lambda client: client.tree.add_command(group)) as (server, _):
        file = Upload("a.txt", b"words", content_type="text/plain")
        asked = await server.use_command("corpus add", by=OTHER, title="a", count=2, loud=True, file=file)
        await server.finished(asked)

    assert got == ["a", 2, True, "a.txt", b"words", 7002]
    assert asked.text == "done"
    assert server.violations == []


async def test_menus_read_their_message() -> None:
    """
    A menu on a message gets its words, although the bot may not read messages.
    """

    async def check(interaction: discord.Interaction, message: discord.Message) -> None:
        await interaction.response.send_message(f"read: {message.content} by {message.author.name}", ephemeral=True)

    menu = app_commands.ContextMenu(name="Check this", callback=check)
    async with connected(lambda client: client.tree.add_command(menu)) as (server, client):
        message = await server.post("some words", author=OTHER)
        asked = await server.finished(await server.use_menu("Check this", message, locale="es-ES"))

    assert asked.text == "read: some words by member-7002"
    assert [message.content for message in client.messages] == [""]
    assert server.violations == []


@pytest.mark.parametrize(("typed", "offered"), [("qui", ["Quiroga", "Quito"]), ("x", [])])
async def test_autocomplete_offers(typed: str, offered: list[str]) -> None:
    """
    What is typed reaches autocomplete with the other options, and its choices, or none, come back.
    """
    others: list[object] = []

    @app_commands.command(name="ask", description="Asks.")
    async def ask(interaction: discord.Interaction, about: str, speaker: str) -> None:
        raise AssertionError

    @ask.autocomplete("speaker")
    async def speakers(interaction: discord.Interaction, current: str) -> list[app_commands.Choice[str]]:
        others.append(interaction.namespace.about)
        names = [name for name in ("Quiroga", "Quito", "Arrieta") if name.lower().startswith(current)]
        return [app_commands.Choice(name=name, value=name) for name in names]

    async with connected(lambda client: client.tree.add_command(ask)) as (server, _):
        choices = await server.autocomplete("ask", "speaker", typed, about="raids")

    assert [choice["name"] for choice in choices] == offered
    assert others == ["raids"]
    assert server.violations == []


@pytest.mark.thorough
async def test_button_edits_its_message() -> None:
    """
    A button that knows its state from its custom id alone edits the message it is in; the message stays the same.
    """
    async with connected(paged) as (server, _):
        first = await server.answer_to("go")
        message, number = first.message, (first.message or {})["id"]
        second = await server.finished(await server.press(first, "Next"))
        third = await server.finished(await server.press(second, "Next"))

    assert message
    assert [answer.updated for answer in (first, second, third)] == [False, True, True]
    assert third.message is message
    assert message["id"] == number
    assert first.text == "Page 3"
    assert first.ephemeral
    assert buttons(message) == ["Source", "Next"]
    assert links(message) == {"Source": "https://example.org/a"}
    assert server.violations == []


async def test_components_are_numbered() -> None:
    """
    Every component comes back with a number of its own, and a press names the number of its button.
    """
    async with connected(paged) as (server, _):
        answer = await server.answer_to("go")
        pressed = await server.finished(await server.press(answer, custom_id="page:1"))

    container, row = answer.message["components"] if answer.message else []
    assert [container["id"], container["components"][0]["id"], row["id"]] == [1, 2, 3]
    assert pressed.payload["data"]["id"] == row["components"][1]["id"] == 5


async def test_pressed_message_tells_who_asked() -> None:
    """
    In a press the bot sees the message with its flags and with who used the command that it answers.
    """
    seen: list[object] = []

    async def look(interaction: discord.Interaction) -> None:
        assert interaction.message
        metadata = interaction.message.interaction_metadata
        seen.extend([interaction.message.flags.ephemeral, metadata and metadata.user.id, interaction.user.id])
        await interaction.response.send_message("new", ephemeral=True)

    button = ui.Button[Any](label="Look", custom_id="look")
    button.callback = look  # type: ignore[method-assign]
    shown = layout(ui.ActionRow(button))
    async with connected(lambda client: client.command(lambda by: by.response.send_message(view=shown))) as (server, _):
        answer = await server.finished(await server.use_command("go", by=OTHER))
        pressed = await server.finished(await server.press(answer, "Look", by=payloads.ASKER))

    assert seen == [False, 7002, int(payloads.MEMBER)]
    assert (pressed.text, pressed.ephemeral, pressed.updated) == ("new", True, False)
    assert server.violations == []


async def test_deferred_update_is_no_answer_yet() -> None:
    """
    A press that is only acknowledged has no message yet; it has when the message is edited.
    """
    waiting: asyncio.Queue[discord.Interaction] = asyncio.Queue()

    async def defer(interaction: discord.Interaction) -> None:
        await interaction.response.defer()
        waiting.put_nowait(interaction)

    button = ui.Button[Any](label="Wait", custom_id="wait")
    button.callback = defer  # type: ignore[method-assign]
    shown = layout(ui.ActionRow(button))
    async with connected(lambda client: client.command(lambda by: by.response.send_message(view=shown))) as (server, _):
        pressed = await server.press(await server.answer_to("go"), "Wait")
        interaction = await waiting.get()
        assert (pressed.message, pressed.deferred, pressed.finished_s) == (None, True, None)
        await interaction.edit_original_response(view=layout(ui.TextDisplay("later")))
        await server.finished(pressed)

    assert (pressed.text, pressed.updated) == ("later", True)
    assert pressed.finished_s is not None
    assert pressed.finished_s >= (pressed.first_response_s or 0) > 0


async def test_select_gives_values() -> None:
    """
    A select in a message gives the values that were chosen, and takes none that it does not have.
    """
    select = ui.Select[Any](placeholder="Which", custom_id="which", max_values=2)
    for value in ("a", "b", "c"):
        select.add_option(label=value.upper(), value=value)

    async def chosen(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("+".join(select.values))

    select.callback = chosen  # type: ignore[method-assign]
    shown = layout(ui.ActionRow(select))
    async with connected(lambda client: client.command(lambda by: by.response.send_message(view=shown))) as (server, _):
        answer = await server.answer_to("go")
        pressed = await server.finished(await server.press(answer, "Which", values=["c", "a"]))
        for values in (["d"], [], ["a", "b", "c"], None):
            with pytest.raises(AssertionError):
                await server.press(answer, "Which", values=values)

    assert pressed.text == "c+a"


class Form(ui.Modal, title="Report"):
    """A text and a choice."""

    note = ui.Label[Any](text="Note", component=ui.TextInput(custom_id="note", required=False, max_length=20))
    reason = ui.Label[Any](
        text="Reason",
        component=ui.Select(
            custom_id="reason",
            options=[discord.SelectOption(label="Wrong date", value="date"), discord.SelectOption(label="Other")],
        ),
    )

    async def on_submit(self, interaction: discord.Interaction) -> None:
        assert isinstance(self.note.component, ui.TextInput)
        assert isinstance(self.reason.component, ui.Select)
        words = f"{self.note.component.value}|{self.reason.component.values}"
        await interaction.response.edit_message(content=words, view=None)


async def test_modal_is_filled_in() -> None:
    """
    A button opens a modal; what is filled in arrives, and the answer may edit the message with the button.
    """
    button = ui.Button[Any](label="Report", custom_id="report")
    button.callback = lambda interaction: interaction.response.send_modal(Form())  # type: ignore[method-assign]
    view = ui.View(timeout=None)
    view.add_item(button)
    async with connected(lambda client: client.command(lambda by: by.response.send_message("text", view=view))) as (
        server,
        _,
    ):
        answer = await server.answer_to("go")
        opened = await server.finished(await server.press(answer, "Report"))
        sent = await server.finished(await server.submit(opened, {"note": "mine", "Reason": ["date"]}))
        refused: list[dict[str, Any]] = [{}, {"Reason": ["date"], "none": "x"}, {"Reason": ["date"], "Note": "a" * 21}]
        for typed in refused:
            with pytest.raises(AssertionError):
                await server.submit(opened, typed)

    assert (opened.modal or {})["title"] == "Report"
    assert opened.message is None
    assert sent.text == answer.text == "mine|['date']"
    assert sent.updated
    assert server.violations == []


async def test_commands_open_modals_too() -> None:
    """
    A modal that a command opens has no message to edit; its answer is a message of its own, for the same person.
    """

    class Plain(ui.Modal, title="Plain"):
        words = ui.TextInput[Any](label="Words", custom_id="words", default="before")

        async def on_submit(self, interaction: discord.Interaction) -> None:
            await interaction.response.send_message(f"{interaction.user.id}: {self.words.value}", ephemeral=True)

    async with connected(lambda client: client.command(lambda by: by.response.send_modal(Plain()))) as (server, _):
        opened = await server.finished(await server.use_command("go", by=OTHER))
        sent = await server.finished(await server.submit(opened, {}))

    assert sent.text == "7002: before"
    assert sent.ephemeral
    assert server.violations == []


async def test_only_what_is_there_can_be_used() -> None:
    """
    A test that presses what nobody sees, or uses an option that is not registered, is told so.
    """
    async with connected(paged) as (server, _):
        answer = await server.answer_to("go")
        with pytest.raises(AssertionError, match=r"no button Previous in \[\['Source', 'Next'\]\]"):
            await server.press(answer, "Previous")
        with pytest.raises(AssertionError, match="only the person who asked"):
            await server.press(answer, "Next", by=OTHER)
        with pytest.raises(AssertionError, match="has only the options"):
            await server.use_command("go", more="a")
        with pytest.raises(AssertionError, match="stay is none of go"):
            await server.use_command("stay")


@pytest.mark.parametrize(
    ("guild", "channel", "name"),
    [
        (payloads.GUILD, None, "general"),
        (payloads.GUILD, payloads.THREAD, "thread"),
        (payloads.GUILD, payloads.MODERATORS, "moderators"),
        (payloads.OTHER_GUILD, None, "general"),
        (None, None, "Direct Message with asker"),
    ],
)
async def test_places_are_told(guild: str | None, channel: str | None, name: str) -> None:
    """
    The bot sees in which server and channel a command was used: threads, moderators, a second server, directly.
    """
    seen: list[object] = []

    async def look(interaction: discord.Interaction) -> None:
        seen.extend([interaction.guild_id, str(interaction.channel)])
        await interaction.response.send_message("seen")

    async with connected(lambda client: client.command(look)) as (server, _):
        asked = await server.finished(await server.use_command("go", guild=guild, channel=channel))

    assert seen == [int(guild) if guild else None, name]
    assert server.channels[asked.payload["channel_id"]].messages == [asked.message]


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        (payloads.ASKER, ([], False)),
        (payloads.person(7003, roles=(payloads.MODERATOR_ROLE,)), ([int(payloads.MODERATOR_ROLE)], False)),
        (payloads.person(7004, administrator=True), ([], True)),
    ],
)
async def test_members_have_roles(person: payloads.Person, expected: tuple[list[int], bool]) -> None:
    """
    The bot sees the roles of who asks, and whether they are administrators.
    """
    seen: list[object] = []

    async def look(interaction: discord.Interaction) -> None:
        assert isinstance(interaction.user, discord.Member)
        roles = [role.id for role in interaction.user.roles if not role.is_default()]
        seen.append((roles, interaction.permissions.administrator))
        await interaction.response.send_message("seen")

    async with connected(lambda client: client.command(look)) as (server, _):
        await server.finished(await server.use_command("go", by=person))

    assert seen == [expected]
