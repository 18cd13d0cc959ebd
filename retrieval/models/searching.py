"""
What is searched and what a search finds.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from corpus.models import Frozen, Span
from retrieval.analyzer import Partition

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
