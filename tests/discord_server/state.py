"""
What the loopback Discord remembers: requests, what was wrong with them, and what people see.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from discord_server import payloads
from discord_server.limits import shown_text
from discord_server.payloads import Json

TOKEN = "loopback.token-of-the-tests"
PATIENCE_S = 10  # before a test is told that what it waits for did not happen


@dataclass(frozen=True)
class Request:
    """One request of the bot: method, path below the version, JSON body."""

    method: str
    path: str
    body: Any


@dataclass
class Interaction:
    """What the asker sees of one command: nothing yet, "thinking…", or a message."""

    payload: Json
    asked_at: float
    first_response_s: float | None = None
    deferred: bool = False
    ephemeral: bool = False
    message: Json | None = None

    @property
    def text(self) -> str:
        """Every word that the answer shows."""
        return shown_text(self.message or {})


@dataclass
class Channel:
    """Messages of a channel, as everybody in it sees them, and how often the bot was seen typing."""

    messages: list[Json] = field(default_factory=list)
    typing: int = 0


class Seen:
    """
    Everything that happened so far.

    Attributes:
        address: Host and port of REST and gateway.
        requests: Every request of the bot, in order.
        violations: What Discord would have refused, or what could have pinged somebody. Tests end with none.
        commands: The commands as they are registered.
        channels: What stands in each channel, by its id.
        interactions: Each use of a command, by its token.
        identified: What the bot said of itself when it connected.
        heartbeats, resumed: How many heartbeats came, how often the bot resumed.
    """

    address: str

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.violations: list[str] = []
        self.commands: list[Json] = []
        self.channels = {payloads.CHANNEL: Channel(), payloads.DIRECT: Channel()}
        self.interactions: dict[str, Interaction] = {}
        self.identified: Json | None = None
        self.heartbeats = 0
        self.resumed = 0
        self._happened = asyncio.Event()

    @property
    def api(self) -> str:
        """Address of the REST interface, with its version."""
        return f"http://{self.address}/api/v10"

    @property
    def gateway(self) -> str:
        """Address of the gateway."""
        return f"ws://{self.address}/gateway/"

    async def until(self, happened: Callable[[], object]) -> None:
        """Wait until something holds that changes with a request or an event of the gateway."""
        async with asyncio.timeout(PATIENCE_S):
            while not happened():
                await self._happened.wait()

    def tell(self) -> None:
        """Something happened: let those who wait look again."""
        self._happened.set()
        self._happened = asyncio.Event()
