"""
What the bot asks of the record.
"""

from __future__ import annotations

import datetime as dt
from typing import Protocol

from retrieval.models import (
    Answer,
    AskRequest,
    Directory,
    PassageInContext,
    PassageRequest,
    QuoteReply,
    QuoteRequest,
)


class Verbs(Protocol):
    """`bot.service.Service`, the process that holds it, or a fake. Every method blocks."""

    def ask(self, request: AskRequest, *, today: dt.date) -> Answer:
        """Answer one question."""
        ...

    def quote(self, request: QuoteRequest, *, today: dt.date) -> QuoteReply:
        """Find what somebody said, or the quote of the day."""
        ...

    def passage(self, request: PassageRequest) -> PassageInContext:
        """Words that were shown before, with what stands around them."""
        ...

    def directory(self) -> Directory:
        """Names and titles of the record; at once."""
        ...

    @property
    def is_sample(self) -> bool:
        """Whether the record is empty, so that the invented sample answers."""
        ...
