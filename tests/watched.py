"""
The bot on loopback with its health and its numbers, and what a test reads of them.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
from collections.abc import AsyncIterator, Callable
from typing import Any, NamedTuple

import aiohttp
from discord_server import payloads
from discord_server.running import a_setting, connected_bot
from discord_server.server import DiscordServer
from discord_server.state import PATIENCE_S
from fakes_chat import FakeService
from prometheus_client.parser import text_string_to_metric_families

from bot.answering import Standing
from bot.chat.client import OnRecordClient
from bot.chat.watching.endpoint import serve_watch, take_port
from bot.chat.watching.health import Watch

_people = itertools.count(900)


class WatchedService(FakeService):
    """A record whose process can be silent."""

    silent = False
    standing = Standing(None, 7.5, 2)

    def check(self, within_s: float) -> None:
        """It answers, unless it is silent."""
        if self.silent:
            raise TimeoutError


class Watched(NamedTuple):
    """The running bot, and the Discord that it is connected to."""

    server: DiscordServer
    client: OnRecordClient
    port: int

    async def get(self, path: str) -> tuple[int, str]:
        """Status and body of an answer."""
        return await get(self.port, path)

    async def health(self) -> tuple[int, Any]:
        """Status and JSON of `/healthz`."""
        return await health(self.port)

    async def numbers(self) -> dict[str, float]:
        """What `/metrics` counts."""
        return numbers_in((await self.get("/metrics"))[1])

    async def counted(self, line: str, value: float = 1) -> dict[str, float]:
        """Wait until a number is this, as an interaction is counted a moment after its reply; gives all numbers."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                numbers = await self.numbers()
                if numbers.get(line) == value:
                    return numbers
                await asyncio.sleep(0.01)


@contextlib.asynccontextmanager
async def watched_bot(
    service: Any = None,
    *,
    server: DiscordServer | None = None,
    now: Callable[[], float] | None = None,
    **settings: Any,
) -> AsyncIterator[Watched]:
    """The bot with its endpoint on a free port."""
    service, chosen = service or WatchedService(), a_setting(**settings)
    clock, port = {"now": now} if now else {}, take_port(0)
    async with (
        server or DiscordServer() as discord,
        connected_bot(discord, service, settings=chosen, **clock) as client,
        serve_watch(Watch(client.metrics, client.connections, service, chosen.data_dir), port),
    ):
        yield Watched(discord, client, port.getsockname()[1])
    assert discord.violations == []


async def get(port: int, path: str) -> tuple[int, str]:
    """Status and body of what this machine answers on a port."""
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}{path}") as response:
        return response.status, await response.text()


async def health(port: int) -> tuple[int, Any]:
    """Status and JSON of `/healthz`."""
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}/healthz") as response:
        return response.status, await response.json()


def numbers_in(text: str) -> dict[str, float]:
    """`name label=value …` → number."""
    return {
        " ".join([sample.name, *(f"{name}={value}" for name, value in sorted(sample.labels.items()))]): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def somebody() -> payloads.Person:
    """A member who has not asked yet."""
    return payloads.person(next(_people))
