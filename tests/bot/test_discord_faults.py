"""
When the way between bot and Discord is bad, everybody is still answered, or told honestly; and once, not twice.
"""

from __future__ import annotations

import asyncio
import itertools

import pytest
from discord_server import payloads
from discord_server.components import shown_text, walk
from discord_server.running import a_setting, connected_bot, running_bot
from discord_server.server import DiscordServer
from discord_server.state import Interaction
from fakes_chat import FakeService

from bot.chat.client import Patience

# Every fifth request: an error, a connection that breaks before, and one that breaks after the request was handled.
BAD = {"502": 0.1, "reset_before": 0.05, "reset_after": 0.05}
COMMANDS = [
    ("ask", {"question": "raids"}),
    ("quote", {"about": "raids"}),
    ("verify", {"text": "Night raids must end."}),
    ("timeline", {"about": "raids"}),
    ("statement", {}),
    ("person", {"name_": "Marta Quiroga"}),
    ("help", {}),
]
_people = itertools.count(500)


@pytest.mark.thorough
@pytest.mark.parametrize("patience", [Patience(), Patience(announce_s=0)])
async def test_bad_connections_lose_nobody(patience: Patience) -> None:
    """
    With a fifth of all requests failing, every command and button ends with its answer, announced or not.
    """
    async with running_bot(FakeService(), patience=patience) as server:
        server.faults.where = lambda method, path: "/commands" not in path
        server.faults.shares = dict(BAD)
        used = [
            await server.use_command(name, by=payloads.person(next(_people)), **options)  # type: ignore[arg-type]
            for name, options in COMMANDS * 8
        ]
        done = [await server.finished(one) for one in used]
        pressed = [await server.finished(await server.press(one, custom_id=_first_button(one))) for one in done[::7]]
        failed = sum(request.fault is not None for request in server.requests)

    assert all(one.text for one in [*done, *pressed])
    assert all("Night raids" in one.text for one in pressed)
    assert failed > len(done) / 10


@pytest.mark.thorough
async def test_bad_connections_post_nothing_twice() -> None:
    """
    A reply to a mention arrives once, also where only the news of its arrival was lost.
    """
    async with running_bot(FakeService()) as server:
        server.faults.where = lambda method, path: path.endswith("/messages")
        server.faults.shares = {"reset_before": 0.1, "reset_after": 0.3}
        asked = [
            await server.post(f"<@{payloads.BOT}> raids", author=payloads.person(next(_people))) for _ in range(12)
        ]
        replies = [await server.reply_to(message) for message in asked]
        await asyncio.sleep(1)
        posted = [message for message in server.channels[payloads.CHANNEL].messages if message["author"]["bot"]]

    assert all("Night raids must end." in shown_text(reply) for reply in replies)
    assert len(posted) == len(asked)


@pytest.mark.thorough
async def test_rate_limits_are_waited_for() -> None:
    """
    Where Discord says to wait, the bot waits as long and then answers.
    """
    async with running_bot(FakeService(), patience=Patience(announce_s=0)) as server:
        server.faults.plan("429", path="/webhooks/", times=2)
        answer = await server.answer_to("ask", question="raids")

    assert "Night raids must end." in answer.text


@pytest.mark.thorough
async def test_lost_sessions_are_begun_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    After a dropped connection, a request to reconnect and a session that Discord has forgotten, members are answered.
    """

    async def at_once(*_: object, **__: object) -> None:
        """discord.py waits five seconds before it identifies again."""

    async with DiscordServer() as server, connected_bot(server, FakeService()) as client:
        monkeypatch.setattr(client, "before_identify_hook", at_once)
        for lose in (server.drop_gateway, server.request_reconnect, server.invalidate_session):
            before = server.identifications + server.resumed
            await lose()
            await server.until(lambda before=before: server.identifications + server.resumed > before)
            answer = await server.answer_to("ask", question="raids", by=payloads.person(next(_people)))
            assert "Night raids must end." in answer.text
    assert server.violations == []


async def test_what_was_missed_is_answered() -> None:
    """
    A command used while the connection was down is answered after it is resumed.
    """
    async with running_bot(FakeService()) as server:
        await server.drop_gateway()
        used = await server.use_command("ask", question="raids")
        answer = await server.finished(used)

    assert server.resumed
    assert "Night raids must end." in answer.text


async def test_nothing_new_is_begun_while_closing() -> None:
    """
    When the bot is told to stop it finishes what it has begun, and tells those who come later.
    """
    async with DiscordServer() as server, connected_bot(server, FakeService(), settings=a_setting()) as client:
        await client.desk.finish(1)
        answer = await server.answer_to("ask", question="raids")

    assert answer.text == "The bot is restarting. Please ask again in a minute."


def _first_button(shown: Interaction) -> str:
    held = (part.get("custom_id") for part in walk((shown.message or {})["components"]))
    return next(str(one) for one in held if one)
