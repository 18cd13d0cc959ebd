"""
One statement whole, for reading: the JSON of `onrecord statement`.
"""

from __future__ import annotations

from corpus.models import Frozen, StatementKind
from retrieval.models.excerpts import CitedStatement


class ReadParagraph(Frozen):
    """
    A paragraph as it stands, private numbers replaced by words that say so.

    Attributes:
        paragraph: 1-based.
        kind: body, about, wrapper or a kind of furniture.
    """

    paragraph: int
    kind: str
    text: str


class FullStatement(Frozen):
    """
    A statement with all its paragraphs.

    Attributes:
        place: Of the dateline, as printed.
        versions: The same release in another language, or again.
    """

    statement: CitedStatement
    kind: StatementKind
    place: str | None
    paragraphs: tuple[ReadParagraph, ...]
    versions: tuple[CitedStatement, ...] = ()
