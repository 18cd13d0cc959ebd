"""
A question, and the answer to it: the JSON of `onrecord ask`.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from corpus.models import Frozen
from retrieval.models.excerpts import CitationStyle, Excerpt, Filters, Language, Languages, Note, Order

Status = Literal["answered", "related", "none"]
Narrowing = Literal["dates", "speaker", "organization"]


class AskRequest(Frozen):
    """
    One question with everything a person may say beside it; both doors fill it in.

    Attributes:
        since, until: As typed (YYYY, YYYY-MM or YYYY-MM-DD), inclusive days; they win over dates in the question.
        previous: Earlier questions of the conversation, oldest first.
        locale: Of the reply's own words; `None` for the question's language.
        exact: Only the asker's words: no bridge, no spelling, no stemming.
        order: Of the passages; `None` leaves it to the question.
        dropped: What narrows nothing, though the question's own words name it.
        without: Words of the question that are not looked for, as an answer's `retry` names them.
        limit: How many excerpts.
    """

    question: str
    previous: tuple[str, ...] = ()
    organization: str | None = None
    speaker: str | None = None
    since: str | None = None
    until: str | None = None
    language: Languages = "both"
    locale: Language | None = None
    exact: bool = False
    order: Order | None = None
    dropped: frozenset[Narrowing] = frozenset()
    without: str = ""
    limit: int = Field(default=3, ge=1, le=50)
    cite: CitationStyle | None = None


class Coverage(Frozen):
    """Which words of the question are in the statements, as the asker typed them, and which are not."""

    found: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


class Answer(Frozen):
    """
    What the statements say, or that they do not.

    Attributes:
        status: `answered` (the first excerpt answers it), `related` (the closest, shown as such), `none` (no excerpts).
        confidence: From 0 to 1, that the first excerpt answers; never a BM25 score.
        locale: Of the reply's own words.
        total: How many of the passages that were read hold enough of the question, the shown ones included.
        years: For "how often": year → statements that speak of it (`retrieval/counting.py`), years between with 0.
        undated: The same of statements without a date.
        retry: For a thin answer: what would bring more if it were left out, `{"drop": "dates"}`, `"speaker"`,
            `"organization"`, `"language"`, or `{"without": words}`; at most two, the tightest first.
        corrected: Typed word → word of the statements it was read as.
        bridged: Word of the question → words of the other language it was found through.
    """

    question: str
    status: Status
    confidence: float
    locale: Language
    filters: Filters
    excerpts: tuple[Excerpt, ...] = ()
    total: int = 0
    years: dict[str, int] = Field(default_factory=dict)
    undated: int = 0
    retry: tuple[dict[str, str], ...] = ()
    corrected: dict[str, str] = Field(default_factory=dict)
    bridged: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    coverage: Coverage = Coverage()
    notes: tuple[Note, ...] = ()
    took_ms: float = 0.0
