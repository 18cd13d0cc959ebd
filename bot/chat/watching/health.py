"""
Whether the bot is well: connected to Discord, and the record answers.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Literal, NamedTuple, Protocol

from bot.answering import Standing
from bot.chat.verbs import Verbs
from bot.chat.watching.metrics import Metrics
from bot.service import Overview
from corpus.errors import OnRecordError
from corpus.store import Store

_ABSENCE_S = 60.0  # for which Discord may be gone: discord.py connects again by itself
_ANSWER_S = 5.0  # for the record's process, in which members' questions may stand before


class Watched(Verbs, Protocol):
    """The record in a process of its own, whose process can be watched."""

    def check(self, within_s: float) -> None:
        """See whether it answers."""
        ...

    @property
    def standing(self) -> Standing:
        """Which process answers."""
        ...


class Health(NamedTuple):
    """
    How the bot is.

    Attributes:
        status: `ok`, or what is missing: `record` (also where Discord is missing too), `discord`.
        generation: Of the record that answers, 0 for the sample; `None` before it was ever told.
        uptime_s: Since the bot began, whole seconds.
    """

    status: Literal["ok", "discord", "record"]
    discord: Literal["connected", "lost"]
    record: Literal["answers", "silent"]
    generation: int | None
    uptime_s: int


class Connections:
    """
    The connections to Discord's gateway.

    Args:
        count: How many there are to be; several are discord.py's shards.
        now: Seconds that only grow.
        metrics: Is told of each.
    """

    def __init__(self, count: int, now: Callable[[], float], metrics: Metrics) -> None:
        self._now, self._metrics = now, metrics
        # Since when each is lost; `None` while it stands.
        self._lost: dict[int, float | None] = dict.fromkeys(range(count), -math.inf)

    @property
    def stand(self) -> bool:
        """Whether all of them do now."""
        return not any(lost is not None for lost in self._lost.values())

    @property
    def are_well(self) -> bool:
        """Whether each stands, or stood within the last minute."""
        return all(lost is None or self._now() - lost <= _ABSENCE_S for lost in self._lost.values())

    def note(self, event: str, *of: object) -> None:
        """An event of discord.py; where there are shards, those of a shard have its number."""
        prefix = "shard_" if len(self._lost) > 1 else ""
        number = next((one for one in of if isinstance(one, int)), 0)
        if event == f"{prefix}connect":
            self._metrics.identified.inc()
            self._lost[number] = None
        elif event == f"{prefix}resumed":
            self._metrics.resumed.inc()
            self._lost[number] = None
        elif event == f"{prefix}disconnect" and self._lost[number] is None:
            # Told again each time that it cannot be made anew.
            self._lost[number] = self._now()
        else:
            return
        self._metrics.connected.set(sum(lost is None for lost in self._lost.values()))


class Watch:
    """
    Looks at the bot when somebody asks.

    Args:
        metrics, connections: Of the client.
        service: The record.
        data_dir: Where it is stored.
    """

    def __init__(self, metrics: Metrics, connections: Connections, service: Watched, data_dir: Path) -> None:
        self._metrics, self._connections = metrics, connections
        self._service, self._data_dir = service, data_dir
        self._began = time.monotonic()
        self._looking: asyncio.Task[bool] | None = None
        self._overview: Overview | None = None
        self._restarts = 0
        metrics.watch_process(lambda: service.standing.pid)

    async def health(self) -> Health:
        """How the bot is now."""
        answers = await self._look()
        well = self._connections.are_well
        return Health(
            status="record" if not answers else "ok" if well else "discord",
            discord="connected" if self._connections.stand else "lost",
            record="answers" if answers else "silent",
            generation=self._overview.generation if self._overview else None,
            uptime_s=int(time.monotonic() - self._began),
        )

    async def numbers(self) -> bytes:
        """Everything that is counted, in Prometheus' text format."""
        await self._look()
        return self._metrics.text()

    async def _look(self) -> bool:
        """Whether the record answers; however many want to know at a time, it is asked once."""
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(asyncio.to_thread(self._ask))
        return await asyncio.shield(self._looking)

    def _ask(self) -> bool:
        try:
            self._service.check(_ANSWER_S)
            self._overview = self._service.overview()
            answers = True
        except (OnRecordError, TimeoutError):
            answers = False
        self._note(answers)
        return answers

    def _note(self, answers: bool) -> None:
        standing, metrics = self._service.standing, self._metrics
        metrics.answers.set(answers)
        metrics.open_s.set(standing.since_s or 0)
        metrics.restarts.inc(standing.restarts - self._restarts)
        self._restarts = standing.restarts
        if self._overview:
            metrics.generation.set(self._overview.generation)
            metrics.statements.set(self._overview.statements)
        # A store that cannot be read has no sources to tell of; the log says why.
        with suppress(OnRecordError, OSError):
            metrics.failing.set(_failing(self._data_dir))


def _failing(data_dir: Path) -> int:
    if not Store.exists(data_dir):
        return 0
    with Store.open(data_dir) as store:
        return sum(source.code is not None for source in store.sources())
