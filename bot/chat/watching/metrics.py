"""
The numbers of the running bot, as Prometheus reads them.

A label's value comes from a list in the code, never from what somebody typed and never from Discord.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from types import SimpleNamespace
from typing import TypeVar

import aiohttp
from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)

from bot.chat.watching.tally import Tally
from bot.chat.workshop import Outcome, Tell, Workshop
from bot.settings import Settings

T = TypeVar("T")

WORKS = ("preview", "refresh", "add", "rollback", "other")
# Up to Discord's three seconds for a first response; up to the moment at which a search is given up, and long work.
_ACKNOWLEDGED_S = (0.05, 0.1, 0.25, 0.5, 1, 2, 3)
_FINISHED_S = (0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 60, 600)
_WORK_S = (1, 5, 15, 60, 300, 900, 3600)

# Every series would have a second one that says since when it is counted.
disable_created_metrics()  # type: ignore[no-untyped-call]


class Metrics:
    """
    What is counted, from the start of the process.

    Attributes:
        connected: Connections to Discord that stand.
        identified, resumed: Sessions begun and taken up again.
        answers, generation, statements, open_s, failing: The record, as it was last looked at (`health.py`).
        restarts: How many of the record's processes ended that were to go on answering.
    """

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        self._count_visits()
        self._count_work()
        self._count_connections()
        self._tell_of_record()

    def _count_visits(self) -> None:
        counter, histogram = partial(Counter, registry=self._registry), partial(Histogram, registry=self._registry)
        self._interactions = counter(
            "onrecord_interactions", "Commands, buttons, forms and messages.", labelnames=("verb", "outcome")
        )
        self._acknowledged = histogram(
            "onrecord_acknowledged_seconds", "Until Discord was told.", labelnames=("verb",), buckets=_ACKNOWLEDGED_S
        )
        self._finished = histogram(
            "onrecord_finished_seconds", "Until the last reply.", labelnames=("verb",), buckets=_FINISHED_S
        )
        searches = Gauge(
            "onrecord_searches", "Searches for members, in threads.", labelnames=("state",), registry=self._registry
        )
        self._running, self._waiting = searches.labels("running"), searches.labels("waiting")

    def _count_work(self) -> None:
        self._works = Counter(
            *("onrecord_work", "Long work on the record."), labelnames=("work", "outcome"), registry=self._registry
        )
        self._work_s = Histogram(
            *("onrecord_work_seconds", "How long such work took."),
            labelnames=("work",),
            buckets=_WORK_S,
            registry=self._registry,
        )

    def _count_connections(self) -> None:
        counter = partial(Counter, registry=self._registry)
        self.connected = Gauge(
            "onrecord_gateway_connected", "Connections to Discord's gateway that stand.", registry=self._registry
        )
        self.identified = counter("onrecord_gateway_identified", "Sessions that were begun at Discord's gateway.")
        self.resumed = counter("onrecord_gateway_resumed", "Sessions that were taken up again.")
        self._requests = counter(
            "onrecord_discord_requests",
            "Requests to Discord. Those limited, failed or dropped are sent again as long as there is time.",
            labelnames=("outcome",),
        )

    def _tell_of_record(self) -> None:
        gauge = partial(Gauge, registry=self._registry)
        self.answers = gauge("onrecord_record_answers", "1 where the record's process answers.")
        self.generation = gauge("onrecord_record_generation", "Generation that answers; 0 without a stored one.")
        self.statements = gauge("onrecord_record_statements", "Statements that can be found.")
        self.open_s = gauge("onrecord_record_open_seconds", "Since the record's process has answered.")
        self.failing = gauge("onrecord_record_sources_failing", "Sources that could not be read the last time.")
        self.restarts = Counter(
            "onrecord_record_restarts", "Processes of the record that ended and were replaced.", registry=self._registry
        )

    def watch_process(self, pid: Callable[[], int | None]) -> None:
        """Tell of the memory and the processor time of the record's process too; `None` where there is none now."""
        # There is no process 0, so that nothing is told of it.
        ProcessCollector("onrecord_record", pid=lambda: pid() or 0, registry=self._registry)

    def text(self) -> bytes:
        """Everything in Prometheus' text format."""
        return generate_latest(self._registry)

    def count(self, tally: Tally) -> None:
        """An interaction is over."""
        self._interactions.labels(tally.verb, tally.outcome).inc()
        self._acknowledged.labels(tally.verb).observe(tally.acknowledged_s or 0)
        self._finished.labels(tally.verb).observe(tally.finished_s or 0)

    def count_work(self, arguments: Sequence[str], outcome: Outcome | None, seconds: float) -> None:
        """Long work has ended; `outcome` is `None` where it could not even begin."""
        named = "preview" if "--dry-run" in arguments else arguments[0]
        work = named if named in WORKS else "other"
        self._works.labels(work, _ending(outcome)).inc()
        self._work_s.labels(work).observe(seconds)

    def searching(self, work: Callable[[], T]) -> Callable[[], T]:
        """The same work, which waits from now on and runs when it is called; `dropped` where it never is."""
        self._waiting.inc()

        def run() -> T:
            self._waiting.dec()
            with self._running.track_inprogress():
                return work()

        return run

    def dropped(self) -> None:
        """A search that waited will not run."""
        self._waiting.dec()

    def trace(self) -> aiohttp.TraceConfig:
        """What discord.py's requests are counted by."""

        async def end(_: object, __: SimpleNamespace, ended: aiohttp.TraceRequestEndParams) -> None:
            self._requests.labels(_kind(ended.response.status)).inc()

        async def drop(*_: object) -> None:
            self._requests.labels("dropped").inc()

        config = aiohttp.TraceConfig()
        config.on_request_end.append(end)
        config.on_request_exception.append(drop)
        return config


class WatchedWorkshop(Workshop):
    """A workshop of which every job is counted."""

    def __init__(self, settings: Settings, metrics: Metrics, now: Callable[[], float]) -> None:
        super().__init__(settings)
        self._metrics, self._now = metrics, now

    async def run(self, arguments: Sequence[str], tell: Tell) -> Outcome:
        """Do what the job is, and count it however it ends."""
        began, outcome = self._now(), None
        try:
            outcome = await super().run(arguments, tell)
        finally:
            self._metrics.count_work(arguments, outcome, self._now() - began)
        return outcome


def _ending(outcome: Outcome | None) -> str:
    if outcome is None:
        return "failed"
    report = outcome.report
    if report is None:
        return "cancelled" if outcome.cancelled else "refused" if outcome.misused else "failed"
    if report.refused:
        return "done" if report.refused == "dry_run" else "refused"
    return "done" if report.applied or not report.failed else "failed"


def _kind(status: int) -> str:
    if status == 429:
        return "limited"
    return "ok" if status < 400 else "refused" if status < 500 else "failed"
