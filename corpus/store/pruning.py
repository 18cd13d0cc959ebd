"""
Old generations: which of them are kept, and how the room of what only others held is won back.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from contextlib import suppress

# What is in one of the newest so many generations, or in one that is not older than so many days, can be gone back to.
KEPT_GENERATIONS = 30
KEPT_DAYS = 400
# A file of a few pages is not worth it, and neither is one of which less than a share is free.
_FEW_PAGES, _WASTED = 32, 0.25
_FIRST = """
    SELECT min(number) FROM generations WHERE created >= :since OR number IN
    (SELECT number FROM generations ORDER BY number DESC LIMIT :newest)
"""
# Each step sees what the one before it left: contents become those of the first generation that is kept.
_STEPS = (
    "DELETE FROM contents WHERE generation < :first AND EXISTS (SELECT 1 FROM contents l WHERE"
    " l.statement_id = contents.statement_id AND l.generation > contents.generation AND l.generation <= :first)",
    "UPDATE contents SET generation = :first WHERE generation < :first",
    # The row stays: its number is given, and its hash tells the words again.
    "UPDATE revisions SET reading = '' WHERE generation < :first AND reading <> '' AND NOT EXISTS (SELECT 1 FROM"
    " contents c WHERE c.statement_id = revisions.statement_id AND c.revision = revisions.revision)",
    "UPDATE revisions SET generation = :first WHERE generation < :first",
    "DELETE FROM generations WHERE number < :first",
)


def forget_old(connection: sqlite3.Connection, today: dt.date) -> None:
    """
    Let go of generations that are both old and many, inside an open transaction; what was done stays in the history.

    A text that none of the others holds is emptied, whoever said it first.
    """
    since = (today - dt.timedelta(days=KEPT_DAYS)).isoformat()[:10]
    (first,) = connection.execute(_FIRST, {"since": since, "newest": KEPT_GENERATIONS}).fetchone()
    if connection.execute("SELECT 1 FROM generations WHERE number < ?", (first,)).fetchone():
        for step in _STEPS:
            connection.execute(step, {"first": first})


def reclaim(connection: sqlite3.Connection) -> None:
    """
    Write the file anew where much of it is free, outside of any transaction.

    Where a reader is in the way or there is no room for it, the next change tries again.
    """
    (pages,), (free,) = (connection.execute(f"PRAGMA {what}").fetchone() for what in ("page_count", "freelist_count"))
    if pages >= _FEW_PAGES and free > _WASTED * pages:
        with suppress(sqlite3.Error):
            connection.execute("VACUUM")
