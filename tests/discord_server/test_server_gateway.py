"""
The gateway: sessions that break off, are resumed and are lost, seen by discord.py.
"""

from __future__ import annotations

import aiohttp
import pytest
from discord_server import payloads
from discord_server.server import DiscordServer
from discord_server.small_client import SmallClient, connected
from discord_server.state import TOKEN


def answering(client: SmallClient) -> None:
    """One command that answers at once."""
    client.command(lambda by: by.response.send_message("words"))


async def broken(server: DiscordServer, how: str) -> None:
    """End the connection in one of the ways that Discord has."""
    if how == "dropped":
        await server.drop_gateway()
    elif how == "reconnect":
        await server.request_reconnect()
    else:
        await server.invalidate_session(resumable=how == "resumable")


@pytest.mark.parametrize("how", ["dropped", "reconnect", "resumable"])
async def test_missed_events_are_replayed(how: str) -> None:
    """
    What happened while the connection was down reaches the bot when it resumes, once and in order.
    """
    async with connected(answering) as (server, client):
        await server.post("before")
        await broken(server, how)
        for text in ("first", "second"):
            await server.post(f"<@{payloads.BOT}> {text}")
        missed = await server.use_command("go")
        await server.until(lambda: server.resumed)
        await server.finished(missed)

    told = [message.content for message in client.messages if message.author.id == int(payloads.MEMBER)]
    assert told == ["", f"<@{payloads.BOT}> first", f"<@{payloads.BOT}> second"]
    assert (server.identifications, server.resumed) == (1, 1)


async def test_lost_session_is_begun_anew() -> None:
    """
    After a session that cannot be resumed the bot identifies again; what happened in between it never hears.
    """
    async with connected(answering) as (server, client):
        await server.invalidate_session()
        await server.post(f"<@{payloads.BOT}> missed")
        await server.until(lambda: server.identifications == 2)
        await server.post(f"<@{payloads.BOT}> heard")
        await server.answer_to("go")

    told = [message.content for message in client.messages if message.author.id == int(payloads.MEMBER)]
    assert told == [f"<@{payloads.BOT}> heard"]
    assert server.resumed == 0


@pytest.mark.thorough
async def test_silent_gateway_is_left() -> None:
    """
    Where heartbeats are not acknowledged the client connects anew by itself.
    """
    async with connected(answering, heartbeat_s=0.05, heartbeat_timeout=0.2) as (server, _):
        server.faults.heartbeats_acknowledged = False
        await server.until(lambda: server.resumed)
        server.faults.heartbeats_acknowledged = True
        answer = await server.answer_to("go")

    assert answer.text == "words"


@pytest.mark.parametrize(
    ("change", "resumed"),
    [({}, True), ({"session_id": "another"}, False), ({"seq": 99}, False), ({"token": "another"}, False)],
)
async def test_only_what_was_told_is_resumed(change: dict[str, object], resumed: bool) -> None:
    """
    A resume needs the token, the session and a number of an event that was sent; else the session is invalid.
    """
    async with DiscordServer() as server, aiohttp.ClientSession() as http:
        identity = {"token": TOKEN, "intents": 1, "properties": {}}
        async with http.ws_connect(server.gateway) as socket:
            await socket.receive_json()
            await socket.send_json({"op": 2, "d": identity})
            session = (await socket.receive_json())["d"]["session_id"]
            await socket.close(code=4000)
        async with http.ws_connect(server.gateway) as socket:
            await socket.receive_json()
            claim = {"token": TOKEN, "session_id": session, "seq": 1} | change
            await socket.send_json({"op": 6, "d": claim})
            told = await socket.receive_json()

    # The first event that was missed, or "invalid session".
    assert (told["op"], told.get("s")) == ((0, 2) if resumed else (9, None))


@pytest.mark.parametrize(("code", "kept"), [(1000, False), (4000, True)])
async def test_goodbye_ends_the_session(code: int, kept: bool) -> None:
    """
    A client that says goodbye has no session any more, and nobody is told what happens then; any other end keeps it.
    """
    async with DiscordServer() as server, aiohttp.ClientSession() as http:
        socket = await http.ws_connect(server.gateway)
        await socket.send_json({"op": 2, "d": {"token": TOKEN, "intents": 1 << 9, "properties": {}}})
        await server.ready()
        session = server.session
        await socket.close(code=code)
        await server.until(lambda: not server.is_connected)
        await server.post("words")

    assert session is not None
    assert server.session == (session if kept else None)


async def test_only_wanted_events_are_told() -> None:
    """
    A client that did not ask for messages hears of none.
    """
    async with DiscordServer() as server, aiohttp.ClientSession() as http, http.ws_connect(server.gateway) as socket:
        await socket.send_json({"op": 2, "d": {"token": TOKEN, "intents": 1, "properties": {}}})
        await server.ready()
        await server.post("words")
        await server.dispatch("TYPING_START", {})
        told = [(await socket.receive_json()).get("t") for _ in range(5)]

    assert told == [None, "READY", "GUILD_CREATE", "GUILD_CREATE", "TYPING_START"]
