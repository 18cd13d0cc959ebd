"""
Timeline → plain text for a terminal: a bar for each year, then the dated excerpts, undated ones apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import TYPE_CHECKING

from rich.console import Console

from bot.cli.text.answers import describe_filters, print_excerpt
from bot.cli.text.page import print_line
from bot.messages import describe_reading, describe_timeline, say

if TYPE_CHECKING:
    from retrieval.models import Excerpt, Timeline

_WIDEST = 40
# Characters of one statement, while all of a year fit.
_UNIT = 4
# Eighths of a character, from one to eight.
_BLOCKS = "▏▎▍▌▋▊▉█"
_ASCII = "#"
# Between the year and its bar, and around its count.
_ROOM = 14


def print_timeline(
    console: Console,
    timeline: Timeline,
    *,
    chart: Mapping[str, str] | None = None,
    drawing: bool = False,
    public_url: str = "",
) -> None:
    """
    Print a timeline for people.

    Args:
        console: Bars are of plain characters where its encoding has no blocks.
        timeline: What was found.
        chart: The `file` that was drawn and its `text`.
        drawing: A chart was asked for; without one it is said that there is nothing to draw.
        public_url: Where the public site of the record stands.
    """
    locale = timeline.locale
    print_line(console, describe_timeline(timeline), style="bold")
    for line in _nothing(timeline):
        print_line(console, line)
    filters = describe_filters(timeline.filters.model_copy(update={"order": "relevance"}), locale)
    if filters:
        print_line(console, say("filters", locale, filters=" · ".join(filters)))
    if timeline.years:
        console.print()
        for line in bars(timeline, console.width, console.encoding):
            print_line(console, line)
    for heading, excerpts in _sections(timeline):
        console.print()
        print_line(console, heading, style="bold")
        for excerpt in excerpts:
            console.print()
            print_excerpt(console, excerpt, locale, public_url)
    closing = [
        *describe_reading(timeline.corrected, timeline.bridged, timeline.notes, timeline.locale),
        *_charted(timeline, chart, drawing),
    ]
    if closing:
        console.print()
        for line in closing:
            print_line(console, line)


def bars(timeline: Timeline, width: int, encoding: str) -> Iterator[str]:
    """
    A line for each year: its bar and its count, 0 for none; a year of which the record holds nothing says so.

    Args:
        timeline: With years.
        width: Of the terminal, in characters.
        encoding: Of the terminal: without the blocks in it, bars are of `#`.
    """
    plain = not _can_show(_BLOCKS, encoding)
    most = max(timeline.years.values())
    unit = min(_UNIT, max(1, min(_WIDEST, width - _ROOM)) / most)
    for year, count in timeline.years.items():
        if count:
            yield f"{year}  {_bar(count * unit, plain)} {count}"
        elif year in timeline.gaps:
            yield f"{year}  {'-' if plain else '–'} {say('timeline_gap', timeline.locale)}"
        else:
            yield f"{year}  0"


def _bar(length: float, plain: bool) -> str:
    """As many characters as `length` says, the last one a part of a block; never none."""
    if plain:
        return _ASCII * max(1, round(length))
    eighths = max(1, round(length * len(_BLOCKS)))
    whole, rest = divmod(eighths, len(_BLOCKS))
    return _BLOCKS[-1] * whole + (_BLOCKS[rest - 1] if rest else "")


def _can_show(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _sections(timeline: Timeline) -> Iterator[tuple[str, list[Excerpt]]]:
    """The excerpts of each year below it, those without a date last."""
    for year, excerpts in groupby(timeline.excerpts, key=lambda excerpt: str(excerpt.statement.date)[:4]):
        yield year, list(excerpts)
    if timeline.undated:
        yield say("timeline_undated", timeline.locale), list(timeline.undated)


def _nothing(timeline: Timeline) -> Iterator[str]:
    """Where nothing was found: which words of the topic the statements hold, and which they do not."""
    words, locale = timeline.coverage, timeline.locale
    if timeline.total:
        return
    if words.found:
        key = "found_words" if words.missing or len(words.found) == 1 else "timeline_scattered"
        yield say(key, locale, words=", ".join(words.found))
    if words.missing:
        yield say("missing_words", locale, words=", ".join(words.missing))


def _charted(timeline: Timeline, chart: Mapping[str, str] | None, drawing: bool) -> Iterator[str]:
    """Where the chart is and what it shows, for those who do not see it."""
    if chart:
        yield say("chart_file", timeline.locale, file=chart["file"])
        yield chart["text"]
    elif drawing:
        yield say("chart_empty", timeline.locale)
