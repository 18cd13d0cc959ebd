"""
The grammar of dates in questions: forms of date expressions as patterns over folded text.

What each of them means is in `retrieval/date_readers.py`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from retrieval import date_readers as reads
from retrieval import date_words as w
from retrieval.date_points import Range

Reader = Callable[[re.Match[str], dt.date], tuple[Range, ...]]


def matches(text: str) -> list[tuple[re.Match[str], Reader]]:
    """What the rules match in folded text, the leftmost and there the longest first."""
    if not re.search(w.DATE_HINT, text):
        return []
    fitting = [rule for rule in _RULES if re.search(rule.hint, text)]
    found = [(match, rule.read) for rule in fitting for match in _compiled(rule).finditer(text)]
    found.sort(key=lambda item: (item[0].start(), -item[0].end()))
    return [(match, _reader(match, read)) for match, read in found]


def _reader(match: re.Match[str], read: Reader) -> Reader:
    """What comes before decides: "a law passed in 1996", "the difference between 2011 and 2021"."""
    before = reads.before_words(match)
    if w.ENACTED_BEFORE.search(before):
        return reads.event
    return reads.ends if read is reads.between and w.DIFFERENCE_BEFORE.search(before) else read


def sides_of(
    match: re.Match[str], read: Reader, ranges: tuple[Range, ...], today: dt.date
) -> Iterator[tuple[Range, ...]]:
    """The times that one expression names: each year of a list, but both terms of a president together."""
    other = read is reads.administration and match.groupdict().get("other")
    if other:
        later = reads.terms_of(other, None, today)
        yield from filter(None, (ranges[: len(ranges) - len(later)], later))
    elif read in _LISTS:
        yield from ((one,) for one in ranges)
    elif ranges:
        yield ranges


_IN, _FROM, _TO = (
    "(?:in|during|en|durante|within)",
    "(?:between|entre|from|del?|desde)",
    "(?:and|y|to|al?|until|through|hasta)",
)
_COUNT, _UNIT = rf"(?P<count>{w.COUNT})", rf"(?P<unit>{w.UNIT})"
_LATE = "(?:last|past|ultim[oa]s?|pasad[oa]s)"
# "the last two years of the program" are its own.
_NO_PART = r"(?! (?:of|del?)\b)"
_SINCE = r"(?:since|as of|starting|beginning|ever since|desde|a partir del?) (?:in |en |on |el )?"
_BEFORE = r"(?:before|prior to|previous to|earlier than|antes del?|(?:previ[oa]s?|anterior(?:es|mente)?) al?)"
_AFTER = r"(?:after|later than|despues del?|mas tarde que|posterior(?:es|mente)? al?)"
_UNTIL = "(?:until|till|up to|through|no later than|hasta)"
_ROUND = r"(?:before|antes(?: del?)?) (?:and|or|vs\.?|versus|y|e|o) (?:after|despues del?)"
_AGAINST = r"(?:vs\.?|versus|compared (?:to|with)|frente al?|contra)"
_LIST_OF = rf"(?:(?P<of>of|del?)|from|dated|at|compar\w+|entre|between|{_IN}) (?:a )?"
_ONWARDS = r"(?:onwards?|en adelante|on(?! \w)|(?:to|until|and|y) {w.TODAY})".replace("{w.TODAY}", w.TODAY)
_LISTS = frozenset((reads.listed, reads.on_day, reads.around, reads.ends))


class _Rule(NamedTuple):
    """
    A form of date expressions.

    Attributes:
        hint: A small pattern without which the large one cannot match: most questions hold no date, and large
            patterns take long to compile.
        words: The pattern.
        read: What it means.
        end: What has to follow.
    """

    hint: str
    words: str
    read: Reader
    end: str = w.END


_RULES = (
    _Rule(
        rf"{_FROM} .+ {_TO} ",
        rf"{_FROM} (?P<a>{w.POINT}|{w.MONTH_DAY}|{w.MONTH}|{w.DAY_NUMBER}) {_TO} (?P<b>{w.POINT})",
        reads.between,
    ),
    _Rule(r"\d-\d", rf"(?:(?:{_FROM}|{_IN}|of) )?(?P<a>{w.YEAR})-(?P<b>{w.YEAR})", reads.years),
    _Rule(_LATE, rf"(?:over|for|{_IN}) (?:the |los |las |el |la )?{_LATE} (?:{_COUNT} )?{_UNIT}{_NO_PART}", reads.past),
    _Rule(
        _LATE,
        rf"(?:(?:over|for|{_IN}) )?(?:the |los |las |these |est[oa]s ){_LATE} {_COUNT} {_UNIT}{_NO_PART}",
        reads.past,
    ),
    _Rule(_LATE, rf"(?:{_IN} )?l[oa]s {_COUNT} (?:ultim|pasad)[oa]s {_UNIT}{_NO_PART}", reads.past),
    _Rule("desde hace", rf"desde hace {_COUNT} {_UNIT}", reads.past),
    _Rule(w.NAMED, rf"(?:under|bajo|{_IN}) {w.PRESIDENT}", reads.administration),
    _Rule(w.NAMED, w.IN_OFFICE, reads.administration),
    _Rule(
        w.NAMED,
        rf"(?P<side>before|after|since|antes de|despues de|desde) {w.PRESIDENT}",
        reads.around_terms,
        w.TOPIC_NEXT,
    ),
    _Rule(_AGAINST, rf"(?P<p>{w.YEAR} {_AGAINST} (?:in |en )?{w.POINT})", reads.listed),
    _Rule("pre-", rf"pre-(?P<p>{w.YEAR})", reads.before),
    _Rule("post-", rf"post-(?P<p>{w.YEAR})", reads.after),
    _Rule(_ROUND, rf"{_ROUND} (?P<p>{w.POINT})", reads.around),
    _Rule(_BEFORE, rf"{_BEFORE} (?P<p>{w.POINT})", reads.before),
    _Rule(_UNTIL, rf"{_UNTIL} (?P<p>{w.POINT})", reads.until),
    _Rule(r"\bby ", rf"by (?P<p>{w.PERIOD})", reads.until),
    _Rule(_AFTER, rf"{_AFTER} (?P<p>{w.POINT})", reads.after),
    _Rule(_SINCE, rf"{_SINCE}(?P<p>{w.POINT})(?: (?:to|hasta) {w.TODAY}| en adelante)?", reads.since),
    _Rule(_ONWARDS, rf"(?:from|between|entre) (?P<p>{w.POINT}) {_ONWARDS}", reads.since),
    _Rule("onward|adelante", rf"(?:del? )?(?P<p>{w.POINT}) (?:onwards?|en adelante)", reads.since),
    _Rule(_SINCE, rf"{_SINCE}(?P<p>{w.MONTH})", reads.since_month, w.TOPIC_NEXT),
    _Rule("year to date|en lo que va", r"en lo que va del? (?:este )?ano|year to date", reads.this_year),
    _Rule(_LIST_OF, rf"{_LIST_OF}(?P<p>{w.LIST})", reads.listed),
    _Rule(r"\b(?:on|el) ", rf"(?:on|el) {w.WEEKDAY}(?P<p>{w.DAY}|{w.ISO}|{w.NUMERIC})", reads.on_day),
    _Rule("week|semana", rf"(?P<p>{w.WEEK_OF})", reads.on_day),
    _Rule(w.PERIOD_HINT, rf"(?:a )?(?P<p>{w.PERIOD}(?:{w.JOIN}{w.POINT})*)", reads.on_day),
    _Rule(w.RELATIVE_HINT, rf"(?P<p>{w.RELATIVE}(?:{w.JOIN}{w.POINT})*)(?! of\b)", reads.listed),
    _Rule(r"\d", rf"(?P<p>{w.DAY}|{w.MONTH_YEAR}|{w.ISO}|{w.NUMERIC})", reads.listed, w.ALONE),
)


@cache
def _compiled(rule: _Rule) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w'/-])(?:{rule.words}){rule.end}")
