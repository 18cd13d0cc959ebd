"""Word changes: what a report says of two texts, short, without furniture and without private numbers."""

from __future__ import annotations

import pytest
from factories import statement
from hypothesis import given
from hypothesis import strategies as st

from corpus.models import Furniture, Span
from corpus.word_changes import word_changes

WORDS = st.lists(st.sampled_from(["we", "walk", "not", "home", "today"]), max_size=12).map(" ".join)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("We march today.", "We march today.", ""),
        ("We march today.", "We will march today.", "… We [+will+]"),
        ("We will not march.", "We will march.", "… We will [−not−]"),
        ("One two three four five.", "One two three nine five.", "… One two three [−four−] [+nine+]"),
        ("We march.", "They sing.", "… [−We march.−] [+They sing.+]"),
        ("", "We march.", "… [+We march.+]"),
        ("a b c d e f g", "a X c d e Y g", "… a [−b−] [+X+] … c d e [−f−] [+Y+]"),
    ],
)
def test_changes_are_marked(before: str, after: str, said: str) -> None:
    """
    What was taken out and what was put in are marked, each after the words before it.
    """
    assert word_changes(statement(before), statement(after)) == said


def test_furniture_and_private_numbers_are_not_shown() -> None:
    """
    A changed menu is no change, and a phone number is masked in what is shown.
    """
    text = "We march. Call 415-555-0142 today. Menu"
    private, furniture = Span(15, 27), Furniture(start=35, end=39, kind="navigation")
    one = statement(text, body=(Span(0, 34),), private=(private,), furniture=(furniture,))
    other = statement(text.replace("0142", "0199").replace("Menu", "Home"), body=(Span(0, 34),), private=(private,))

    assert word_changes(one, other) == ""
    assert "555" not in word_changes(statement("We sing."), one)


@given(before=WORDS, after=WORDS)
def test_equal_texts_only_have_no_changes(before: str, after: str) -> None:
    """
    Nothing is said exactly where the words are the same.
    """
    assert (word_changes(statement(before), statement(after)) == "") == (before.split() == after.split())


@given(st.text(max_size=3000), st.text(max_size=3000), st.integers(80, 300))
def test_changes_are_short(before: str, after: str, max_chars: int) -> None:
    """
    However much changed, what is said of it is short and in one line.
    """
    said = word_changes(statement(before), statement(after), max_chars)

    assert len(said) <= 2 * max_chars + 60
    assert len(said.splitlines()) <= 1


def test_another_text_is_counted() -> None:
    """
    Two long texts that share nothing are not compared word by word.
    """
    long, other = (" ".join(f"{kind}{number}" for number in range(3000)) for kind in "ab")

    assert word_changes(statement(long), statement(other)) == "3000 words became 3000"
