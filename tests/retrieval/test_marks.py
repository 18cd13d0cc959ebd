"""
Published words of a Markdown file as people see them.
"""

from __future__ import annotations

import pytest

from retrieval.marks import places_seen, without_marks


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("We [mend](https://roofs.example/a) roofs.", "We mend roofs."),
        ('![A roof](roof.png "a title") leaks', "A roof leaks"),
        ("**We** _mend_ `roofs`", "We mend roofs"),
        ("## Roofs\n> rain\n---\n", "Roofs\nrain\n\n"),
        ("2 * 3 and snake_case [not a link] (no)", "2 * 3 and snake_case [not a link] (no)"),
    ],
)
def test_marks_are_not_seen(text: str, seen: str) -> None:
    """
    Links show their words, emphasis and headings their text; a star or a bracket that marks nothing stays.
    """
    assert without_marks(text, "a.md") == seen
    assert "".join(text[place] for place in places_seen(text, "a.md")) == seen


def test_other_files_show_every_character() -> None:
    """
    A star in a text file is a star.
    """
    assert without_marks("**We** mend", "a.txt") == "**We** mend"
