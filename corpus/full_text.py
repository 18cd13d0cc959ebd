"""
The whole of a statement for reading: its paragraphs, numbered, with what each is and without private numbers.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from typing import NamedTuple

from corpus.models import Reading, Span
from corpus.privacy import mask
from corpus.sentences import paragraphs

_Kinds = list[tuple[Span, str]]


class Paragraph(NamedTuple):
    """
    A numbered paragraph: `text == canonical[start:end]`.

    Attributes:
        paragraph: 1-based; furniture counts.
        kind: body, about, wrapper or a kind of furniture.
    """

    paragraph: int
    start: int
    end: int
    kind: str
    text: str


def paragraphs_of(reading: Reading) -> list[Paragraph]:
    """The paragraphs of the whole text, furniture included."""
    kinds: _Kinds = [(item.span, item.kind) for item in reading.furniture]
    kinds += [(span, kind) for kind in ("body", "about", "wrapper") for span in getattr(reading, kind)]
    kinds.sort()
    return [
        Paragraph(number, span.start, span.end, _kind(kinds, span), reading.text[span.start : span.end])
        for number, span in enumerate(paragraphs(reading.text), start=1)
    ]


def masked(reading: Reading, within: Span) -> str:
    """A stretch of the text with every private number replaced by words that say so."""
    private = [
        Span(max(span.start, within.start) - within.start, min(span.end, within.end) - within.start)
        for span in reading.private
        if span.overlaps(within)
    ]
    return mask(reading.text[within.start : within.end], private)


def _kind(kinds: _Kinds, paragraph: Span) -> str:
    """What most of a paragraph is; `kinds` are disjoint and ascending."""
    first = bisect_right(kinds, paragraph.start, key=lambda kind: kind[0].end)
    last = bisect_left(kinds, paragraph.end, key=lambda kind: kind[0].start)
    shares: Counter[str] = Counter()
    for span, kind in kinds[first:last]:
        shares[kind] += min(span.end, paragraph.end) - max(span.start, paragraph.start)
    return max(shares, key=shares.__getitem__, default="other")
