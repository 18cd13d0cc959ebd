"""
What a command changes in the stored corpus: all of it, or nothing.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from typing import Any, Literal, NamedTuple

from corpus.identity import text_hash, words_hash
from corpus.models import Reading, Statement
from corpus.store.records import find_statement, find_statements, live_generation


class Source(NamedTuple):
    """Where statements are read from: its kind (`files`) and its absolute path or address."""

    kind: str
    locator: str


class Item(NamedTuple):
    """What became of one reading; for `duplicate_of`, `id` is the statement that it repeats."""

    code: Literal["new", "text_changed", "duplicate_of", "same"]
    id: str
    revision: int


class Transaction:
    """
    The open transaction of `Store.writing()`.

    Attributes:
        generation: Number of the live generation; after `publish`, of the new one.
        manifest: Which index files belong to it (JSON), `None` before the first.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.generation, self.manifest = live_generation(connection)

    def put(self, source: Source, locator: str, reading: Reading) -> Item:
        """
        Store what was read at a place.

        New words at a known place are the next revision; known words at another place are a copy. A copy whose words
        change is a statement of its own: the first place still says what it said.

        Args:
            source: What the place belongs to; kept from its first statement on.
            locator: Absolute path or address of this one statement.
            reading: What was read there. Where the words are the same, the stored reading stays.
        """
        words = words_hash(reading)
        known = self._one("SELECT statement_id, words_hash, is_copy FROM locators WHERE locator = ?", locator)
        if known and known[1] == words:
            return Item("same", known[0], self._revision(known[0]))
        if known and not known[2]:
            item = Item("text_changed", known[0], self._revision(known[0]) + 1)
        elif original := self._one("SELECT min(statement_id) FROM revisions WHERE words_hash = ?", words)[0]:
            item = Item("duplicate_of", original, self._revision(original))
        else:
            item = Item("new", self._new_id(reading), 1)
        if item.code != "duplicate_of":
            self._append(item, words, reading)
        self._connection.execute(
            "REPLACE INTO locators VALUES (?, ?, ?, ?, ?)",
            (locator, self._source_id(source), item.id, words, item.code == "duplicate_of"),
        )
        return item

    def statement(self, id: str, revision: int | None = None) -> Statement:
        """One statement, with what this transaction has stored."""
        return find_statement(self._connection, id, revision)

    def statements(self) -> list[Statement]:
        """The latest revision of every statement, with what this transaction has stored."""
        return find_statements(self._connection)

    def manifests(self) -> list[str]:
        """The manifests of all generations: index files that none of them names belong to nobody."""
        return [row[0] for row in self._connection.execute("SELECT manifest FROM generations")]

    def publish(self, manifest: str, *, when: dt.date, by: str) -> int:
        """
        Open the next generation, which is the live one once the transaction has ended.

        Args:
            manifest: Which index files belong to it (JSON); they are on the disk by now.
            when: Day or moment, as history shows it.
            by: Who did it.
        """
        self.generation, self.manifest = self.generation + 1, manifest
        added, changed = self._one(
            "SELECT total(revision = 1), total(revision > 1) FROM revisions WHERE generation = ?", self.generation
        )
        row = (self.generation, when.isoformat(), by, manifest, int(added), int(changed), 0)
        self._connection.execute("INSERT INTO generations VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        return self.generation

    def _one(self, query: str, *values: object) -> Any:
        return self._connection.execute(query, values).fetchone()

    def _revision(self, id: str) -> int:
        return int(self._one("SELECT max(revision) FROM revisions WHERE statement_id = ?", id)[0])

    def _source_id(self, source: Source) -> int:
        self._connection.execute("INSERT OR IGNORE INTO sources (kind, locator) VALUES (?, ?)", source)
        return int(self._one("SELECT id FROM sources WHERE locator = ?", source.locator)[0])

    def _new_id(self, reading: Reading) -> str:
        series = reading.date[:4] if reading.date else "undated"
        self._connection.execute(
            "INSERT INTO counters VALUES (?, 1) ON CONFLICT (series) DO UPDATE SET last = last + 1", (series,)
        )
        number = int(self._one("SELECT last FROM counters WHERE series = ?", series)[0])
        id = f"{series}-{number:03}"
        self._connection.execute("INSERT INTO statements VALUES (?, ?, ?)", (id, series, number))
        return id

    def _append(self, item: Item, words: str, reading: Reading) -> None:
        row = (item.id, item.revision, self.generation + 1, text_hash(reading.text), words, reading.model_dump_json())
        self._connection.execute("INSERT INTO revisions VALUES (?, ?, ?, ?, ?, ?)", row)
