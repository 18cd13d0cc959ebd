"""
Sources: how each fares, what moderators say about it, and when it is to be read again.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Collection, Mapping
from typing import NamedTuple

from corpus.corrections import Change
from corpus.errors import UsageError
from corpus.labels import DEFAULT_H, NEVER

_COLUMNS = (
    "id, kind, locator, last_success, last_failure, code,"
    " name, organization, language, licence, every_h, failing_since, told,"
    " max(coalesce(last_success, last_failure, :began), coalesce(last_failure, last_success, :began))"
)


class SourceStatus(NamedTuple):
    """
    How a source fares.

    Attributes:
        last_success: Day or moment (ISO) when it was last read.
        last_failure: When it last failed.
        code: Why, as long as it has not been read since.
        name, organization, language, licence: What moderators say of it; `None`: nobody did.
        every_h: Hours from one reading to the next; `None`: as usual, 0: only when asked.
        failing_since: When it failed for the first time since it was last read; `None`: it was read.
        told: 1 from when moderators were told that it is failing, until they are told that it is read again.
        tried: When it was last read or failed; for one that never was, when the record began.
    """

    id: int
    kind: str
    locator: str
    last_success: str | None
    last_failure: str | None
    code: str | None
    name: str | None
    organization: str | None
    language: str | None
    licence: str | None
    every_h: int | None
    failing_since: str | None
    told: int
    tried: str

    @property
    def next_at(self) -> dt.datetime | None:
        """When it is to be read again; `None`: only when asked."""
        hours = DEFAULT_H if self.every_h is None else self.every_h
        return None if hours == NEVER else moment_of(self.tried) + dt.timedelta(hours=hours)

    def is_due(self, now: dt.datetime) -> bool:
        """Whether its time has come."""
        return self.next_at is not None and self.next_at <= now


def moment_of(written: str) -> dt.datetime:
    """A day or moment of the history; a day begins at midnight UTC."""
    moment = dt.datetime.fromisoformat(written)
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def find_sources(connection: sqlite3.Connection) -> list[SourceStatus]:
    """Every source, in the order in which they were added."""
    row = connection.execute("SELECT created FROM generations ORDER BY number LIMIT 1").fetchone()
    began = {"began": row[0] if row else dt.date.min.isoformat()}
    rows = connection.execute(f"SELECT {_COLUMNS} FROM sources ORDER BY id", began).fetchall()  # noqa: S608 (names of columns)
    return [SourceStatus(*row) for row in rows]


def note_reading(connection: sqlite3.Connection, id: int, kind: str, when: str) -> None:
    """A source was read, as this kind."""
    row = (kind, when, id)
    connection.execute(
        "UPDATE sources SET kind = ?, last_success = ?, code = NULL, failing_since = NULL WHERE id = ?", row
    )


def note_failure(connection: sqlite3.Connection, id: int, code: str, when: str) -> None:
    """A source failed; `failing_since` stays that of the first failure."""
    row = (when, code, when, id)
    connection.execute(
        "UPDATE sources SET last_failure = ?, code = ?, failing_since = coalesce(failing_since, ?) WHERE id = ?", row
    )


def label_source(connection: sqlite3.Connection, id: int, labels: Mapping[str, str | int | None]) -> list[Change]:
    """
    Keep labels of a source (`corpus.labels.read_labels`).

    Returns:
        What is different now.

    Raises:
        UsageError: There is no such source.
    """
    known = next((one for one in find_sources(connection) if one.id == id), None)
    if known is None:
        raise UsageError(f'There is no source {id}. "onrecord corpus status" shows the number of each.')
    found = []
    for column, value in labels.items():
        before = getattr(known, column)
        if before != value:
            connection.execute(f"UPDATE sources SET {column} = ? WHERE id = ?", (value, id))  # noqa: S608 (a name of `LABELS`)
            found.append(Change(field=column, place=known.locator, before=before, after=value))
    return found


def mark_told(connection: sqlite3.Connection, ids: Collection[int], told: bool) -> None:
    """Note that moderators were told that these are failing, or that they are read again."""
    connection.executemany("UPDATE sources SET told = ? WHERE id = ?", [(told, id) for id in sorted(ids)])
