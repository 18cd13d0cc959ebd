"""
An export → a corpus that holds statements already: what is new comes in, what was decided here holds.
"""

from __future__ import annotations

import sqlite3
from typing import Any

from corpus.errors import UsageError

_SHOWN = 3


class Merging:
    """Brings the rows of an export (`scratch`) into the next generation, `generation`, of an open transaction."""

    def __init__(self, scratch: sqlite3.Connection, connection: sqlite3.Connection, generation: int) -> None:
        self._scratch = scratch
        self._connection = connection
        self._generation = generation

    def run(self) -> list[str]:
        """
        Bring in everything.

        Returns:
            Ids of the statements that it may have changed for readers.

        Raises:
            UsageError: A record number is another statement here; nothing was brought in.
        """
        self._check_numbers()
        known = self._ids("SELECT id FROM statements")
        new = [row for row in self._scratch.execute("SELECT id, series, number FROM statements") if row[0] not in known]
        self._connection.executemany("INSERT INTO statements VALUES (?, ?, ?)", new)
        for series, last in self._scratch.execute("SELECT series, last FROM counters"):
            self._connection.execute(
                "INSERT INTO counters VALUES (?, ?) ON CONFLICT (series) DO UPDATE SET last = max(last, excluded.last)",
                (series, last),
            )
        brought = self._revisions()
        self._contents(brought)
        self._places()
        decided = self._decisions({row[0] for row in new}, {id for id, _ in brought})
        return sorted({id for id, _ in brought} | decided)

    def _check_numbers(self) -> None:
        mine = dict(self._texts(self._connection))
        others = [key for key, text in self._texts(self._scratch) if mine.get(key, text) != text]
        if others:
            named = ", ".join(f"{id}@{revision}" for id, revision in others[:_SHOWN])
            more = f" and {len(others) - _SHOWN} more" if len(others) > _SHOWN else ""
            message = f"{named}{more} in the export are other texts than here. Nothing was changed"
            raise UsageError(f"{message}; import it into an empty folder (ONRECORD_DATA_DIR).")

    def _texts(self, connection: sqlite3.Connection) -> list[tuple[tuple[str, int], str]]:
        rows = connection.execute("SELECT statement_id, revision, text_hash FROM revisions ORDER BY 1, 2")
        return [((id, revision), text) for id, revision, text in rows]

    def _revisions(self) -> list[tuple[str, int]]:
        """Texts that are not here, but for those that were erased here."""
        erased = self._ids(
            "SELECT words_hash FROM revisions WHERE statement_id IN"
            " (SELECT statement_id FROM withheld WHERE kind = 'erased')"
        )
        known = {
            (id, revision): bool(reading)
            for id, revision, reading in self._connection.execute(
                "SELECT statement_id, revision, reading <> '' FROM revisions"
            )
        }
        brought = []
        for id, revision, _, text, words, reading in self._scratch.execute(
            "SELECT statement_id, revision, generation, text_hash, words_hash, reading FROM revisions ORDER BY 1, 2"
        ):
            kept = "" if words in erased else reading
            if (id, revision) not in known:
                row = (id, revision, self._generation, text, words, kept)
                self._connection.execute("INSERT INTO revisions VALUES (?, ?, ?, ?, ?, ?)", row)
                brought.append((id, revision))
            elif kept and not known[id, revision]:
                self._connection.execute(
                    "UPDATE revisions SET reading = ? WHERE statement_id = ? AND revision = ?", (kept, id, revision)
                )
                brought.append((id, revision))
        return brought

    def _contents(self, brought: list[tuple[str, int]]) -> None:
        """What the export has as the present text is the present text, where that text is new here, and not older."""
        new = set(brought)
        present = dict(self._connection.execute("SELECT statement_id, revision FROM live").fetchall())
        for id, revision in self._scratch.execute("SELECT statement_id, revision FROM live"):
            if (id, revision) in new and revision >= present.get(id, 0):
                self._connection.execute("REPLACE INTO contents VALUES (?, ?, ?)", (id, self._generation, revision))

    def _places(self) -> None:
        self._sources()
        numbers = dict(self._connection.execute("SELECT locator, id FROM sources").fetchall())
        for locator, source, *place in self._scratch.execute(
            "SELECT l.locator, s.locator, statement_id, words_hash, is_copy, missing_since, l.validator"
            " FROM locators l JOIN sources s ON s.id = l.source_id"
        ):
            row = (locator, numbers[source], *place)
            self._connection.execute("INSERT OR IGNORE INTO locators VALUES (?, ?, ?, ?, ?, ?, ?)", row)

    def _sources(self) -> None:
        """Sources that are not here, as they fared there; of those that are, what nobody says of them here."""
        columns = "kind, locator, last_success, last_failure, code, failing_since, told"
        said = ("name", "organization", "language", "licence", "every_h")
        kept = ", ".join(f"{label} = coalesce({label}, excluded.{label})" for label in said)
        rows = self._scratch.execute(f"SELECT {columns}, {', '.join(said)} FROM sources ORDER BY id")  # noqa: S608 (names of columns)
        self._connection.executemany(
            f"INSERT INTO sources ({columns}, {', '.join(said)}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608
            f" ON CONFLICT (locator) DO UPDATE SET {kept}",
            rows,
        )

    def _decisions(self, new: set[str], brought: set[str]) -> set[str]:
        """What was withheld or corrected there is so here; only a new statement is erased by an import."""
        decided = set()
        for id, kind, *why in self._scratch.execute("SELECT statement_id, kind, since, author, reason FROM withheld"):
            row = (id, kind if id in new else "hidden", *why)
            self._connection.execute("INSERT OR IGNORE INTO withheld VALUES (?, ?, ?, ?, ?, 1)", row)
            decided.add(id)
        # A text that is withheld here is so under another number, too.
        for id in brought:
            self._connection.execute(
                "INSERT OR IGNORE INTO withheld SELECT l.statement_id, w.kind, w.since, w.author, w.reason, 1"
                " FROM live l JOIN revisions r ON r.statement_id = l.statement_id AND r.revision = l.revision"
                " JOIN revisions o ON o.words_hash = r.words_hash JOIN withheld w ON w.statement_id = o.statement_id"
                " WHERE l.statement_id = ? ORDER BY w.kind",
                (id,),
            )
        erased = self._ids("SELECT statement_id FROM withheld WHERE kind = 'erased'")
        for row in self._scratch.execute("SELECT * FROM corrections"):
            if row[0] not in erased:
                self._connection.execute("INSERT OR IGNORE INTO corrections VALUES (?, ?, ?, ?, ?, ?, ?)", row)
                decided.add(row[0])
        return decided

    def _ids(self, query: str) -> set[Any]:
        return {row[0] for row in self._connection.execute(query)}
