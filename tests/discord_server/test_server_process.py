"""
The bot as a process of its own, connected to the server on loopback.
"""

from __future__ import annotations

import signal
from pathlib import Path

import pytest
from discord_server.running import bot_process
from discord_server.server import DiscordServer
from discord_server.state import TOKEN

_START_S = 60  # a start reads the sample, on a busy machine


@pytest.mark.thorough
async def test_process_is_killed_and_started_again(tmp_path: Path) -> None:
    """
    Killed outright, the bot connects anew with its next start and answers; in the end it is told to stop, and does.
    """
    async with DiscordServer() as server:
        async with bot_process(server, tmp_path) as first:
            await server.until(lambda: server.identifications == 1, _START_S)
            first.process.kill()
            assert await first.process.wait() == -signal.SIGKILL
            await server.until(lambda: not server.is_connected)
        async with bot_process(server, tmp_path) as second:
            await server.until(lambda: server.identifications == 2, _START_S)
            answer = await server.answer_to("ask", question="zeppelin tariffs?")

    assert answer.text
    assert second.process.returncode == 0
    assert "closing" in second.written()
    assert TOKEN not in second.written()
    assert server.violations == []


@pytest.mark.thorough
async def test_process_has_its_own_settings(tmp_path: Path) -> None:
    """
    A setting of the test reaches the process, which ends by itself where it is a bad one and says why.
    """
    async with DiscordServer() as server, bot_process(server, tmp_path, {"ONRECORD_LOG_LEVEL": "loud"}) as bot:
        status = await bot.process.wait()

    assert status == 2
    assert "ONRECORD_LOG_LEVEL should be" in bot.written()
