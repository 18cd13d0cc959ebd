"""
What long work of a moderator has shown in the end, and programs that stand for it.
"""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from discord_server.components import buttons
from discord_server.payloads import Person
from discord_server.running import connected_bot
from discord_server.server import DiscordServer
from discord_server.state import Interaction
from moderating import BY_ROLE, Record

from bot.chat.client import OnRecordClient
from bot.chat.workshop import Workshop
from bot.messages import say

# Tells how far it has come, then waits to be ended.
STEP = '{"event":"reading","done":1,"total":3,"source":null}'
REPORT = '{"event":"report","generation":1,"applied":false,"refused":"dry_run"}'
SLOW = f"import sys\nprint({STEP!r}, flush=True)\nsys.stdin.read()"


async def ended(server: DiscordServer, used: Interaction) -> Interaction:
    """Wait until the message follows no process any more."""
    running = {say("button_stop", "en"), say("button_stop", "es")}
    await server.until(
        lambda: used.message and (len(buttons(used.message)) != 1 or not running & set(buttons(used.message))), 30
    )
    return used


async def used(server: DiscordServer, name: str, *, by: Person = BY_ROLE, **options: object) -> Interaction:
    """What a command has shown in the end."""
    return await ended(server, await server.use_command(f"corpus {name}", by=by, **options))  # type: ignore[arg-type]


async def pressed(server: DiscordServer, shown: Interaction, label: str) -> Interaction:
    """What a button has shown in the end."""
    return await ended(server, await server.finished(await server.press(shown, label)))


@asynccontextmanager
async def running_program(record: Record, code: str) -> AsyncIterator[tuple[DiscordServer, OnRecordClient]]:
    """Discord with the bot, which runs this as every long work."""
    program = record.data_dir / "program.py"
    program.write_text(code)
    async with (
        DiscordServer() as server,
        connected_bot(server, record.service(), settings=record.settings()) as client,
    ):
        client.desk.workshop = Workshop(record.settings(), (sys.executable, str(program)))
        yield server, client
    assert server.violations == []
