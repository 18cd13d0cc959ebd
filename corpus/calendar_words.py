"""
Dates as English and Spanish statements print them: month and weekday names, written and numeric forms.

Only finds them; which one is the date of a statement is decided in `corpus/dating.py`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import NamedTuple

from corpus.canonical import fold_word
from corpus.models import DatePrecision, Span

FIRST_YEAR, LAST_YEAR = 1900, 2100

_MONTH_NAMES = (
    "january jan enero ene",
    "february feb febrero",
    "march mar marzo",
    "april apr abril abr",
    "may mayo",
    "june jun junio",
    "july jul julio",
    "august aug agosto ago",
    "september sept sep septiembre setiembre set",
    "october oct octubre",
    "november nov noviembre",
    "december dec diciembre dic",
)
_WEEKDAY_NAMES = (
    "monday mon lunes",
    "tuesday tues tue martes",
    "wednesday wed miércoles miercoles",
    "thursday thurs thur thu jueves",
    "friday fri viernes",
    "saturday sat sábado sabado",
    "sunday sun domingo",
)
MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}
WEEKDAYS = {fold_word(name): number for number, names in enumerate(_WEEKDAY_NAMES) for name in names.split()}


def _one_of(rows: tuple[str, ...]) -> str:
    """Alternation of all names, longest first, so that "sept" is not read as "sep"."""
    return "|".join(sorted(" ".join(rows).split(), key=len, reverse=True))


_S = r"[^\S\n]+"
_MONTH = rf"(?:{_one_of(_MONTH_NAMES)})\b\.?"
_WEEKDAY = rf"(?:(?P<{{0}}_weekday>{_one_of(_WEEKDAY_NAMES)})\b\.?,?{_S}(?:(?:the|el|día|dia){_S})?)?"
_DAY = r"(?P<{0}_day>\d{{1,2}}|primero)(?:st|nd|rd|th|ero|ro|er|º|°|o)?"
_YEAR = r"(?P<{0}_year>(?:19|20)\d\d|2100)(?![^\W_])"
_OF_YEAR = rf"(?:(?:de|del|of)(?:l?{_S}año)?{_S})?"
_FORMS = {
    # Year first: 2014-09-10, 2014/9/10, 2014-09-10T08:00:00Z.
    "iso": rf"{_YEAR}(?P<iso_mark>[-/.])(?P<{{0}}_month>\d{{{{1,2}}}})(?P=iso_mark)(?P<{{0}}_day>\d{{{{1,2}}}})"
    r"(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?(?![^\W_])",
    # Month first: Friday, August 12, 2011; Sept. 3 2015; marzo 5 del 2013.
    "mdy": rf"{_WEEKDAY}(?P<{{0}}_month>{_MONTH}){_S}{_DAY}(?:,?{_S}|,){_OF_YEAR}{_YEAR}",
    # Day first: 4 March 2014; viernes 12 de agosto de 2011; 1st day of May, 2010; 10-Sep-2014.
    "dmy": rf"{_WEEKDAY}{_DAY}(?:{_S}(?:day{_S})?(?:(?:of|de|del){_S})?|-)(?P<{{0}}_month>{_MONTH})"
    rf"(?:,?{_S}|-|,){_OF_YEAR}{_YEAR}",
    # Numbers only: which one is the month is settled later.
    "num": rf"{_WEEKDAY}(?<![\d/.-])(?P<num_first>\d{{{{1,2}}}})(?P<num_mark>[/.-])(?P<num_second>\d{{{{1,2}}}})"
    r"(?P=num_mark)(?P<{0}_year>(?:19|20)\d\d|2100|\d\d)(?![\d/.-]\d|\d)",
    # Month and year alone: November 2012, noviembre de 2012.
    "my": rf"(?P<{{0}}_month>{_MONTH}),?{_S}{_OF_YEAR}{_YEAR}",
}
_ANY = re.compile(r"(?<!\w)(?:" + "|".join(form.format(name) for name, form in _FORMS.items()) + ")", re.IGNORECASE)
# Every form has a year: most lines are told from a date by this alone.
_DIGITS = re.compile(r"\d\d")
_YEAR_ONLY = re.compile(r"(?:19|20)\d\d|2100")


class PrintedDate(NamedTuple):
    """
    A date as it is printed.

    Attributes:
        span: The words it stands in, a weekday before it included.
        readings: What they can mean: one day, or two where day and month are numbers that may be swapped (day-first
            reading first). For a month or a year, its first day.
        precision: How much of a reading is printed.
        weekday: Printed with it, Monday is 0.
    """

    span: Span
    readings: tuple[dt.date, ...]
    precision: DatePrecision
    weekday: int | None = None

    @property
    def day(self) -> dt.date:
        """The only reading, or the day-first one of two."""
        return self.readings[0]

    def contradicts_weekday(self) -> bool:
        """Whether the printed weekday is not that of the printed day."""
        return self.weekday is not None and all(day.weekday() != self.weekday for day in self.readings)


def cut_iso(day: dt.date, precision: DatePrecision) -> str:
    """ISO 8601, cut to its precision: 2012-11-08, 2012-11, 2012."""
    return day.isoformat()[: {"day": 10, "month": 7, "year": 4, "none": 0}[precision]]


def printed_dates(text: str, within: Span | None = None) -> Iterator[PrintedDate]:
    """
    The dates with a year that stand in the text, in order.

    Days that no calendar has (30 February) are left out, and so are the month and year inside them.
    """
    whole = within or Span(0, len(text))
    if not prints_digits(text, whole):
        return
    for match in _ANY.finditer(text, whole.start, whole.end):
        form = next(name for name in _FORMS if match[f"{name}_year"])
        readings = _readings(form, match)
        if readings:
            weekday = match[f"{form}_weekday"] if form in {"mdy", "dmy", "num"} else None
            number = WEEKDAYS[fold_word(weekday)] if weekday else None
            yield PrintedDate(Span(*match.span()), readings, "month" if form == "my" else "day", number)


def prints_digits(text: str, line: Span) -> bool:
    """Whether a line prints two digits side by side: without them it has no date."""
    return _DIGITS.search(text, line.start, line.end) is not None


def year_alone(text: str, line: Span) -> PrintedDate | None:
    """The year that is all this line prints."""
    match = _YEAR_ONLY.fullmatch(text, line.start, line.end)
    return PrintedDate(line, (dt.date(int(match.group()), 1, 1),), "year") if match else None


def _readings(form: str, match: re.Match[str]) -> tuple[dt.date, ...]:
    year = _full_year(match[f"{form}_year"])
    if form == "num":
        first, second = int(match["num_first"]), int(match["num_second"])
        days = (_day(year, second, first), _day(year, first, second))
        return tuple(dict.fromkeys(day for day in days if day))
    month = match[f"{form}_month"]
    number = int(month) if month.isdigit() else MONTHS[month.casefold().rstrip(".")]
    day = "1" if form == "my" else match[f"{form}_day"]
    found = _day(year, number, 1 if day.casefold() == "primero" else int(day))
    return (found,) if found else ()


def _full_year(digits: str) -> int:
    # Two digits on a header line: the century in which statements of this kind exist.
    year = int(digits)
    return year if year >= 100 else year + (2000 if year < 70 else 1900)


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day) if FIRST_YEAR <= year <= LAST_YEAR else None
    except ValueError:
        return None
