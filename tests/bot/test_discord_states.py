"""
What the bot does around an answer: who is answered, what is private, what happens when a search is slow or fails.

Real client, real sockets, a fake service. `running_bot` ends with a check of every request.
"""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import pytest
from discord_server import payloads
from discord_server.components import walk
from discord_server.limits import shown_text
from discord_server.running import (
    TODAY,
    a_setting,
    ask_by_command,
    ask_by_mention,
    ask_directly,
    connected_bot,
    running_bot,
)
from discord_server.server import DiscordServer
from fakes_chat import FakeService

from bot.chat.client import OnRecordClient, Patience
from bot.service import Service
from corpus.errors import BadDateError, ReversedDatesError

COMMANDS = {
    "ask": "preguntar",
    "quote": "frase",
    "verify": "verificar",
    "timeline": "historial",
    "statement": "comunicado",
    "person": "persona",
    "help": "ayuda",
    "corpus": "corpus",
    "Verify this quote": "Verificar esta cita",
    "Find in the statements": "Buscar en los comunicados",
}
HASTY = Patience(announce_s=0.05, give_up_s=30)


async def test_filters_reach_the_service() -> None:
    """
    The options of `/ask` arrive as they were typed, and the day comes from the client's clock.
    """
    service = FakeService()
    async with running_bot(service) as server:
        options = {"speaker": "Quiroga", "organization": "PCN", "from_": "2012", "to": "2014-09", "language": "es"}
        await server.answer_to("ask", question="raids", locale="es-ES", **options)

    asked = service.asked[0]
    assert (asked.speaker, asked.organization, asked.language, asked.locale) == ("Quiroga", "PCN", "es", "es")
    assert (asked.since, asked.until) == ("2012", "2014-09")
    assert service.days == [TODAY]


@pytest.mark.parametrize("public", [False, True])
async def test_replies_to_commands_are_private(public: bool) -> None:
    """
    Replies to commands are shown to the asker alone; where a setting makes them public, the question is left out.
    """
    async with running_bot(FakeService(), settings=a_setting(public_replies=public)) as server:
        answer = await server.answer_to("ask", question="raids?")

    assert answer.ephemeral is not public
    assert ("You asked: “raids?”" in answer.text) is not public


async def test_commands_are_registered_in_both_languages() -> None:
    """
    Every command has its Spanish name and works in servers and the bot's direct messages, installed to servers, without
    intents that need Discord's approval.
    """
    async with DiscordServer() as server, connected_bot(server, FakeService()):
        commands = {command["name"]: command for command in server.commands}
        identity = server.identified or {}

    assert len(server.syncs) == 1
    spanish = {name: command["name_localizations"] for name, command in commands.items()}
    assert {name: words["es-ES"] for name, words in spanish.items()} == COMMANDS
    assert all(words["es-ES"] == words["es-419"] for words in spanish.values())
    assert all((one["contexts"], one["integration_types"]) == ([0, 1], [0]) for one in commands.values())
    names = {option["name"]: option["name_localizations"]["es-ES"] for option in commands["ask"]["options"]}
    assert names == {
        "question": "pregunta",
        "speaker": "persona",
        "organization": "organizacion",
        "from": "desde",
        "to": "hasta",
        "language": "idioma",
    }
    assert identity["intents"] == 1 << 0 | 1 << 9 | 1 << 12


@pytest.mark.thorough
async def test_commands_are_registered_only_when_they_changed() -> None:
    """
    A start that finds its own commands at Discord does not register them again; one that finds others does.
    """
    async with DiscordServer() as server:
        for _ in range(2):
            async with connected_bot(server, FakeService()):
                pass
        assert len(server.syncs) == 1
        server.commands[0]["description"] = "Something else"
        async with connected_bot(server, FakeService()):
            pass
        assert len(server.syncs) == 2


@pytest.mark.thorough
async def test_slow_search_blocks_nobody() -> None:
    """
    While a search takes long, the asker sees that an answer is coming, others are answered, and heartbeats go on.
    """
    gate = threading.Event()
    async with running_bot(FakeService(gate=gate), patience=HASTY, heartbeat_s=0.05) as server:
        slow = await server.use_command("ask", question="slow one")
        await server.until(lambda: slow.deferred)
        beats = server.heartbeats
        quick = await server.answer_to("ask", question="quick one")
        await server.until(lambda: server.heartbeats >= beats + 3)
        assert slow.message is None
        gate.set()
        await server.until(lambda: slow.message)

    assert "Night raids must end." in slow.text
    assert slow.ephemeral
    assert "Night raids must end." in quick.text


async def test_slow_mention_shows_typing() -> None:
    """
    A slow answer to a mention is announced by typing, and still arrives.
    """
    gate = threading.Event()
    async with running_bot(FakeService(gate=gate), patience=HASTY) as server:
        message = await server.post(f"<@{payloads.BOT}> slow one")
        await server.until(lambda: server.channels[payloads.CHANNEL].typing)
        gate.set()
        reply = await server.reply_to(message)

    assert "Night raids must end." in shown_text(reply)


async def test_too_slow_is_said() -> None:
    """
    A search that does not end is given up with an honest message.
    """
    gate = threading.Event()
    async with running_bot(FakeService(gate=gate), patience=Patience(0.01, 0.05)) as server:
        answer = await server.answer_to("ask", question="slow one")
        gate.set()

    assert answer.text.startswith("This took too long on our side (code ")


async def test_too_many_searches_are_refused() -> None:
    """
    Only so many searches wait at a time; the next one is refused at once instead of piling up.
    """
    gate, announced = threading.Event(), asyncio.Event()

    async def announce() -> None:
        announced.set()

    async with OnRecordClient(a_setting(), FakeService(), patience=Patience(0, 30)) as client:
        waiting = [asyncio.create_task(client.run_blocking(gate.wait, when_slow=announce)) for _ in range(64)]
        await announced.wait()
        with pytest.raises(asyncio.QueueFull):
            await client.run_blocking(gate.wait, when_slow=announce)
        gate.set()
        assert all(await asyncio.gather(*waiting))


@pytest.mark.parametrize(
    ("locale", "words"),
    [("en-US", "Something failed on our side (code "), ("es-ES", "Algo falló de nuestro lado (código ")],
)
async def test_failure_is_told_honestly(locale: str, words: str) -> None:
    """
    When the search fails, the asker alone reads that it is our fault, with a code, in their language.
    """
    async with running_bot(FakeService(error=RuntimeError("broken"))) as server:
        answer = await server.answer_to("ask", locale=locale, question="raids")

    assert answer.text.startswith(words)
    assert answer.ephemeral


async def test_failure_is_told_below_a_mention() -> None:
    """
    When the search for a mention fails, the reply says so in the question's language.
    """
    async with running_bot(FakeService(error=RuntimeError("broken"))) as server:
        text = await ask_by_mention(server, "¿Qué dijo sobre las redadas?")

    assert text.startswith("Algo falló de nuestro lado (código ")


async def test_bad_date_is_explained() -> None:
    """
    A date that is none is named, with dates that work.
    """
    async with running_bot(FakeService(error=BadDateError("*soon*"))) as server:
        answer = await server.answer_to("ask", question="raids", from_="*soon*")

    assert answer.text == r"“\*soon\*” is not a date. Try 2014, 2014-09 or 2014-09-10."


async def test_reversed_dates_are_explained() -> None:
    """
    Dates the wrong way round are said back, not called our fault.
    """
    async with running_bot(FakeService(error=ReversedDatesError("2015", "2014"))) as server:
        answer = await server.answer_to("ask", question="raids", from_="2015", to="2014")

    assert answer.text == "The dates are the wrong way round: from 2015 until 2014."


async def test_long_questions_are_refused() -> None:
    """
    A question that is too long gets a clear line and is not searched for.
    """
    service = FakeService()
    async with running_bot(service) as server:
        by_command = await ask_by_command(server, "a" * 301)
        by_mention = await ask_by_mention(server, "a" * 2001)
        shown = await ask_by_mention(server, "a" * 300)

    assert by_command == "Please ask in at most 300 characters."
    assert by_mention == "Please ask in at most 2000 characters."
    assert "Night raids" in shown
    assert len(service.asked) == 1


async def test_fast_askers_wait() -> None:
    """
    The sixth question within twenty seconds is not searched for; the member hears how long to wait.
    """
    service = FakeService()
    async with running_bot(service) as server:
        texts = [await ask_by_command(server, "raids") for _ in range(6)]

    assert texts[-1].startswith("Please wait ")
    assert texts[-1].endswith(" seconds.")
    assert len(service.asked) == 5


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        (f"<@{payloads.BOT}> raids", "raids"),
        (f"raids <@!{payloads.BOT}>\nand   TPS", "raids and TPS"),
        (f"<@{payloads.BOT}> @everyone what did <@{payloads.MEMBER}> and <@&5> say in <#7>", "what did and say in"),
        (f"<@{payloads.BOT}> raids <:sad:77> <a:sad:77> <t:1700000000:R> </ask:5> <id:customize>", "raids"),
        (f"<@{payloads.BOT}> is 3 < 5 > 4? a@everyone.org", "is 3 < 5 > 4? a@everyone.org"),
    ],
)
async def test_mentions_are_no_words(typed: str, asked: str) -> None:
    """
    What Discord writes for mentions, channels and emojis is not searched for.
    """
    service = FakeService()
    async with running_bot(service) as server:
        await server.reply_to(await server.post(typed))

    assert [request.question for request in service.asked] == [asked]


async def test_others_are_left_alone() -> None:
    """
    Messages of bots and webhooks, without a mention, or with nothing but a mention, get no reply.
    """
    service = FakeService()
    mention = f"<@{payloads.BOT}> raids"
    async with running_bot(service) as server:
        await server.post("raids")
        await server.post(f"  <@!{payloads.BOT}> ")
        await server.post(mention, author=payloads.user(payloads.OTHER_BOT, "other", bot=True))
        await server.post(mention, webhook_id="77")
        await server.post(f"@everyone <@{payloads.MEMBER}> raids")
        await ask_directly(server, "last")
        replies = [
            message for message in server.channels[payloads.CHANNEL].messages if message.get("message_reference")
        ]

    assert [request.question for request in service.asked] == ["last"]
    assert replies == []


async def test_other_servers_are_told() -> None:
    """
    Where the settings name servers, commands elsewhere get one line and mentions nothing; direct messages are answered.
    """
    service = FakeService()
    async with running_bot(service, settings=a_setting(server_ids="1234,5678")) as server:
        answer = await server.answer_to("ask", question="raids")
        await server.post(f"<@{payloads.BOT}> raids")
        await ask_directly(server, "last")

    assert answer.text == "This bot does not answer in this server."
    assert answer.ephemeral
    assert [request.question for request in service.asked] == ["last"]


@pytest.mark.thorough
async def test_named_servers_are_served() -> None:
    """
    A server that the settings name is answered.
    """
    async with running_bot(FakeService(), settings=a_setting(server_ids=payloads.GUILD)) as server:
        text = await ask_by_mention(server, "raids")

    assert "Night raids must end." in text


async def test_reply_survives_a_deleted_question() -> None:
    """
    A reply names its message without insisting that it still exists.
    """
    async with running_bot(FakeService()) as server:
        await ask_by_mention(server, "raids")
        sent = next(request.body for request in server.requests if request.path.endswith("/messages"))

    assert sent["message_reference"]["fail_if_not_exists"] is False


async def test_dropped_gateway_is_resumed() -> None:
    """
    After Discord drops the connection the bot resumes and answers.
    """
    async with running_bot(FakeService()) as server:
        await server.drop_gateway()
        await server.until(lambda: server.resumed)
        answer = await server.answer_to("ask", question="raids")

    assert "Night raids must end." in answer.text


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("locale", "words"),
    [("en-US", "There are no statements in the record yet."), ("es-ES", "Todavía no hay comunicados en el archivo.")],
)
async def test_invented_sample_is_called_so(tmp_path: Path, locale: str, words: str) -> None:
    """
    While the record is empty every answer says that it comes from an invented sample, shared ones too.
    """
    async with running_bot(Service.open(a_setting(data_dir=tmp_path))) as server:
        asked = await server.answer_to("ask", locale=locale, question="sheriffs")
        texts = [
            asked.text,
            *[
                (await server.answer_to(name, locale=locale, **options)).text
                for name, options in (
                    ("quote", {}),
                    ("verify", {"text": "a reprieve is written in pencil"}),
                    ("timeline", {"about": "families"}),
                    ("statement", {}),
                )
            ],
        ]
        held = next(
            part for part in walk((asked.message or {})["components"]) if part.get("custom_id", "")[:5] == "share"
        )
        await server.finished(await server.press(asked, custom_id=held["custom_id"]))
        texts.append(shown_text(server.channels[payloads.CHANNEL].messages[-1]))

    assert [words in text for text in texts] == [True] * 6
