"""
Timeline → chart: a bar for each year, as a PNG that can be read on a phone, on Discord's dark and light background.

    chart_png(timeline) → bytes        describe_chart(timeline) → the same in words

Everything is placed in pixels, on a card of its own colour; nothing is told by colour alone.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from itertools import groupby, product
from typing import TYPE_CHECKING, NamedTuple

from bot.messages import date_in_words, say, short_topic, years_in_words
from bot.sheet import EDGE, INK, QUIET, WIDTH, Sheet, one_line, width_of, wrap
from corpus.errors import MissingExtraError

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from retrieval.models import Timeline

_MARGIN = 56
# Sizes of letters, and the height of a line of them.
_TITLE, _WORDS, _SMALL, _LINE = 50, 34, 30, 1.32
# Smaller ones nobody reads.
_LEAST = 14
# Lines of one thing that is said.
_MOST_LINES = 2
# Height of a single statement while there are few, and of the highest bar.
_ONE, _TALLEST = 120, 420
_BAR_SHARE, _WIDEST_BAR = 0.7, 120
# Between two labels, and around parts.
_GAP = 14
# What hatching means is said beside a piece of it.
_SWATCH = 54
# At most so many lines behind the bars where these are too narrow for their counts.
_MOST_RULES = 4


class Plot(NamedTuple):
    """Where the bars stand: `bottom` is their base line."""

    left: float
    top: float
    right: float
    bottom: float


def check_installed() -> None:
    """
    Make sure that charts can be drawn.

    Raises:
        MissingExtraError: matplotlib is not installed.
    """
    if find_spec("matplotlib") is None:
        raise MissingExtraError("A chart", "chart")


def chart_png(timeline: Timeline) -> bytes:
    """
    The chart as a PNG, the same bytes for the same timeline; what it shows in words is its description.

    Args:
        timeline: With years: there is no chart of nothing.

    Raises:
        MissingExtraError: matplotlib is not installed.
    """
    check_installed()
    metadata = {"Description": describe_chart(timeline), "Software": None}
    png = io.BytesIO()
    # Packed tighter, flat colours save little and take twice as long.
    quickly = {"compress_level": 1}
    chart_figure(timeline).savefig(png, format="png", dpi="figure", metadata=metadata, pil_kwargs=quickly)
    return png.getvalue()


def describe_chart(timeline: Timeline) -> str:
    """What the chart shows, in words on one line: for those who do not see it."""
    locale = timeline.locale
    years = ", ".join(f"{year}: {count}" for year, count in timeline.years.items() if year not in timeline.gaps)
    topic, total = short_topic(timeline.topic), sum(timeline.years.values())
    parts = [say("chart_text", locale, topic=topic, count=total, years=years)]
    if timeline.gaps:
        parts.append(say("chart_text_gaps", locale, years=years_in_words(timeline.gaps, locale)))
    if timeline.total > total:
        parts.append(f"{say('chart_undated', locale, count=timeline.total - total)}.")
    if filters := _filters(timeline):
        parts.append(f"{filters}.")
    return one_line(" ".join(parts))


def chart_figure(timeline: Timeline) -> Figure:
    """
    The chart as a figure of matplotlib: as high as its words and its highest bar need.

    Raises:
        MissingExtraError: matplotlib is not installed.
    """
    check_installed()
    head, foot = _head(timeline), _foot(timeline)
    top = _MARGIN + sum(line.height for line in head) + _GAP
    bottom = top + _WORDS * _LINE + min(_TALLEST, _ONE * max(timeline.years.values()))
    below = bottom + 2 * _GAP + _SMALL * _LINE
    sheet = Sheet(round(below + sum(line.height for line in foot) + (_GAP if foot else 0) + _MARGIN))
    _write(sheet, head, _MARGIN - _GAP)
    _write(sheet, foot, below + _GAP)
    _Bars(sheet, timeline, Plot(_MARGIN, top, WIDTH - _MARGIN, bottom)).draw()
    return sheet.figure


class _Line(NamedTuple):
    """A line of words; `hatched`: a piece of hatching stands before it."""

    words: str
    size: int
    color: str = QUIET
    bold: bool = False
    hatched: bool = False

    @property
    def height(self) -> float:
        return self.size * _LINE


def _head(timeline: Timeline) -> list[_Line]:
    """Topic, what is counted and what narrows it."""
    locale, room = timeline.locale, WIDTH - 2 * _MARGIN
    marks = width_of(say("chart_title", locale, topic=""), _TITLE, bold=True)
    topic = "\n".join(wrap(timeline.topic, _TITLE, room - marks, _MOST_LINES, bold=True))
    years = years_in_words(list(timeline.years), locale)
    counted = say("chart_subtitle", locale, count=sum(timeline.years.values()), years=years)
    lines = [_Line(line, _TITLE, INK, bold=True) for line in say("chart_title", locale, topic=topic).split("\n")]
    lines += [_Line(line, _WORDS) for line in wrap(counted, _WORDS, room, _MOST_LINES)]
    return lines + [_Line(line, _SMALL) for line in wrap(_filters(timeline), _SMALL, room, _MOST_LINES)]


def _foot(timeline: Timeline) -> list[_Line]:
    """What is no bar: gaps and undated statements."""
    locale, room = timeline.locale, WIDTH - 2 * _MARGIN
    lines = []
    if timeline.gaps:
        words = wrap(say("timeline_gap", locale), _SMALL, room - _SWATCH - _GAP, 1)
        lines += [_Line(line, _SMALL, hatched=True) for line in words]
    undated = timeline.total - sum(timeline.years.values())
    if undated:
        words = wrap(say("chart_undated", locale, count=undated), _SMALL, room, _MOST_LINES)
        lines += [_Line(line, _SMALL) for line in words]
    return lines


def _write(sheet: Sheet, lines: Sequence[_Line], y: float) -> None:
    """Lines one below the other; `y` is the top of the first."""
    for line in lines:
        x: float = _MARGIN
        if line.hatched:
            sheet.hatching(x, y + 4, _SWATCH, y + line.size + 4)
            x += _SWATCH + _GAP
        sheet.text(x, y, line.words, line.size, line.color, bold=line.bold)
        y += line.height


class _Bars:
    """The bars of a timeline with their years and counts, in a plot."""

    def __init__(self, sheet: Sheet, timeline: Timeline, plot: Plot) -> None:
        self.sheet, self.years, self.gaps = sheet, timeline.years, frozenset(timeline.gaps)
        self.most = max(timeline.years.values())
        slot = (plot.right - plot.left) / len(timeline.years)
        # Each bar has its count above it; where bars are too narrow for that, lines behind them say how many.
        self.count_size = next((size for size in (_WORDS, _SMALL) if self._widest(size) + _GAP / 2 <= slot), 0)
        if not self.count_size:
            plot = plot._replace(left=plot.left + width_of(str(self.most), _SMALL) + _GAP)
        self.plot = plot
        self.slot = (plot.right - plot.left) / len(timeline.years)
        self.height = plot.bottom - plot.top - (self.count_size or _SMALL / 2) * _LINE

    def draw(self) -> None:
        """Hatching and lines first, bars over them."""
        self._draw_gaps()
        if not self.count_size:
            self._draw_lines()
        width = min(self.slot * _BAR_SHARE, _WIDEST_BAR)
        for place, count in enumerate(self.years.values()):
            if count:
                self.sheet.bar(self._middle(place) - width / 2, self._top(count), width, self.plot.bottom)
        self.sheet.line(self.plot.left, self.plot.right, self.plot.bottom, INK, 3)
        self._draw_counts()
        for place, year in labelled(list(self.years), self.slot, width_of("0000", _SMALL) + _GAP):
            self.sheet.text(self._middle(place), self.plot.bottom + _GAP, year, _SMALL, QUIET, align="center")

    def _draw_counts(self) -> None:
        """Above each bar; a year that has none has its 0 in any case, which a gap has not."""
        for place, (year, count) in enumerate(self.years.items()):
            size = self.count_size or (0 if count else min(_SMALL, int(self.slot)))
            if year in self.gaps or size < _LEAST:
                continue
            color = INK if count else QUIET
            self.sheet.text(
                self._middle(place),
                self._top(count) - size * _LINE,
                str(count),
                size,
                color,
                bold=count > 0,
                align="center",
            )

    def _widest(self, size: int) -> float:
        return max(width_of(str(count), size, bold=True) for count in self.years.values())

    def _middle(self, place: int) -> float:
        return self.plot.left + (place + 0.5) * self.slot

    def _top(self, count: int) -> float:
        return self.plot.bottom - self.height * count / self.most

    def _draw_gaps(self) -> None:
        """One field over neighbouring years."""
        for is_gap, group in groupby(enumerate(self.years), key=lambda item: item[1] in self.gaps):
            places = [place for place, _ in group]
            if is_gap:
                left = self.plot.left + (places[0] + 0.1) * self.slot
                width = (len(places) - 0.2) * self.slot
                self.sheet.hatching(left, self.plot.bottom - self.height, width, self.plot.bottom)

    def _draw_lines(self) -> None:
        step = next(
            n * 10**power for power, n in product(range(9), (1, 2, 5)) if self.most / (n * 10**power) <= _MOST_RULES
        )
        for count in range(0, self.most + 1, step):
            y = self._top(count)
            self.sheet.line(self.plot.left, self.plot.right, y, EDGE, 2)
            self.sheet.text(self.plot.left - _GAP, y - 0.6 * _SMALL, str(count), _SMALL, QUIET, align="right")


def labelled(years: Sequence[str], slot: float, width: float) -> Iterator[tuple[int, str]]:
    """
    The years that are named below their bars, with their places: as many as fit, the first and the last among them.

    Args:
        years: Ascending, each the next one.
        slot: Pixels of a year.
        width: Pixels of a label and its distance from the next.
    """
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000) if step * slot >= width)
    last = len(years) - 1
    for place, year in enumerate(years):
        # Every second year from the first one on, or round years.
        regular = place % step == 0 if step <= 2 else int(year) % step == 0
        if place in (0, last) or (regular and min(place, last - place) * slot >= width):
            yield place, year


def _filters(timeline: Timeline) -> str:
    """What narrows it, in one line; nothing where nothing does."""
    filters, locale = timeline.filters, timeline.locale
    values = {
        "speaker": filters.speaker,
        "organization": filters.organization,
        "since": filters.since and date_in_words(filters.since.isoformat(), locale),
        "until": filters.until and date_in_words(filters.until.isoformat(), locale),
    }
    named = " · ".join(say(f"filter_{name}", locale, value=value) for name, value in values.items() if value)
    return say("filters", locale, filters=named) if named else ""
