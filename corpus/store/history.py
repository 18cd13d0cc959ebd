"""
Generations and what each held; what moderators did; what stands where.
"""

from __future__ import annotations

import json
import sqlite3
from typing import Any, NamedTuple

from corpus.errors import UsageError

_CONTENTS = """
    SELECT c.statement_id, c.revision FROM contents c
    JOIN revisions r ON r.statement_id = c.statement_id AND r.revision = c.revision AND r.reading <> ''
    WHERE c.generation = (
        SELECT max(generation) FROM contents WHERE statement_id = c.statement_id AND generation <= ?
    )
"""
_COUNTS = """
    SELECT count(*), total(l.statement_id IN (
        SELECT statement_id FROM locators GROUP BY statement_id HAVING count(missing_since) = count(*)
    ))
    FROM live l JOIN revisions r ON r.statement_id = l.statement_id AND r.revision = l.revision AND r.reading <> ''
    WHERE l.statement_id NOT IN (SELECT statement_id FROM withheld)
"""


class Generation(NamedTuple):
    """
    One state of the corpus.

    Attributes:
        number: From 1.
        when: Day or moment (ISO).
        by: Who brought it about.
        what: By which verb.
        added, changed, missing, removed: How many statements came, have other words, went missing at their source, and
            were taken out by a rollback.
    """

    number: int
    when: str
    by: str
    what: str
    added: int
    changed: int
    missing: int
    removed: int


class Action(NamedTuple):
    """What somebody did: when (ISO), who, which verb, to which statement, why; `detail` is a list of what changed."""

    when: str
    by: str
    what: str
    id: str | None
    reason: str
    detail: list[Any]


class Standing(NamedTuple):
    """A place at which something stands: the locator of its source, and what will tell of a change there."""

    source: str
    validator: str | None


def find_generations(connection: sqlite3.Connection) -> list[Generation]:
    """Every generation, the newest first."""
    columns = "number, created, author, what, added, changed, missing, removed"
    return [
        Generation(*row)
        for row in connection.execute(f"SELECT {columns} FROM generations ORDER BY number DESC")  # noqa: S608 (names of columns)
    ]


def find_actions(connection: sqlite3.Connection) -> list[Action]:
    """Everything that was done to the record, the newest first."""
    rows = connection.execute(
        "SELECT done, author, what, statement_id, reason, detail FROM actions ORDER BY number DESC"
    )
    return [
        Action(done, by, what, id, reason, json.loads(detail or "[]")) for done, by, what, id, reason, detail in rows
    ]


def find_listings(connection: sqlite3.Connection) -> dict[str, str]:
    """Locator of a feed or a sitemap → what tells that it lists what it listed."""
    return dict(connection.execute("SELECT locator, validator FROM sources WHERE validator IS NOT NULL").fetchall())


def find_standing(connection: sqlite3.Connection) -> dict[str, Standing]:
    """Every place on the web at which something stands, by locator."""
    rows = connection.execute(
        "SELECT l.locator, s.locator, l.validator FROM locators l JOIN sources s ON s.id = l.source_id"
        " WHERE s.kind <> 'files' AND l.missing_since IS NULL ORDER BY l.locator"
    )
    return {locator: Standing(*row) for locator, *row in rows}


def is_taken_back(connection: sqlite3.Connection) -> bool:
    """Whether the record was rolled back and has not been refreshed since."""
    query = "SELECT what FROM generations WHERE what IN ('rollback', 'refresh') ORDER BY number DESC LIMIT 1"
    return bool(connection.execute(query).fetchone() == ("rollback",))


def count_statements(connection: sqlite3.Connection) -> tuple[int, int]:
    """How many statements readers see, and how many of these stand nowhere any more."""
    row = connection.execute(_COUNTS).fetchone()
    return int(row[0]), int(row[1])


def contents_of(connection: sqlite3.Connection, number: int) -> dict[str, int]:
    """
    Which revision of each statement a generation holds, hidden ones included, erased texts left out.

    Raises:
        UsageError: There is no such generation, or it is no longer kept.
    """
    if not connection.execute("SELECT 1 FROM generations WHERE number = ?", (number,)).fetchone():
        first, last = connection.execute("SELECT min(number), max(number) FROM generations").fetchone()
        if first and 0 < number < first:
            raise UsageError(f"Generation {number} is no longer kept, the oldest is {first}.")
        raise UsageError(
            f'There is no generation {number}, the last is {last or 0}. "onrecord corpus history" lists them.'
        )
    return dict(connection.execute(_CONTENTS, (number,)).fetchall())
