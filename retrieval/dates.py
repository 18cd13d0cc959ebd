"""
Dates in questions → ranges of days, English and Spanish.

A small grammar of our own: date libraries return single days and find dates in "May immigrants march"
(`retrieval/README.md`, *Decisions*). Only words that can be nothing else count: a bare year is a word of the question,
"in August" without a year is no range, "the summer of 2014" is vague, and "the 2008 election" or "a law passed in 1996"
is an event that statements of any date speak of. Where a range would be a guess there is none.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from corpus.calendar_words import MONTHS
from corpus.canonical import fold
from corpus.errors import BadDateError
from corpus.models import Span
from retrieval import date_words as w

Range = tuple[dt.date, dt.date]
Reader = Callable[[re.Match[str], dt.date], tuple[Range, ...]]
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
    """
    The dates that a question asks for, or `None`; `today` resolves "last year".

    Several expressions are all meant ("in 2011 or in 2014"), but "after 2011" and "before 2014" bound one range. The
    span is that of the first.
    """
    folded = fold(question)
    found: list[tuple[tuple[Range, ...], Span]] = []
    for match, read in _matches(folded.text):
        if not found or match.start() >= found[-1][1].end:
            # What is read as no range is taken up too: the words in it must not count by themselves.
            found.append((read(match, today), Span(*match.span())))
    first = next((span for ranges, span in found if ranges), None)
    if first is None:
        return None
    span = Span(folded.offsets[first.start], folded.offsets[first.end - 1] + 1)
    return DateWords(_together([one for ranges, _ in found for one in ranges]), span)


def parse_date_option(words: str) -> Range:
    """
    The first and last day of YYYY, YYYY-MM or YYYY-MM-DD.

    Raises:
        BadDateError: Anything else, or a day that does not exist.
    """
    match = re.fullmatch(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", words.strip(), re.ASCII)
    found = match and _days(*(int(group) if group else None for group in match.groups()))
    if not found:
        raise BadDateError("".join(filter(str.isprintable, " ".join(words.split())))[:40])
    return found


def _matches(text: str) -> list[tuple[re.Match[str], Reader]]:
    """What the rules match, the leftmost and there the longest first."""
    found = [(match, read) for rule, read in _RULES for match in rule.finditer(text)]
    found.sort(key=lambda item: (item[0].start(), -item[0].end()))
    return [(match, _event if w.ENACTED_BEFORE.search(_before_words(match)) else read) for match, read in found]


def _before_words(match: re.Match[str]) -> str:
    return match.string[max(0, match.start() - 30) : match.start()].rstrip()


def _event(match: re.Match[str], today: dt.date) -> tuple[Range, ...]:
    return ()


def _together(ranges: Sequence[Range]) -> tuple[Range, ...]:
    """Ascending ranges of which none overlaps; open ends that face each other bound one range."""
    lowest = max((first for first, last in ranges if last == LAST_DAY), default=None)
    highest = min((last for first, last in ranges if first == FIRST_DAY), default=None)
    if len(ranges) == 2 and lowest and highest and lowest <= highest:
        return ((lowest, highest),)
    joined: list[Range] = []
    for first, last in sorted(ranges):
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return tuple(joined)


def _between(match: re.Match[str], today: dt.date) -> tuple[Range, ...]:
    until = _point(match["b"], today)
    if until is None:
        return ()
    year, month, day = _numbers(match["a"])
    since = _point(match["a"], today) if year or re.fullmatch(w.RELATIVE, match["a"]) else None
    if since is None and not year:
        # "between March and June 2014", "from 5 to 10 March 2014": what is missing is that of the end.
        since = _days(until[0].year, month or until[0].month, day)
        if since and since[0] > until[0]:
            since = _days(until[0].year - 1, month, day)
    return ((min(since[0], until[0]), max(since[1], until[1])),) if since else ()


def _years(match: re.Match[str], today: dt.date) -> tuple[Range, ...]:
    first, last = int(match["a"]), int(match["b"])
    return ((dt.date(first, 1, 1), dt.date(last, 12, 31)),) if first <= last else ()


def _half(match: re.Match[str], today: dt.date) -> tuple[Range, ...]:
    year = int(match["year"])
    if match["half"] in {"first", "primer", "primera"}:
        return ((dt.date(year, 1, 1), dt.date(year, 6, 30)),)
    return ((dt.date(year, 7, 1), dt.date(year, 12, 31)),)


def _past(match: re.Match[str], today: dt.date) -> tuple[Range, ...]:
    count = w.NUMBERS.get(match["count"]) or int(match["count"] or 1)
    months = count if match["unit"].startswith("m") else 12 * count
    number = today.year * 12 + today.month - 1 - months
    month = _days(number // 12, number % 12 + 1)
    return ((month[0].replace(day=min(today.day, month[1].day)), today),) if month else ()


def _administration(match: re.Match[str], today: dt.date) -> tuple[Range, ...]:
    years, which = w.TERMS[match["name"]], match["n1"] or match["n2"] or match["n3"]
    office = (match["office1"] or match["office2"] or "").strip()
    if match[0].startswith(("in ", "en ")) and not which and office not in {"years", "anos", "era"}:
        # "people in the Obama administration" says where, not when.
        return ()
    if which:
        years = years[-2:][:1] if which.startswith(("f", "p")) else years[-2:][1:]
    terms = [(dt.date(year, 1, 20), dt.date(year + 4, 1, 19)) for year in years if dt.date(year, 1, 20) <= today]
    joined: list[Range] = []
    for first, last in terms:
        follows = joined and joined[-1][1] + dt.timedelta(days=1) == first
        joined[-1 if follows else len(joined) :] = [(joined[-1][0], last) if follows else (first, last)]
    return tuple(joined)


def _before(match: re.Match[str], today: dt.date) -> tuple[Range, ...]:
    point = _point(match["p"], today)
    return ((FIRST_DAY, point[0] - dt.timedelta(days=1)),) if point else ()


def _until(match: re.Match[str], today: dt.date) -> tuple[Range, ...]:
    point = _point(match["p"], today)
    return ((FIRST_DAY, point[1]),) if point else ()


def _after(match: re.Match[str], today: dt.date) -> tuple[Range, ...]:
    point = _point(match["p"], today)
    return ((point[1] + dt.timedelta(days=1), LAST_DAY),) if point else ()


def _since(match: re.Match[str], today: dt.date) -> tuple[Range, ...]:
    point = _point(match["p"], today)
    return ((point[0], LAST_DAY),) if point else ()


def _listed(match: re.Match[str], today: dt.date) -> tuple[Range, ...]:
    """Each point of a list; a month without a year ("March and June 2014") has that of the next."""
    found: list[Range] = []
    for words in reversed([one.group() for one in _POINTS.finditer(match["p"])]):
        month = MONTHS.get(words.rstrip("."))
        point = _days(found[-1][0].year, month) if month and found else _point(words, today)
        if point is None:
            return ()
        found.append(point)
    return tuple(reversed(found))


def _statements_of(match: re.Match[str], today: dt.date) -> tuple[Range, ...]:
    """ "Statements of 2014", while "the raid of 2014" is an event and "the end of 2014" vague."""
    return _listed(match, today) if w.STATEMENT_BEFORE.search(_before_words(match)) else ()


def _on_day(match: re.Match[str], today: dt.date) -> tuple[Range, ...]:
    """What is said on a day, but not "the raid on May 12, 2008"."""
    return () if w.EVENT_BEFORE.search(_before_words(match)) else _listed(match, today)


def _point(words: str, today: dt.date) -> Range | None:
    if not re.fullmatch(w.RELATIVE, words):
        year, month, day = _numbers(words)
        return _days(year, month, day) if year else None
    back = 0 if words.startswith(("this", "este")) else 1
    if month := _numbers(words)[1]:
        return _days(today.year if month < today.month else today.year - 1, month) if back else _days(today.year, month)
    if "month" in words or "mes" in words:
        number = today.year * 12 + today.month - 1 - back
        return _days(number // 12, number % 12 + 1)
    return _days(today.year - back)


def _numbers(words: str) -> tuple[int | None, int | None, int | None]:
    """Year, month and day of a point as written; `None` for what it does not say."""
    if re.fullmatch(w.ISO, words):
        year, month, *day = map(int, words.split("-"))
        return year, month, day[0] if day else None
    written = re.search(w.YEAR, words)
    named = next((MONTHS[word] for word in re.findall(r"[a-z]+", words) if word in MONTHS), None)
    numbered = re.search(r"(?<!\d)\d{1,2}(?!\d)", words)
    return int(written[0]) if written else None, named, int(numbered[0]) if numbered else None


def _days(year: int | None, month: int | None = None, day: int | None = None) -> Range | None:
    try:
        if year is None or month is None:
            return (dt.date(year or 0, 1, 1), dt.date(year or 0, 12, 31))
        if day is not None:
            return (dt.date(year, month, day), dt.date(year, month, day))
        return (dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1]))
    except ValueError:
        return None


def _rule(words: str, end: str = w.END) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w'/-])(?:{words}){end}")


_IN, _FROM, _TO = (
    "(?:in|during|en|durante)",
    "(?:between|entre|from|del?|desde)",
    "(?:and|y|to|al?|until|through|hasta)",
)
_COUNT, _UNIT = rf"(?P<count>[1-9]\d?|{'|'.join(w.NUMBERS)})", "(?P<unit>years?|months?|anos?|mes(?:es)?)"
_POINTS = re.compile(rf"{w.POINT}|{w.MONTH}")
_SINCE = r"(?:since|starting|beginning|desde|a partir del?) (?:in |en |on )?"
_RULES: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (_rule(rf"{_FROM} (?P<a>{w.POINT}|{w.MONTH_DAY}|{w.MONTH}|{w.DAY_NUMBER}) {_TO} (?P<b>{w.POINT})"), _between),
    (_rule(rf"(?:(?:{_FROM}|{_IN}|of) )?(?P<a>{w.YEAR})-(?P<b>{w.YEAR})"), _years),
    (_rule(rf"(?P<half>{w.ORDINAL}) (?:half|semestre|mitad) (?:of|del?) (?:el )?(?P<year>{w.YEAR})"), _half),
    (_rule(rf"(?:over|{_IN}) (?:the |los |el )?(?:last|past|ultimos?) (?:{_COUNT} )?{_UNIT}"), _past),
    (_rule(rf"(?:under|bajo|{_IN}) {w.PRESIDENT}"), _administration),
    (_rule(rf"(?:before|prior to|antes del?) (?P<p>{w.POINT})"), _before),
    (_rule(rf"(?:until|till|up to|through|hasta) (?P<p>{w.POINT})"), _until),
    (_rule(rf"(?:after|despues del?) (?P<p>{w.POINT})"), _after),
    (_rule(rf"{_SINCE}(?P<p>{w.POINT})(?: (?:to|hasta) {w.TODAY}| en adelante)?"), _since),
    (_rule(rf"from (?P<p>{w.POINT}) (?:onwards?|on(?! \w)|(?:to|until) {w.TODAY})"), _since),
    (_rule(rf"(?:of|del?) (?P<p>{w.LIST})"), _statements_of),
    (_rule(rf"(?:from|dated|{_IN}) (?P<p>{w.LIST})"), _listed),
    (_rule(rf"(?:on|el) {w.WEEKDAY}(?P<p>{w.DAY}|{w.ISO})"), _on_day),
    (_rule(rf"(?P<p>{w.RELATIVE})"), _listed),
    (_rule(rf"(?P<p>{w.DAY}|{w.MONTH_YEAR}|{w.ISO})", w.ALONE), _listed),
)
