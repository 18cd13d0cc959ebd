"""
A claimed quotation, and what the statements show about it: the JSON of `onrecord verify`.
"""

from __future__ import annotations

from typing import Literal

from corpus.models import Frozen, Span, Speaker
from retrieval.models.excerpts import CitationStyle, CitedStatement, Language, Note
from retrieval.models.searching import PassageKind

VerdictKind = Literal["not_found", "altered", "misattributed", "partial", "exact"]
Operation = Literal["replace", "insert", "delete"]


class VerifyRequest(Frozen):
    """
    A quotation as somebody pasted it.

    Attributes:
        text: From 3 words to 2,000 characters, perhaps with marks, name and date around it.
        speaker: A person or an organisation; wins over a name in the text.
        locale: Of the reply's own words; `None` for the claim's language.
    """

    text: str
    speaker: str | None = None
    locale: Language | None = None
    cite: CitationStyle | None = None


class Difference(Frozen):
    """
    One step that turns the claimed words into the found ones.

    Attributes:
        op: `replace` claimed words by found ones, `insert` found words, `delete` claimed ones.
        claimed: The claimed words as pasted, "" for `insert`.
        found: The published words as printed, "" for `delete`.
        at: Which word of the claim it begins at, from 0.
    """

    op: Operation
    claimed: str
    found: str
    at: int


class FoundWords(Frozen):
    """
    The published words that a claim was compared with: `text == canonical[start:end]`.

    Attributes:
        paragraph: 1-based, of the first word.
        speaker: Who says them; `None` for the statement's own text, and where nobody can be named.
        gaps: Spans of the statement between `start` and `end` that the claim leaves out, ascending.
        kind: Of the passage it stands in.
        issuer: Whose statement it is; empty inside a wrapper.
    """

    text: str
    start: int
    end: int
    paragraph: int
    speaker: Speaker | None
    gaps: tuple[Span, ...] = ()
    kind: PassageKind = "body"
    issuer: tuple[str | None, ...] = ()
    statement: CitedStatement
    citation: str | None = None


class Verdict(Frozen):
    """
    What became of a claim.

    Attributes:
        verdict: The first that holds of: not_found, altered, misattributed, partial, exact.
        similarity: From 0 to 1, of the words in their order; it never decides.
        claimed: The words that were checked, taken out of what was pasted.
        claimed_speaker: Whose words they are said to be, as typed.
        claimed_date: ISO, cut to its precision, where the pasted text gives one.
        differences: A changed negation or number first, then in the order of the text.
        notes: What else holds and what was left out, most important first; `note` in JSON.
    """

    verdict: VerdictKind
    similarity: float
    claimed: str
    claimed_speaker: str | None = None
    claimed_date: str | None = None
    found: FoundWords | None = None
    differences: tuple[Difference, ...] = ()
    notes: tuple[Note, ...] = ()
    locale: Language
