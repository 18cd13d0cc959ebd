"""
What came into the record, generation by generation: what is news to those who read it.
"""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

# A correction, a rollback or an import brings nothing that was published now. An import into an empty record brings
# whole generations, and its action says up to which.
_NEW = """
    SELECT r.generation, r.statement_id FROM contents c
    CROSS JOIN revisions r ON r.statement_id = c.statement_id AND r.revision = 1 AND r.generation = c.generation
    JOIN generations g ON g.number = c.generation AND g.what IN ('add', 'refresh')
    JOIN statements s ON s.id = c.statement_id
    WHERE c.generation > max(?, (
        SELECT coalesce(max(json_extract(detail, '$[0]')), 0) FROM actions WHERE what = 'import' AND detail <> ''
    )) AND r.reading <> ''
    AND c.statement_id NOT IN (SELECT statement_id FROM withheld)
    AND EXISTS (SELECT 1 FROM live WHERE statement_id = c.statement_id)
    ORDER BY r.generation, s.series = 'undated', s.series DESC, s.number DESC
"""


class Arrivals(NamedTuple):
    """Ids of statements that a generation brought for the first time and that readers see, the newest year first."""

    generation: int
    ids: tuple[str, ...]


def find_arrivals(connection: sqlite3.Connection, after: int) -> list[Arrivals]:
    """What `corpus add` and `corpus refresh` brought after this generation, the earliest first."""
    found: dict[int, list[str]] = {}
    for generation, id in connection.execute(_NEW, (after,)).fetchall():
        found.setdefault(generation, []).append(id)
    return [Arrivals(generation, tuple(ids)) for generation, ids in found.items()]
