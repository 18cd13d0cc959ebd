"""The log of the running bot as JSON lines: what a line holds, and what it never does."""

from __future__ import annotations

import datetime as dt
import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from discord_server.running import running_bot
from fakes_chat import FakeService

from bot.chat.logs import set_up_logging

MARKER = "zqxmarkerzqx"
KEYS = {"time", "level", "logger", "message"}


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What is logged as JSON, at DEBUG."""
    root, ours = logging.getLogger(), [logging.getLogger(name) for name in ("bot", "discord", "aiohttp", "asyncio")]
    handlers, level, levels = root.handlers[:], root.level, [logger.level for logger in ours]
    root.handlers, stream = [], io.StringIO()
    set_up_logging("DEBUG", stream, form="json")
    yield stream
    root.handlers = handlers
    root.setLevel(level)
    for logger, before in zip(ours, levels, strict=True):
        logger.setLevel(before)


def lines(written: io.StringIO) -> list[dict[str, Any]]:
    """Every line, read."""
    return [json.loads(line) for line in written.getvalue().splitlines()]


def test_line_says_when_what_and_where(written: io.StringIO) -> None:
    """
    A line is one object with its time in UTC, its level, who wrote it, and its message, whatever stands in that.
    """
    logging.getLogger("bot.chat.example").warning("the “valley”\nwent %s\u2028", "quiet")

    (line,) = lines(written)
    assert line.keys() == KEYS
    assert dt.datetime.fromisoformat(line["time"]).utcoffset() == dt.timedelta()
    assert (line["level"], line["logger"]) == ("WARNING", "bot.chat.example")
    assert line["message"] == "the “valley”\nwent quiet\u2028"
    assert written.getvalue().count("\n") == 1


def test_fields_are_ours_alone(written: io.StringIO) -> None:
    """
    Of what is handed to the log beside a message only our own fields are written.
    """
    logging.getLogger("bot").info("done", extra={"code": "7F3A", "seconds": 0.25, "question": MARKER, "member": 7})

    (line,) = lines(written)
    assert line.keys() == {*KEYS, "code", "seconds"}
    assert (line["code"], line["seconds"]) == ("7F3A", 0.25)


def test_errors_are_told_without_words(written: io.StringIO) -> None:
    """
    An exception is its type and place, without its text, as in a log of text.
    """
    try:
        raise ValueError(MARKER)
    except ValueError:
        logging.getLogger("discord.client").exception("Ignoring exception in %s", "on_message", stack_info=True)

    (line,) = lines(written)
    assert line["error"].startswith("ValueError at test_logs.py:")
    assert MARKER not in written.getvalue()


async def test_code_finds_the_line(written: io.StringIO) -> None:
    """
    The code that a member reads is a field of the line that says what failed, beside the verb and what became of it.
    """
    async with running_bot(FakeService(error=LookupError(MARKER))) as server:
        shown = await server.answer_to("ask", question=MARKER)

    (line,) = (line for line in lines(written) if line["level"] == "ERROR")
    assert f"(code {line['code']})" in shown.text
    assert (line["verb"], line["status"]) == ("ask", "failed")
    assert MARKER not in written.getvalue()


async def test_interactions_are_logged_at_debug(written: io.StringIO) -> None:
    """
    At DEBUG each interaction leaves a line with its verb, what became of it and its seconds, and nothing else.
    """
    async with running_bot(FakeService()) as server:
        await server.answer_to("ask", question=MARKER)

    (line,) = (line for line in lines(written) if line["logger"] == "bot.chat.watching.tally")
    assert line.keys() == {*KEYS, "verb", "status", "seconds"}
    assert (line["level"], line["verb"], line["status"]) == ("DEBUG", "ask", "answered")
    assert MARKER not in written.getvalue()
