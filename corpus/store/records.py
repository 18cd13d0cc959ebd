"""
Rows → statements as they are now, with what moderators corrected laid over them; and the live generation.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import NamedTuple

from pydantic import ValidationError

from corpus.corrections import Correction, corrected
from corpus.errors import StoreError, UsageError
from corpus.identity import text_hash
from corpus.models import Statement

_LIVE = """
    SELECT s.id, l.revision FROM live l JOIN statements s ON s.id = l.statement_id
    JOIN revisions r ON r.statement_id = s.id AND r.revision = l.revision AND r.reading <> ''
    WHERE :hidden OR s.id NOT IN (SELECT statement_id FROM withheld)
    ORDER BY s.series, s.number
"""
_LANGUAGES = """
    SELECT l.statement_id, json_extract(r.reading, '$.language'), json_extract(r.reading, '$.date') FROM live l
    JOIN revisions r ON r.statement_id = l.statement_id AND r.revision = l.revision AND r.reading <> ''
"""
_ONE = "SELECT text_hash, reading FROM revisions WHERE statement_id = ? AND revision = ? AND reading <> ''"
_GONE = """
    SELECT statement_id, max(missing_since) FROM locators
    GROUP BY statement_id HAVING count(missing_since) = count(*)
"""


class Live(NamedTuple):
    """The live generation: its number (0 before the first) and which index files belong to it (JSON)."""

    number: int
    manifest: str | None


class Withheld(NamedTuple):
    """A statement that no reader may see: `hidden` or `erased`, since when, by whom and why."""

    id: str
    kind: str
    since: str
    author: str
    reason: str


def live_generation(connection: sqlite3.Connection) -> Live:
    """The last generation that was committed."""
    row = connection.execute("SELECT number, manifest FROM generations ORDER BY number DESC LIMIT 1").fetchone()
    return Live(*row) if row else Live(0, None)


def find_statements(
    connection: sqlite3.Connection,
    known: Mapping[str, Statement] | None = None,
    *,
    ids: Collection[str] | None = None,
    hidden: bool = False,
) -> list[Statement]:
    """
    Every statement as it is now, in the order of the record numbers.

    Args:
        connection: To the database.
        known: Statements of this database that were loaded before, by id: what has not changed is not read again.
        ids: Only these; `None`: all.
        hidden: Also those that are hidden.
    """
    corrections, gone = find_corrections(connection), _gone(connection)
    known = known or {}
    found = []
    for id, revision in connection.execute(_LIVE, {"hidden": hidden}).fetchall():
        if ids is not None and id not in ids:
            continue
        statement = known.get(id)
        if statement is None or statement.revision != revision or id in corrections:
            statement = corrected(read_revision(connection, id, revision), corrections.get(id, ()))
        if statement.missing_since != gone.get(id):
            statement = statement.model_copy(update={"missing_since": gone.get(id)})
        found.append(statement)
    return found


def find_languages(connection: sqlite3.Connection) -> list[tuple[str, str, str | None]]:
    """Id, language and date (ISO) of every statement as it is now, hidden ones too, without reading their texts."""
    corrected_dates = dict(
        connection.execute(
            "SELECT statement_id, json_extract(value, '$') FROM corrections WHERE field = 'date'"
        ).fetchall()
    )
    rows = connection.execute(_LANGUAGES).fetchall()
    return [(id, language, corrected_dates.get(id, date)) for id, language, date in rows]


def find_statement(
    connection: sqlite3.Connection, id: str, revision: int | None = None, *, hidden: bool = False
) -> Statement:
    """
    One statement in one revision, by default that of the live generation.

    Raises:
        UsageError: No such record number or revision, or it is withheld.
    """
    id = id.strip().lower()
    if (withheld := find_withheld(connection).get(id)) and (not hidden or withheld.kind == "erased"):
        raise UsageError(_why_not(withheld))
    if revision is None:
        row = connection.execute("SELECT revision FROM live WHERE statement_id = ?", (id,)).fetchone()
    else:
        row = connection.execute(
            "SELECT revision FROM revisions WHERE statement_id = ? AND revision = ?", (id, revision)
        ).fetchone()
    if row is None:
        raise UsageError(_unknown(connection, id, revision))
    statement = corrected(read_revision(connection, id, row[0]), find_corrections(connection).get(id, ()))
    return statement.model_copy(update={"missing_since": _gone(connection).get(id)})


def read_revision(connection: sqlite3.Connection, id: str, revision: int) -> Statement:
    """
    One revision as it was read.

    Raises:
        StoreError: It is damaged.
        UsageError: Its text is not kept here.
    """
    row = connection.execute(_ONE, (id, revision)).fetchone()
    if row is None:
        raise UsageError(f"The text of {id} in revision {revision} is not kept here.")
    return _statement(id, revision, *row)


def find_withheld(connection: sqlite3.Connection) -> dict[str, Withheld]:
    """The statements that no reader may see, by id."""
    rows = connection.execute("SELECT statement_id, kind, since, author, reason FROM withheld ORDER BY statement_id")
    return {row[0]: Withheld(*row) for row in rows}


def _why_not(withheld: Withheld) -> str:
    since = withheld.since[:10]
    if withheld.kind == "erased":
        return f"{withheld.id} was erased on {since}; its text is not kept."
    show, back = f"onrecord corpus show {withheld.id} --hidden", f"onrecord corpus unhide {withheld.id}"
    return f'{withheld.id} is hidden since {since}. "{show}" shows it, "{back}" brings it back.'


def _unknown(connection: sqlite3.Connection, id: str, revision: int | None) -> str:
    if revision is None and connection.execute("SELECT 1 FROM statements WHERE id = ?", (id,)).fetchone():
        return f'{id} was taken out of the record by a rollback. "onrecord corpus history" shows by which.'
    named = f'"{id[:40]}"' if revision is None else f'"{id[:40]}" in revision {revision}'
    return f'There is no statement {named}. "onrecord corpus list" shows every record number.'


def find_corrections(connection: sqlite3.Connection) -> dict[str, list[Correction]]:
    """What moderators corrected of each statement, by id."""
    found: dict[str, list[Correction]] = defaultdict(list)
    for id, field, place, value in connection.execute("SELECT statement_id, field, place, value FROM corrections"):
        found[id].append(Correction(field, place, json.loads(value)))
    return found


def _gone(connection: sqlite3.Connection) -> dict[str, str]:
    """Id → since when a statement stands nowhere any more."""
    return dict(connection.execute(_GONE).fetchall())


def _statement(id: str, revision: int, expected_hash: str, reading: str) -> Statement:
    try:
        statement = Statement.model_validate({**json.loads(reading), "id": id, "revision": revision})
    except (ValueError, ValidationError):
        statement = None
    if statement is None or text_hash(statement.text) != expected_hash:
        raise StoreError(f"The stored text of {id} is damaged and is not shown. Restore the corpus from a backup.")
    return statement
