"""
Looking for a statement by its title, and what was found.
"""

from __future__ import annotations

from pydantic import Field

from corpus.models import Frozen
from retrieval.models.excerpts import CitedStatement, Language, Note


class StatementsRequest(Frozen):
    """
    Which statements.

    Attributes:
        title: A record number, a title, or words of one; "" for the newest of all.
        limit: How many statements.
        locale: Of the reply's own words; `None` for the language of what is typed.
    """

    title: str = ""
    limit: int = Field(default=10, ge=1, le=50)
    locale: Language | None = None


class StatementList(Frozen):
    """
    Statements, newest first, undated ones last.

    Attributes:
        total: How many there are, the shown ones included.
        missing: Of words that no title holds together, those as typed that are in no title at all.
        notes: Why nothing was found.
    """

    statements: tuple[CitedStatement, ...] = ()
    total: int = 0
    locale: Language
    missing: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
