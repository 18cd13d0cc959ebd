"""
Long work goes on one at a time, tells seldom how far it is, can be ended, and its end reaches the moderators.
"""

from __future__ import annotations

import pytest
from discord_server.components import shown_text
from discord_server.payloads import MODERATORS
from long_work import REPORT, SLOW, STEP, ended, running_program, used
from moderating import BY_ID, BY_ROLE, Record


@pytest.mark.thorough
async def test_one_at_a_time(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    While one moderator refreshes and reads how far it is, a second one reads who it is and since when; "Cancel" ends
    that process.
    """
    monkeypatch.setattr("bot.chat.commands.refreshing._EDIT_S", 0)
    async with running_program(record, SLOW) as (server, client):
        running = await server.use_command("corpus refresh", by=BY_ROLE)
        await server.until(lambda: "Reading: 1 of 3." in running.text)
        second = await server.answer_to("corpus refresh", by=BY_ID)
        other = await server.answer_to("corpus rollback", by=BY_ID, generation=1, reason="x")
        await server.press(running, "Cancel")
        cancelled = await ended(server, running)
        await client.desk.finish(20)
        assert client.desk.workshop.job is None
    for told in (second, other):
        assert told.ephemeral
        assert told.text.startswith("<@7100> is working on the record since ")
    assert cancelled.text == "Cancelled. The record is at generation 1."


async def test_stopping_the_bot_ends_the_work(record: Record) -> None:
    """
    When the bot is told to stop, long work ends at once, and the moderator reads that it did.
    """
    async with running_program(record, SLOW) as (server, client):
        running = await server.use_command("corpus refresh", by=BY_ROLE)
        await server.until(lambda: running.message)
        await client.desk.finish(20)
        text = running.text

    assert text == "Cancelled. The record is at generation 1."


@pytest.mark.thorough
async def test_progress_is_drawn_seldom(record: Record) -> None:
    """
    However many steps there are, the message is changed at most once in two seconds.
    """
    steps = f"for _ in range(500): print({STEP!r})\nprint({REPORT!r})"
    async with running_program(record, steps) as (server, _):
        shown = await used(server, "refresh")
        edits = [request for request in server.requests if request.method == "PATCH"]

    assert shown.text.endswith("There is nothing to change.")
    assert len(edits) <= 2


@pytest.mark.thorough
async def test_late_ends_reach_the_moderators(record: Record) -> None:
    """
    What ends when its reply cannot be changed any more is told in the moderators' channel.
    """
    async with running_program(record, SLOW) as (server, client):
        running = await server.use_command("corpus refresh", by=BY_ROLE)
        await server.until(lambda: running.message)
        running.offset_s = 901
        client.desk.workshop.cancel()
        told = server.channels[MODERATORS].messages
        await server.until(lambda: told)

    assert shown_text(told[-1]) == "Cancelled. The record is at generation 1."


@pytest.mark.thorough
async def test_failures_of_the_process_are_told(record: Record) -> None:
    """
    Where the process fails, the moderator reads which generation the record is at.
    """
    async with running_program(record, "raise SystemExit(1)") as (server, _):
        shown = await used(server, "refresh")

    assert shown.text.startswith("This failed, and nothing was half done: the record is at generation 1.")
