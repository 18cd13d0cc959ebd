"""
Dates in questions → ranges of days, English and Spanish.

A small grammar of our own: date libraries return single days and find dates in "May immigrants march"
(`retrieval/README.md`, *Decisions*). Only words that can be nothing else count: a bare year is a word of the question,
"in August" without a year is no range, 12/05/2014 may be two days, and "the 2008 election" or "a law passed in 1996" is
an event that statements of any date speak of. Where a range would be a guess there is none. Words that are less exact
than they sound have one meaning: "early", "mid" and "late" are thirds, a season is three whole months, and a week
begins on Monday. The patterns are in `retrieval/date_rules.py`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import NamedTuple

from corpus.canonical import fold
from corpus.errors import BadDateError
from corpus.models import Span
from retrieval.date_points import FIRST_DAY as FIRST_DAY
from retrieval.date_points import LAST_DAY as LAST_DAY
from retrieval.date_points import Range as Range
from retrieval.date_points import days
from retrieval.date_rules import matches, sides_of


class DateWords(NamedTuple):
    """
    A date expression in a question.

    Attributes:
        ranges: Inclusive days, ascending; more than one for two terms in office.
        span: Where the words stand in the question, the first of `spans`.
        spans: Those of every expression.
        sides: The ranges of each time that is named, in the order of the question: "in 2011 and 2021" has two.
    """

    ranges: tuple[Range, ...]
    span: Span
    spans: tuple[Span, ...] = ()
    sides: tuple[tuple[Range, ...], ...] = ()


def find_dates(question: str, today: dt.date) -> DateWords | None:
    """
    The dates that a question asks for, or `None`; `today` resolves "last year".

    Several expressions are all meant ("in 2011 or in 2014"), but "after 2011" and "before 2014" bound one range.
    """
    folded = fold(question)
    found: list[tuple[tuple[Range, ...], Span]] = []
    sides: list[tuple[Range, ...]] = []
    for match, read in matches(folded.text):
        if not found or match.start() >= found[-1][1].end:
            # What is read as no range is taken up too: the words in it must not count by themselves.
            ranges = read(match, today)
            found.append((ranges, Span(*match.span())))
            sides += sides_of(match, read, ranges, today)
    spans = tuple(
        Span(folded.offsets[span.start], folded.offsets[span.end - 1] + 1) for ranges, span in found if ranges
    )
    if not spans:
        return None
    ranges = _together([one for ranges, _ in found for one in ranges])
    bounded = len(ranges) == 1 and {FIRST_DAY, LAST_DAY} & {day for side in sides for one in side for day in one}
    return DateWords(ranges, spans[0], spans, (ranges,) if bounded else tuple(dict.fromkeys(sides)))


def parse_date_option(words: str) -> Range:
    """
    The first and last day of YYYY, YYYY-MM or YYYY-MM-DD.

    Raises:
        BadDateError: Anything else, or a day that does not exist.
    """
    match = re.fullmatch(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", words.strip(), re.ASCII)
    found = match and days(*(int(group) if group else None for group in match.groups()))
    if not found:
        raise BadDateError("".join(filter(str.isprintable, " ".join(words.split())))[:40])
    return found


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
