"""
How published words are shown to people: Markdown's own marks dropped, nothing else changed.

The excerpt itself keeps every character (`canonical[start:end]`); a statement that was written in Markdown is read as
its author saw it, with the highlights where they were.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

from corpus.models import Span
from retrieval.marks import places_seen
from retrieval.models import Excerpt


class View(NamedTuple):
    """Words as people see them; `highlights` are spans inside `text`."""

    text: str
    highlights: tuple[Span, ...]


def view_of(excerpt: Excerpt) -> View:
    """The excerpt as people see it: as it stands, or without Markdown's marks where its file is Markdown."""
    seen = places_seen(excerpt.text, excerpt.statement.file)
    if len(seen) == len(excerpt.text):
        return View(excerpt.text, excerpt.highlights)
    spans = (Span(bisect_left(seen, start), bisect_left(seen, end)) for start, end in excerpt.highlights)
    return View("".join(excerpt.text[place] for place in seen), tuple(s for s in spans if s.start < s.end))
