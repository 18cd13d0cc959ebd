"""
What becomes of a reading: the statement it is, in which revision, at which place.
"""

from __future__ import annotations

import sqlite3
from typing import Any, Literal, NamedTuple

from corpus.identity import text_hash, words_hash
from corpus.models import Reading

Code = Literal["new", "text_changed", "duplicate_of", "same", "found_again", "hidden_earlier", "erased_earlier"]


# Between the place of a file and what one of several statements in it is known by, which never holds it.
PART_MARK = "#"


def part_of(locator: str, name: str) -> str:
    """The place of one statement of a file that holds several; of the file itself where it has no name."""
    return f"{locator}{PART_MARK}{name}" if name else locator


class Source(NamedTuple):
    """Where statements are read from: `files`, `page`, `feed` or `sitemap`, and its absolute path or address."""

    kind: str
    locator: str


class Sighting(NamedTuple):
    """
    A statement as it stands at a place, before it is stored.

    Attributes:
        source: What the place belongs to.
        locator: Absolute path or address of this one statement.
        reading: What was read there; `None` where the place says by itself that nothing changed since it was last read.
        validator: What tells the next time, without reading, that nothing changed; `None` where nothing does.
    """

    source: Source
    locator: str
    reading: Reading | None
    validator: str | None = None


class Item(NamedTuple):
    """What became of one reading; for `duplicate_of` and `hidden_earlier`, `id` is the statement that it repeats."""

    code: Code
    id: str
    revision: int


class _Place(NamedTuple):
    """What stood at a place when it was last read."""

    id: str
    words: str
    is_copy: bool
    missing: bool


class Placing:
    """Puts readings into the next generation, `generation`, of an open transaction."""

    def __init__(self, connection: sqlite3.Connection, generation: int) -> None:
        self._connection = connection
        self._generation = generation

    def put(self, sighting: Sighting) -> Item:
        """
        Store what was read at a place.

        New words at a known place are the next revision; known words at another place are a copy. A copy whose words
        change is a statement of its own: the first place still says what it said. Words of a withheld statement stay
        withheld wherever they stand.

        Raises:
            ValueError: A place that nothing is known of is said not to have changed.
        """
        place = self._place(sighting.locator)
        if sighting.reading is None and place is None:
            raise ValueError("Nothing is known of a place that says that it has not changed.")
        words = words_hash(sighting.reading) if sighting.reading else place.words if place else ""
        item = self._withheld(sighting, place, words) or self._open(sighting, place, words)
        if item.code == "same" and place and place.missing and not self._stands(item.id):
            item = item._replace(code="found_again")
        self._keep(sighting, place, words, item)
        return item

    def source_id(self, source: Source) -> int:
        """The number of a source, given when it is first seen."""
        self._connection.execute("INSERT OR IGNORE INTO sources (kind, locator) VALUES (?, ?)", source)
        return int(self._one("SELECT id FROM sources WHERE locator = ?", source.locator)[0])

    def set_revision(self, id: str, revision: int | None) -> None:
        """Say which revision a statement has in the next generation; `None`: it is out."""
        self._connection.execute("REPLACE INTO contents VALUES (?, ?, ?)", (id, self._generation, revision))

    def _withheld(self, sighting: Sighting, place: _Place | None, words: str) -> Item | None:
        """What becomes of words, or of a place, that was withheld."""
        owner = self._one(
            "SELECT w.statement_id, w.kind FROM revisions r JOIN withheld w ON w.statement_id = r.statement_id"
            " WHERE r.words_hash = ? ORDER BY w.kind, w.statement_id",
            words,
        )
        own = self._one("SELECT statement_id, kind FROM withheld WHERE statement_id = ?", place.id) if place else None
        # A place whose text was erased stays empty, whatever is printed there later.
        erased = next((one for one in (own, owner) if one and one[1] == "erased"), None)
        known = place is not None and place.words == words
        if erased:
            return Item("same" if known else "erased_earlier", erased[0], 0)
        if owner and (own is None or own[0] != owner[0]):
            return Item("same" if known else "hidden_earlier", owner[0], self._last(owner[0]))
        if own and place and place.is_copy and not known and sighting.reading:
            item = Item("hidden_earlier", self._new_id(sighting.reading), 1)
            self._append(item, words, sighting.reading)
            self._connection.execute(
                "INSERT INTO withheld SELECT ?, kind, since, author, reason, 1 FROM withheld WHERE statement_id = ?",
                (item.id, place.id),
            )
            return item
        return None

    def _open(self, sighting: Sighting, place: _Place | None, words: str) -> Item:
        if place and place.words == words:
            return self._again(sighting, place, words)
        if sighting.reading is None:
            raise ValueError("Changed words need a reading.")
        if place and not place.is_copy and not self._moved(place, sighting.locator):
            item = Item("text_changed", place.id, self._last(place.id) + 1)
        elif original := self._one(
            "SELECT min(statement_id) FROM revisions WHERE words_hash = ? AND reading <> ''", words
        )[0]:
            live = self._live(original)
            return Item("duplicate_of", original, live[0]) if live else self._revived("new", original, words)
        else:
            item = Item("new", self._new_id(sighting.reading), 1)
        self._append(item, words, sighting.reading)
        return item

    def _again(self, sighting: Sighting, place: _Place, words: str) -> Item:
        """The words that stood at this place before: no news, unless the record was taken back behind them since."""
        live = self._live(place.id)
        if live and (place.is_copy or live[1] == words):
            return Item("same", place.id, live[0])
        code: Code = "text_changed" if live else "new"
        if self._one(
            "SELECT 1 FROM revisions WHERE statement_id = ? AND words_hash = ? AND reading <> ''", place.id, words
        ):
            return self._revived(code, place.id, words)
        if sighting.reading is None:
            return Item("same", place.id, live[0] if live else 0)
        item = Item(code, place.id, self._last(place.id) + 1)
        self._append(item, words, sighting.reading)
        return item

    def _revived(self, code: Code, id: str, words: str) -> Item:
        """A revision that was taken out of the record is in it again."""
        revision = self._one(
            "SELECT max(revision) FROM revisions WHERE statement_id = ? AND words_hash = ? AND reading <> ''", id, words
        )[0]
        self.set_revision(id, revision)
        return Item(code, id, revision)

    def _keep(self, sighting: Sighting, place: _Place | None, words: str, item: Item) -> None:
        if place and item.code in ("same", "hidden_earlier", "erased_earlier") and not place.is_copy:
            id, is_copy = place.id, False
        elif item.code in ("same", "found_again") and place:
            id, is_copy = place.id, place.is_copy or self._moved(place, sighting.locator)
        else:
            id, is_copy = item.id, item.code not in ("new", "text_changed") and self._has_place(item.id)
        # What is held back is read again each time: it may be shown again one day.
        held_back = item.code in ("hidden_earlier", "erased_earlier") or item.id != id
        validator = None if held_back else sighting.validator
        self._connection.execute(
            "REPLACE INTO locators VALUES (?, ?, ?, ?, ?, NULL, ?)",
            (sighting.locator, self._source_of(sighting), id, words, is_copy, validator),
        )

    def _stands(self, id: str) -> bool:
        """Whether a statement stands anywhere."""
        return bool(self._one("SELECT 1 FROM locators WHERE statement_id = ? AND missing_since IS NULL", id))

    def _has_place(self, id: str) -> bool:
        return bool(self._one("SELECT 1 FROM locators WHERE statement_id = ?", id))

    def _source_of(self, sighting: Sighting) -> int:
        known = self._one("SELECT source_id FROM locators WHERE locator = ?", sighting.locator)
        return int(known[0]) if known else self.source_id(sighting.source)

    def _moved(self, place: _Place, locator: str) -> bool:
        """Whether this place was empty and the statement has another one by now."""
        return place.missing and bool(
            self._one(
                "SELECT 1 FROM locators WHERE statement_id = ? AND locator <> ? AND NOT is_copy AND"
                " missing_since IS NULL",
                place.id,
                locator,
            )
        )

    def _place(self, locator: str) -> _Place | None:
        row = self._one(
            "SELECT statement_id, words_hash, is_copy, missing_since IS NOT NULL FROM locators WHERE locator = ?",
            locator,
        )
        return _Place(row[0], row[1], bool(row[2]), bool(row[3])) if row else None

    def _one(self, query: str, *values: object) -> Any:
        return self._connection.execute(query, values).fetchone()

    def _live(self, id: str) -> tuple[int, str] | None:
        """The revision that a statement has now, and its words."""
        row: tuple[int, str] | None = self._one(
            "SELECT r.revision, r.words_hash FROM live l JOIN revisions r ON r.statement_id = l.statement_id"
            " AND r.revision = l.revision WHERE l.statement_id = ? AND r.reading <> ''",
            id,
        )
        return row

    def _last(self, id: str) -> int:
        return int(self._one("SELECT max(revision) FROM revisions WHERE statement_id = ?", id)[0])

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
        row = (item.id, item.revision, self._generation, text_hash(reading.text), words, reading.model_dump_json())
        self._connection.execute("INSERT INTO revisions VALUES (?, ?, ?, ?, ?, ?)", row)
        self.set_revision(item.id, item.revision)
