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
from retrieval.models import Excerpt

_MARKDOWN = (".md", ".markdown")
# What Markdown takes as a mark: bold, emphasis, code, headings, block quotes, rules; of a link only its words are seen.
_MARKS = re.compile(
    r"(?P<link>!?\[)(?P<words>[^\[\]\n]{0,300})(?P<target>\]\([^()\s]{0,500}(?: \"[^\"\n]{0,200}\")?\))"
    r"|\*\*|__(?=\S)|(?<=\S)__|(?<![\w*])\*(?=\S)|(?<=\S)\*(?![\w*])|(?<!\w)_(?=[^\W_])|(?<=[^\W_])_(?!\w)|(?<=[.,;:!?”\"»)])_(?!\w)|`"
    r"|^(?:#{1,6}|>)[ \t]+|^(?:[-*_][ \t]*){3,}$",
    re.MULTILINE,
)


class View(NamedTuple):
    """Words as people see them; `highlights` are spans inside `text`."""

    text: str
    highlights: tuple[Span, ...]


def view_of(excerpt: Excerpt) -> View:
    """The excerpt as people see it: as it stands, or without Markdown's marks where its file is Markdown."""
    return _view(excerpt.text, excerpt.statement.file, excerpt.highlights)


def words_of(text: str, file: str) -> str:
    """Published words of a file as people see them."""
    return _view(text, file, ()).text


def _view(text: str, file: str, highlights: tuple[Span, ...]) -> View:
    if not file.lower().endswith(_MARKDOWN):
        return View(text, highlights)
    dropped = {place for span in _marks(text) for place in range(*span)}
    kept = [place for place in range(len(text)) if place not in dropped]
    spans = (Span(bisect_left(kept, start), bisect_left(kept, end)) for start, end in highlights)
    return View("".join(text[place] for place in kept), tuple(s for s in spans if s.start < s.end))


def _marks(text: str) -> Iterator[Span]:
    for match in _MARKS.finditer(text):
        if match["link"]:
            yield Span(*match.span("link"))
            yield Span(*match.span("target"))
        else:
            yield Span(*match.span())
