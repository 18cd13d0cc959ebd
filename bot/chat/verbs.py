"""
What the bot asks of the record.
"""

from __future__ import annotations

import datetime as dt
from typing import Protocol

from bot.service import Chart, Overview
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


class Verbs(Protocol):
    """`bot.service.Service`, the process that holds it, or a fake. Every method blocks."""

    def ask(self, request: AskRequest, *, today: dt.date) -> Answer:
        """Answer one question."""
        ...

    def statement(self, id: str) -> FullStatement:
        """The whole statement of a record number."""
        ...

    def statements(self, request: StatementsRequest) -> StatementList:
        """The statements of a title or a record number; without either the newest."""
        ...

    def quote(self, request: QuoteRequest, *, today: dt.date) -> QuoteReply:
        """Find what somebody said, or the quote of the day."""
        ...

    def verify(self, request: VerifyRequest) -> Verdict:
        """Check a quotation as somebody pasted it."""
        ...

    def passage(self, request: PassageRequest) -> PassageInContext:
        """Words that were shown before, with what stands around them."""
        ...

    def timeline(self, request: TimelineRequest, *, today: dt.date) -> Timeline:
        """What was said on a topic, oldest first."""
        ...

    def chart(self, timeline: Timeline) -> Chart:
        """A timeline with years, drawn."""
        ...

    def person(self, request: PersonRequest) -> PersonProfile:
        """What is printed of somebody who is quoted."""
        ...

    def overview(self) -> Overview:
        """How much the record holds."""
        ...

    def directory(self) -> Directory:
        """Names and titles of the record; at once."""
        ...

    @property
    def is_sample(self) -> bool:
        """Whether the record is empty, so that the invented sample answers."""
        ...
