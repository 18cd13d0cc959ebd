"""
One point of time in a question → its first and last day: a day, month, year, season, third, quarter, half, decade, or
one that `today` resolves ("last year", "hace dos semanas").

The words are patterns of `retrieval/date_words.py`, over folded text.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re

from corpus.calendar_words import MONTHS
from retrieval import date_words as w

Range = tuple[dt.date, dt.date]
FIRST_DAY, LAST_DAY = dt.date(1, 1, 1), dt.date(9999, 12, 31)

_WORD = re.compile(r"[a-z]+|\d+(?:st|nd|rd|th)?")
_DECADE = re.compile(
    r"\b(?:19|20)\d0'?s\b|\b[6-9]0s\b|\blos [6-9]0\b|\bdecada\b|\blos anos\b|\bthe (?:[6-9]0s|[a-z]+ties)\b"
)
_COUNTED_BACK = re.compile(r"(?:years?|months?|weeks?) ago$|^hace ")
_THIS = re.compile(r"\b(?:this|est[ea])\b")


def point(words: str, today: dt.date) -> Range | None:
    """The days that these folded words mean; `None` for a day that no calendar has, or that may be two."""
    if re.fullmatch(w.RELATIVE, words):
        return _relative(words, today)
    if re.fullmatch(w.MONTH_BACK, words):
        return days(today.year - (0 if _THIS.search(words) else 1), numbers(words)[1])
    if re.fullmatch(w.WEEK_OF, words):
        within = days(*numbers(words))
        return _week(within[0]) if within else None
    if re.fullmatch(w.NUMERIC, words):
        return _numeric(words)
    if re.fullmatch(w.PERIOD, words):
        return _period(words)
    year, month, day = numbers(words)
    return days(year, month, day) if year else None


def numbers(words: str) -> tuple[int | None, int | None, int | None]:
    """Year, month and day of a point as written; `None` for what it does not say."""
    if re.fullmatch(w.ISO, words):
        year, month, *day = map(int, words.split("-"))
        return year, month, day[0] if day else None
    written = re.search(w.YEAR, words)
    named = next((MONTHS[word] for word in re.findall(r"[a-z]+", words) if word in MONTHS), None)
    numbered = re.search(r"(?<!\d)\d{1,2}(?!\d)", words)
    day_number = int(numbered[0]) if numbered else 1 if "primero" in words else None
    return int(written[0]) if written else None, named, day_number


def days(year: int | None, month: int | None = None, day: int | None = None) -> Range | None:
    """The first and last day of a year, a month or a day; `None` for one that does not exist."""
    try:
        if year is None or month is None:
            return (dt.date(year or 0, 1, 1), dt.date(year or 0, 12, 31))
        if day is not None:
            return (dt.date(year, month, day), dt.date(year, month, day))
        return (dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1]))
    except ValueError:
        return None


def months(year: int, month: int, count: int) -> Range | None:
    """`count` months from this one on; a month below 1 or over 12 is of another year."""
    first, last = (divmod(year * 12 + month - 1 + more, 12) for more in (0, count - 1))
    since, until = days(first[0], first[1] + 1), days(last[0], last[1] + 1)
    return (since[0], until[1]) if since and until else None


def count_of(words: str) -> int:
    """The number that these words say; 1 where they say none."""
    said = next((word for word in words.split() if word in w.NUMBERS or word.isdigit()), "1")
    return w.NUMBERS.get(said) or int(said)


def _numeric(words: str) -> Range | None:
    """Only where day and month cannot be told apart wrongly: 13/05/2014, 05/13/2014, 05/05/2014."""
    first, second, year = map(int, re.split(r"[/.-]", words))
    readings = {days(year, second, first), days(year, first, second)} - {None}
    return readings.pop() if len(readings) == 1 else None


def _relative(words: str, today: dt.date) -> Range | None:
    if "ayer" in words or "antier" in words or "yesterday" in words:
        day = today - dt.timedelta(days=1 if words in {"ayer", "yesterday"} else 2)
        return day, day
    back = 0 if _THIS.search(words) else 2 if "before last" in words or "antepasado" in words else 1
    if counted := _COUNTED_BACK.search(words):
        back = count_of(words)
    month = next((MONTHS[word] for word in re.findall(r"[a-z]+", words) if word in MONTHS), None)
    if month and not counted:
        return days(today.year if not back or month < today.month else today.year - 1, month)
    if season := next((w.SEASONS[word] for word in words.split() if word in w.SEASONS), None):
        return _season_near(season, today, over=bool(back))
    if re.search(r"week|semana", words):
        return _week(today - dt.timedelta(days=7 * back))
    if re.search(r"quarter|trimestre", words):
        return months(today.year, (today.month - 1) // 3 * 3 + 1 - 3 * back, 3)
    if re.search(r"month|\bmes", words):
        return months(today.year, today.month - back, 1)
    return days(today.year - back)


def _week(day: dt.date) -> Range:
    """From Monday to Sunday."""
    monday = day - dt.timedelta(days=day.weekday())
    return monday, monday + dt.timedelta(days=6)


def _season_near(month: int, today: dt.date, *, over: bool) -> Range | None:
    """The season of this year, or the last one that is over."""
    for year in (today.year, today.year - 1, today.year - 2):
        found = months(year, month, 3)
        if found and (found[1] < today if over else found[0] <= today or year < today.year):
            return found
    return None


def _period(words: str) -> Range | None:
    """Halves, quarters, seasons, decades, and the early, middle or late third of a month, a year or a decade."""
    said = _WORD.findall(words)
    part = next((w.PARTS[word] for word in said if word in w.PARTS), None)
    if _DECADE.search(words):
        return _decade(words, part)
    year, month, _ = numbers(words)
    if year is None:
        return None
    ordinal = next((w.ORDINALS[word] for word in said if word in w.ORDINALS), 1)
    if re.search(r"\bq[1-4]\b|quarter|trimestre", words):
        numbered = re.search(r"\bq([1-4])", words)
        return months(year, 3 * (int(numbered[1]) if numbered else ordinal) - 2, 3)
    if re.search(r"half|semestre|mitad", words):
        return months(year, 6 * ordinal - 5, 6)
    if season := next((w.SEASONS[word] for word in said if word in w.SEASONS), None):
        return months(year, season, 3)
    if part is not None and month:
        whole = days(year, month)
        thirds = ((1, 10), (11, 20), (21, whole[1].day if whole else 0))[part]
        return (dt.date(year, month, thirds[0]), dt.date(year, month, thirds[1])) if whole else None
    return months(year, 1 + 4 * (part or 0), 4)


def _decade(words: str, part: int | None) -> Range | None:
    named = re.search(r"\b(?:19|20)\d0", words)
    spoken = next((w.DECADES[key] for word in _WORD.findall(words) if (key := word.rstrip("s")) in w.DECADES), None)
    spoken = spoken or next((w.DECADES[word] for word in words.split() if word in w.DECADES), None)
    first = int(named[0]) if named else spoken
    if first is None:
        return None
    years = {None: (0, 9), 0: (0, 3), 1: (4, 6), 2: (7, 9)}[part]
    return dt.date(first + years[0], 1, 1), dt.date(first + years[1], 12, 31)
