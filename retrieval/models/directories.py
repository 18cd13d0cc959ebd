"""
What there is to choose from: people, organizations and titles, with the forms in which they are typed.
"""

from __future__ import annotations

from typing import NamedTuple


class KnownName(NamedTuple):
    """
    Somebody who is quoted, or an organization that issues statements.

    Attributes:
        name: As printed; of several spellings the usual one.
        statements: How many quote or are issued by it.
        form: Every spelling and short form folded, a line each: a line break before it, a space before each word.
    """

    name: str
    statements: int
    form: str


class KnownTitle(NamedTuple):
    """
    A statement by its title.

    Attributes:
        id: Its record number.
        title: As printed, on one line.
        date: ISO, cut to its precision; `None` without one.
        form: The title in the same way.
    """

    id: str
    title: str
    date: str | None
    form: str


class Directory(NamedTuple):
    """
    Names and titles of one generation, folded once so that each key that is typed costs little.

    Attributes:
        speakers: A person each, those first whom most statements quote.
        organizations: An issuer each, those first that issue most.
        titles: Newest first, undated ones last.
    """

    speakers: tuple[KnownName, ...]
    organizations: tuple[KnownName, ...]
    titles: tuple[KnownTitle, ...]
