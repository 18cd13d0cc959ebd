"""
`--batch`: JSON lines in, one JSON line out for each, in order; a bad row says so and the rest go on.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bot.cli.answers.options import print_json
from corpus.errors import OnRecordError, UnreadableError, UsageError

Row = dict[str, Any]


def answer_batch(path: Path, answer_row: Callable[[Row], Row], failed: Row, fields: str) -> None:
    """
    Print what `answer_row` makes of each row, under the row's id.

    Args:
        path: The file, `-` for standard input.
        failed: What stands beside the error of a row that could not be answered.
        fields: What a row should look like, for the error of one that is no object.

    Raises:
        UnreadableError: The file cannot be read.
        OnRecordError: Some rows failed unexpectedly; every other line is printed.
    """
    unexpected = False
    for line in read_lines(path):
        row: Row = {"id": None}
        try:
            row |= _read_row(line, fields)
            document = answer_row(row)
        except OnRecordError as error:
            document = {**failed, "error": str(error)}
        except Exception as error:
            document = {**failed, "error": f"This failed on our side ({type(error).__name__})."}
            unexpected = True
        print_json({"id": row["id"], **document})
    if unexpected:
        raise OnRecordError("Some rows failed on our side; their lines say so.")


def text_in(row: Row, key: str) -> str:
    """
    The text under a key of a row.

    Raises:
        UsageError: There is none, or it is no text.
    """
    value = row.get(key)
    if not isinstance(value, str):
        raise UsageError(f'"{key}" should be a text.')
    return value


def read_lines(path: Path) -> Iterator[str]:
    """
    The lines of a file, or of standard input for `-`, that are not blank.

    Raises:
        UnreadableError: `not_readable`: it cannot be opened, or is not UTF-8.
    """
    try:
        data = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
        text = data.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise UnreadableError(str(path), "not_readable", f'"{path}" cannot be read: {reason}.') from None
    return filter(str.strip, text.split("\n"))


def _read_row(line: str, fields: str) -> Row:
    try:
        row = json.loads(line, parse_constant=_number, parse_float=_number)
    except (ValueError, RecursionError):
        raise UsageError("This row is not JSON.") from None
    if not isinstance(row, dict):
        raise UsageError(f"A row should be an object: {fields}.")
    return row


def _number(text: str) -> float:
    """Python also reads and writes NaN and Infinity, which are no JSON."""
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return number
