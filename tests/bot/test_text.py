"""
What people read in the terminal.

`REWRITE_GOLDEN=1 script/test tests/bot/test_text.py` writes the golden files anew; read the difference as prose.
"""

from __future__ import annotations

import datetime as dt
import io
import os
from pathlib import Path

import pytest
from fakes_chat import answer, cited, excerpt
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from bot.cli.text.answers import describe_filters, describe_source, print_answer
from bot.cli.text.page import safe
from bot.messages import describe_counts
from corpus.models import Span, Speaker
from retrieval.citations import cite
from retrieval.models import Answer, Coverage, Filters, Note

GOLDEN = Path(__file__).parents[1] / "golden" / "terminal"
WIDTH = 80


def printed(shown: Answer, *, color: bool = False, width: int = WIDTH) -> str:
    """What a terminal of this width gets."""
    paper = io.StringIO()
    system = "standard" if color else None
    print_answer(Console(file=paper, width=width, highlight=False, force_terminal=color, color_system=system), shown)
    return paper.getvalue()


def _answers() -> dict[str, Answer]:
    speaker = Speaker(
        name="Marta Quiroga", title="Executive Director", organization="Puente Claro Network", printed="she"
    )
    words = "“Night raids must end, and nobody should have to sleep in the clothes of the day before,” she said."
    spoken = excerpt(words, highlights=(Span(1, 12),), speaker=speaker)
    elsewhere = excerpt(
        "“Nobody sleeps,” added Quiroga.",
        rank=2,
        speaker=speaker,
        paragraph=12,
        statement=cited(
            id="2016-011",
            title="A letter from the valley",
            organizations=("Valley Table", None),
            url="https://valley.example/letters/11",
            date="2016-03",
            date_precision="month",
            missing_since="2024-12-09",
        ),
    )
    coalition = cited(
        id="undated-002",
        title="Carta abierta:\nni una familia menos",
        organizations=("Alianza del Valle", None),
        language="es",
        date=None,
        date_precision="none",
        date_evidence="none",
        missing_since="2024-05-01",
    )
    letter = excerpt(
        "Pedimos un alto a las redadas.\n\n@everyone, escriban.",
        rank=2,
        paragraph=1,
        issuer=coalition.organizations,
        statement=coalition,
    )
    wrapped = excerpt("A reader sent us this release.", rank=3, kind="wrapper", issuer=(), paragraph=1)
    nobody = excerpt("We met at dawn.", issuer=(), statement=cited(language="und", date="2012", date_precision="year"))
    about = excerpt(
        "Puente Claro Network is a network of 12 groups " + "and of their neighbors " * 10 + "who",
        kind="about",
        cut=True,
    )
    filters = Filters(
        since=dt.date(2010, 1, 1),
        until=dt.date(2014, 12, 31),
        speaker="Marta Quiroga",
        organization="Puente Claro Network",
        language="en",
        order="newest",
    )
    return {
        "answered_en": answer(spoken, elsewhere, filters=filters),
        "answered_es": answer(
            letter,
            nobody,
            locale="es",
            filters=Filters(until=dt.date(2011, 12, 31), order="oldest", language="es"),
            corrected={"redads": "redadas"},
            bridged={"redadas": ("raids", "raid")},
            notes=(Note(code="undated_left_out", values={"count": 2}), Note(code="followup")),
        ),
        "related_en": answer(
            about,
            wrapped,
            status="related",
            filters=Filters(since=dt.date(2012, 11, 8)),
            coverage=Coverage(found=("network",), missing=("visa", "lottery")),
            corrected={"netwrk": "network"},
            bridged={"red": ("network",)},
            notes=(
                Note(code="undated_left_out", values={"count": 1}),
                Note(code="imprecise_left_out", values={"count": 3}),
            ),
        ),
        "none_es": answer(
            locale="es",
            filters=Filters(since=dt.date(2031, 1, 1)),
            coverage=Coverage(found=("TPS",), missing=("lotería de visas",)),
            notes=(Note(code="out_of_coverage", values={"first": "2009", "last": "2025-03-14"}),),
        ),
        "counted_en": answer(
            spoken, years={"2011": 3, "2012": 0, "2014": 1}, undated=1, notes=(Note(code="followup"),)
        ),
        "compared_es": answer(
            letter,
            locale="es",
            filters=Filters(organization="Alianza del Valle, Puente Claro Network"),
            notes=(
                Note(code="side_empty", values={"name": "Puente Claro Network"}),
                Note(code="side_empty_year", values={"year": "2012"}),
                Note(code="side_empty_dates", values={"first": "2012-05-01", "last": "2012-05-31"}),
                Note(code="side_empty_until", values={"last": "2009-12-31"}),
                Note(code="side_empty_since", values={"first": "2020-01-01"}),
                Note(code="undated_apart", values={"count": 1}),
            ),
        ),
        "retry_en": answer(
            status="none",
            filters=Filters(organization="Puente Claro Network", speaker="Marta Quiroga", language="es"),
            coverage=Coverage(found=("network",), missing=("visa", "lottery")),
            retry=({"drop": "dates"}, {"drop": "speaker"}, {"drop": "language"}, {"without": "visa lottery"}),
            notes=(Note(code="followup_missing"), Note(code="nothing_else")),
        ),
        "retry_es": answer(
            status="none",
            locale="es",
            retry=({"drop": "dates"}, {"drop": "organization"}, {"drop": "language"}, {"without": "lotería de visas"}),
            notes=(Note(code="followup_missing"), Note(code="nothing_else")),
        ),
        "cited_en": answer(spoken.model_copy(update={"citation": cite(spoken, "mla", "en")})),
        "cited_es": answer(
            elsewhere.model_copy(update={"citation": cite(elsewhere, "apa", "es")}),
            letter.model_copy(update={"citation": cite(letter, "plain", "es")}),
            locale="es",
        ),
    }


@pytest.mark.parametrize("name", sorted(_answers()))
def test_answers_read_as_written(name: str) -> None:
    """
    The words of an answer in the terminal and their order are those of its golden file.
    """
    shown = printed(_answers()[name])
    file = GOLDEN / f"{name}.txt"
    if os.environ.get("REWRITE_GOLDEN"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(shown, "utf-8")

    assert shown == file.read_text("utf-8")


@pytest.mark.parametrize("width", [1, 20, 40, 80, 200])
def test_narrow_terminals_lose_no_word(width: int) -> None:
    """
    However narrow the terminal is, every word of the excerpt is there, behind the mark of a quotation.
    """
    shown = _answers()["answered_en"].excerpts[0].text

    lines = printed(_answers()["answered_en"], width=width).splitlines()

    quoted = " ".join(line.removeprefix("> ") for line in lines if line.startswith("> "))
    assert quoted.startswith(shown)


def test_no_line_ends_in_spaces() -> None:
    """
    Printed lines carry no white space at their ends and, but for citations, fit the terminal.
    """
    for name, shown in _answers().items():
        lines = printed(shown).split("\n")
        assert lines == [line.rstrip() for line in lines]
        assert name.startswith("cited") or max(map(len, lines)) <= WIDTH


def test_citation_stays_on_one_line() -> None:
    """
    A citation is there to be copied: no line end is put into it.
    """
    shown = _answers()["cited_en"]

    assert shown.excerpts[0].citation in printed(shown).split("\n")


def test_highlights_are_bold() -> None:
    """
    A terminal with colors shows the words that were looked for in bold; without colors the text is the same.
    """
    shown = _answers()["answered_en"]

    assert "\x1b[1mNight raids\x1b[0m" in printed(shown, color=True)
    assert "\x1b" not in printed(shown)


@pytest.mark.parametrize(
    ("character", "shown"),
    [
        ("\x1b", "\\x1b"),  # opens an escape sequence
        ("\r", "\\r"),  # writes over the line
        ("\x9b", "\\x9b"),  # an escape sequence in one byte
        ("\u202e", "\\u202e"),  # turns the direction of what follows
        ("\u2066", "\\u2066"),
        ("\u061c", "\\u061c"),
        ("\u2028", "\\u2028"),  # a line end to some terminals
        ("\U000e0041", "\\U000e0041"),  # a tag, which no reader sees
        ("\t", "\t"),
        ("é", "é"),
        ("“", "“"),
        ("🦋", "🦋"),
    ],
)
def test_terminal_is_not_obeyed(character: str, shown: str) -> None:
    """
    Characters that steer a terminal are spelled out; letters and marks are not.
    """
    assert safe(f"a{character}b") == f"a{shown}b"


@given(st.text(st.sampled_from("\x1b\x9b\x07\r\u202e\u2066\u200f[]()mé “>") | st.characters(), max_size=200))
def test_nothing_published_steers_the_terminal(text: str) -> None:
    """
    Wherever such characters stand – words, names, titles, citations, notes – none reaches the terminal.
    """
    speaker = Speaker(name=text or "A", title=text, organization=text, printed="she")
    statement = cited(title=text, organizations=(text,), id=text, url=text)
    spoken = excerpt(text or "A", speaker=speaker, citation=text, statement=statement)
    shown = answer(
        spoken,
        excerpt(issuer=(text,)),
        status="related",
        filters=Filters(organization=text, speaker=text),
        coverage=Coverage(found=(text,), missing=(text,)),
        corrected={text: text},
        bridged={text: (text,)},
        notes=(Note(code="source_unknown", values={"name": text}), Note(code="side_empty", values={"name": text})),
        retry=({"without": text},),
    )

    assert not {"\x1b", "\x9b", "\x07", "\r", "\u202e", "\u2066", "\u200f"} & set(printed(shown))


def test_markup_in_statements_is_text() -> None:
    """
    Square brackets and colons of a statement are words, not rich's markup or emoji.
    """
    assert "[bold]We march[/bold] :smile:" in printed(answer(excerpt("[bold]We march[/bold] :smile:")))


def test_speaker_of_own_organization() -> None:
    """
    Where the speaker's organisation is the only issuer it is named once.
    """
    speaker = Speaker(name="Ana Ruiz", organization="Puente Claro Network", printed="Ruiz")

    assert list(describe_source(excerpt(speaker=speaker), "en")) == [
        "Ana Ruiz, Puente Claro Network",
        "September 10, 2014 · English · 2014-003 ¶3 · “Night raids must end”",
    ]


@pytest.mark.parametrize(
    ("years", "undated", "line"),
    [
        ({"2011": 3, "2012": 0, "2014": 1}, 1, "Statements that speak of this: 5 (2011: 3 · 2014: 1; 1 undated)"),
        ({"2011": 3}, 0, "Statements that speak of this: 3 (2011: 3)"),
        ({}, 2, "Statements that speak of this: 2 (2 undated)"),
        ({}, 0, ""),
    ],
)
def test_counts_in_one_line(years: dict[str, int], undated: int, line: str) -> None:
    """
    How often it is spoken of stands in one line: all of them, then each year that has some, undated ones apart.
    """
    assert describe_counts(answer(excerpt(), years=years, undated=undated)) == line


def test_no_filter_no_line() -> None:
    """
    Without filters nothing is said about them.
    """
    assert describe_filters(Filters(), "en") == []
