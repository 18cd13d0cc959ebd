"""
Where Markdown's own marks stand in a text, which people do not see.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.models import Span

_MARKDOWN = (".md", ".markdown")
# What Markdown takes as a mark: bold, emphasis, code, headings, block quotes, rules; of a link only its words are seen.
_MARKS = re.compile(
    r"(?P<link>!?\[)(?P<words>[^\[\]\n]{0,300})(?P<target>\]\([^()\s]{0,500}(?: \"[^\"\n]{0,200}\")?\))"
    r"|\*\*|__(?=\S)|(?<=\S)__|(?<![\w*])\*(?=\S)|(?<=\S)\*(?![\w*])|(?<!\w)_(?=[^\W_])|(?<=[^\W_])_(?!\w)|(?<=[.,;:!?”\"»)])_(?!\w)|`"
    r"|^(?:#{1,6}|>)[ \t]+|^(?:[-*_][ \t]*){3,}$",
    re.MULTILINE,
)


def places_seen(text: str, file: str) -> list[int]:
    """Offsets of the characters that people see, ascending: all of them, but for the marks of a Markdown file."""
    if not file.lower().endswith(_MARKDOWN):
        return list(range(len(text)))
    dropped = {place for span in _marks(text) for place in range(*span)}
    return [place for place in range(len(text)) if place not in dropped]


def without_marks(text: str, file: str) -> str:
    """The text as people see it."""
    return "".join(text[place] for place in places_seen(text, file))


def _marks(text: str) -> Iterator[Span]:
    for match in _MARKS.finditer(text):
        if match["link"]:
            yield Span(*match.span("link"))
            yield Span(*match.span("target"))
        else:
            yield Span(*match.span())
