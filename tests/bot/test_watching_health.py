"""Whether the running bot is well, as /healthz tells it over real sockets."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import threading
from pathlib import Path

import pytest
from aiohttp import web
from discord_server.running import a_setting, bot_process
from discord_server.server import DiscordServer
from fakes_answering import BROKEN, open_obedient
from moderating import Record
from watched import WatchedService, get, health, numbers_in, watched_bot

from bot.answering import Limits, ServiceProcess
from bot.chat.watching.endpoint import serve_watch, take_port
from bot.chat.watching.health import Connections, Watch
from bot.chat.watching.metrics import Metrics
from corpus.errors import UsageError

_START_S = 60  # a start reads the sample, on a busy machine


class AwayServer(DiscordServer):
    """A Discord whose gateway takes no connection while it is away."""

    away = False

    async def serve_gateway(self, request: web.Request) -> web.WebSocketResponse:
        """None, or as ever."""
        if self.away:
            raise web.HTTPServiceUnavailable
        return await super().serve_gateway(request)


class AtOnce:
    """discord.py waits up to seconds between two attempts to connect."""

    def __init__(self, *_: object, **__: object) -> None:
        pass

    def delay(self) -> float:
        """Hardly at all."""
        return 0.01


async def until_health(port: int, key: str, value: str) -> tuple[int, dict[str, object]]:
    """Ask until it says this; gives the HTTP status and everything that it says."""
    async with asyncio.timeout(_START_S):
        while True:
            status, told = await health(port)
            if told[key] == value:
                return status, told
            await asyncio.sleep(0.02)


async def test_well() -> None:
    """
    Connected, with a record that answers, the bot is well, and says which generation answers.
    """
    async with watched_bot() as bot:
        status, told = await health(bot.port)

    assert status == 200
    assert told.pop("uptime_s") < _START_S
    assert told == {"status": "ok", "discord": "connected", "record": "answers", "generation": 0}


async def test_silent_record() -> None:
    """
    Where the record's process does not answer the bot is not well, and one word says why.
    """
    service = WatchedService()
    async with watched_bot(service) as bot:
        service.silent = True
        status, told = await health(bot.port)

    assert status == 503
    assert told | {"uptime_s": 0} == {
        **{"status": "record", "discord": "connected", "record": "silent", "generation": None, "uptime_s": 0}
    }


async def test_discord_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    For a minute without Discord the bot is still well, as discord.py connects again by itself; then it is not, until
    Discord is there again.
    """
    monkeypatch.setattr("discord.client.ExponentialBackoff", AtOnce)
    clock, server = [1000.0], AwayServer()
    async with watched_bot(server=server, now=lambda: clock[0]) as bot:
        server.away = True
        await server.drop_gateway()
        at_first, _ = await until_health(bot.port, "discord", "lost")
        clock[0] += 61
        later, told = await health(bot.port)
        server.away = False
        await server.until(lambda: server.resumed)
        again, _ = await until_health(bot.port, "discord", "connected")

    assert (at_first, later, told["status"], again) == (200, 503, "discord", 200)


@pytest.mark.parametrize(
    ("shards", "events", "stand", "well"),
    [
        (1, [], False, False),  # never connected
        (1, [("connect",)], True, True),
        (1, [("connect",), ("disconnect",)], False, True),
        (1, [("connect",), ("disconnect",), ("resumed",)], True, True),
        (1, [("connect",), ("ready",), ("message", 0)], True, True),
        (2, [("connect",), ("shard_connect", 0)], False, False),  # the other one never did
        (2, [("shard_connect", 0), ("shard_connect", 1)], True, True),
        (2, [("shard_connect", 0), ("shard_connect", 1), ("disconnect",), ("shard_disconnect", 1)], False, True),
        (2, [("shard_connect", 0), ("shard_connect", 1), ("shard_disconnect", 1), ("shard_resumed", 1)], True, True),
    ],
)
def test_events_of_the_gateway(shards: int, events: list[tuple[object, ...]], stand: bool, well: bool) -> None:
    """
    The bot is connected when every one of its connections stands; discord.py tells which one of several it means.
    """
    connections = Connections(shards, lambda: 5.0, Metrics())
    for event, *of in events:
        connections.note(str(event), *of)

    assert (connections.stand, connections.are_well) == (stand, well)


def test_absence_begins_once() -> None:
    """
    Each failed attempt to connect again is told as a disconnection; the minute counts from the first one.
    """
    clock = [0.0]
    connections = Connections(1, lambda: clock[0], Metrics())
    for moment, event in ((0, "connect"), (10, "disconnect"), (60, "disconnect"), (71, "disconnect")):
        clock[0] = moment
        connections.note(event)

    assert not connections.are_well


@pytest.mark.thorough
async def test_killed_record(tmp_path: Path) -> None:
    """
    While no process can hold the record the bot is not well; as soon as one does it is, and the restart is counted.
    """
    settings = a_setting(data_dir=tmp_path)
    with ServiceProcess(settings, Limits(look_s=0.02), open_obedient) as service:
        async with watched_bot(service, data_dir=tmp_path) as bot:
            assert (await health(bot.port))[1]["generation"] == 3
            (tmp_path / BROKEN).touch()
            killed = service.standing.pid or 0
            os.kill(killed, signal.SIGKILL)
            status, told = await until_health(bot.port, "status", "record")
            silent = await bot.numbers()
            (tmp_path / BROKEN).unlink()
            again, _ = await until_health(bot.port, "status", "ok")
            numbers = await bot.numbers()

    assert (status, told["record"], again) == (503, "silent", 200)
    assert (silent["onrecord_record_answers"], numbers["onrecord_record_answers"]) == (0, 1)
    assert numbers["onrecord_record_restarts_total"] == 1
    assert numbers["onrecord_record_statements"] == 5


async def test_many_ask_once() -> None:
    """
    However many want to know at a time, the record is asked once.
    """
    asked, gate, metrics = [], threading.Event(), Metrics()

    class Counting(WatchedService):
        def check(self, within_s: float) -> None:
            asked.append(within_s)
            gate.wait(within_s)

    watch = Watch(metrics, Connections(1, lambda: 0.0, metrics), Counting(), Path("nowhere"))
    asking = [asyncio.create_task(watch.health()) for _ in range(20)]
    await asyncio.sleep(0)
    gate.set()
    told = await asyncio.gather(*asking)

    assert {health.record for health in told} == {"answers"}
    assert len(asked) == 1


def test_port_is_taken() -> None:
    """
    A port that somebody else has is named in one line.
    """
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(UsageError, match=f"^ONRECORD_HTTP_PORT {port} cannot be used: [^\n]+$"):
            take_port(port)


async def test_port_is_taken_meanwhile() -> None:
    """
    So is one that somebody took while the record was opened.
    """
    metrics = Metrics()
    watch = Watch(metrics, Connections(1, lambda: 0.0, metrics), WatchedService(), Path("nowhere"))
    port, quicker = take_port(0), socket.socket()
    quicker.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    quicker.bind(port.getsockname())
    quicker.listen()
    with quicker, pytest.raises(UsageError, match="cannot be used: Address already in use"):
        async with serve_watch(watch, port):
            pass


async def test_this_machine_alone() -> None:
    """
    Nobody listens on other addresses of the machine, and nothing else is told.
    """
    async with watched_bot() as bot:
        with pytest.raises(OSError, match="refused"):
            socket.create_connection(("127.0.0.2", bot.port), timeout=5).close()
        status, _ = await get(bot.port, "/")

    assert status == 404


@pytest.mark.thorough
async def test_running_bot_tells(tmp_path: Path) -> None:
    """
    `onrecord bot` with a port is well once it is connected; a second one on the same port ends before it connects, with
    status 2 and one line.
    """
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    Record(tmp_path)
    settings = {"ONRECORD_HTTP_PORT": str(port)}
    async with DiscordServer() as server, bot_process(server, tmp_path, settings) as bot:
        await server.until(lambda: server.identifications == 1, _START_S)
        _, before = await until_health(port, "status", "ok")
        numbers = numbers_in((await get(port, "/metrics"))[1])
        other = tmp_path / "other"
        other.mkdir()
        async with bot_process(server, other, settings) as second:
            status = await asyncio.wait_for(second.process.wait(), _START_S)
        well = bot.process.returncode is None and (await health(port))[0]

    assert (before["generation"], well) == (1, 200)
    assert numbers["onrecord_record_process_resident_memory_bytes"] > 2**20
    assert (status, server.identifications) == (2, 1)
    assert (
        second.written()
        == f"ONRECORD_HTTP_PORT {port} cannot be used: Address already in use. Set another port, or none.\n"
    )
