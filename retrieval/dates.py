"""
Dates in questions → ranges of days, English and Spanish.

A small grammar of our own: date libraries return single days and find dates in "May immigrants march" (figures in
`retrieval/README.md`). Only words that can be nothing else count: a bare year is a word of the question, "the 2008
election" is an event, and "in August" without a year is no range.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import NamedTuple

from corpus.canonical import fold
from corpus.errors import BadDateError
from corpus.models import Span

_MONTH_NAMES = (
    ("january", "jan", "enero", "ene"),
    ("february", "feb", "febrero"),
    ("march", "mar", "marzo"),
    ("april", "apr", "abril", "abr"),
    ("may", "mayo"),
    ("june", "jun", "junio"),
    ("july", "jul", "julio"),
    ("august", "aug", "agosto", "ago"),
    ("september", "sept", "sep", "septiembre", "setiembre"),
    ("october", "oct", "octubre"),
    ("november", "nov", "noviembre"),
    ("december", "dec", "diciembre", "dic"),
)
_MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, start=1) for name in names}
# First and last day in office. Two terms apart are two ranges.
_ADMINISTRATIONS = {
    "clinton": [(dt.date(1993, 1, 20), dt.date(2001, 1, 19))],
    "bush": [(dt.date(2001, 1, 20), dt.date(2009, 1, 19))],
    "obama": [(dt.date(2009, 1, 20), dt.date(2017, 1, 19))],
    "trump": [(dt.date(2017, 1, 20), dt.date(2021, 1, 19)), (dt.date(2025, 1, 20), dt.date(2029, 1, 19))],
    "biden": [(dt.date(2021, 1, 20), dt.date(2025, 1, 19))],
}
_M = "(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_Y = r"(?:19|20)\d\d"
_D = r"\d{1,2}(?:st|nd|rd|th)?"
# One point in time; the groups are read by `_point`.
_POINT = (
    rf"(?:{_Y}-\d\d(?:-\d\d)?|{_M}\s+{_D},?\s+(?:de |del |of )?{_Y}|(?:el )?{_D}\s+(?:de |of )?{_M},?\s+(?:de |del |of )?{_Y}"
    rf"|{_M},?\s+(?:de |del |of )?{_Y}|(?:the year |el ano |el )?{_Y}"
    rf"|last year|this year|last month|this month|last {_M}|el ano pasado|este ano|el mes pasado|este mes|{_M}\s+pasado)"
)
_NOT_EVENT = r"(?![\w-])(?!\s+(?:election|elections|campaign|report|law|act|census|protest|march|elecciones))"
_WHO = "(?P<president>" + "|".join(_ADMINISTRATIONS) + ")"
_TERM = r"(?P<term>first|second|primer|segundo)"
_GRAMMAR = re.compile(
    rf"""(?<![\w-])(?:
      (?:between|entre|from|de|desde)\s+(?P<a>{_POINT})\s+(?:and|y|to|a|until|through|hasta)\s+(?P<b>{_POINT}){_NOT_EVENT}
    | (?:under|during|bajo|durante|con)\s+(?:the\s+|el\s+|la\s+)?(?:gobierno\s+de\s+|presidencia\s+de\s+|administracion\s+(?:de\s+)?)?
        (?:{_TERM}\s+(?:administration|term|mandato|gobierno)\s+(?:of|de)\s+)?(?:president\s+|presidente\s+)?{_WHO}(?!\w)
        (?:'?s)?(?:\s+(?P<term2>first|second))?(?:\s+(?:administration|presidency|term|years))?
    | (?P<before>before|prior\s+to|antes\s+de(?:l)?)\s+(?P<p1>{_POINT}){_NOT_EVENT}
    | (?P<upto>until|till|up\s+to|through|hasta)\s+(?P<p2>{_POINT}){_NOT_EVENT}
    | (?P<after>after|despues\s+de(?:l)?)\s+(?P<p3>{_POINT}){_NOT_EVENT}
    | (?P<since>since|from|starting|desde|a\s+partir\s+de(?:l)?)\s+(?P<p4>{_POINT})(?P<open>\s+(?:on|onwards?|en\s+adelante))?{_NOT_EVENT}
    | (?:in|during|on|of|dated|en|durante|de|del)\s+(?P<p5>{_POINT}){_NOT_EVENT}
    | (?P<p6>last\s+year|this\s+year|last\s+month|this\s+month|last\s+{_M}|el\s+ano\s+pasado|este\s+ano|el\s+mes\s+pasado
        |este\s+mes|{_M}\s+pasado|{_M}\s+{_D},?\s+{_Y}|{_D}\s+de\s+{_M},?\s+(?:de|del)\s+{_Y}|{_M},?\s+(?:de\s+|del\s+)?{_Y}){_NOT_EVENT}
    )(?!\w)""",
    re.VERBOSE,
)

Range = tuple[dt.date, dt.date]
FIRST_DAY, LAST_DAY = dt.date(1, 1, 1), dt.date(9999, 12, 31)


class DateWords(NamedTuple):
    """
    A date expression in a question.

    Attributes:
        ranges: Inclusive days, ascending; more than one for two terms in office.
        span: Where the words stand in the question.
    """

    ranges: tuple[Range, ...]
    span: Span


def find_dates(question: str, today: dt.date) -> DateWords | None:
    """The first date expression of a question, or `None`; `today` resolves "last year"."""
    folded = fold(question)
    for match in _GRAMMAR.finditer(folded.text):
        ranges = _ranges(match, today)
        if ranges:
            span = Span(folded.offsets[match.start()], folded.offsets[match.end() - 1] + 1)
            return DateWords(ranges, span)
    return None


def parse_date_option(words: str) -> Range:
    """
    The first and last day of YYYY, YYYY-MM or YYYY-MM-DD.

    Raises:
        BadDateError: Anything else, or a day that does not exist.
    """
    match = re.fullmatch(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", words.strip())
    found = match and _days(*(int(group) if group else None for group in match.groups()))
    if not found:
        raise BadDateError(words[:40])
    return found


def _ranges(match: re.Match[str], today: dt.date) -> tuple[Range, ...]:
    if match["president"]:
        return _administration(match["president"], match["term"] or match["term2"], today)
    if match["a"]:
        first, last = _point(match["a"], today), _point(match["b"], today)
        return ((first[0], last[1]),) if first and last and first[0] <= last[1] else ()
    point = next((p for p in (_point(match[f"p{n}"], today) for n in range(1, 7) if match[f"p{n}"]) if p), None)
    if point is None:
        return ()
    if match["before"]:
        return ((FIRST_DAY, point[0] - dt.timedelta(days=1)),)
    if match["upto"]:
        return ((FIRST_DAY, point[1]),)
    if match["after"]:
        return ((point[1] + dt.timedelta(days=1), LAST_DAY),)
    if match["since"] and (match["since"] != "from" or match["open"]):
        return ((point[0], LAST_DAY),)
    return (point,)


def _administration(name: str, term: str | None, today: dt.date) -> tuple[Range, ...]:
    ranges = [r for r in _ADMINISTRATIONS[name] if r[0] <= today]
    if term and len(ranges) > 1:
        ranges = [ranges[0 if term in {"first", "primer"} else 1]]
    return tuple(ranges)


def _point(words: str, today: dt.date) -> Range | None:
    words = words.strip()
    month = next((_MONTHS[w] for w in re.findall(r"[a-z]+", words) if w in _MONTHS), None)
    year = re.search(_Y, words)
    if iso := re.match(rf"({_Y})-(\d\d)(?:-(\d\d))?", words):
        return _days(*(int(group) if group else None for group in iso.groups()))
    if year:
        day = re.search(r"(?<!\d)(\d{1,2})(?!\d)", words)
        return _days(int(year.group()), month, int(day[1]) if day and month else None)
    if month:
        return _days(today.year if month < today.month else today.year - 1, month, None)
    if "month" in words or "mes" in words:
        first = today.replace(day=1)
        first = first if words.startswith(("this", "este")) else (first - dt.timedelta(days=1)).replace(day=1)
        return _days(first.year, first.month, None)
    return _days(today.year if words.startswith(("this", "este")) else today.year - 1, None, None)


def _days(year: int | None, month: int | None = None, day: int | None = None) -> Range | None:
    try:
        if year is None or month is None:
            return (dt.date(year or 0, 1, 1), dt.date(year or 0, 12, 31))
        last = calendar.monthrange(year, month)[1]
        return (dt.date(year, month, day or 1), dt.date(year, month, day or last))
    except (ValueError, calendar.IllegalMonthError):
        return None
