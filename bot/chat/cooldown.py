"""
How often a member may ask.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from bot.chat.watching.tally import current


class Cooldown:
    """How often a member may ask: so many times in so many seconds, in memory only, of the latest members."""

    def __init__(self, now: Callable[[], float], *, times: int = 5, per_s: float = 20, members: int = 10_000) -> None:
        self._now, self._times, self._per_s, self._members = now, times, per_s, members
        self._asked: dict[int, list[float]] = {}

    def wait_s(self, member: int) -> int:
        """Seconds until this member may ask again; 0 when it may be done now, which then counts."""
        now = self._now()
        recent = [moment for moment in self._asked.pop(member, []) if now - moment < self._per_s]
        wait = math.ceil(self._per_s - (now - recent[0])) if len(recent) >= self._times else 0
        if wait:
            current().said = "too_fast"
        self._asked[member] = recent if wait else [*recent, now]
        while len(self._asked) > self._members:
            del self._asked[next(iter(self._asked))]
        return wait
