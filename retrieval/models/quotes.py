"""
Looking for what somebody said, and what was found: the JSON of `onrecord quote`.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from corpus.models import Frozen, Speaker
from retrieval.models.answers import Coverage
from retrieval.models.excerpts import CitationStyle, CitedStatement, Filters, Language, Note
from retrieval.models.searching import PassageKind

QuoteOrder = Literal["best", "newest", "oldest"]


class QuoteRequest(Frozen):
    """
    Whose words on what; without a topic or a filter the quote of the day is asked for.

    Attributes:
        about: A topic, in the words of a question, which may name a person or dates; at most 2,000 characters.
        speaker: A name or a part of one that only one person has.
        organization: Who issued the statement, or for whom the speaker is said to speak.
        since, until: As typed (YYYY, YYYY-MM or YYYY-MM-DD), inclusive days.
        order: `best` match first; without a topic that is newest first.
        locale: Of the reply's own words; `None` for the topic's language.
        limit: How many quotes.
    """

    about: str = ""
    speaker: str | None = None
    organization: str | None = None
    since: str | None = None
    until: str | None = None
    order: QuoteOrder = "best"
    locale: Language | None = None
    limit: int = Field(default=3, ge=1, le=50)
    cite: CitationStyle | None = None


class Slice(Frozen):
    """A stretch of a statement as it stands: `text == canonical[start:end]`."""

    text: str
    start: int
    end: int


class FoundQuote(Slice):
    """
    One part of an utterance, without its quotation marks.

    Attributes:
        paragraph: 1-based.
        utterance: Number within the statement; its parts share it.
        part: From 1 within the utterance.
        speaker: Who says it, as the statement prints the person.
        context: The whole sentences that hold it, with the attribution; `None` where a private number stands there.
        kind: Of the passage it stands in.
        issuer: Whose statement it is; empty inside a wrapper.
        score: Ranks quotes of one reply, nothing more.
    """

    paragraph: int
    utterance: int
    part: int
    speaker: Speaker | None
    context: Slice | None = None
    kind: PassageKind = "body"
    issuer: tuple[str | None, ...] = ()
    statement: CitedStatement
    score: float
    citation: str | None = None


class QuoteReply(Frozen):
    """
    The quotes that were found.

    Attributes:
        of_the_day: Nothing was asked for, so that it is the quote of the day.
        total: How many quotes match, the shown ones included; with a topic among the best that were read.
        choices: Names among which the asker has to choose before anything is shown; empty where the name is clear.
        coverage: Which words of the topic the statements hold, and which they do not.
        corrected: Typed word → word of the statements it was read as.
        bridged: Word of the topic → words of the other language it was found through.
    """

    quotes: tuple[FoundQuote, ...] = ()
    locale: Language
    filters: Filters
    of_the_day: bool = False
    total: int = 0
    choices: tuple[str, ...] = ()
    coverage: Coverage = Coverage()
    corrected: dict[str, str] = Field(default_factory=dict)
    bridged: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    notes: tuple[Note, ...] = ()
