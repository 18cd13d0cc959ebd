"""
Messages in channels and registered commands, read and written by discord.py.
"""

from __future__ import annotations

import io
from typing import Any

import discord
import pytest
from discord import app_commands
from discord_server import payloads
from discord_server.running import addresses_of
from discord_server.server import DiscordServer
from discord_server.small_client import SmallClient, connected


def channel(client: SmallClient, id: str = payloads.CHANNEL) -> discord.TextChannel | discord.Thread:
    """A channel of the first server."""
    found = client.get_channel(int(id))
    assert isinstance(found, discord.TextChannel | discord.Thread)
    return found


async def test_messages_are_read_changed_and_deleted() -> None:
    """
    The bot's own message can be read, edited and deleted; the gateway tells the bot of its own message too.
    """
    async with connected(lambda client: None) as (server, client):
        sent = await channel(client).send("before")
        await sent.edit(content="after")
        read = await channel(client).fetch_message(sent.id)
        await sent.delete()
        with pytest.raises(discord.NotFound) as refused:
            await channel(client).fetch_message(sent.id)

    assert read.content == "after"
    assert refused.value.code == 10008
    assert server.channels[payloads.CHANNEL].messages == []
    assert [message.author.id for message in client.messages] == [int(payloads.BOT)]


async def test_messages_of_others_are_theirs() -> None:
    """
    What somebody else wrote can be neither edited nor deleted.
    """
    async with connected(lambda client: None) as (server, client):
        theirs = channel(client).get_partial_message(int((await server.post("mine"))["id"]))
        for change, code in ((theirs.edit(content="yours"), 50005), (theirs.delete(), 50013)):
            with pytest.raises(discord.Forbidden) as refused:
                await change
            assert refused.value.code == code


async def test_private_messages_are_in_no_channel() -> None:
    """
    An ephemeral answer cannot be read from the channel; a public one can.
    """
    async with connected(lambda client: client.command(lambda by: by.response.send_message("a", ephemeral=True))) as (
        server,
        client,
    ):
        answer = await server.answer_to("go")
        with pytest.raises(discord.NotFound):
            await channel(client).fetch_message(int((answer.message or {})["id"]))


@pytest.mark.parametrize(
    ("place", "code"),
    [
        (payloads.CHANNEL, None),
        (payloads.THREAD, None),
        (payloads.MODERATORS, None),
        (payloads.READ_ONLY, 50013),
        (payloads.HIDDEN, 50001),
    ],
)
async def test_places_are_closed(place: str, code: int | None) -> None:
    """
    Where the bot may not write it is refused, and an interaction there and the channel itself say so beforehand.
    """
    may: list[bool] = []

    async def look(interaction: discord.Interaction) -> None:
        may.append(interaction.app_permissions.view_channel and interaction.app_permissions.send_messages)
        await interaction.response.send_message("seen", ephemeral=True)

    async with connected(lambda client: client.command(look)) as (server, client):
        await server.finished(await server.use_command("go", channel=place))
        here = channel(client, place)
        known = here.permissions_for(here.guild.me)
        try:
            await here.send("words")
            refused = None
        except discord.Forbidden as error:
            refused = error.code

    assert refused == code
    assert may == [code is None]
    assert (known.view_channel and known.send_messages) == (code is None)
    assert len(server.channels[place].messages) == (code is None)


async def test_foreign_servers_are_closed() -> None:
    """
    Where the bot is no member it can answer a command, but not write into the channel.
    """
    async with connected(lambda client: client.command(lambda by: by.response.send_message("seen"))) as (
        server,
        client,
    ):
        answer = await server.answer_to("go", guild=payloads.FOREIGN_GUILD)
        with pytest.raises(discord.Forbidden):
            await client.get_partial_messageable(int(payloads.FOREIGN_CHANNEL)).send("words")

    assert answer.text == "seen"


async def test_foreign_followups_are_few() -> None:
    """
    Where only the asker has installed the bot, it may send five further messages.
    """
    codes: list[int] = []

    async def talk(interaction: discord.Interaction) -> None:
        await interaction.response.defer(thinking=True)
        for number in range(6):
            await interaction.followup.send(str(number), ephemeral=True)
        with pytest.raises(discord.HTTPException) as refused:
            await interaction.followup.send("6")
        codes.append(refused.value.code)
        await interaction.edit_original_response(content="end")

    async with connected(lambda client: client.command(talk)) as (server, client):
        answer = await server.use_command("go", guild=payloads.FOREIGN_GUILD)
        await server.until(lambda: codes and answer.text.startswith("end"))

    assert codes == [40094]
    assert len(answer.followups) == 5
    assert client.errors == []


async def test_channels_take_files() -> None:
    """
    A file posted into a channel can be fetched from the message.
    """
    async with connected(lambda client: None) as (server, client):
        sent = await channel(client).send("chart", file=discord.File(io.BytesIO(b"bytes"), "a.png", description="A."))
        fetched = await sent.attachments[0].read()

    assert fetched == b"bytes"
    assert (sent.attachments[0].filename, sent.attachments[0].description) == ("a.png", "A.")
    assert server.violations == []


async def test_unknown_requests_are_noticed() -> None:
    """
    What this server does not know is a violation, so that a test does not pass by chance.
    """
    async with connected(lambda client: None) as (server, client):
        with pytest.raises(discord.NotFound):
            await client.fetch_user(int(payloads.MEMBER))

    assert server.violations == [f"GET /users/{payloads.MEMBER} is nothing that this server knows"]


async def test_replies_need_their_message() -> None:
    """
    A reply to a message that is gone is refused, or an ordinary message where it does not insist.
    """
    async with connected(lambda client: None) as (_, client):
        here = channel(client)
        gone: Any = {"message_id": 5, "channel_id": here.id}
        with pytest.raises(discord.HTTPException) as refused:
            await here.send("reply", reference=discord.MessageReference(**gone))
        sent = await here.send("reply", reference=discord.MessageReference(**gone, fail_if_not_exists=False))

    assert refused.value.code == 50035
    assert sent.reference is None


async def test_nonce_is_posted_once() -> None:
    """
    A message with the nonce of another is that message, as after an acknowledgement that was lost.
    """
    async with connected(lambda client: None) as (server, client):
        first, second = [await channel(client).send("words", nonce="n-1") for _ in range(2)]

    assert first.id == second.id
    assert len(server.channels[payloads.CHANNEL].messages) == 1


def translated(client: SmallClient) -> None:
    """A command with a Spanish name."""

    @app_commands.command(name=app_commands.locale_str("ask"), description="Asks.")
    async def ask(interaction: discord.Interaction) -> None:
        raise AssertionError

    client.tree.add_command(ask)


class Spanish(app_commands.Translator):
    """Every word in Spanish."""

    async def translate(
        self, string: app_commands.locale_str, locale: discord.Locale, context: app_commands.TranslationContextTypes
    ) -> str | None:
        return "pregunta" if locale is discord.Locale.spain_spanish else None


async def test_commands_keep_their_ids() -> None:
    """
    Registering the same commands again is counted and keeps their ids; translations come back only where asked for.
    """
    async with connected(translated) as (server, client):
        before = await client.tree.fetch_commands()
        await client.tree.set_translator(Spanish())
        await client.tree.sync()
        route = discord.http.Route("GET", f"/applications/{client.application_id}/commands")
        bare = await client.http.request(route)
        after = await client.http.request(route, params={"with_localizations": "true"})

    assert [command.id for command in before] == [int(command["id"]) for command in after]
    assert len(server.syncs) == 2
    assert after[0]["name_localizations"] == {"es-ES": "pregunta"}
    assert "name_localizations" not in bare[0]
    assert server.violations == []


async def test_servers_have_their_own_commands() -> None:
    """
    Commands of one server can be used there alone, beside those of every server.
    """

    def define(client: SmallClient) -> None:
        client.command(lambda by: by.response.send_message("everywhere"))

    async with connected(define) as (server, client):
        here = discord.Object(int(payloads.OTHER_GUILD))

        @client.tree.command(name="local", description="Here.", guild=here)
        async def local(interaction: discord.Interaction) -> None:
            await interaction.response.send_message("here")

        await client.tree.sync(guild=here)
        answer = await server.answer_to("local", guild=payloads.OTHER_GUILD)
        common = await server.answer_to("go", guild=payloads.OTHER_GUILD)
        with pytest.raises(AssertionError, match="local is none of go"):
            await server.use_command("local")

    assert (answer.text, common.text) == ("here", "everywhere")
    assert len(server.commands) == 1


async def test_other_tokens_are_refused() -> None:
    """
    Whoever has not the token sees nothing.
    """
    async with DiscordServer() as server, discord.Client(intents=discord.Intents.none()) as client:
        with addresses_of(server), pytest.raises(discord.LoginFailure):
            await client.login("another.token")
