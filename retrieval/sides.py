"""
The times that a question sets side by side, each with what it says of that time alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from corpus.models import Span
from retrieval.analyzer import Token
from retrieval.dates import FIRST_DAY, LAST_DAY, DateWords, Range
from retrieval.names import NameMatch


class Side(NamedTuple):
    """
    One time of a comparison.

    Attributes:
        ranges: Its days.
        content: The topic of this time alone ("wages in 2012 and rent in 2014"); `None` where all share one.
        name: Whose words are meant at this time ("A in 2012 and B in 2014"); `None` where all share that too.
    """

    ranges: tuple[Range, ...]
    content: tuple[Token, ...] | None = None
    name: NameMatch | None = None


def sides_in_time(
    dates: DateWords, content: Sequence[Token], names: Sequence[NameMatch], *, change: bool
) -> tuple[Side, ...]:
    """
    The times that are set side by side, in the order of the question; none where there are not two.

    Args:
        dates: Of the question.
        content: Its topic.
        names: Those it names.
        change: It asks what changed: "since 2017" then has what was said before beside it.
    """
    if change and len(dates.ranges) == 1 and dates.ranges[0][1] == LAST_DAY and dates.ranges[0][0] > FIRST_DAY:
        return Side(((FIRST_DAY, dates.ranges[0][0] - dt.timedelta(days=1)),)), Side(dates.ranges)
    if len(dates.sides) < 2:
        return ()
    sides = [Side(ranges) for ranges in dates.sides]
    if len(dates.spans) != len(sides):
        # "In 2011 and 2021" is one expression: nothing stands between its years.
        return tuple(sides)
    topics, named = _topics(content, dates.spans), _names(names, dates.spans)
    for number in range(len(sides)):
        sides[number] = sides[number]._replace(
            content=topics[number] if topics else None, name=named[number] if named else None
        )
    return tuple(sides)


def _topics(content: Sequence[Token], spans: Sequence[Span]) -> list[tuple[Token, ...]]:
    """The words before each date, with those after the last; none where a date has no words of its own."""
    starts = [0, *(span.end for span in spans[:-1])]
    own = [
        tuple(token for token in content if start <= token.start < span.start)
        for start, span in zip(starts, spans, strict=True)
    ]
    after = tuple(token for token in content if token.start >= spans[-1].end)
    return [(*one, *after) for one in own] if all(own) else []


def _names(names: Sequence[NameMatch], spans: Sequence[Span]) -> list[NameMatch]:
    """The one name before each date, or the one behind each; none where they are not as many, or the same."""
    end_of_all = max((name.span.end for name in names), default=0) + 1
    for edges in ([0, *(span.end for span in spans)], [*(span.start for span in spans), end_of_all]):
        groups = [[name for name in names if start <= name.span.start < end] for start, end in pairwise(edges)]
        if all(len(group) == 1 for group in groups) and len({group[0].keys for group in groups}) > 1:
            return [group[0] for group in groups]
    return []
