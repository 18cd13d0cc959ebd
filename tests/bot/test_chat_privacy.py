"""
No question is ever written down, no number of a person is echoed, the token is never shown.
"""

from __future__ import annotations

import asyncio
import io
import logging
import os
import re
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from discord_server import payloads
from discord_server.limits import shown_text
from discord_server.running import a_setting, addresses_of, connected_bot, running_bot
from discord_server.server import DiscordServer
from discord_server.state import TOKEN
from fakes_chat import FakeService

from bot.chat.client import OnRecordClient, Patience
from bot.chat.cooldown import Cooldown
from bot.chat.logs import set_up_logging
from bot.chat.running import run_bot, serve
from bot.chat.typed import without_numbers
from corpus.errors import BadDateError, OnRecordError, UsageError
from retrieval.models import (
    Answer,
    AskRequest,
    Directory,
    PersonProfile,
    PersonRequest,
    StatementList,
    StatementsRequest,
    Timeline,
    TimelineRequest,
)

MARKER = "zqxmarkerzqx"


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What the process logs at its most talkative setting, every library included."""
    root, names = logging.getLogger(), ("bot", "retrieval", "corpus", "discord", "aiohttp", "asyncio")
    handlers, levels = root.handlers[:], [(logging.getLogger(name), logging.getLogger(name).level) for name in names]
    level, stream = root.level, io.StringIO()
    root.handlers = []
    set_up_logging("DEBUG", stream)
    yield stream
    root.handlers = handlers
    root.setLevel(level)
    for logger, before in levels:
        logger.setLevel(before)


class Quoting(FakeService):
    """Fails like a library that repeats what it was given."""

    def ask(self, request: AskRequest, **more: object) -> Answer:
        """Never an answer."""
        try:
            int(request.question)
        except ValueError as error:
            raise LookupError(f"cannot parse {request.question!r}") from error
        raise AssertionError


class Repeating(FakeService):
    """Fails at everything but questions, like a library that repeats what it was given."""

    def timeline(self, request: TimelineRequest, **more: object) -> Timeline:
        """Never one."""
        raise LookupError(request.topic)

    def statements(self, request: StatementsRequest) -> StatementList:
        """Never any."""
        raise LookupError(request.title)

    def person(self, request: PersonRequest) -> PersonProfile:
        """Never anybody."""
        raise LookupError(request.name)

    def directory(self) -> Directory:
        """Never one."""
        raise LookupError(MARKER)


async def _every_way(server: DiscordServer) -> list[str]:
    """Ask with the marker by every way there is, until the cooldown."""
    texts = [(await server.answer_to("ask", question=f"{MARKER}?", speaker=MARKER, from_=MARKER)).text]
    for channel, mention in ((payloads.CHANNEL, f"<@{payloads.BOT}> "), (payloads.DIRECT, "")):
        texts.append(shown_text(await server.reply_to(await server.post(f"{mention}{MARKER}", channel=channel))))
    texts.append((await server.answer_to("ask", locale="es-ES", question=MARKER * 30)).text)
    texts.append((await server.answer_to("ask", question=f"slow {MARKER}")).text)
    texts.append((await server.answer_to("ask", question=MARKER)).text)
    return texts


@pytest.mark.parametrize("error", [None, BadDateError(MARKER), UsageError(MARKER), OSError(5, MARKER)])
async def test_no_question_is_written_down(
    error: Exception | None, written: io.StringIO, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """
    Whatever happens to a question, at DEBUG level too, no word of it is in what the bot logs, prints, stores or counts.
    """
    service = FakeService(error=error)
    settings = a_setting(data_dir=tmp_path, log_level="DEBUG")
    async with DiscordServer() as server, connected_bot(server, service, settings=settings) as client:
        texts = await _every_way(server)
        numbers = client.metrics.text().decode()

    assert texts[-1].startswith("Please wait ")
    assert "discord" in written.getvalue()
    assert "onrecord_interactions_total{" in numbers
    printed = capfd.readouterr()
    for place in (written.getvalue(), printed.out, printed.err, numbers):
        assert MARKER not in place
        assert TOKEN not in place
    assert os.listdir(tmp_path) == []  # noqa: PTH208 (pathlib would block the loop)
    assert server.violations == []


async def test_question_that_is_given_up_is_not_written_down(written: io.StringIO) -> None:
    """
    An error that comes after the bot has given up waiting is not logged with its text either.
    """
    gate = threading.Event()
    service = FakeService(gate=gate, error=ValueError(MARKER))
    async with running_bot(service, patience=Patience(0.01, 0.01)) as server:
        await server.answer_to("ask", question=f"slow {MARKER}")
        gate.set()
        await server.answer_to("ask", question="after it")

    assert MARKER not in written.getvalue()
    assert "TimeoutError" in written.getvalue()


@pytest.mark.parametrize(("command", "option"), [("timeline", "about"), ("statement", "title"), ("person", "name_")])
async def test_no_topic_title_or_name_is_written_down(command: str, option: str, written: io.StringIO) -> None:
    """
    What is typed into these commands is in no log when they fail.
    """
    async with running_bot(Repeating()) as server:
        shown = await server.answer_to(command, **{option: MARKER})

    assert shown.text.startswith("Something failed on our side (code ")
    assert "LookupError" in written.getvalue()
    assert MARKER not in written.getvalue()


async def test_nothing_typed_so_far_is_written_down(written: io.StringIO) -> None:
    """
    When names cannot be offered while somebody types, none are; the log has the kind of the error and no word.
    """
    async with running_bot(Repeating()) as server:
        choices = await server.autocomplete("ask", "speaker", MARKER, question="raids")

    assert choices == []
    assert "completing failed: LookupError" in written.getvalue()
    assert MARKER not in written.getvalue()


def test_nobody_who_typed_is_written_down(written: io.StringIO) -> None:
    """
    discord.py names member and server where choices could not be sent; here neither is logged.
    """
    try:
        raise ValueError(MARKER)
    except ValueError:
        log = logging.getLogger("discord.app_commands.tree")
        log.exception("Ignoring exception in autocomplete for %r (Guild: %s, User: %s)", "ask", 77, payloads.MEMBER)

    assert "ValueError at test_chat_privacy.py" in written.getvalue()
    assert payloads.MEMBER not in written.getvalue()


async def test_code_finds_the_line(written: io.StringIO) -> None:
    """
    The code that the asker reads stands in the log beside the error's type and place, and nothing else of it.
    """
    async with running_bot(Quoting()) as server:
        answer = await server.answer_to("ask", question=MARKER)

    code = re.search(r"\(code ([0-9A-F]{4})\)", answer.text)
    assert code is not None
    line = next(line for line in written.getvalue().splitlines() if f"code {code[1]}" in line)
    assert "LookupError at test_chat_privacy.py" in line
    assert "from ValueError" in line
    assert MARKER not in written.getvalue()


def test_tracebacks_are_told_without_words(written: io.StringIO) -> None:
    """
    A library that logs an exception leaves its type and place, not its text.
    """
    try:
        raise ValueError(MARKER)
    except ValueError:
        logging.getLogger("discord.client").exception("Ignoring exception in %s", "on_message")

    assert "ValueError at test_chat_privacy.py" in written.getvalue()
    assert MARKER not in written.getvalue()


def test_libraries_stay_at_info(written: io.StringIO) -> None:
    """
    discord.py logs messages and their bodies below INFO, so it never gets there.
    """
    logging.getLogger("discord.gateway").debug(MARKER)
    logging.getLogger("aiohttp.client").debug(MARKER)
    logging.getLogger("some.library").debug(MARKER)
    logging.getLogger("bot.chat.answers").debug("ours")

    assert MARKER not in written.getvalue()
    assert "ours" in written.getvalue()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Who is at 213-555-0148?", "Who is at […]?"),
        ("call (213) 555-0148 now", "call […] now"),
        ("1-800-555-0100", "[…]"),
        ("+503 2222-3333", "[…]"),
        ("+34 912 345 678", "[…]"),
        ("7777-8888", "[…]"),
        ("213\u2011555\u20110148", "[…]"),  # no-break hyphens, as phones write them
        ("my case A123456789", "my case […]"),
        ("A# 123-456-789", "[…]"),
        ("a 123 456 789", "[…]"),
        ("123-45-6789", "[…]"),
        ("from 2012-2014", "from 2012-2014"),  # years are no number of a person
        ("in 2010 2011 2012", "in 2010 2011 2012"),
        ("since 2014-09-10", "since 2014-09-10"),
        ("SB 1070 and HR 4437 in 1996", "SB 1070 and HR 4437 in 1996"),
        ("287(g), 12,000,000 people", "287(g), 12,000,000 people"),
    ],
)
def test_private_numbers_are_left_out(typed: str, kept: str) -> None:
    """
    What looks like a telephone, case or social security number leaves the question; years, laws and amounts stay.
    """
    request = without_numbers(AskRequest(question=typed, speaker=typed))

    assert (request.question, request.speaker) == (kept, kept)


async def test_private_number_is_neither_searched_nor_shown() -> None:
    """
    A number typed into a question reaches neither the search nor the reply, which says that it was left out.
    """
    service = FakeService()
    async with running_bot(service) as server:
        answer = await server.answer_to("ask", question="raids, call 213-555-0148", speaker="A123456789")

    assert "You asked: “raids, call \\[…\\]”" in answer.text
    assert "I left out what looks like a private number." in answer.text
    assert (service.asked[0].question, service.asked[0].speaker) == ("raids, call […]", "[…]")


async def test_no_message_is_kept() -> None:
    """
    The client keeps no messages in memory.
    """
    async with OnRecordClient(a_setting(), FakeService()) as client:
        assert client._connection._messages is None


async def test_lost_acknowledgement_is_no_failure(written: io.StringIO) -> None:
    """
    Where Discord says that the command is answered already, it is: nothing failed.
    """
    async with running_bot(FakeService()) as server:
        answered = await server.use_command("ask", question="raids", answered_before=True)
        await server.until(lambda: any(answered.payload["token"] in request.path for request in server.requests))
        await server.answer_to("ask", question="raids")

    assert "ERROR" not in written.getvalue()


async def test_expired_interaction_is_logged_once(written: io.StringIO) -> None:
    """
    An interaction that Discord does not know any more cannot be answered: one code in the log, and the bot goes on.
    """
    async with running_bot(FakeService()) as server:
        expired = await server.use_command("ask", question=MARKER, asked_s_ago=4)
        await server.until(lambda: sum(expired.payload["token"] in request.path for request in server.requests) == 2)
        await server.answer_to("ask", question="raids")

    assert "could not be told: NotFound" in written.getvalue()
    assert MARKER not in written.getvalue()
    assert expired.payload["token"] not in written.getvalue()


def test_cooldown_forgets() -> None:
    """
    A member may ask again when the seconds are over, and only so many members are remembered.
    """
    clock = [0.0]
    cooldown = Cooldown(lambda: clock[0], times=2, per_s=10, members=2)

    waits = [cooldown.wait_s(1) for _ in range(3)]
    clock[0] = 4.5
    waits.append(cooldown.wait_s(1))
    clock[0] = 10
    waits.append(cooldown.wait_s(1))
    for member in (2, 3):
        cooldown.wait_s(member)

    assert waits == [0, 0, 10, 6, 0]
    assert list(cooldown._asked) == [2, 3]


@pytest.mark.parametrize("token", [None, "", "  ", "with space", "línea"])
def test_missing_token_is_one_line(token: str | None) -> None:
    """
    Without a usable token the bot says in one line what to do, and does not repeat the token.
    """
    with pytest.raises(UsageError, match=r"^DISCORD_TOKEN .*developer portal") as raised:
        run_bot(a_setting(discord_token=token), FakeService())

    assert "\n" not in str(raised.value)
    assert not token or not token.strip() or token not in str(raised.value)


async def test_refused_token_is_one_line(written: io.StringIO) -> None:
    """
    A token that Discord refuses is a usage error, and is neither logged nor repeated.
    """
    async with DiscordServer() as server:
        with addresses_of(server), pytest.raises(UsageError, match="Discord refused DISCORD_TOKEN") as raised:
            await serve(OnRecordClient(a_setting(), FakeService()), "refused.token")

    assert "refused.token" not in str(raised.value) + written.getvalue()


async def test_unreachable_discord_is_one_line() -> None:
    """
    Where nobody listens, the error says so in one line.
    """
    async with DiscordServer() as server:
        pass
    with addresses_of(server), pytest.raises(OnRecordError, match="connection to Discord failed"):
        await serve(OnRecordClient(a_setting(), FakeService()), TOKEN)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_signals_close_cleanly(number: signal.Signals, written: io.StringIO) -> None:
    """
    Told to stop, the bot leaves Discord and ends without an error.
    """
    client = OnRecordClient(a_setting(), FakeService())
    async with DiscordServer() as server:
        with addresses_of(server):
            serving = asyncio.create_task(serve(client, TOKEN))
            await server.ready()
            os.kill(os.getpid(), number)
            await serving

    assert client.is_closed()
    assert "ERROR" not in written.getvalue()
