"""What people see of an excerpt: Markdown's marks are dropped, and not one word."""

from __future__ import annotations

import re

import pytest
from factories import statement
from hypothesis import given
from hypothesis import strategies as st

from bot.views import view_of
from corpus.models import Span
from retrieval.excerpts import cited
from retrieval.models import Excerpt


def excerpt(text: str, file: str = "page.md", highlights: tuple[Span, ...] = ()) -> Excerpt:
    return Excerpt(
        rank=1,
        text=text,
        start=0,
        end=len(text),
        paragraph=1,
        highlights=highlights,
        score=1.0,
        statement=cited(statement(text, file=file)),
    )


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("**Ana Ruelle, student:** “Tuition must fall.”", "Ana Ruelle, student: “Tuition must fall.”"),
        ("_Mesa, 14 August 2019_ — The bridge is open.", "Mesa, 14 August 2019 — The bridge is open."),
        ("*About us.* We are 12 families.", "About us. We are 12 families."),
        ("# A Bridge\n\nIt opens.", "A Bridge\n\nIt opens."),
        ("> We waited.", "We waited."),
        ("Read [our letter](https://river.example/letter) today.", "Read our letter today."),
        ("The file_name and 5 * 3 stay, 2*2 too.", "The file_name and 5 * 3 stay, 2*2 too."),
        ("Nothing to drop here.", "Nothing to drop here."),
    ],
)
def test_marks_of_markdown_are_dropped(written: str, seen: str) -> None:
    """A statement written in Markdown is shown as its author saw it."""
    assert view_of(excerpt(written)).text == seen


def test_highlights_move_along() -> None:
    """The matched words stay the marked ones when marks before them go."""
    written = "**Ana:** Tuition must *fall*."
    place = written.index("fall")

    view = view_of(excerpt(written, highlights=(Span(place, place + 4),)))

    assert [view.text[start:end] for start, end in view.highlights] == ["fall"]


def test_other_files_are_shown_as_they_stand() -> None:
    """Stars in a text file are the publisher's own."""
    assert view_of(excerpt("**Now** is the time.", file="page.txt")).text == "**Now** is the time."


@given(st.text(alphabet="ab *_`#>[]()\n.“”", max_size=200))
def test_no_word_is_lost(text: str) -> None:
    """Whatever the marks, every letter that is no link target is still seen, in order."""
    seen = view_of(excerpt(text)).text
    without_targets = re.sub(r"\]\([^()\s]*\)", "", text)

    assert re.findall(r"[ab]", seen) == re.findall(r"[ab]", without_targets) or "](" in text
