"""
Store and index against each other.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.curation.reports import CheckReport, Problem
from corpus.errors import StoreError
from corpus.models import Statement
from corpus.store import Store
from retrieval.agreement import disagreements
from retrieval.structures import StoredStructures


def check(store: Store) -> CheckReport:
    """
    Look at everything that is stored: the database itself, every text, and whether the index holds just these texts.

    Raises:
        StoreError: The database cannot be read at all.
    """
    with store.reading():
        problems = [Problem(code=code, part="store", id=id) for code, id in store.problems()]
        statements: list[Statement] = []
        if not problems:
            statements = store.statements()
            problems += _index_problems(store, statements)
        return CheckReport(generation=store.generation, statements=len(statements), problems=tuple(problems))


def _index_problems(store: Store, statements: list[Statement]) -> Iterator[Problem]:
    if not store.generation:
        return
    try:
        structures = StoredStructures(store.index_dir, store.manifest or "", str(store.generation))
        yield from (Problem(**one._asdict()) for one in disagreements(statements, structures))
    except StoreError as error:
        yield Problem(code="unreadable", part="index", id=str(error))
