"""
A web site on loopback: real sockets, canned answers, and a note of everything that it was asked.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import NamedTuple, Self

from aiohttp import web

from corpus.sources.web import Clock, Network, Policy

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Asked(NamedTuple):
    """
    One request as it arrived.

    Attributes:
        at: By the clock that the reader goes by.
        connection: The port that it came from; the same for requests over one connection.
    """

    path: str
    host: str
    headers: Mapping[str, str]
    at: float
    connection: int


class SkippingClock(Clock):
    """A clock that goes on by itself, and where waiting takes no time; `slept` says how long each wait was."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    def now(self) -> float:
        return time.monotonic() + sum(self.slept)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)


class Site:
    """
    A web server in a thread; what is not in `answers` is a 404.

    Answers are text (of a page), bytes, a status, a (status, headers, body) or a handler. Several in a list are given
    one after the other, the last again and again.
    """

    def __init__(self) -> None:
        self.answers: dict[str, object] = {}
        self.asked: list[Asked] = []
        self.clock = SkippingClock()
        self.port = 0
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._start(), self._loop).result(10)
        return self

    def __exit__(self, *reason: object) -> None:
        asyncio.run_coroutine_threadsafe(self._runner.cleanup(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    def url(self, path: str, host: str = "news.example") -> str:
        """An address of this server; it answers to every name."""
        return f"http://{host}:{self.port}{path}"

    def policy(self, *hosts: str, **limits: object) -> Policy:
        """A policy that allows these names on this server's port, with small limits."""
        names = hosts or ("news.example",)
        return Policy.model_validate(
            {"allowed_hosts": [f"{name}:{self.port}" for name in names], "wait_s": 2, "total_s": 5, **limits}
        )

    def network(self) -> Network:
        """Every name stands for this machine, and waiting takes no time."""
        return Network(resolve=lambda host, port: ["127.0.0.1"], clock=self.clock)

    def paths(self) -> list[str]:
        """What was asked for, in order."""
        return [asked.path for asked in self.asked]

    async def _start(self) -> None:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._answer)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.01)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        assert request.transport is not None
        connection = request.transport.get_extra_info("peername")[1]
        self.asked.append(Asked(request.path_qs, request.host, request.headers.copy(), self.clock.now(), connection))
        answer = self.answers.get(request.path_qs, 404)
        if isinstance(answer, list):
            answer = answer.pop(0) if len(answer) > 1 else answer[0]
        if callable(answer):
            return await answer(request)  # type: ignore[no-any-return]
        return _response(answer)


def _response(answer: object) -> web.Response:
    match answer:
        case str():
            return web.Response(text=answer, content_type="text/html")
        case bytes():
            return web.Response(body=answer)
        case int():
            return web.Response(status=answer)
        case (int() as status, dict() as headers, bytes() as body):
            return web.Response(status=status, headers=headers, body=body)
    raise TypeError(f"no answer can be made of {answer!r}")
