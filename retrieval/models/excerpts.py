"""
What every reply is made of: filters, notes, and published words with what lets a reader check them.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field

from corpus.models import DateEvidence, DatePrecision, Frozen, Quote, Span, Speaker
from retrieval.models.searching import PassageKind

Language = Literal["en", "es"]
Languages = Literal["en", "es", "both"]
Order = Literal["relevance", "newest", "oldest"]
CitationStyle = Literal["plain", "markdown", "mla", "apa"]


class Filters(Frozen):
    """What narrows a search; printed in every answer."""

    since: dt.date | None = None
    until: dt.date | None = None
    organization: str | None = None
    speaker: str | None = None
    language: Languages = "both"
    order: Order = "relevance"


class CitedStatement(Frozen):
    """
    What lets a reader check an excerpt.

    Attributes:
        missing_since: Day (ISO) since when it stands at its source no more; `None` while it does.
    """

    id: str
    revision: int
    file: str
    url: str | None
    title: str
    organizations: tuple[str | None, ...]
    short: dict[str, str]
    language: str
    date: str | None
    date_precision: DatePrecision
    date_evidence: DateEvidence
    missing_since: str | None = None


class Excerpt(Frozen):
    """
    The verbatim part of a passage that is shown: `text == canonical[start:end]`.

    Attributes:
        cut: A single sentence over the length limit was cut at white space; its mark stands outside the quotation.
        paragraph: 1-based.
        highlights: Spans inside `text`, not inside the statement.
        issuer: Whose words these are; empty inside a wrapper.
        speaker: Who speaks the quoted words; `None` without an utterance, or with those of two people.
        quotes: The utterances that overlap this excerpt (not printed in JSON).
    """

    rank: int
    text: str
    start: int
    end: int
    cut: bool = False
    paragraph: int
    highlights: tuple[Span, ...] = ()
    kind: PassageKind = "body"
    issuer: tuple[str | None, ...] = ()
    speaker: Speaker | None = None
    score: float
    statement: CitedStatement
    citation: str | None = None
    quotes: tuple[Quote, ...] = Field(default=(), exclude=True)


class Note(Frozen):
    """
    One thing the reader should know about an answer: a key of `bot/locales` and what goes into its placeholders.

    In JSON it is the sentence itself, in the answer's locale.
    """

    code: str
    values: dict[str, str | int] = Field(default_factory=dict)
