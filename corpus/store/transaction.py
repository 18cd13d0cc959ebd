"""
What a command changes in the stored corpus: all of it, or nothing.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from corpus.corrections import Change
from corpus.models import Reading, Statement
from corpus.store.exchange import copy_rows
from corpus.store.history import contents_of
from corpus.store.merging import Merging
from corpus.store.moderating import Moderation
from corpus.store.placing import PART_MARK, Item, Placing, Sighting, Source
from corpus.store.pruning import forget_old
from corpus.store.records import (
    Withheld,
    find_languages,
    find_statement,
    find_statements,
    find_withheld,
    live_generation,
)
from corpus.store.sources import label_source, mark_told, note_failure, note_reading

# Index files of so many generations are kept: a reader may be about to open one that is no longer live.
KEPT_GENERATIONS = 3


def _is_seen(locator: str, seen: Collection[str]) -> bool:
    file, mark, _ = locator.rpartition(PART_MARK)
    return locator in seen or (bool(mark) and f"{file}{mark}" in seen)


class Missing(NamedTuple):
    """A statement that stands nowhere any more: its id, where it last stood, the source of that place."""

    id: str
    locator: str
    source: str


class Transaction:
    """
    The open transaction of `Store.writing()`.

    Attributes:
        generation: Number of the live generation; after `publish`, of the new one.
        manifest: Which index files belong to it (JSON), `None` before the first.
        is_cancelled: Nothing of it is to be kept.
        moderation: Decisions about statements.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.generation, self.manifest = live_generation(connection)
        self.is_cancelled = False
        self.moderation = Moderation(connection)
        self._placing = Placing(connection, self.generation + 1)

    def cancel(self) -> None:
        """Keep nothing of this transaction; what it did can be looked at until it ends."""
        self.is_cancelled = True

    def put(self, source: Source, locator: str, reading: Reading | None, validator: str | None = None) -> Item:
        """
        Store what was read at a place; where the words are the same, the stored reading stays.

        Args:
            source: What the place belongs to; kept from its first statement on.
            locator: Absolute path or address of this one statement.
            reading: What was read there; `None` where the place says that nothing changed since it was last read.
            validator: What will tell so the next time.
        """
        return self._placing.put(Sighting(source, locator, reading, validator))

    def note_source(self, source: Source, when: dt.date, code: str | None = None) -> None:
        """Keep a source, of the kind that it is now, and whether it was read or failed, by the code of its failure."""
        number, moment = self._placing.source_id(source), when.isoformat()
        if code is None:
            note_reading(self._connection, number, source.kind, moment)
        else:
            note_failure(self._connection, number, code, moment)

    def label_source(self, source: Source | int, labels: Mapping[str, str | int | None]) -> list[Change]:
        """
        Keep what moderators say of a source, or of the one of this number; gives what is different now.

        Raises:
            UsageError: There is no source of this number.
        """
        number = source if isinstance(source, int) else self._placing.source_id(source)
        return label_source(self._connection, number, labels)

    def mark_told(self, ids: Collection[int], *, told: bool) -> None:
        """Note that moderators were told that these sources are failing, or that they are read again."""
        mark_told(self._connection, ids, told)

    def note_listing(self, source: Source, validator: str | None) -> None:
        """Keep what will tell that a feed or a sitemap lists what it lists now; `None`: nothing does."""
        row = (validator, self._placing.source_id(source))
        self._connection.execute("UPDATE sources SET validator = ? WHERE id = ?", row)

    def mark_missing(self, listed: Collection[Source], seen: Collection[str], when: dt.date) -> list[Missing]:
        """
        Note which places of these sources are empty by now.

        Args:
            listed: Sources that were listed completely.
            seen: Locators of all that stands somewhere, read or not; a file's with `PART_MARK` behind it for all that
                stood in a file.
            when: Day or moment.

        Returns:
            The statements that stood there and now stand nowhere; where a copy is left, it takes the place.
        """
        rows = self._connection.execute(
            "SELECT l.locator, l.statement_id, s.kind, s.locator FROM locators l JOIN sources s ON s.id = l.source_id"
            " WHERE l.missing_since IS NULL ORDER BY l.locator"
        ).fetchall()
        gone = [row for row in rows if Source(row[2], row[3]) in listed and not _is_seen(row[0], seen)]
        self._connection.executemany(
            "UPDATE locators SET missing_since = ?, validator = NULL WHERE locator = ?",
            [(when.isoformat(), row[0]) for row in gone],
        )
        found = {row[1]: Missing(row[1], row[0], row[3]) for row in gone if not self._takes_over(row[1])}
        return list(found.values())

    def standing(self) -> int:
        """How many statements stand somewhere."""
        return int(self._one("SELECT count(DISTINCT statement_id) FROM locators WHERE missing_since IS NULL")[0])

    def locators(self) -> frozenset[str]:
        """Every place at which something was read."""
        return frozenset(row[0] for row in self._connection.execute("SELECT locator FROM locators"))

    def roll_back(self, number: int) -> None:
        """
        Make the contents of the next generation those of an earlier one.

        Raises:
            UsageError: There is no such generation.
        """
        wanted, now = contents_of(self._connection, number), contents_of(self._connection, self.generation)
        for id in wanted.keys() | now.keys():
            if wanted.get(id) != now.get(id):
                self._placing.set_revision(id, wanted.get(id))

    def touched(self) -> list[str]:
        """Ids of statements whose revision is another one in the next generation."""
        rows = self._connection.execute(
            "SELECT statement_id FROM contents WHERE generation = ? ORDER BY statement_id", (self.generation + 1,)
        )
        return [row[0] for row in rows]

    def statement(self, id: str, revision: int | None = None, *, hidden: bool = False) -> Statement:
        """One statement, with what this transaction has stored."""
        return find_statement(self._connection, id, revision, hidden=hidden)

    def statements(
        self,
        known: Mapping[str, Statement] | None = None,
        *,
        ids: Collection[str] | None = None,
        hidden: bool = False,
    ) -> list[Statement]:
        """Every statement as `Store.statements` gives them, with what this transaction has stored."""
        return find_statements(self._connection, known, ids=ids, hidden=hidden)

    def languages(self) -> list[tuple[str, str, str | None]]:
        """Id, language and date (ISO) of every statement, hidden ones too, with what this transaction has stored."""
        return find_languages(self._connection)

    def manifests(self, newest: int = KEPT_GENERATIONS) -> list[str]:
        """The manifests of the newest generations: index files that none of them names are no longer needed."""
        rows = self._connection.execute("SELECT manifest FROM generations ORDER BY number DESC LIMIT ?", (newest,))
        # A generation that was imported has none.
        return [row[0] for row in rows if row[0]]

    def withheld(self) -> dict[str, Withheld]:
        """The statements that no reader may see, by id."""
        return find_withheld(self._connection)

    def is_empty(self) -> bool:
        """Whether nothing was ever stored."""
        return self.generation == 0 and not self._one("SELECT 1 FROM statements")

    def copy_rows(self, scratch: sqlite3.Connection) -> int:
        """Take over an export (`exchange.read_lines`) into an empty corpus; gives its last generation."""
        self.generation = copy_rows(scratch, self._connection)
        return self.generation

    def set_manifest(self, number: int, manifest: str) -> None:
        """Name the index files of a generation that was taken over."""
        self._connection.execute("UPDATE generations SET manifest = ? WHERE number = ?", (manifest, number))
        self.manifest = manifest

    def merge(self, scratch: sqlite3.Connection) -> list[str]:
        """
        Bring an export into a corpus that holds statements; gives the ids that may be different for readers.

        Raises:
            UsageError: A record number is another statement here.
        """
        return Merging(scratch, self._connection, self.generation + 1).run()

    def publish(
        self, manifest: str, *, when: dt.date, by: str, what: str = "add", missing: Sequence[object] = ()
    ) -> int:
        """
        Open the next generation, which is the live one once the transaction has ended.

        Args:
            manifest: Which index files belong to it (JSON); they are on the disk by now.
            when: Day or moment, as history shows it.
            by: Who did it.
            what: The verb that did it.
            missing: What went missing at its source.
        """
        now = contents_of(self._connection, self.generation) if self.generation else {}
        self.generation, self.manifest = self.generation + 1, manifest
        rows = self._connection.execute(
            "SELECT statement_id, revision FROM contents WHERE generation = ?", (self.generation,)
        ).fetchall()
        added = sum(id not in now and revision is not None for id, revision in rows)
        removed = sum(id in now and revision is None for id, revision in rows)
        changed = sum(id in now and revision not in (None, now[id]) for id, revision in rows)
        row = (self.generation, when.isoformat(), by, manifest, added, changed, len(missing), removed, what)
        self._connection.execute("INSERT INTO generations VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        return self.generation

    def forget_old(self, when: dt.date) -> None:
        """Let go of old generations (`pruning.forget_old`)."""
        forget_old(self._connection, when)

    def _takes_over(self, id: str) -> bool:
        """Whether the statement stands anywhere still; the first copy of its present words is its own from now on."""
        places = self._connection.execute(
            "SELECT l.locator, l.is_copy, l.words_hash = r.words_hash FROM locators l JOIN live v ON"
            " v.statement_id = l.statement_id JOIN revisions r ON r.statement_id = v.statement_id AND"
            " r.revision = v.revision WHERE l.statement_id = ? AND l.missing_since IS NULL ORDER BY l.locator",
            (id,),
        ).fetchall()
        copies = [locator for locator, is_copy, is_present in places if is_copy and is_present]
        if copies and len(places) == sum(place[1] for place in places):
            self._connection.execute("UPDATE locators SET is_copy = 0 WHERE locator = ?", (copies[0],))
        return bool(places)

    def _one(self, query: str, *values: object) -> Any:
        return self._connection.execute(query, values).fetchone()
