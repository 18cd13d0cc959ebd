"""
What discord.py may do with an interaction, and when Discord refuses it.
"""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import discord
import pytest
from discord import ui
from discord_server.components import walk
from discord_server.server import DiscordServer
from discord_server.small_client import connected
from discord_server.state import Interaction
from discord_server.uploads import MAX_BYTES, Upload

PICTURE = b"\x89PNG of the tests"


@asynccontextmanager
async def asked(**options: Any) -> AsyncIterator[tuple[DiscordServer, Interaction, discord.Interaction]]:
    """A command that was used and is not answered yet: what its person sees, and what the bot holds."""
    taken: asyncio.Queue[discord.Interaction] = asyncio.Queue()
    async with connected(lambda client: client.command(taken.put)) as (server, _):
        interaction = await server.use_command("go", **options)
        yield server, interaction, await taken.get()


def words(text: str) -> ui.LayoutView:
    """A text in components of version 2."""
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.TextDisplay(text))
    return view


def file(data: bytes = PICTURE, description: str | None = "A chart.") -> discord.File:
    """A picture to send."""
    return discord.File(io.BytesIO(data), filename="chart.png", description=description)


def picture() -> ui.LayoutView:
    """A text above the picture that is sent with it."""
    view = words("chart")
    view.add_item(ui.MediaGallery(discord.MediaGalleryItem("attachment://chart.png", description="A chart.")))
    return view


@pytest.mark.parametrize("private", [True, False])
async def test_deferred_reply_keeps_its_privacy(private: bool) -> None:
    """
    The first message after "thinking…" finishes it, as private or public as it was, whatever the message says.
    """
    async with asked() as (server, seen, interaction):
        await interaction.response.defer(ephemeral=private, thinking=True)
        assert (seen.deferred, seen.ephemeral, seen.message) == (True, private, None)
        first = await interaction.followup.send(view=words("first"), ephemeral=not private, wait=True)
        second = await interaction.followup.send(view=words("second"), ephemeral=not private, wait=True)

    assert seen.message is not None
    assert [first.flags.ephemeral, second.flags.ephemeral] == [private, not private]
    assert first.id == int(seen.message["id"])
    assert seen.text == "first\nsecond"
    assert len(server.channels[seen.payload["channel_id"]].messages) == 1
    assert server.violations == []


async def test_original_is_read_changed_and_deleted() -> None:
    """
    The response can be read, edited and deleted; afterwards there is none.
    """
    async with asked() as (server, seen, interaction):
        await interaction.response.send_message("before", ephemeral=True)
        assert (await interaction.original_response()).content == "before"
        await interaction.edit_original_response(content="after")
        assert seen.text == "after"
        await interaction.delete_original_response()
        with pytest.raises(discord.NotFound) as refused:
            await interaction.edit_original_response(content="late")

    assert seen.message is None
    assert refused.value.code == 10008
    assert server.violations == []


async def test_followups_are_changed_and_deleted() -> None:
    """
    A further message can be edited and deleted by its number.
    """
    async with asked() as (server, seen, interaction):
        await interaction.response.send_message("first")
        more = await interaction.followup.send("more", ephemeral=True, wait=True)
        await interaction.followup.edit_message(more.id, content="changed")
        assert seen.text == "first\nchanged"
        await interaction.followup.delete_message(more.id)

    assert seen.text == "first"
    assert seen.followups == []
    assert server.violations == []


async def test_second_response_is_refused() -> None:
    """
    An interaction is responded to once.
    """
    async with asked() as (_, seen, interaction):
        await interaction.response.send_message("first")
        interaction.response._response_type = None
        with pytest.raises(discord.HTTPException) as refused:
            await interaction.response.send_message("second")

    assert refused.value.code == 40060
    assert seen.text == "first"


async def test_late_response_is_refused() -> None:
    """
    After three seconds without a response Discord does not know the interaction any more.
    """
    async with asked(asked_s_ago=3.1) as (_, seen, interaction):
        with pytest.raises(discord.NotFound) as refused:
            await interaction.response.send_message("late")

    assert refused.value.code == 10062
    assert seen.message is None


async def test_token_expires() -> None:
    """
    After fifteen minutes a token is worth nothing; until then it can be used.
    """
    async with asked() as (_, seen, interaction):
        await interaction.response.defer(thinking=True)
        seen.offset_s = 899
        await interaction.edit_original_response(content="in time")
        seen.offset_s = 901
        for late in (interaction.edit_original_response(content="late"), interaction.followup.send("late")):
            with pytest.raises(discord.HTTPException) as refused:
                await late
            assert (refused.value.status, refused.value.code) == (401, 50027)

    assert seen.text == "in time"


async def test_followup_before_response_is_refused() -> None:
    """
    There is nothing to follow before the first response.
    """
    async with asked() as (_, _, interaction):
        with pytest.raises(discord.NotFound) as refused:
            await interaction.followup.send("early")

    assert refused.value.code == 10015


async def test_commands_have_no_message_to_update() -> None:
    """
    A command cannot be answered by editing a message, as there is none.
    """
    async with asked() as (server, seen, interaction):
        interaction.type = discord.InteractionType.component
        with pytest.raises(discord.HTTPException) as refused:
            await interaction.response.edit_message(content="what?")

    assert refused.value.code == 50035
    assert seen.first_response_s is None
    assert server.violations == ["response 7 to an interaction 2"]


async def test_deferring_takes_no_other_flag() -> None:
    """
    Of a response that is to come only its privacy is said beforehand.
    """
    async with asked() as (server, _, interaction):
        flags = discord.MessageFlags(ephemeral=True, components_v2=True).value
        await interaction._state.http.request(
            discord.http.Route("POST", f"/interactions/{interaction.id}/{interaction.token}/callback"),
            json={"type": 5, "data": {"flags": flags}},
        )

    assert len(server.violations) == 1
    assert "only the ephemeral flag" in server.violations[0]


async def test_version_two_does_not_go_back() -> None:
    """
    Content is refused in a message of components of version 2, also when it is edited later.
    """
    async with asked() as (server, _, interaction):
        await interaction.response.send_message(view=words("text"))
        assert server.violations == []
        await interaction.edit_original_response(content="content")

    assert server.violations == ["content, embeds or a poll beside components of version 2"]


async def test_files_are_sent_and_shown() -> None:
    """
    A file arrives with its bytes and its description, and the component that shows it names where it is.
    """
    async with asked() as (server, seen, interaction):
        await interaction.response.send_message(view=picture(), file=file(), ephemeral=True)
        message = await interaction.original_response()
        fetched = await message.attachments[0].read()
        gallery = next(component for component in walk((seen.message or {})["components"]) if component["type"] == 12)

    assert seen.files == [Upload("chart.png", PICTURE, "A chart.")]
    assert fetched == PICTURE
    assert gallery["items"][0]["media"]["url"] == message.attachments[0].url
    assert server.violations == []


async def test_files_come_and_go_by_editing() -> None:
    """
    An edit after "thinking…" may bring a file, and a later one take it away.
    """
    async with asked() as (server, seen, interaction):
        await interaction.response.defer(ephemeral=True, thinking=True)
        await interaction.edit_original_response(view=picture(), attachments=[file()])
        assert [upload.data for upload in seen.files] == [PICTURE]
        await interaction.edit_original_response(view=words("no chart"), attachments=[])

    assert seen.files == []
    assert seen.text == "no chart"
    assert server.violations == []


@pytest.mark.parametrize(
    ("view", "files", "problem"),
    [
        (picture(), [], "attachment://chart.png was not sent"),
        (words("no chart"), [file()], "chart.png is not shown"),
        (picture(), [file(description="a" * 1025)], "description of 'chart.png' is over 1024 characters"),
    ],
)
async def test_files_are_checked(view: ui.LayoutView, files: list[discord.File], problem: str) -> None:
    """
    A file that is shown and was not sent, or sent and not shown, or described at too great length, is noticed.
    """
    async with asked() as (server, _, interaction):
        await interaction.response.send_message(view=view, files=files)

    assert problem in server.violations


@pytest.mark.thorough
async def test_large_files_are_refused() -> None:
    """
    More than 10 MiB do not fit.
    """
    async with asked() as (server, seen, interaction):
        with pytest.raises(discord.HTTPException) as refused:
            await interaction.response.send_message(view=picture(), file=file(b"a" * (MAX_BYTES + 1)))

    assert (refused.value.status, refused.value.code) == (413, 40005)
    assert seen.message is None
    assert server.violations == ["files of more than 10 MiB"]


async def test_times_are_kept() -> None:
    """
    The server knows when an answer began and when the last of it was there.
    """
    async with asked() as (_, seen, interaction):
        await interaction.response.defer(thinking=True)
        began, finished = seen.first_response_s, seen.finished_s
        await interaction.edit_original_response(content="end")

    assert finished is None
    assert seen.first_response_s == began
    assert seen.finished_s is not None
    assert seen.finished_s > (began or 0) > 0
