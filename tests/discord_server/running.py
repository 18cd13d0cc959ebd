"""
The real bot, connected to the Discord on loopback.
"""

from __future__ import annotations

import asyncio
import contextlib
import copy
import datetime as dt
import os
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route
from discord_server import payloads
from discord_server.limits import shown_text
from discord_server.server import DiscordServer
from discord_server.state import TOKEN
from terminal import Printed

from bot.chat.client import OnRecordClient, Patience
from bot.chat.verbs import Verbs
from bot.settings import Settings

TODAY = dt.date(2025, 6, 1)
_ROOT = Path(__file__).resolve().parents[2]
_NO_RECORD = Path(os.devnull) / "record"
_END_S = 10  # for a child process that was asked to end
# What the last bot registered: Discord knows it already when the next one starts, as after a restart.
_known: list[payloads.Json] = []


@contextlib.contextmanager
def addresses_of(server: DiscordServer) -> Iterator[None]:
    """discord.py keeps Discord's addresses in two class attributes; for a while they name this server."""
    real = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = server.api, yarl.URL(server.gateway)
    try:
        yield
    finally:
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = real


@contextlib.asynccontextmanager
async def running_bot(
    service: Verbs,
    *,
    settings: Settings | None = None,
    patience: Patience = Patience(),  # noqa: B008 (immutable)
    heartbeat_s: float = 45.0,
) -> AsyncIterator[DiscordServer]:
    """
    The bot with this service, ready for questions; what it did is checked and remembered by the server.

    In the end bot and server are closed, and no request may have broken a limit of Discord or pinged somebody.
    """
    async with DiscordServer(heartbeat_s=heartbeat_s) as server:
        server.commands = copy.deepcopy(_known)
        async with connected_bot(server, service, settings=settings, patience=patience):
            _known[:] = copy.deepcopy(server.commands)
            yield server
    assert server.violations == [], server.violations


@contextlib.asynccontextmanager
async def connected_bot(
    server: DiscordServer,
    service: Verbs,
    *,
    settings: Settings | None = None,
    patience: Patience = Patience(),  # noqa: B008 (immutable)
    now: Callable[[], float] = time.monotonic,
    moment: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC).replace(microsecond=0),
) -> AsyncIterator[OnRecordClient]:
    """The bot, connected to this server for a while: a second one after it is the bot after a restart."""
    server.identified, server.resumed = None, 0
    with addresses_of(server):
        client = OnRecordClient(
            settings or a_setting(), service, patience=patience, today=lambda: TODAY, now=now, moment=moment
        )
        # discord.py waits so long for one more server, and goes on waiting in a client that was closed meanwhile.
        client._connection.guild_ready_timeout = 0.01
        async with client:
            session = asyncio.create_task(client.start(TOKEN))
            try:
                await _connected(server, session)
                await client.wait_until_ready()
                yield client
            finally:
                # It would say that it is ready after it was closed.
                if client._connection._ready_task:
                    client._connection._ready_task.cancel()
                await client.close()
                with contextlib.suppress(discord.ConnectionClosed, asyncio.CancelledError):
                    await session
                # An event that was dispatched last has perhaps not begun to be handled.
                events = (task for task in asyncio.all_tasks() if task.get_name().startswith("discord.py: on_"))
                await asyncio.gather(*events, return_exceptions=True)


class BotProcess(NamedTuple):
    """The bot in a process of its own, and the file with what it writes to standard error."""

    process: asyncio.subprocess.Process
    stderr: Path

    def written(self) -> str:
        """What it wrote so far."""
        return self.stderr.read_text("utf-8")


@contextlib.asynccontextmanager
async def bot_process(
    server: DiscordServer, folder: Path, env: dict[str, str] | None = None, *, command: tuple[str, ...] = ("bot",)
) -> AsyncIterator[BotProcess]:
    """
    `onrecord bot` as a child process, connecting to this server; in the end it is told to stop, by its own number.

    Args:
        server: Stands for Discord.
        folder: Its working directory, with its data and the file `stderr`, which grows with each start.
        env: Settings beside the token; of this process it has only the path.
        command: What is run instead of `bot`.
    """
    settings = {"DISCORD_TOKEN": TOKEN, "ONRECORD_DATA_DIR": str(folder / "data"), "PYTHONUNBUFFERED": "1"}
    with (folder / "stderr").open("ab") as stderr:
        process = await asyncio.create_subprocess_exec(
            *launch_line(server, *command),
            cwd=folder,
            env=bare_environment({**settings, **(env or {})}),
            stdout=asyncio.subprocess.DEVNULL,
            stderr=stderr,
        )
    try:
        yield BotProcess(process, folder / "stderr")
    finally:
        await _ended(process)


async def run_command(
    server: DiscordServer, folder: Path, *command: str, given: str = "", env: dict[str, str] | None = None
) -> Printed:
    """
    A command of the terminal, in a process of its own, that talks to this server and to nobody else.

    Args:
        server: Stands for Discord.
        folder: Its working directory.
        command: After `onrecord`.
        given: On its standard input, which is no terminal.
        env: Beside the path; nothing of this process.
    """
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        *launch_line(server, *command), cwd=folder, env=bare_environment(env), stdin=pipe, stdout=pipe, stderr=pipe
    )
    out, err = await process.communicate(given.encode())
    assert process.returncode is not None
    return Printed(process.returncode, out.decode(), err.decode())


def launch_line(server: DiscordServer, *command: str) -> list[str]:
    """What is started as `onrecord` with this server for Discord."""
    return [sys.executable, "-P", "-m", "discord_server.launcher", server.api, server.gateway, *command]


def bare_environment(env: dict[str, str] | None = None) -> dict[str, str]:
    """Path, code, and these variables."""
    code = os.pathsep.join([str(_ROOT), str(_ROOT / "tests")])
    return {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "PYTHONPATH": code, **(env or {})}


async def _ended(process: asyncio.subprocess.Process) -> None:
    """Tell a process to stop, and wait; one that does not is killed."""
    if process.returncode is None:
        process.terminate()
        try:
            await asyncio.wait_for(process.wait(), _END_S)
        except TimeoutError:
            process.kill()
            await process.wait()


async def _connected(server: DiscordServer, session: asyncio.Task[None]) -> None:
    """Wait until the bot is ready, or raise what it failed with."""
    ready = asyncio.create_task(server.ready())
    await asyncio.wait({ready, session}, return_when=asyncio.FIRST_COMPLETED)
    await (session if session.done() else ready)


def a_setting(**more: object) -> Settings:
    """Settings of a test, whatever the environment, `.env` and the record of the machine say."""
    return Settings(_env_file=None, **({"data_dir": _NO_RECORD} | more))  # type: ignore[arg-type]


async def ask_by_command(server: DiscordServer, question: str) -> str:
    """What `/ask` shows."""
    return (await server.answer_to("ask", question=question)).text


async def ask_by_mention(server: DiscordServer, question: str) -> str:
    """What the bot replies to a mention in a channel."""
    return shown_text(await server.reply_to(await server.post(f"<@{payloads.BOT}> {question}")))


async def ask_directly(server: DiscordServer, question: str) -> str:
    """What the bot replies to a direct message."""
    return shown_text(await server.reply_to(await server.post(question, channel=payloads.DIRECT)))
