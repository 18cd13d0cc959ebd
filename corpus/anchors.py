"""
What stays the same when a text is translated: its numbers, its names, the beginnings of many long words.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from corpus.calendar_words import MONTHS, WEEKDAYS
from corpus.canonical import fold_word
from corpus.models import Statement

# Word → where it stands, as shares of the text (0 to 1), ascending.
Places = Mapping[str, list[float]]

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
# A capital that no sentence begins with: after a small letter, a comma, a number or another name.
_NAME = re.compile(r"(?<=[a-zß-ÿ\d,;)]\s)[A-ZÀ-Þ][\w-]+|(?<=[A-ZÀ-Þ]\.\s)[A-ZÀ-Þ][\w-]+|\b[A-ZÀ-Þ]{2,}\b")
_SMALL_WORD = re.compile(r"\b[a-zß-ÿ]{6,}\b")
_BEGINNING = 4
# Spelled alike in both languages after this: "immigrant", "inmigrante"; "photo", "foto"; "quota", "cuota".
_SPELLING = ((re.compile(r"nm"), "m"), (re.compile(r"(.)\1"), r"\1"), (re.compile("ph"), "f"), (re.compile("th"), "t"))
_LETTERS = str.maketrans({"c": "k", "q": "k", "y": "i"})
_fold = lru_cache(maxsize=65_536)(fold_word)
_CALENDAR = frozenset(MONTHS) | frozenset(WEEKDAYS)


class Days(NamedTuple):
    """First and last day that a statement may be from."""

    first: dt.date
    last: dt.date


class Anchors(NamedTuple):
    """
    Numbers and names of a statement's body.

    Those that every statement of the issuer or of the day has are left out: the issuer, the place, the date.
    """

    numbers: Places
    names: Places


def own_text(statement: Statement) -> str:
    """The body of a statement, a line break between its stretches; all of its text where nothing is body."""
    return "\n".join(statement.text[span.start : span.end] for span in statement.body) or statement.text


def anchors_of(statement: Statement) -> Anchors:
    """The numbers and names of a statement, numbers without their separators, names folded."""
    text = own_text(statement)
    usual = {_fold(word) for name in _usual(statement) for word in re.findall(r"\w+", name)}
    date = {part.lstrip("0") for part in (statement.date or "").split("-")[::2]}
    numbers, names = defaultdict[str, list[float]](list), defaultdict[str, list[float]](list)
    for match in _NUMBER.finditer(text):
        digits = match[0].replace(".", "").replace(",", "").lstrip("0")
        if digits not in date:
            numbers[digits].append(match.start() / len(text))
    for match in _NAME.finditer(text):
        word = _fold(match[0])
        if word not in usual and word not in _CALENDAR:
            names[word].append(match.start() / len(text))
    return Anchors(numbers, names)


def look_alikes(statement: Statement) -> Places:
    """How the long small words of a statement begin: two languages of one family share many."""
    text = own_text(statement)
    found = defaultdict[str, list[float]](list)
    for match in _SMALL_WORD.finditer(text):
        found[_beginning(match[0])].append(match.start() / len(text))
    return found


@lru_cache(maxsize=65_536)
def _beginning(word: str) -> str:
    word = _fold(word)
    for pattern, letters in _SPELLING:
        word = pattern.sub(letters, word)
    return word.translate(_LETTERS)[:_BEGINNING]


def _usual(statement: Statement) -> Iterator[str]:
    yield from (name for name in statement.organizations if name)
    yield from statement.short
    yield from statement.short.values()
    yield statement.place or ""


def nearby(one: Places, other: Places, most: float) -> int:
    """How many words stand in both at about the same place, at most this share of the text apart."""
    both = one.keys() & other.keys()
    return sum(any(abs(a - b) <= most for a in one[word] for b in other[word]) for word in both)


def clash(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether each has something that the other has not."""
    left, right = set(one), set(other)
    return not (left <= right or right <= left)


def days_of(statement: Statement) -> Days | None:
    """The days of a statement's date; `None` where it carries none."""
    if not statement.date:
        return None
    year, month, day = (*map(int, statement.date.split("-")), 0, 0)[:3]
    if day:
        return Days(dt.date(year, month, day), dt.date(year, month, day))
    end = dt.date(year + (month or 12) // 12, (month or 12) % 12 + 1, 1) if year < dt.MAXYEAR else dt.date.max
    return Days(dt.date(year, month or 1, 1), end - dt.timedelta(days=1))


def gap_days(one: Days, other: Days) -> int:
    """Days that surely lie between two dates, 0 where they may be the same."""
    return max(0, (max(one.first, other.first) - min(one.last, other.last)).days)
