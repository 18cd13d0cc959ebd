"""
A timeline as people read it in the terminal.

`REWRITE_GOLDEN=1 script/test tests/bot/test_timelines_text.py` writes the golden files anew; read them as prose.
"""

from __future__ import annotations

import datetime as dt
import io
import os
from pathlib import Path

import pytest
from fakes_chat import cited, excerpt
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from bot.chart import describe_chart
from bot.cli.text.timelines import bars, print_timeline
from bot.messages import describe_timeline, short_topic, years_in_words
from corpus.models import Span
from retrieval.models import Coverage, Excerpt, Filters, Language, Note, Timeline

GOLDEN = Path(__file__).parents[1] / "golden" / "terminal"
WIDTH = 80


def printed(found: Timeline, *, width: int = WIDTH, encoding: str = "utf-8", drawing: bool = False) -> str:
    """What a terminal of this width and encoding gets; a chart that was asked for lies in `years.png`."""
    paper = io.TextIOWrapper(io.BytesIO(), encoding=encoding, errors="backslashreplace", newline="")
    chart = {"file": "years.png", "text": describe_chart(found)} if drawing and found.years else None
    print_timeline(Console(file=paper, width=width, highlight=False), found, chart=chart, drawing=drawing)
    paper.seek(0)
    return paper.read()


def dated(date: str | None, text: str = "Night raids must end.", **more: object) -> Excerpt:
    precision = {None: "none", 4: "year", 7: "month", 10: "day"}[len(date) if date else None]
    statement = cited(date=date, date_precision=precision, id=f"{date[:4]}-003" if date else "undated-001")
    return excerpt(text, statement=statement, **more)


def timeline(*excerpts: Excerpt, locale: Language = "en", **more: object) -> Timeline:
    known: dict[str, object] = {"topic": "night raids", "locale": locale, "filters": Filters(), "excerpts": excerpts}
    return Timeline.model_validate(known | more)


def _timelines() -> dict[str, Timeline]:
    shown = (
        dated("2011-08-12", highlights=(Span(0, 11),)),
        dated("2013", "Raids at night go on, and so do we."),
        dated("2013-05", "We count every night raid."),
        dated("2016-02-01", "No more night raids, in any month."),
    )
    years = {"2011": 3, "2012": 0, "2013": 12, "2014": 0, "2015": 0, "2016": 1}
    return {
        "timeline_en": timeline(
            *shown,
            years=years,
            gaps=("2014",),
            undated=(dated(None, "Night raids break families."),),
            total=18,
            filters=Filters(since=dt.date(2011, 1, 1), order="oldest"),
            corrected={"nihgt": "night"},
            bridged={"redadas": ("raids", "raid")},
            notes=(
                Note(code="imprecise_left_out", values={"count": 1}),
                Note(code="undated_any_time"),
                Note(code="timeline_bounded", values={"count": 5, "total": 18}),
            ),
        ),
        "timeline_es": timeline(
            *shown[:1],
            locale="es",
            topic="redadas nocturnas",
            years={"2011": 1},
            undated=(dated(None, "Alto a las redadas."),),
            total=2,
            filters=Filters(organization="Puente Claro Network", order="oldest"),
            notes=(
                Note(code="undated_any_time"),
                Note(code="timeline_bounded", values={"count": 2, "total": 9}),
            ),
        ),
        "timeline_none_en": timeline(
            coverage=Coverage(found=("night",), missing=("zeppelins",)),
            notes=(Note(code="out_of_coverage", values={"first": "2009", "last": "2025-03-14"}),),
        ),
        "timeline_none_es": timeline(
            locale="es",
            topic="redadas nocturnas",
            coverage=Coverage(found=("redadas", "nocturnas")),
            notes=(Note(code="topic_missing"),),
        ),
    }


@pytest.mark.parametrize("name", sorted(_timelines()))
def test_timelines_read_as_written(name: str) -> None:
    """The words of a timeline in the terminal and their order are those of its golden file."""
    shown = printed(_timelines()[name], drawing=True)
    file = GOLDEN / f"{name}.txt"
    if os.environ.get("REWRITE_GOLDEN"):
        file.write_text(shown, "utf-8")

    assert shown == file.read_text("utf-8")


@pytest.mark.parametrize(
    ("years", "gaps", "encoding", "expected"),
    [
        ({"2011": 3, "2012": 0}, (), "utf-8", ["2011  ████████████ 3", "2012  0"]),
        ({"2011": 1}, (), "utf-8", ["2011  ████ 1"]),
        ({"2011": 3, "2012": 0}, (), "ascii", ["2011  ############ 3", "2012  0"]),
        ({"2011": 1}, (), "cp437", ["2011  #### 1"]),  # full blocks alone
        ({"2011": 100, "2012": 1}, (), "utf-8", [f"2011  {'█' * 40} 100", "2012  ▍ 1"]),
        ({"2011": 100, "2012": 1}, (), "ascii", [f"2011  {'#' * 40} 100", "2012  # 1"]),
        ({"2011": 9000, "2012": 1}, (), "utf-8", [f"2011  {'█' * 40} 9000", "2012  ▏ 1"]),
        (
            {"2011": 1, "2012": 0, "2013": 1},
            ("2012",),
            "utf-8",
            ["2011  ████ 1", "2012  – no statement of any kind in the record", "2013  ████ 1"],
        ),
        (
            {"2011": 1, "2012": 0, "2013": 1},
            ("2012",),
            "latin-1",
            ["2011  #### 1", "2012  - no statement of any kind in the record", "2013  #### 1"],
        ),
    ],
)
def test_bars(years: dict[str, int], gaps: tuple[str, ...], encoding: str, expected: list[str]) -> None:
    """Each year has a bar as long as its count and the count itself; none is 0, and a gap says what it is."""
    assert list(bars(timeline(years=years, gaps=gaps), WIDTH, encoding)) == expected


@pytest.mark.parametrize("width", [20, 30, 40, 80, 200])
def test_bars_fit_the_terminal(width: int) -> None:
    """However narrow the terminal is, each bar and its count stand on one line."""
    lines = bars(timeline(years={"2011": 90, "2012": 88}), width, "utf-8")

    assert all(len(line) <= max(width, 20) for line in lines)


def test_plain_terminals_get_plain_bars() -> None:
    """A terminal without block characters gets bars it can show, and no escape of one."""
    shown = printed(_timelines()["timeline_en"], encoding="ascii")

    assert "2016  ### 1" in shown.splitlines()
    assert "2588" not in shown


def test_no_line_ends_in_spaces() -> None:
    """Printed lines carry no white space at their ends and fit the terminal."""
    for shown in _timelines().values():
        lines = printed(shown, drawing=True).split("\n")
        assert lines == [line.rstrip() for line in lines]
        assert max(map(len, lines)) <= WIDTH


@given(st.text(st.sampled_from("\x1b\x9b\x07\r\u202e\u200f[]mé “>") | st.characters(), max_size=100))
def test_nothing_typed_steers_the_terminal(text: str) -> None:
    """Whatever a topic or a name holds, no character that a terminal obeys reaches it."""
    found = timeline(
        dated("2011", text or "A"),
        topic=text,
        years={"2011": 1},
        total=1,
        filters=Filters(speaker=text),
        corrected={text: text},
        bridged={text: (text,)},
        coverage=Coverage(found=(text,), missing=(text,)),
    )
    nothing = found.model_copy(update={"total": 0, "years": {}, "excerpts": ()})
    file = {"file": text, "text": text}

    for shown in (found, nothing):
        paper = io.StringIO()
        print_timeline(Console(file=paper, width=WIDTH, highlight=False), shown, chart=file)
        assert not {"\x1b", "\x9b", "\x07", "\r", "\u202e", "\u200f"} & set(paper.getvalue())


@pytest.mark.parametrize(
    ("years", "locale", "words"),
    [
        ([], "en", ""),
        (["2011"], "en", "2011"),
        (["2011", "2012"], "en", "2011 to 2012"),
        (["2011", "2013", "2014", "2015", "2019"], "en", "2011, 2013 to 2015, 2019"),
        (["2011", "2012", "2013"], "es", "de 2011 a 2013"),
    ],
)
def test_years_in_words(years: list[str], locale: Language, words: str) -> None:
    """Years that follow each other are one range."""
    assert years_in_words(years, locale) == words


@pytest.mark.parametrize(
    ("years", "total", "line"),
    [
        ({"2011": 3, "2012": 0, "2013": 1}, 5, "Statements on “night raids”: 5 (2011 to 2013; 1 undated)"),
        ({"2011": 3}, 3, "Statements on “night raids”: 3 (2011)"),
        ({}, 2, "Statements on “night raids”: 2 (2 undated)"),
        ({}, 0, "No statement speaks of “night raids”."),
    ],
)
def test_counts_in_one_line(years: dict[str, int], total: int, line: str) -> None:
    """How many there are stands in one line, from when to when, undated ones named."""
    assert describe_timeline(timeline(years=years, total=total)) == line


def test_long_topics_are_shortened() -> None:
    """A topic of many words takes one line."""
    assert short_topic("raids\n at   night") == "raids at night"
    assert short_topic("raid " * 100) == f"{'raid ' * 15}rai …"
