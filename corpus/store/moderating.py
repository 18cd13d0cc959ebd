"""
What moderators decide about statements: withheld or not, corrected, erased; and the record of who did what.
"""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from corpus.corrections import Correction
from corpus.errors import UsageError
from corpus.store.records import find_withheld


class Decision(NamedTuple):
    """Who decides, when and why."""

    by: str
    when: dt.date
    reason: str


class Moderation:
    """Decisions inside an open transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def hide(self, id: str, decision: Decision) -> list[str]:
        """
        Withhold a statement, and every other that has its very words now.

        Returns:
            The ids of all of them; none where it is hidden already.

        Raises:
            UsageError: No such record number, or it is erased.
        """
        self._check(id)
        ids = [one for one in self._with_words_of(id) if one not in find_withheld(self._connection)]
        for one in ids:
            self._withhold(one, "hidden", decision)
        return ids

    def unhide(self, id: str) -> list[str]:
        """
        Show a statement again, and every other with its very words.

        Returns:
            The ids of all of them; none where it is not hidden.

        Raises:
            UsageError: No such record number, it is erased, or its text was never brought here.
        """
        self._check(id)
        if self._one(
            "SELECT 1 FROM live l JOIN revisions r ON r.statement_id = l.statement_id AND r.revision = l.revision"
            " WHERE l.statement_id = ? AND r.reading = ''",
            id,
        ):
            raise UsageError(f"The text of {id} is not kept here. An export made --with-hidden brings it.")
        ids = [one for one in self._with_words_of(id) if one in find_withheld(self._connection)]
        for one in ids:
            self._connection.execute("DELETE FROM withheld WHERE statement_id = ?", (one,))
        return ids

    def erase(self, id: str, decision: Decision) -> list[str]:
        """
        Empty every text of a statement, and of every other statement that has one of these texts.

        A statement that only had one of them earlier keeps its other texts. The files are cleared afterwards
        (`Store.clear`).

        Returns:
            The ids of all that are erased.

        Raises:
            UsageError: No such record number.
        """
        if not self._one("SELECT 1 FROM statements WHERE id = ?", id):
            raise UsageError(f'There is no statement "{id[:40]}". "onrecord corpus list" shows every record number.')
        rows = self._connection.execute(
            "SELECT l.statement_id FROM live l JOIN revisions r ON r.statement_id = l.statement_id"
            " AND r.revision = l.revision WHERE r.words_hash IN"
            " (SELECT words_hash FROM revisions WHERE statement_id = ?)",
            (id,),
        )
        others = sorted({id, *(row[0] for row in rows)})
        for one in others:
            self._withhold(one, "erased", decision)
            self._connection.execute("DELETE FROM corrections WHERE statement_id = ?", (one,))
            self._connection.execute("UPDATE actions SET detail = '' WHERE statement_id = ?", (one,))
            self._connection.execute("UPDATE revisions SET reading = '' WHERE statement_id = ?", (one,))
            self._connection.execute("UPDATE locators SET validator = NULL WHERE statement_id = ?", (one,))
        self._connection.execute(
            "UPDATE revisions SET reading = '' WHERE words_hash IN"
            " (SELECT words_hash FROM revisions WHERE statement_id = ?)",
            (id,),
        )
        return others

    def correct(self, id: str, corrections: Iterable[Correction], decision: Decision) -> None:
        """Keep corrections of a statement; a later one of the same thing replaces the earlier."""
        for field, place, value in corrections:
            row = (id, field, place, json.dumps(value, ensure_ascii=False), decision.when.isoformat())
            self._connection.execute(
                "REPLACE INTO corrections VALUES (?, ?, ?, ?, ?, ?, ?)", (*row, decision.by, decision.reason)
            )

    def record(self, what: str, id: str | None, decision: Decision, detail: Sequence[Any] = ()) -> None:
        """Note who did what, when and why; `detail` is for moderators, and goes with an erased text."""
        words = json.dumps(detail, ensure_ascii=False) if detail else ""
        row = (decision.when.isoformat(), decision.by, what, id, decision.reason, words)
        self._connection.execute(
            "INSERT INTO actions (done, author, what, statement_id, reason, detail) VALUES (?, ?, ?, ?, ?, ?)", row
        )

    def _withhold(self, id: str, kind: str, decision: Decision) -> None:
        row = (id, kind, decision.when.isoformat(), decision.by, decision.reason, kind == "hidden")
        self._connection.execute("REPLACE INTO withheld VALUES (?, ?, ?, ?, ?, ?)", row)

    def _with_words_of(self, id: str) -> list[str]:
        """This statement and those whose present words are its present ones."""
        rows = self._connection.execute(
            "SELECT DISTINCT l.statement_id FROM live l JOIN revisions r ON r.statement_id = l.statement_id"
            " AND r.revision = l.revision WHERE r.words_hash IN (SELECT o.words_hash FROM live m JOIN revisions o ON"
            " o.statement_id = m.statement_id AND o.revision = m.revision WHERE m.statement_id = ?)",
            (id,),
        )
        return sorted({id, *(row[0] for row in rows)})

    def _check(self, id: str) -> None:
        if not self._one("SELECT 1 FROM statements WHERE id = ?", id):
            raise UsageError(f'There is no statement "{id[:40]}". "onrecord corpus list" shows every record number.')
        withheld = find_withheld(self._connection).get(id)
        if withheld and withheld.kind == "erased":
            raise UsageError(f"{id} was erased on {withheld.since[:10]}; its text is not kept.")

    def _one(self, query: str, *values: object) -> Any:
        return self._connection.execute(query, values).fetchone()
