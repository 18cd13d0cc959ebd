"""
What a statement is, once it has been read.

All offsets count code points of the statement's canonical text and are half-open: `text[start:end]`.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

DatePrecision = Literal["day", "month", "year", "none"]
DateEvidence = Literal["dateline", "header", "metadata", "url", "moderator", "none"]
StatementKind = Literal["press_release", "blog_post", "policy_page", "speech", "transcript", "article", "other"]
FurnitureKind = Literal[
    "navigation", "breadcrumb", "share", "comments", "contact", "mailing", "copyright", "link_text", "image", "other"
]


class Span(NamedTuple):
    """Half-open range of code points in canonical text."""

    start: int
    end: int

    def holds(self, other: Span) -> bool:
        """Whether `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end


class Frozen(BaseModel):
    """Base of every model: checked when it is made, never changed afterwards."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Speaker(Frozen):
    """
    Who says a quote, in the fullest forms that this statement prints of that person.

    Attributes:
        name: Fullest name printed ("Marisol Quintero"), never taken from elsewhere.
        title: Fullest title printed, `None` where the statement prints none.
        organization: The person's organisation as printed, `None` where it is not printed or its name was lost.
        printed: The form of the name at this very quote ("Quintero", "she").
    """

    name: str
    title: str | None = None
    organization: str | None = None
    printed: str


class Quote(Frozen):
    """
    Words that somebody speaks, without their quotation marks: `text == canonical[start:end]`.

    Parts of one utterance (“…,” said NAME. “…”) share `utterance`, a 1-based number within the statement, and count
    `part` from 1. `speaker` is `None` when nobody can be named without guessing; `reason` then says why, in
    snake_case, for moderators.
    """

    text: str
    start: int
    end: int
    utterance: int
    part: int
    speaker: Speaker | None = None
    reason: str | None = None

    @property
    def span(self) -> Span:
        """Where the words stand."""
        return Span(self.start, self.end)


class Furniture(Frozen):
    """A stretch of the file that is not the statement."""

    start: int
    end: int
    kind: FurnitureKind

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)


class Reading(Frozen):
    """
    Everything that reading one file found: what `corpus inspect` prints.

    Attributes:
        file: Path below the folder that was named, with `/`.
        title: As printed; the file's name where the file prints none.
        organizations: Issuers, names in full as printed; `None` for one whose name was lost with its link.
        short: Short form → full name, both as printed ("RNN" → "Riverbend Neighbors Network").
        date: ISO 8601, cut to its precision (2012-11-08, 2012-11, 2012), `None` when the statement is undated.
        place: Of the dateline, as printed.
        language: ISO 639-1 code of the statement, or `und`.
        url: Where it was published, when the file says so.
        text: Canonical text.
        body, about, wrapper: Spans that are the statement's own words; an organisation's standing paragraph on
            itself; somebody else's text around a release. Ascending, disjoint from each other and from furniture.
        private: Spans of private numbers and addresses, wherever they stand.
        passages: Runs of whole sentences of body, about and wrapper: the units that are ranked.
        warnings: snake_case codes with details after a colon (`date_inconsistent: Monday, 2014-09-10`).
    """

    file: str
    title: str
    organizations: tuple[str | None, ...] = ()
    short: dict[str, str] = Field(default_factory=dict)
    date: str | None = None
    date_precision: DatePrecision = "none"
    date_evidence: DateEvidence = "none"
    place: str | None = None
    language: str = "und"
    kind: StatementKind = "other"
    url: str | None = None
    text: str
    body: tuple[Span, ...] = ()
    about: tuple[Span, ...] = ()
    wrapper: tuple[Span, ...] = ()
    furniture: tuple[Furniture, ...] = ()
    private: tuple[Span, ...] = ()
    quotes: tuple[Quote, ...] = ()
    passages: tuple[Span, ...] = ()
    warnings: tuple[str, ...] = ()


class Statement(Reading):
    """
    One published document with its place in the record.

    Attributes:
        id: Permanent record number (`2014-003`, `undated-002`); for files read in passing, their path without
            extension.
        revision: 1 for the first text stored, one more for each change of the statement's own words.
        missing_since: Day or moment (ISO) since when it stands nowhere any more; `None` while it does.
    """

    id: str
    revision: int = 1
    missing_since: str | None = None
