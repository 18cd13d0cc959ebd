"""What tests of moderators' commands start from."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from discord_server.running import running_bot
from discord_server.server import DiscordServer
from moderating import Record


@pytest.fixture
def record(tmp_path: Path) -> Record:
    """Three statements of one source."""
    return Record(tmp_path)


@pytest.fixture
async def server(record: Record) -> AsyncIterator[DiscordServer]:
    """Discord with the bot."""
    async with running_bot(record.service(), settings=record.settings()) as server:
        yield server
