"""
How published words are shown to people: Markdown's own marks dropped, nothing else changed.

The excerpt itself keeps every character (`canonical[start:end]`); a statement that was written in Markdown is read as
its author saw it, with the highlights where they were.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from corpus.models import Span
from retrieval.marks import places_seen
from retrieval.models import Excerpt, FoundWords

# What was left out is shown with the rest while it is a phrase; paragraphs are not.
_SHOWN_GAP_CHARS = 200


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


def pieces_of(found: FoundWords) -> Iterator[str]:
    """The published words, in several pieces where what stands between them is long or another paragraph."""
    start = 0
    for gap in found.gaps:
        between = found.text[gap.start - found.start : gap.end - found.start]
        if len(between) > _SHOWN_GAP_CHARS or "\n" in between:
            yield found.text[start : gap.start - found.start].rstrip()
            start = gap.end - found.start
    rest = found.text[start:]
    # What follows a gap begins with a word, not with the marks that closed what was left out.
    yield re.sub(r"^[\s.,;:!?…”\"»’)]+", "", rest) if start else rest
