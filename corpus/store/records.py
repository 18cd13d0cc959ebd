"""
Rows → statements, and the live generation.
"""

from __future__ import annotations

import json
import sqlite3
from typing import NamedTuple

from pydantic import ValidationError

from corpus.errors import StoreError, UsageError
from corpus.identity import text_hash
from corpus.models import Statement

_LATEST = """
    SELECT s.id, r.revision, r.text_hash, r.reading FROM statements s JOIN revisions r ON r.statement_id = s.id
    WHERE r.revision = (SELECT max(revision) FROM revisions WHERE statement_id = s.id)
    ORDER BY s.series, s.number
"""
_ONE = """
    SELECT statement_id, revision, text_hash, reading FROM revisions
    WHERE statement_id = :id
    AND revision = coalesce(:revision, (SELECT max(revision) FROM revisions WHERE statement_id = :id))
"""


class Live(NamedTuple):
    """The live generation: its number (0 before the first) and which index files belong to it (JSON)."""

    number: int
    manifest: str | None


def live_generation(connection: sqlite3.Connection) -> Live:
    """The last generation that was committed."""
    row = connection.execute("SELECT number, manifest FROM generations ORDER BY number DESC LIMIT 1").fetchone()
    return Live(*row) if row else Live(0, None)


def find_statements(connection: sqlite3.Connection) -> list[Statement]:
    """The latest revision of every statement, in the order of the record numbers."""
    rows = connection.execute(_LATEST).fetchall()
    return [_statement(*row) for row in rows]


def find_statement(connection: sqlite3.Connection, id: str, revision: int | None = None) -> Statement:
    """
    One statement in one revision, by default the latest.

    Raises:
        UsageError: No such record number or revision.
    """
    row = connection.execute(_ONE, {"id": id.strip().lower(), "revision": revision}).fetchone()
    if row is None:
        named = f'"{id[:40]}"' if revision is None else f'"{id[:40]}" in revision {revision}'
        raise UsageError(f'There is no statement {named}. "onrecord corpus list" shows every record number.')
    return _statement(*row)


def _statement(id: str, revision: int, expected_hash: str, reading: str) -> Statement:
    try:
        statement = Statement.model_validate({**json.loads(reading), "id": id, "revision": revision})
    except (ValueError, ValidationError):
        statement = None
    if statement is None or text_hash(statement.text) != expected_hash:
        raise StoreError(f"The stored text of {id} is damaged and is not shown. Restore the corpus from a backup.")
    return statement
