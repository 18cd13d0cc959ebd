"""What moderators say about a source, read as it is stored."""

from __future__ import annotations

import pytest

from corpus.errors import UsageError
from corpus.labels import LABELS, Label, read_label, read_labels


@pytest.mark.parametrize(
    ("label", "words", "stored"),
    [
        ("name", "  Feed of \n the valley ", ("name", "Feed of the valley")),
        ("organization", "Casa Laurel", ("organization", "Casa Laurel")),
        ("licence", "CC BY 4.0", ("licence", "CC BY 4.0")),
        ("name", "None", ("name", None)),
        ("licence", "ninguna", ("licence", None)),
        ("language", "EN", ("language", "en")),
        ("language", "en,es", ("language", "en, es")),
        ("language", "hat", ("language", "hat")),
        ("every", "6h", ("every_h", 6)),
        ("every", "7D", ("every_h", 168)),
        ("every", "24 h", ("every_h", 24)),
        ("every", "366d", ("every_h", 8784)),
        ("every", "Never", ("every_h", 0)),
        ("every", "nunca", ("every_h", 0)),
        ("every", "none", ("every_h", None)),
    ],
)
def test_labels_are_read(label: Label, words: str, stored: tuple[str, object]) -> None:
    """
    A label is one line, a schedule a number of hours; "none" takes it away, in both languages.
    """
    assert read_label(label, words) == stored


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("name", " "),
        ("licence", "x" * 201),
        ("language", "english"),
        ("language", "en es"),
        ("every", "0h"),
        ("every", "367d"),
        ("every", "weekly"),
        ("every", "-1d"),
        ("every", "٧d"),
        ("every", ""),
    ],
)
def test_what_is_no_label_is_refused(label: Label, words: str) -> None:
    """
    An empty or overlong line, a language by its name and a schedule that is none are refused in one line.
    """
    with pytest.raises(UsageError) as caught:
        read_label(label, words)
    assert "\n" not in str(caught.value)


def test_only_what_was_said_changes() -> None:
    """
    Labels that nobody named are not touched; each has a column of its own.
    """
    assert read_labels({"every": "7d"}) == {"every_h": 168}
    assert len(read_labels(dict.fromkeys(LABELS, "none"))) == len(LABELS)
