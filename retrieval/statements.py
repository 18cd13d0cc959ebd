"""
One statement whole: its paragraphs for reading, and where the same release stands in another language.
"""

from __future__ import annotations

from corpus.canonical import fold_word
from corpus.errors import UsageError
from corpus.full_text import masked, paragraphs_of
from corpus.models import Span, Statement
from retrieval.catalog import Catalog
from retrieval.excerpts import cited
from retrieval.models import FullStatement, ReadParagraph


def read_whole(id: str, catalog: Catalog) -> FullStatement:
    """
    The statement of this record number.

    Args:
        id: As typed: white space around it and capitals do not matter.

    Raises:
        UsageError: There is no such statement.
    """
    statement = _find(id, catalog)
    return FullStatement(
        statement=cited(statement),
        kind=statement.kind,
        place=statement.place,
        paragraphs=tuple(
            ReadParagraph(paragraph=number, kind=kind, text=masked(statement, Span(start, end)))
            for number, start, end, kind, _ in paragraphs_of(statement)
        ),
        versions=tuple(cited(catalog[other]) for other in _versions(statement, catalog)),
    )


def _find(id: str, catalog: Catalog) -> Statement:
    typed = id.strip()
    found = catalog.statements.get(typed) or catalog.statements.get(typed.lower())
    if found is None:
        raise UsageError(f'There is no statement "{typed[:40]}". A record number looks like 2014-003 or undated-001.')
    return found


def _versions(statement: Statement, catalog: Catalog) -> list[str]:
    """Ids of the same release; only what has its title, or is of about its day, is read word by word."""
    again, translations = catalog.compared or catalog.repeats([statement.id, *_alike(statement, catalog)])
    others = {*again.get(statement.id, ()), *translations.get(statement.id, ())} - {statement.id}
    return sorted(others)


def _alike(statement: Statement, catalog: Catalog) -> list[str]:
    """Ids of the others that have its title, or are in another language and of about its day."""
    title = fold_word(statement.title)
    return [
        other.id
        for other in catalog.statements.values()
        if other is not statement
        and (fold_word(other.title) == title or (other.date and catalog.may_translate(statement.id, other.id)))
    ]
