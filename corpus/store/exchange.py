"""
The stored corpus as JSON lines, there and back.

The first line says what it is, the last how many there were; between them every row, a table after the other. Rows of
hidden statements have no text unless everything is written.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from pydantic import ValidationError

from corpus.errors import UsageError
from corpus.identity import text_hash
from corpus.models import Reading, Span
from corpus.store.database import new_schema
from corpus.store.sources import moment_of

FORMAT = 2
_Kind = type | tuple[type, ...]
_TEXT: _Kind = (str, type(None))


class _Table(NamedTuple):
    """
    A table and its columns, with the types of their values; the first `keys` of them order its rows.

    `later` are the columns that exports of format 1 lack, with what stands there instead.
    """

    name: str
    columns: Mapping[str, _Kind]
    keys: int = 1
    later: Mapping[str, Any] = MappingProxyType({})


_REVISION: dict[str, _Kind] = {
    **{"statement_id": str, "revision": int, "generation": int, "text_hash": str, "words_hash": str},
    "reading": (dict, type(None)),
}
_PLACE: dict[str, _Kind] = {
    **{"locator": str, "source_id": int, "statement_id": str, "words_hash": str, "is_copy": int},
    **{"missing_since": _TEXT, "validator": _TEXT},
}
_FARING: dict[str, _Kind] = dict.fromkeys(("last_success", "last_failure", "code"), _TEXT)
_SAID: dict[str, Any] = dict.fromkeys(("name", "organization", "language", "licence", "every_h", "failing_since"))
_WHY: dict[str, _Kind] = {"since": str, "author": str, "reason": str}
# What a row is called → where it is kept; each refers only to those before it, or to generations.
_TABLES = {
    "source": _Table(
        "sources",
        {"id": int, "kind": str, "locator": str}
        | _FARING
        | dict.fromkeys(_SAID, _TEXT)
        | {"every_h": (int, type(None)), "told": int},
        later=_SAID | {"told": 0},
    ),
    "counter": _Table("counters", {"series": str, "last": int}),
    "statement": _Table("statements", {"id": str, "series": str, "number": int}),
    "generation": _Table(
        "generations",
        {"number": int, "created": str, "author": str, "what": str}
        | dict.fromkeys(("added", "changed", "missing", "removed"), int),
    ),
    "revision": _Table("revisions", _REVISION, 2),
    "content": _Table("contents", {"statement_id": str, "generation": int, "revision": (int, type(None))}, 2),
    "place": _Table("locators", _PLACE),
    "withheld": _Table("withheld", {"statement_id": str, "kind": str} | _WHY),
    "correction": _Table("corrections", {"statement_id": str, "field": str, "place": str, "value": object} | _WHY, 3),
    "action": _Table(
        "actions",
        {"number": int, "done": str, "author": str, "what": str, "statement_id": _TEXT, "reason": str, "detail": str},
    ),
}
# What was done to this copy of the record, not to the record.
_LOCAL = "import"
# Days or moments, from which it is reckoned when a source is read again.
_MOMENTS = ("created", "last_success", "last_failure", "failing_since")
_LAST_YEAR = 9000
# Columns whose values are JSON: in a line they are what they say.
_JSON = ("reading", "value")


def export_lines(connection: sqlite3.Connection, *, with_hidden: bool) -> Iterator[str]:
    """
    Every line of an export, without line ends.

    Args:
        connection: To the database, in one transaction.
        with_hidden: Everything, texts of hidden statements too, and who did what and why. Without it a hidden statement
            is a number, its places and a hash, nobody is named, and no reason is given.
    """
    yield _line({"record": "export", "format": FORMAT, "with_hidden": with_hidden})
    count = 1
    hidden = {row[0] for row in connection.execute("SELECT statement_id FROM withheld")}
    for record, table in _TABLES.items():
        columns = list(table.columns)
        order = ", ".join(columns[: table.keys])
        for row in connection.execute(f"SELECT {', '.join(columns)} FROM {table.name} ORDER BY {order}"):  # noqa: S608 (names of columns)
            values = dict(zip(columns, row, strict=True))
            values |= {name: json.loads(values[name] or "null") for name in _JSON if name in values}
            if record == "action" and values["what"] == _LOCAL:
                continue
            if with_hidden or _made_public(record, values, hidden):
                yield _line({"record": record, **values})
                count += 1
    yield _line({"record": "end", "lines": count + 1})


def read_lines(lines: Iterable[str]) -> sqlite3.Connection:
    """
    An export as a database in memory, everything in it checked; the caller closes it.

    Raises:
        UsageError: A line is not what it should be; the message names it.
    """
    scratch = sqlite3.connect(":memory:", isolation_level=None)
    try:
        new_schema(scratch)
        scratch.execute("BEGIN")
        _fill(scratch, lines)
        problem = scratch.execute("PRAGMA foreign_key_check").fetchone()
        if problem:
            raise UsageError(f"The export is not whole: a row of {problem[0]} refers to what is not in it.")
        scratch.execute("COMMIT")
    except BaseException:
        scratch.close()
        raise
    return scratch


def copy_rows(scratch: sqlite3.Connection, connection: sqlite3.Connection) -> int:
    """
    Put everything of an export into an empty database, as it was there.

    Returns:
        The number of its last generation, whose index is still to be built.
    """
    for table in _TABLES.values():
        columns = [*table.columns, *(["manifest"] if table.name == "generations" else [])]
        marks = ", ".join("?" * len(columns))
        rows = scratch.execute(f"SELECT {', '.join(columns)} FROM {table.name}")  # noqa: S608 (names of columns)
        connection.executemany(f"INSERT INTO {table.name} ({', '.join(columns)}) VALUES ({marks})", rows)  # noqa: S608
    return int(connection.execute("SELECT max(number) FROM generations").fetchone()[0])


def _fill(scratch: sqlite3.Connection, lines: Iterable[str]) -> None:
    count, ended = 0, False
    for count, line in enumerate(lines, start=1):
        values = _parsed(line, count)
        record = values.pop("record", None)
        if count == 1:
            _check_head(record, values)
        elif ended or not isinstance(record, str) or (record not in _TABLES and record != "end"):
            raise UsageError(f'Line {count} of the export is no record of it ("{str(record)[:40]}").')
        elif record == "end":
            ended = values.get("lines") == count
        else:
            _insert(scratch, _TABLES[record], values, count)
    if not ended:
        raise UsageError(f"The export is cut off after line {count}. Make it again, or copy it again.")


def _check_head(record: Any, values: dict[str, Any]) -> None:
    if record != "export" or not isinstance(values.get("format"), int):
        raise UsageError("The file is no export of On Record: its first line does not say so.")
    if values["format"] > FORMAT:
        raise UsageError(f"The export was made by a newer version of On Record (format {values['format']}). Update.")


def _insert(scratch: sqlite3.Connection, table: _Table, values: dict[str, Any], number: int) -> None:
    values = {**table.later, **values}
    if values.keys() != table.columns.keys():
        raise UsageError(f"Line {number} of the export has other fields than {', '.join(table.columns)}.")
    for name, kind in table.columns.items():
        if not _fits(name, values[name], kind):
            raise UsageError(f'Line {number} of the export: "{name}" is not what it should be.')
    if "reading" in values:
        values["reading"] = _reading(values, number)
    if "value" in values:
        values["value"] = json.dumps(values["value"], ensure_ascii=False)
    if table.name == "generations":
        values["manifest"] = ""
    columns, marks = ", ".join(values), ", ".join("?" * len(values))
    try:
        scratch.execute(f"INSERT INTO {table.name} ({columns}) VALUES ({marks})", list(values.values()))  # noqa: S608
    except sqlite3.IntegrityError:
        raise UsageError(f"Line {number} of the export says again, or otherwise, what another line says.") from None
    except (OverflowError, UnicodeEncodeError):  # a number beyond 64 bits, half a character
        raise UsageError(f"Line {number} of the export holds what no record can hold.") from None


def _fits(name: str, value: Any, kind: _Kind) -> bool:
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        return False
    if not isinstance(value, str) or name not in _MOMENTS:
        return True
    try:
        return moment_of(value).year < _LAST_YEAR
    except ValueError:
        return False


def _reading(values: dict[str, Any], number: int) -> str:
    """The reading as it is stored, after a look at it."""
    if values["reading"] is None:
        return ""
    try:
        reading = Reading.model_validate(values["reading"])
    except ValidationError:
        raise UsageError(f"Line {number} of the export holds no statement.") from None
    if text_hash(reading.text) != values["text_hash"]:
        raise UsageError(f"Line {number} of the export: the text of {values['statement_id']} was changed.")
    if not _is_of_its_text(reading):
        raise UsageError(f"Line {number} of the export: a place in {values['statement_id']} is not in its text.")
    return json.dumps(values["reading"], ensure_ascii=False, separators=(",", ":"))


def _is_of_its_text(reading: Reading) -> bool:
    """Whether each quote is a slice of the text and each span a stretch of it: the hash is of the text alone."""
    spans = [*reading.body, *reading.about, *reading.wrapper, *reading.private, *reading.passages]
    spans += [Span(item.start, item.end) for item in reading.furniture]
    return all(reading.text[one.start : one.end] == one.text for one in reading.quotes) and all(
        0 <= span.start <= span.end <= len(reading.text) for span in spans
    )


def _made_public(record: str, values: dict[str, Any], hidden: set[str]) -> bool:
    """Whether a row is in an export that anybody may read; names and reasons are taken out of it."""
    values |= {name: "" for name in ("author", "reason") if name in values}
    if values.get("statement_id") in hidden and "reading" in values:
        values["reading"] = None
    return record != "action" and not (record == "correction" and values["statement_id"] in hidden)


def _parsed(line: str, number: int) -> dict[str, Any]:
    try:
        values = json.loads(line)
    except (ValueError, RecursionError):  # nested too deeply
        values = None
    if not isinstance(values, dict):
        raise UsageError(f"Line {number} of the export is no JSON object.")
    return values


def _line(values: dict[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))
