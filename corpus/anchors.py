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

_NUMBER = re.compile(r"[0-9][0-9.,]*")
# A capital for its own sake: inside a sentence, after an initial, or an acronym. Looks back from the capital, which is
# what a search can jump to.
_NAME = re.compile(r"[A-ZÀ-Þ](?:(?<=[a-zß-ÿ\d,;)]\s.)[\w-]+|(?<=[A-ZÀ-Þ]\.\s.)[\w-]+|(?<=\W.)[A-ZÀ-Þ]+\b)")
_WORD = re.compile(r"\w+")
_LONG = 6
_MARKS = ".,;:!?¡¿()[]\"'“”‘’«»…—–-"
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
    Numbers and names of a statement's body: numbers without their separators, names folded.

    Those that every statement of the issuer or of the day has are left out: the issuer, the place, the date.
    """

    numbers: frozenset[str]
    names: frozenset[str]


def own_text(statement: Statement) -> str:
    """The body of a statement, a line break between its stretches; all of its text where nothing is body."""
    return "\n".join(statement.text[span.start : span.end] for span in statement.body) or statement.text


def anchors_of(statement: Statement) -> Anchors:
    """The numbers and names of a statement."""
    text = own_text(statement)
    usual = {_fold(word) for name in _usual(statement) for word in _WORD.findall(name)}
    date = {part.lstrip("0") for part in (statement.date or "").split("-")[::2]}
    numbers = {_digits(number) for number in _NUMBER.findall(text)}
    names = {_fold(name) for name in set(_NAME.findall(text))}
    return Anchors(frozenset(numbers - date - {""}), frozenset(names - usual - _CALENDAR))


def places_of(statement: Statement) -> Places:
    """Where numbers and names stand in the body."""
    text = own_text(statement)
    found = defaultdict[str, list[float]](list)
    for pattern, folded in ((_NUMBER, _digits), (_NAME, _fold)):
        for match in pattern.finditer(text):
            found[folded(match[0])].append(match.start() / len(text))
    return found


def _digits(number: str) -> str:
    return number.replace(".", "").replace(",", "").lstrip("0")


def look_alikes(statement: Statement) -> Places:
    """How the long small words of a statement begin: two languages of one family share many."""
    words = own_text(statement).split()
    found = defaultdict[str, list[float]](list)
    for number, word in enumerate(words):
        if len(word) >= _LONG and word.islower():
            beginning = _beginning(word)
            if beginning:
                found[beginning].append(number / len(words))
    return found


@lru_cache(maxsize=65_536)
def _beginning(word: str) -> str:
    """What it begins with, spelled as both languages would; nothing for a short word."""
    word = fold_word(word.strip(_MARKS))
    if len(word) < _LONG:
        return ""
    for pattern, letters in _SPELLING:
        word = pattern.sub(letters, word)
    return word.translate(_LETTERS)[:_BEGINNING]


def _usual(statement: Statement) -> Iterator[str]:
    yield from (name for name in statement.organizations if name)
    yield from statement.short
    yield from statement.short.values()
    yield statement.place or ""


def nearby(words: Iterable[str], one: Places, other: Places, most: float, stretch: float = 1.0) -> int:
    """
    How many of these words stand in both at about the same place, at most this share of the text apart.

    The places of the first text are multiplied by `stretch`.
    """
    return sum(any(abs(a * stretch - b) <= most for a in one[word] for b in other[word]) for word in words)


def clash(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether each has something that the other has not."""
    left, right = set(one), set(other)
    return not (left <= right or right <= left)


def days_of(statement: Statement) -> Days | None:
    """The days of a statement's date; `None` where it carries none."""
    return days_in(statement.date)


def days_in(date: str | None) -> Days | None:
    """The days of a date (ISO, cut to its precision); `None` without one."""
    if not date:
        return None
    year, month, day = (*map(int, date.split("-")), 0, 0)[:3]
    if day:
        return Days(dt.date(year, month, day), dt.date(year, month, day))
    end = dt.date(year + (month or 12) // 12, (month or 12) % 12 + 1, 1) if year < dt.MAXYEAR else dt.date.max
    return Days(dt.date(year, month or 1, 1), end - dt.timedelta(days=1))


def gap_days(one: Days, other: Days) -> int:
    """Days that surely lie between two dates, 0 where they may be the same."""
    return max(0, (max(one.first, other.first) - min(one.last, other.last)).days)
