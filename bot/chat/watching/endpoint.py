"""
`/healthz` and `/metrics`, on this machine alone.
"""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST

from bot.chat.watching.health import Watch
from corpus.errors import UsageError

_LOOPBACK = "127.0.0.1"


def take_port(port: int) -> socket.socket:
    """
    Take a port of this machine, on which nobody is answered before `serve_watch`.

    Args:
        port: 0 takes any that is free.

    Raises:
        UsageError: It cannot be used.
    """
    taken = socket.socket()
    # Else a port that was used a minute ago could not be.
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((_LOOPBACK, port))
    except OSError as error:
        taken.close()
        raise _unusable(port, error) from None
    return taken


@asynccontextmanager
async def serve_watch(watch: Watch, port: socket.socket) -> AsyncIterator[None]:
    """
    Answer whoever asks on this machine how the bot is.

    Args:
        watch: Looks at it.
        port: From `take_port`; closed in the end.

    Raises:
        UsageError: Another program has taken it meanwhile.
    """

    async def healthz(_: web.Request) -> web.Response:
        health = await watch.health()
        return web.json_response(health._asdict(), status=200 if health.status == "ok" else 503)

    async def metrics(_: web.Request) -> web.Response:
        return web.Response(body=await watch.numbers(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    app = web.Application()
    app.add_routes([web.get("/healthz", healthz), web.get("/metrics", metrics)])
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    try:
        try:
            await web.SockSite(runner, port).start()
        except OSError as error:
            raise _unusable(port.getsockname()[1], error) from None
        yield
    finally:
        await runner.cleanup()
        port.close()


def _unusable(port: int, error: OSError) -> UsageError:
    return UsageError(f"ONRECORD_HTTP_PORT {port} cannot be used: {error.strerror}. Set another port, or none.")
