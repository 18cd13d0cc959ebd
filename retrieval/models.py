"""
What goes into a search and what comes out: frozen and typed. `Answer` is the JSON of `onrecord ask`.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal, NamedTuple

from pydantic import Field

from corpus.models import DateEvidence, DatePrecision, Frozen, Quote, Span, Speaker
from retrieval.analyzer import Partition

Language = Literal["en", "es"]
Languages = Literal["en", "es", "both"]
Order = Literal["relevance", "newest", "oldest"]
Status = Literal["answered", "related", "none"]
PassageKind = Literal["body", "about", "wrapper"]


def passage_id(statement_id: str, revision: int, span: Span) -> str:
    """What a passage is called: `statement@revision:start-end`."""
    return f"{statement_id}@{revision}:{span.start}-{span.end}"


class Passage(Frozen):
    """
    The unit of ranking: consecutive whole sentences of one statement.

    `id` is `statement@revision:start-end`; `language` names the index partition: en, es or other (unstemmed).
    """

    statement_id: str
    revision: int
    span: Span
    text: str
    kind: PassageKind
    language: Partition

    @property
    def id(self) -> str:
        """`statement@revision:start-end`."""
        return passage_id(self.statement_id, self.revision, self.span)


class Hit(NamedTuple):
    """
    A passage that shares a term with the query.

    Hits are equal when passage and score are.

    Attributes:
        score: Ranks passages of one generation, nothing more.
        place: Where the engine that found it keeps the passage; of no meaning to anybody else.
    """

    passage_id: str
    score: float
    place: int = -1

    @property
    def statement_id(self) -> str:
        """The statement that the passage is from."""
        return self.passage_id.rpartition("@")[0]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Hit) and self[:2] == other[:2]

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self[:2])


class WeightedTerm(NamedTuple):
    """One analyzed term to look for in one partition; `weight`, above 0, multiplies its BM25 score."""

    term: str
    partition: Partition
    weight: float = 1.0


class Query(Frozen):
    """
    The analyzed form of a question that goes to an index.

    Attributes:
        terms: What to score, in the order asked; a repeated term counts as often as it is asked.
        phrases: Words that must stand in the passage literally, side by side, none dropped.
        statements: Only passages of these statement ids; `None` for all.
    """

    terms: tuple[WeightedTerm, ...]
    phrases: tuple[str, ...] = ()
    statements: frozenset[str] | None = None


class Filters(Frozen):
    """What narrows a search; printed in every answer."""

    since: dt.date | None = None
    until: dt.date | None = None
    organization: str | None = None
    speaker: str | None = None
    language: Languages = "both"
    order: Order = "relevance"


class CitedStatement(Frozen):
    """What lets a reader check an excerpt."""

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


class AskRequest(Frozen):
    """
    One question with everything a person may say beside it; both doors fill it in.

    Attributes:
        since, until: As typed (YYYY, YYYY-MM or YYYY-MM-DD), inclusive days; they win over dates in the question.
        previous: Earlier questions of the conversation, oldest first.
        locale: Of the reply's own words; `None` for the question's language.
        exact: Only the asker's words: no bridge, no spelling, no stemming.
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
    limit: int = Field(default=3, ge=1, le=50)
    cite: Literal["plain", "markdown", "mla", "apa"] | None = None


class Coverage(Frozen):
    """Which words of the question are in the statements, as the asker typed them, and which are not."""

    found: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


class Note(Frozen):
    """
    One thing the reader should know about an answer: a key of `bot/locales` and what goes into its placeholders.

    In JSON it is the sentence itself, in the answer's locale.
    """

    code: str
    values: dict[str, str | int] = Field(default_factory=dict)


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
