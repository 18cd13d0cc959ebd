"""
Which words a text has for the comparison of quotations, and which spans of a statement are searched.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from factories import statement
from hypothesis import given
from hypothesis import strategies as st

from corpus.models import Span
from retrieval.wording import Placed, number_of, searched_spans, shingles, words_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We don’t stop", "we dont stop"),  # an apostrophe belongs to its word
        ("its tide, it's tide", "its tide it's tide"),  # and tells words apart
        ("the workers’ boats", "the workers boats"),
        ("long-term plan—now", "long term plan now"),
        ("the U.S. and the U.S", "the us and the us"),
        ("400,000 400.000 400\u00a0000", "400000 400000 400000"),
        ("2.5 2,5 25", "2.5 2.5 25"),
        ("$5 and 50% & more", "$ 5 and 50 % and more"),
        ("10:30 9/11 21st", "10:30 9/11 21st"),
        ("boats¹ left.2 Then [3] more [sic]", "boats left then more"),  # footnotes are no words
        ("in 2014 and 3.1 more", "in 2014 and 3.1 more"),
        ("**never** _go_ [home](https://example.org/a_b)", "never go home"),  # Markdown
        ("e\u0301l habl\u00f3", "el hablo"),
        ("Ｗｅ la\u00adnd\u200b", "we land"),
        ("“«¿…?»”", ""),
    ],
)
def test_words_as_they_are_compared(text: str, expected: str) -> None:
    """
    Typography makes no difference, and no word is dropped.
    """
    assert [word.key for word in words_of(text)] == expected.split()


@given(st.text(max_size=200))
def test_words_are_slices(text: str) -> None:
    """
    Each word stands where it says, words do not overlap, and numbers are those of the words.
    """
    words = words_of(text)
    placed = Placed(text, [Span(0, len(text))])

    assert all(before.end <= after.start for before, after in pairwise(words))
    assert [(word.start, word.end) for word in words] == list(zip(placed.starts, placed.ends, strict=True))
    assert placed.numbers.tolist() == [number_of(word.key) for word in words]


def test_every_word_of_a_run_counts() -> None:
    """
    Runs that differ in one word, wherever it is, are different, and so is another order.
    """
    numbers = np.array([number_of(word) for word in "a b c x b c a x c a b x c b a".split()], np.uint32)

    assert len(set(shingles(numbers)[[0, 3, 6, 9, 12]].tolist())) == 5
    assert len(shingles(numbers[:2])) == 0


def test_searched_spans_leave_out_private_numbers() -> None:
    """
    A private number ends a stretch; spans with only white space between are one.
    """
    text = "We came. Call 555-0142 now.\n\nAbout us: boats."
    number = Span(14, 22)
    one = statement(text, body=(Span(0, 27),), about=(Span(29, len(text)),), private=(number,))

    assert searched_spans(one) == [[Span(0, 14)], [Span(22, 27), Span(29, len(text))]]
