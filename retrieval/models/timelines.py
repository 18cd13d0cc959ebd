"""
How a position changed over time: the JSON of `onrecord timeline`.
"""

from __future__ import annotations

from pydantic import Field

from corpus.models import Frozen
from retrieval.models.answers import Coverage
from retrieval.models.excerpts import CitationStyle, Excerpt, Filters, Language, Note


class TimelineRequest(Frozen):
    """
    A topic over the years.

    Attributes:
        topic: In the words of a question, dates and names among them; from 1 to 2,000 characters.
        since, until: As typed (YYYY, YYYY-MM or YYYY-MM-DD), inclusive days.
        locale: Of the reply's own words; `None` for the topic's language.
    """

    topic: str
    organization: str | None = None
    speaker: str | None = None
    since: str | None = None
    until: str | None = None
    locale: Language | None = None
    cite: CitationStyle | None = None


class Timeline(Frozen):
    """
    What was said on a topic, by date.

    Attributes:
        topic: As asked.
        excerpts: One or two of each dated statement, oldest first; where there are very many statements, of some.
        undated: The same of statements without a date.
        years: Year → statements on the topic, every year from the first to the last shown; 0 where there is none. The
            same release twice, or in two languages, is one.
        gaps: Those of these years in which the record holds no statement at all.
        total: Statements on the topic, undated ones included.
        coverage: Which words of the topic the statements hold, together or not.
    """

    topic: str
    locale: Language
    filters: Filters
    excerpts: tuple[Excerpt, ...] = ()
    undated: tuple[Excerpt, ...] = ()
    years: dict[str, int] = Field(default_factory=dict)
    gaps: tuple[str, ...] = ()
    total: int = 0
    corrected: dict[str, str] = Field(default_factory=dict)
    bridged: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    coverage: Coverage = Coverage()
    notes: tuple[Note, ...] = ()
