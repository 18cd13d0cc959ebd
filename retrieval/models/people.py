"""
What the statements print of one person: the JSON of `onrecord person`.
"""

from __future__ import annotations

from pydantic import Field

from corpus.models import Frozen
from retrieval.models.excerpts import Language, Note
from retrieval.models.quotes import FoundQuote


class PersonRequest(Frozen):
    """
    Somebody who is quoted.

    Attributes:
        name: A name or a part of one that only one person has; at most 120 characters are read.
        locale: Of the reply's own words; English where it is `None`: a name has no language.
        limit: How many quotes.
    """

    name: str
    locale: Language | None = None
    limit: int = Field(default=3, ge=1, le=50)


class PrintedForm(Frozen):
    """
    A name, a title or an organization as statements print it of a person.

    Attributes:
        first, last: Of the dated statements that print it, ISO, each cut to its precision; `None` without any.
        statements: How many print it, undated ones included.
    """

    text: str
    first: str | None
    last: str | None
    statements: int


class Said(Frozen):
    """How many statements quote somebody, and how many quotes that is, each counted once."""

    statements: int = 0
    quotes: int = 0


class PersonProfile(Frozen):
    """
    Everything that is printed of a person, and nothing that is not.

    Attributes:
        name: The form that most statements print; `None` where nobody is meant, or one of several.
        names, titles, organizations: As printed, those printed last first.
        years: Year → what was said, every year from the first to the last; the rest is `undated`.
        quotes: The newest, of different statements.
        choices: Names among which the asker has to choose before anything is shown; empty where the name is clear.
        corrected: Typed word of the name → the word it was read as.
    """

    name: str | None = None
    locale: Language
    names: tuple[PrintedForm, ...] = ()
    titles: tuple[PrintedForm, ...] = ()
    organizations: tuple[PrintedForm, ...] = ()
    total: Said = Said()
    years: dict[str, Said] = Field(default_factory=dict)
    undated: Said = Said()
    quotes: tuple[FoundQuote, ...] = ()
    choices: tuple[str, ...] = ()
    corrected: dict[str, str] = Field(default_factory=dict)
    notes: tuple[Note, ...] = ()
