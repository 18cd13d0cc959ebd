"""
What can go wrong between bot and Discord, all of it off until a test turns it on.
"""

from __future__ import annotations

import random
import socket
import struct
from collections.abc import Callable
from dataclasses import dataclass, field

from aiohttp import web

# In this order a share of requests is drawn.
KINDS = ("502", "429", "reset_before", "reset_after")


@dataclass
class Faults:
    """
    Attributes:
        shares: The share of REST requests that fails, by kind: "502", "429", "reset_before" (the connection breaks and
            the request is not handled), "reset_after" (it is handled, and only the acknowledgement is lost).
        retry_after_s: Bounds of what a 429 says.
        where: Which requests may fail by chance: method and path.
        request_delay_s, response_delay_s: How slow the way to Discord and the way back are.
        heartbeats_acknowledged: Whether the gateway answers heartbeats.
    """

    shares: dict[str, float] = field(default_factory=dict)
    retry_after_s: tuple[float, float] = (0.05, 0.3)
    where: Callable[[str, str], bool] = lambda method, path: True
    request_delay_s: float = 0
    response_delay_s: float = 0
    heartbeats_acknowledged: bool = True
    chance: random.Random = field(default_factory=lambda: random.Random(0), repr=False)
    _planned: list[tuple[str, str]] = field(default_factory=list, repr=False)

    def plan(self, kind: str, path: str = "", times: int = 1) -> None:
        """Let the next `times` requests whose path holds these words fail in this way."""
        assert kind in KINDS, f"{kind} is none of {', '.join(KINDS)}"
        self._planned += [(kind, path)] * times

    def fault_of(self, method: str, path: str) -> str | None:
        """What goes wrong with a request, `None` where nothing does."""
        for planned in self._planned:
            if planned[1] in path:
                self._planned.remove(planned)
                return planned[0]
        if not self.shares or not self.where(method, path):
            return None
        drawn = self.chance.random()
        for kind in KINDS:
            drawn -= self.shares.get(kind, 0)
            if drawn < 0:
                return kind
        return None

    def a_while_s(self) -> float:
        """How long a 429 says to wait."""
        return round(self.chance.uniform(*self.retry_after_s), 3)

    def break_connection(self, request: web.BaseRequest) -> None:
        """End a connection without an answer: half of the time with a reset, half of the time without a word."""
        assert request.transport is not None
        if self.chance.random() < 0.5:
            linger = struct.pack("ii", 1, 0)
            request.transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        request.transport.abort()
