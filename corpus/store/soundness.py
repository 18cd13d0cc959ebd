"""
What is wrong inside the database: damage, texts that are not what was read, erased texts that are still there.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator

from corpus.identity import text_hash

_DANGLING = """
    SELECT l.statement_id || '@' || l.revision FROM live l LEFT JOIN revisions r
    ON r.statement_id = l.statement_id AND r.revision = l.revision WHERE r.revision IS NULL
"""
_NOT_ERASED = """
    SELECT r.statement_id || '@' || r.revision FROM revisions r JOIN withheld w ON w.statement_id = r.statement_id
    WHERE w.kind = 'erased' AND r.reading <> ''
"""


def find_problems(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """
    Code and place of each: `damaged` a row or a text, `dangling` what refers to nothing, `not_erased` and
    `not_cleared` what is left of an erased statement.
    """
    for (said,) in connection.execute("PRAGMA integrity_check").fetchall():
        if said != "ok":
            yield "damaged", str(said)
    for table, *_ in connection.execute("PRAGMA foreign_key_check").fetchall():
        yield "dangling", str(table)
    yield from (("dangling", row[0]) for row in connection.execute(_DANGLING).fetchall())
    yield from (("not_erased", row[0]) for row in connection.execute(_NOT_ERASED).fetchall())
    rows = connection.execute("SELECT statement_id FROM withheld WHERE NOT is_cleared").fetchall()
    yield from (("not_cleared", row[0]) for row in rows)
    for id, revision, expected, reading in connection.execute(
        "SELECT statement_id, revision, text_hash, reading FROM revisions WHERE reading <> ''"
    ):
        if not _is_sound(reading, expected):
            yield "damaged", f"{id}@{revision}"


def _is_sound(reading: str, expected: str) -> bool:
    try:
        return text_hash(str(json.loads(reading)["text"])) == expected
    except (ValueError, KeyError, TypeError):
        return False
