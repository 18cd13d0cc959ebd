"""The bot as it was installed, started by its own command, with the Discord of the tests."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path

from discord_server.running import BotProcess
from discord_server.server import DiscordServer
from discord_server.state import TOKEN

_HOOK = Path(__file__).parent / "python_on_loopback"
_READY_S = 300  # a start reads the sample and looks for fonts, with low priority: long on a busy machine
_END_S = 15


def bare(folder: Path, more: Mapping[str, str] | None = None) -> dict[str, str]:
    """An environment in which nothing but what is installed can be found."""
    return {"PATH": os.environ["PATH"], "HOME": str(folder), "LC_ALL": "C.UTF-8", **(more or {})}


@contextlib.asynccontextmanager
async def installed_bot(
    server: DiscordServer, folder: Path, command: Sequence[str | Path], more: Mapping[str, str] | None = None
) -> AsyncIterator[BotProcess]:
    """
    A command that starts the bot, until it is connected; in the end it is told to stop, and has to.

    Args:
        server: Stands for Discord.
        folder: Its working directory, with its data and the file `stderr`.
        command: What is run.
        more: Its environment beside the token.
    """
    own = {"LOOPBACK_API": server.api, "LOOPBACK_GATEWAY": server.gateway, "PYTHONPATH": str(_HOOK)}
    env = bare(folder, {"DISCORD_TOKEN": TOKEN, "ONRECORD_DATA_DIR": str(folder / "data"), **own, **(more or {})})
    with (folder / "stderr").open("wb") as stderr:
        process = await asyncio.create_subprocess_exec(
            *command, cwd=folder, env=env, stdout=asyncio.subprocess.DEVNULL, stderr=stderr
        )
    bot = BotProcess(process, folder / "stderr")
    try:
        ready = asyncio.create_task(server.until(lambda: server.identifications == 1, _READY_S))
        ended = asyncio.create_task(process.wait())
        await asyncio.wait({ready, ended}, return_when=asyncio.FIRST_COMPLETED)
        assert not ended.done(), bot.written()
        await ready
        yield bot
        process.terminate()
        await asyncio.wait_for(ended, _END_S)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
