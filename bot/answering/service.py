"""
`ServiceProcess`: the methods of `bot.service.Service`, answered by a child process.
"""

from __future__ import annotations

import atexit
import datetime as dt
import math
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Self, TypeVar
from weakref import WeakKeyDictionary

from bot.answering.calls import GoneError
from bot.answering.child import Opening, open_service
from bot.answering.process import RecordProcess
from bot.answering.succession import Limits, Standing, Succession
from bot.service import Chart, Overview
from bot.settings import Settings
from corpus.errors import OnRecordError
from retrieval.models import (
    Answer,
    AskRequest,
    Directory,
    FullStatement,
    PassageInContext,
    PassageRequest,
    PersonProfile,
    PersonRequest,
    QuoteReply,
    QuoteRequest,
    StatementList,
    StatementsRequest,
    Timeline,
    TimelineRequest,
    Verdict,
    VerifyRequest,
)

T = TypeVar("T")
# A request whose process dies is tried once more: mostly it was not the one that killed it.
_TRIES = 2


class ServiceProcess:
    """
    Answers from the stored corpus, or the sample, by a child process that holds it; safe to share between threads.

    Every method blocks and may raise what that of `Service` raises, `TimeoutError` when it takes too long, and
    `OnRecordError` when the child fails. What another process changes holds as soon as a second child has read it;
    until then the first one answers, and nobody waits.
    """

    def __init__(
        self,
        settings: Settings,
        limits: Limits = Limits(),  # noqa: B008 (immutable)
        open: Callable[[Path], object] | None = None,
    ) -> None:
        """
        Wait until the record is open.

        Args:
            settings: Where it is stored, and where its public site stands.
            limits: How long things may take.
            open: Data directory → service, in the child; `None` for `open_service`.

        Raises:
            OnRecordError: It cannot be opened.
        """
        self._limits = limits
        self._facts: WeakKeyDictionary[RecordProcess, dict[tuple[str, int | None], object]] = WeakKeyDictionary()
        open = open or partial(open_service, public_url=settings.public_url)
        self._succession = Succession(Opening(open, settings.data_dir), limits)
        # Without it Python would wait, when it ends, for a child that is not told to.
        atexit.register(self.close)
        try:
            self._succession.current(math.inf)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """End the child and whatever it works on."""
        atexit.unregister(self.close)
        self._succession.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def ask(self, request: AskRequest, *, today: dt.date) -> Answer:
        """`Service.ask`."""
        return self._call(Answer, "ask", request, today=today)

    def statement(self, id: str) -> FullStatement:
        """`Service.statement`."""
        return self._call(FullStatement, "statement", id)

    def statements(self, request: StatementsRequest) -> StatementList:
        """`Service.statements`."""
        return self._call(StatementList, "statements", request)

    def passage(self, request: PassageRequest) -> PassageInContext:
        """`Service.passage`."""
        return self._call(PassageInContext, "passage", request)

    def person(self, request: PersonRequest) -> PersonProfile:
        """`Service.person`."""
        return self._call(PersonProfile, "person", request)

    def verify(self, request: VerifyRequest) -> Verdict:
        """`Service.verify`."""
        return self._call(Verdict, "verify", request)

    def timeline(self, request: TimelineRequest, *, today: dt.date) -> Timeline:
        """`Service.timeline`."""
        return self._call(Timeline, "timeline", request, today=today)

    def chart(self, timeline: Timeline) -> Chart:
        """`Service.chart`."""
        return self._call(Chart, "chart", timeline)

    def quote(self, request: QuoteRequest, *, today: dt.date) -> QuoteReply:
        """`Service.quote`."""
        return self._call(QuoteReply, "quote", request, today=today)

    def directory(self) -> Directory:
        """`Service.directory`; at once where it was asked for before."""
        return self._kept(Directory, "directory")

    @property
    def is_sample(self) -> bool:
        """`Service.is_sample`; at once where it was asked for before."""
        return self._kept(bool, "is_sample")

    def overview(self) -> Overview:
        """`Service.overview`; at once where it was asked for before."""
        return self._kept(Overview, "overview")

    def check(self, within_s: float) -> None:
        """
        See whether the child answers.

        Raises:
            OnRecordError: There is none, and why; or it ended meanwhile.
            TimeoutError: None answers within so many seconds.
        """
        try:
            self._try("is_sample", (), {}, time.monotonic() + within_s)
        except GoneError:
            raise OnRecordError("The process that holds the record has just ended. Try again later.") from None

    @property
    def standing(self) -> Standing:
        """Which child answers; at once."""
        return self._succession.standing

    def _kept(self, kind: type[T], verb: str) -> T:
        """What is large, and stays the same as long as one child answers and nobody changes the corpus."""
        process = self._succession.current(time.monotonic() + self._limits.answer_s)
        kept, of = self._facts.setdefault(process, {}), (verb, self._succession.version)
        if of not in kept:
            fresh = self._call(kind, verb)
            # Those of an earlier version are of no use any more.
            for old in [old for old in list(kept) if old[1] != of[1]]:
                kept.pop(old, None)
            kept[of] = fresh
        value = kept[of]
        assert isinstance(value, kind)
        return value

    def _call(self, kind: type[T], verb: str, *arguments: object, **options: object) -> T:
        until = time.monotonic() + self._limits.answer_s
        for _ in range(_TRIES):
            try:
                value = self._try(verb, arguments, options, until)
            except GoneError:
                continue
            assert isinstance(value, kind)
            return value
        raise OnRecordError("The process that holds the record ended twice during this request. Try again later.")

    def _try(self, verb: str, arguments: tuple[object, ...], options: dict[str, object], until: float) -> object:
        while True:
            try:
                reply = self._succession.current(until).call(verb, arguments, options, until)
            except GoneError:
                # Another one has just taken over.
                continue
            return reply.result(max(0.0, until - time.monotonic()))
