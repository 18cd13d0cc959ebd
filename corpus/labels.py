"""
What moderators say about a source: its name, its organization, its language, its licence, and how often it is read.

Labels are shown where sources are listed, and never filled into a statement.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from corpus.errors import UsageError

Label = Literal["name", "organization", "language", "licence", "every"]
LABELS: tuple[Label, ...] = ("name", "organization", "language", "licence", "every")
MAX_CHARS = 200
DEFAULT_H = 24
NEVER = 0

_NOBODY_SAYS = ("none", "ninguno", "ninguna")
_NEVER_SAID = ("never", "nunca")
_LANGUAGES = re.compile(r"[a-z]{2,3}(?:, ?[a-z]{2,3}){0,9}")
_EVERY = re.compile(r"(\d{1,4}) ?([hd])", re.ASCII)
_HOURS = {"h": 1, "d": 24}
_MAX_H = 366 * 24


def read_labels(typed: Mapping[Label, str]) -> dict[str, str | int | None]:
    """
    Labels as they are stored: column of the table of sources → value, `None` for "none".

    Raises:
        UsageError: A label is not what it should be; the message names it.
    """
    return dict(read_label(label, words) for label, words in typed.items())


def read_label(label: Label, words: str) -> tuple[str, str | int | None]:
    """
    One label as it is stored, column and value; see `read_labels`.

    `every` is 6h, 7d or "never"; a language is its ISO 639 code, several stand with commas between them.

    Raises:
        UsageError: Too long, empty, no length of time, or no code of a language.
    """
    line = " ".join(words.split())
    if line.lower() in _NOBODY_SAYS:
        return ("every_h" if label == "every" else label), None
    if label == "every":
        return "every_h", _hours(line)
    if label == "language":
        return label, _languages(line)
    if not line or len(line) > MAX_CHARS:
        raise UsageError(f'The {label} of a source has 1 to {MAX_CHARS} characters, this one {len(line)}. Or "none".')
    return label, line


def _hours(line: str) -> int:
    if line.lower() in _NEVER_SAID:
        return NEVER
    match = _EVERY.fullmatch(line.lower())
    hours = int(match[1]) * _HOURS[match[2]] if match else 0
    if not 1 <= hours <= _MAX_H:
        raise UsageError(f'"{line[:40]}" is no schedule. Try 6h, 7d (up to 366d), "never", or "none" for the usual.')
    return hours


def _languages(line: str) -> str:
    codes = line.lower()
    if not _LANGUAGES.fullmatch(codes):
        raise UsageError(f'"{line[:40]}" is no language code. Try en, es or "en, es", or "none".')
    return ", ".join(code.strip() for code in codes.split(","))
