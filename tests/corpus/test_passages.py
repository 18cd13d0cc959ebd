"""
Passages are whole sentences of one paragraph, and nothing private or foreign is ever inside.
"""

from __future__ import annotations

import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.models import Span
from corpus.passages import MAX_CHARS, MAX_SENTENCE_CHARS, find_passages, is_heading, pieces
from corpus.sentences import sentences

SENTENCE = "The network asks the county to reopen the office at the pier. "
PIECES = [
    "We stay. ",
    "Our demands",
    "\n\n",
    "\n",
    "• Reopen",
    "word " * 40,
    "x" * 300,
    "…",
    "“We vote.” ",
    "Who we are?",
    " ",
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=30).map("".join) | st.text()


def split(text: str, private: list[str] | None = None) -> list[str]:
    hidden = [Span(text.index(words), text.index(words) + len(words)) for words in private or ()]
    return [text[start:end] for start, end in find_passages(text, [Span(0, len(text))], hidden)]


@st.composite
def texts_with_spans(draw: st.DrawFn) -> tuple[str, list[Span], list[Span]]:
    """A text, disjoint ascending spans of it, and private spans anywhere."""
    text = draw(TEXTS)
    places = st.lists(st.integers(0, len(text)), max_size=8)
    cuts, hidden = sorted(set(draw(places))), sorted(set(draw(places)))
    spans = [Span(*pair) for pair in zip(cuts[::2], cuts[1::2], strict=False)]
    return text, spans, [Span(*pair) for pair in zip(hidden[::2], hidden[1::2], strict=False)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We stay. We work.", ["We stay. We work."]),
        ("We stay.\n\nWe work.", ["We stay.", "We work."]),  # one paragraph each
        ("Our demands\n\nWe stay.", ["Our demands\n\nWe stay."]),  # a heading says the topic of what is under it
        ("Our demands \n\nWe stay.", ["Our demands \n\nWe stay."]),  # with a blank at its end
        ("Who are we?\n\nNeighbors.", ["Who are we?\n\nNeighbors."]),
        ("We ask for:\n\n• a new office", ["We ask for:\n\n• a new office"]),
        ("Title\n\nSubtitle\n\nWe stay.\n\nWe work.", ["Title\n\nSubtitle\n\nWe stay.", "We work."]),
        ("Title\n\n***\n\nWe stay.", ["Title\n\n***\n\nWe stay."]),  # a rule between is no paragraph
        ("Title\nWe stay. We work.", ["Title\nWe stay. We work."]),
        ("“We stay.”\n\nWe work.", ["“We stay.”", "We work."]),  # a quoted sentence is no heading
        ("We stay (for good).\n\nWe work.", ["We stay (for good).", "We work."]),
        ("We stay.\n\nThank you", ["We stay.", "Thank you"]),
        ("• We stay.", ["We stay."]),
        ("", []),
        ("***\n\n—", []),
    ],
)
def test_passages_are_paragraphs_with_their_heading(text: str, expected: list[str]) -> None:
    """
    A paragraph is a passage, and the heading above it belongs to it.
    """
    assert expected == split(text)


@pytest.mark.parametrize(
    ("text", "private", "expected"),
    [
        ("We stay. Call Ana Quill at 555-0101. We work.", ["555-0101"], ["We stay.", "We work."]),
        ("Call 555-0101", ["555-0101"], []),
        ("Contact\n\nAna Quill, 555-0101\n\nWe stay.", ["555-0101"], ["Contact", "We stay."]),
        ("Our demands\n\nCall 555-0101. We stay.", ["555-0101"], ["Our demands", "We stay."]),
        ("We stay. We work.", [], ["We stay. We work."]),
    ],
)
def test_a_private_number_ends_the_passage(text: str, private: list[str], expected: list[str]) -> None:
    """
    The sentence with a private number belongs to no passage, and no passage reaches over it.
    """
    assert expected == split(text, private)


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("Our Demands", True),
        ("Who are we?", True),
        ("We ask for the following:", True),
        ("Harbor Lights on “Open Harbor”", True),
        ("**Our Demands**", True),
        ("We stay.", False),
        ("She said: “We stay.”", False),
        ("We stay (all of us.)", False),
        ("We stay!", False),
        ("We stay…", False),
        ("We stay...", False),
        ("”", False),
        ("A line of more than a hundred and fifty characters that nobody ended with a full stop " * 2, False),
    ],
)
def test_headings_do_not_end_like_sentences(line: str, heading: bool) -> None:
    """
    A short line without a full stop is a heading; a quoted sentence, an exclamation and a long line are not.
    """
    assert heading is is_heading(line, Span(0, len(line)))


def test_heading_has_its_line_alone() -> None:
    """
    A question with its answer on the same line is no heading.
    """
    assert not is_heading("Who are we? Neighbors.", Span(0, 11))


def test_long_paragraphs_are_divided_between_sentences() -> None:
    """
    A long paragraph becomes several passages of whole sentences, as full as fits.
    """
    found = split(SENTENCE * 40)

    assert all(len(words) <= MAX_CHARS < len(words) + 2 * len(SENTENCE) for words in found[:-1])
    assert all(words.endswith("pier.") for words in found)
    assert " ".join(found) == (SENTENCE * 40).strip()


def test_text_without_punctuation_is_cut_at_white_space() -> None:
    """
    A "sentence" that never ends is cut between words, and every word stays in a passage.
    """
    text = "families keep waiting for an answer " * 60
    found = split(text)

    assert len(found) > 1
    assert all(len(words) <= MAX_CHARS for words in found)
    assert text.split() == " ".join(found).split()


def test_a_word_without_end_is_cut_anyway() -> None:
    """
    Where there is no white space at all the limit still holds.
    """
    assert [end - start for start, end in pieces("x" * 1500, Span(0, 1500))] == [600, 600, 300]


@given(texts_with_spans())
def test_passages_keep_their_promises(case: tuple[str, list[Span], list[Span]]) -> None:
    """
    Passages are trimmed slices in order, inside one span, short enough, and clear of everything private.
    """
    text, spans, private = case
    found = find_passages(text, spans, private)

    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    for passage in found:
        words = text[passage.start : passage.end]
        assert words == words.strip() != ""
        assert len(words) <= MAX_CHARS
        assert any(span.holds(passage) for span in spans)
        assert not any(passage.overlaps(span) for span in private)


@given(TEXTS)
def test_every_sentence_is_in_a_passage(text: str) -> None:
    """
    Where nothing is private, no sentence is lost between passages.
    """
    found = find_passages(text, [Span(0, len(text))], [])

    for sentence in sentences(text):
        if sentence.end - sentence.start <= MAX_SENTENCE_CHARS:
            assert any(passage.holds(sentence) for passage in found)


@given(st.text(st.sampled_from("ab \n"), min_size=1, max_size=40).map(lambda text: (text * 60).strip()))
def test_pieces_cover_the_sentence(text: str) -> None:
    """
    A long sentence is cut into pieces that hold all its words in order and fit the limit.
    """
    found = pieces(text, Span(0, len(text)))

    assert all(0 <= end - start <= MAX_SENTENCE_CHARS for start, end in found)
    assert "".join(text.split()) == "".join("".join(text[start:end].split()) for start, end in found)


@pytest.mark.thorough
@pytest.mark.parametrize(
    "text", ["word " * 20_000, "We stay. " * 11_000, "x" * 100_000, "a\n\n" * 33_000, " " * 100_000]
)
def test_any_text_is_divided_quickly(text: str) -> None:
    """
    A hundred thousand characters of anything are quick; the limit allows for a busy machine.
    """
    started = time.process_time()
    find_passages(text, [Span(0, len(text))], [])

    assert time.process_time() - started < 4
