"""The chart of a timeline: what is on it, that it fits and can be read, and the same in words."""

from __future__ import annotations

import datetime as dt
import io
import sys
from itertools import combinations, pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text
from matplotlib.transforms import Bbox
from PIL import Image

from bot.chart import chart_figure, chart_png, describe_chart, labelled
from bot.sheet import BAR, CARD, HATCH, INK, QUIET, WIDTH, drawable, width_of, wrap
from corpus.errors import MissingExtraError
from retrieval.models import Filters, Timeline

YEARS = {"2009": 2, "2010": 0, "2011": 0, "2012": 5, "2013": 1}
# Discord's backgrounds.
DARK, LIGHT = "#313338", "#ffffff"


def timeline(
    topic: str = "night buses", years: dict[str, int] | None = None, *, undated: int = 0, **more: object
) -> Timeline:
    years = YEARS if years is None else years
    known: dict[str, object] = {"locale": "en", "filters": Filters(), "total": sum(years.values()) + undated}
    return Timeline.model_validate({"topic": topic, "years": years} | known | more)


def span(count: int, each: int, first: int = 1985) -> dict[str, int]:
    """So many years, every third one without a statement."""
    return {f"{first + n:04}": 0 if n % 3 == 1 else each - n % 2 for n in range(count)}


def texts(found: Timeline) -> list[tuple[str, Bbox]]:
    """Every text of the chart with the pixels that it takes, all of them inside the image."""
    figure = chart_figure(found)
    renderer = FigureCanvasAgg(figure).get_renderer()  # type: ignore[no-untyped-call]
    drawn = [text for text in figure.findobj(Text) if isinstance(text, Text) and text.get_text()]
    placed = [(text.get_text(), text.get_window_extent(renderer)) for text in drawn]
    height = figure.bbox.height
    assert all(box.x0 >= 0 and box.x1 <= WIDTH and box.y0 >= 0 and box.y1 <= height for _, box in placed)
    return placed


def luminance(color: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = (int(color[place : place + 2], 16) / 255 for place in (1, 3, 5))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


# The file


def test_png_is_an_image_of_its_size() -> None:
    """The chart is a PNG that decodes, in the size that it says, small enough to be sent."""
    png = chart_png(timeline())

    with Image.open(io.BytesIO(png)) as image:
        image.load()
        assert (image.format, image.mode, image.width) == ("PNG", "RGBA", WIDTH)
        assert WIDTH / 2 < image.height < WIDTH
    assert len(png) < 200_000


@pytest.mark.thorough
def test_same_timeline_same_bytes() -> None:
    """The chart of a timeline is the same file every time."""
    assert chart_png(timeline()) == chart_png(timeline())
    assert chart_png(timeline()) != chart_png(timeline("day buses"))


@pytest.mark.parametrize("topic", ["night buses", "año “$x$”", "\u202e日本 🦋"])
def test_file_says_what_it_shows(topic: str) -> None:
    """The description in the file is the text for those who do not see the chart; no program is advertised."""
    found = timeline(topic, undated=1)

    with Image.open(io.BytesIO(chart_png(found))) as image:
        assert image.info["Description"] == describe_chart(found)
        assert "Software" not in image.info


def test_card_stands_on_any_background() -> None:
    """Around its round corners the image is transparent; the card itself is not."""
    with Image.open(io.BytesIO(chart_png(timeline()))) as image:
        corner, inside = image.getpixel((0, 0)), image.getpixel((WIDTH // 2, image.height - 20))

    assert (corner[3], inside[3]) == (0, 255)  # type: ignore[index]


# Reading it


@pytest.mark.parametrize(("color", "least"), [(INK, 7.0), (QUIET, 4.5), (BAR, 4.5), (HATCH, 3.0)])
def test_colors_can_be_told_from_the_card(color: str, least: float) -> None:
    """Words and shapes have the contrast that WCAG asks for, whatever is behind the card."""
    assert contrast(color, CARD) >= least


def test_bars_and_hatching_differ_without_color() -> None:
    """In grey the hatching of a gap is lighter than a bar, and the card and its words differ from Discord's own."""
    assert luminance(BAR) < luminance(HATCH) < luminance(CARD)
    assert contrast(CARD, DARK) >= 4.5
    assert contrast(INK, LIGHT) >= 4.5


@pytest.mark.thorough
@pytest.mark.parametrize("each", [1, 12, 150])
@pytest.mark.parametrize("count", [1, 2, 7, 16, 28, 40])
def test_nothing_overlaps(count: int, each: int) -> None:
    """For one to forty years no text leaves the image or runs into another."""
    years = span(count, each)
    found = timeline(years=years, gaps=[year for year in list(years)[1:-1] if not years[year]], undated=12)

    placed = texts(found)

    # Boxes of neighbouring lines touch; what is drawn in them does not.
    assert [(one, other) for (one, box), (other, beside) in combinations(placed, 2) if _shared(box, beside) > 4] == []


def _shared(one: Bbox, other: Bbox) -> float:
    """How far two boxes reach into each other, in pixels."""
    both = Bbox.intersection(one, other)
    return min(both.width, both.height) if both else 0.0


@pytest.mark.thorough
@pytest.mark.parametrize(
    "topic",
    [
        "$\\frac{1}{0}$",  # mathematics to matplotlib
        "$",
        "\\n{}{topic}%s",
        "line\none\ttab\r\nend",
        "W" * 2000,
        "ninety nine words " * 100,
        "\u202e\u2066\x1b[31m\x00\ufeff",
        "日本 🦋 ﷽",
        "\ud800",  # half a character
        "e\u0301" * 50,
        "   ",
    ],
)
def test_no_topic_breaks_it(topic: str) -> None:
    """Whatever a topic holds, it is drawn as text on at most two lines, inside the image."""
    found = timeline(topic)

    assert chart_png(found).startswith(b"\x89PNG")
    assert texts(found)


@pytest.mark.thorough
@settings(max_examples=8)
@given(st.text(max_size=120), st.sampled_from(["en", "es"]))
@example("{", "en")
def test_topics_are_text(topic: str, locale: str) -> None:
    """Nothing that can be typed as a topic stops the chart or its words."""
    found = timeline(topic, locale=locale)

    assert texts(found)
    assert "\n" not in describe_chart(found)


# What it says


def test_counts_and_zeros_are_written() -> None:
    """Each bar has its count, a year without one its 0, and a gap neither."""
    words = [text for text, _ in texts(timeline(gaps=("2011",)))]

    assert [word for word in words if word in {"0", "1", "2", "5"}] == ["2", "0", "5", "1"]
    assert {"2009", "2010", "2011", "2012", "2013"} <= set(words)


def test_narrow_bars_have_lines() -> None:
    """Where counts do not fit above the bars, lines behind them say how many."""
    years = span(40, 150)
    words = [text for text, _ in texts(timeline(years=years))]

    assert "149" not in words
    assert [word for word in words if word in {"0", "50", "100", "150"}][:4] == ["0", "50", "100", "150"]


@pytest.mark.parametrize(
    ("locale", "title", "counted", "gap", "undated"),
    [
        (
            "en",
            "“night buses”",
            "Statements a year: 8 in all, 2009 to 2013",
            "no statement of any kind in the record",
            "Not in the bars: 2 statements without a date",
        ),
        (
            "es",
            "«night buses»",
            "Comunicados por año: 8 en total, de 2009 a 2013",
            "ningún comunicado en el archivo, de ningún tema",
            "No están en las barras: 2 comunicados sin fecha",
        ),
    ],
)
def test_words_on_the_chart(locale: str, title: str, counted: str, gap: str, undated: str) -> None:
    """Topic, what is counted, what hatching means and what is not drawn are written in the reply's language."""
    words = [text for text, _ in texts(timeline(locale=locale, gaps=("2011",), undated=2))]

    assert words[:2] == [title, counted]
    assert {gap, undated} <= set(words)


def test_nothing_is_explained_that_is_not_there() -> None:
    """Without gaps and undated statements nothing is said of them."""
    words = " ".join(text for text, _ in texts(timeline()))

    assert "record" not in words
    assert "without a date" not in words


def test_filters_are_on_the_chart() -> None:
    """What narrows the counts stands on the chart and in its words."""
    filters = Filters(speaker="Ada Mimbre", since=dt.date(2009, 1, 1), organization="Hoe Circle")
    line = "Filters: speaker Ada Mimbre · organization Hoe Circle · from January 1, 2009"

    assert line in " ".join(text for text, _ in texts(timeline(filters=filters)))
    assert describe_chart(timeline(filters=filters)).endswith(f"{line}.")


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (
            {},
            "Bar chart of the statements on “night buses” a year, 8 in all: 2009: 2, 2010: 0, 2011: 0, 2012: 5,"
            " 2013: 1.",
        ),
        (
            {"gaps": ("2010", "2011"), "undated": 1},
            "Bar chart of the statements on “night buses” a year, 8 in all: 2009: 2, 2012: 5, 2013: 1. The record"
            " holds no statement of any kind from 2010 to 2011. Not in the bars: 1 statement without a date.",
        ),
        (
            {"locale": "es", "gaps": ("2010",), "undated": 3},
            "Gráfica de barras de los comunicados sobre «night buses» por año, 8 en total: 2009: 2, 2011: 0, 2012: 5,"
            " 2013: 1. El archivo no tiene ningún comunicado, de ningún tema, de estos años: 2010. No están en las"
            " barras: 3 comunicados sin fecha.",
        ),
    ],
)
def test_the_same_in_words(more: dict[str, object], words: str) -> None:
    """The words for those who do not see the chart say every count, every gap and what is not in the bars."""
    assert describe_chart(timeline(**more)) == words  # type: ignore[arg-type]


# Its parts


@pytest.mark.parametrize(
    ("count", "slot", "expected"),
    [
        (3, 100, ["2009", "2010", "2011"]),
        (7, 60, ["2009", "2011", "2013", "2015"]),  # every second one
        (6, 60, ["2009", "2011", "2014"]),  # the last one is always there
        (12, 25, ["2009", "2015", "2020"]),  # round ones
        (1, 900, ["2009"]),
    ],
)
def test_years_that_are_named(count: int, slot: float, expected: list[str]) -> None:
    """As many years as fit are named, at even distances, the first and the last among them."""
    years = [str(2009 + n) for n in range(count)]

    named = list(labelled(years, slot, 90))

    assert [year for _, year in named] == expected
    assert all((after - before) * slot >= 90 for (before, _), (after, _) in pairwise(named))


@given(st.text(max_size=200), st.integers(60, 900), st.integers(1, 3))
@example("W" * 200, 60, 1)
def test_wrapped_lines_fit(words: str, room: int, lines: int) -> None:
    """However long the words are, no line is wider than there is room, and there are no more than asked for."""
    wrapped = wrap(words, 30, room, lines)

    assert len(wrapped) <= lines
    assert all(width_of(line, 30) <= room for line in wrapped)


@pytest.mark.parametrize(
    ("words", "drawn"),
    [
        ("a\nb\t c", "a b c"),
        ("\u202eabc\x1b", "abc"),
        ("café", "café"),
        ("cafe\u0301", "café"),
        ("🦋", "□"),
    ],
)
def test_words_as_they_are_drawn(words: str, drawn: str) -> None:
    """Words are drawn on one line, what steers a text is dropped, and what the font lacks is a box."""
    assert drawable(words) == drawn


def test_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without matplotlib the error names the extra to install."""
    monkeypatch.setitem(sys.modules, "matplotlib", None)

    with pytest.raises(MissingExtraError, match=r"pip install .onrecord\[chart\]"):
        chart_png(timeline())
