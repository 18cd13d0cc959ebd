"""Paragraphs without their furniture: what framing is decided on."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from corpus.canonical import fold_word
from corpus.models import Furniture, Span
from corpus.remembering import remembered
from corpus.sentences import lines, paragraphs, trim

_LONG_LINE = 120  # characters: a block with such lines was not wrapped, so each of its lines is a paragraph


class Unit(NamedTuple):
    """
    A paragraph of the statement.

    Attributes:
        span: From its first to its last own word.
        pieces: The span without the furniture inside it.
        raw: The text of the pieces.
    """

    span: Span
    pieces: tuple[Span, ...]
    raw: str

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.raw.split())


def units(text: str, furniture: Sequence[Furniture]) -> list[Unit]:
    """The paragraphs that have words of their own, in order."""
    return list(_units(text, tuple(item.span for item in furniture)))


@remembered
def _units(text: str, taken: tuple[Span, ...]) -> tuple[Unit, ...]:
    found = []
    for paragraph in _paragraphs(text):
        pieces = tuple(_without(text, paragraph, taken))
        if pieces:
            raw = " ".join(text[piece.start : piece.end] for piece in pieces)
            found.append(Unit(Span(pieces[0].start, pieces[-1].end), pieces, raw))
    return tuple(found)


def own_names(organizations: Iterable[str | None], short: Mapping[str, str]) -> list[str]:
    """Every name of the issuers, folded, longest first; names that were lost are left out."""
    names = {fold_word(name) for name in (*organizations, *short, *short.values()) if name}
    return sorted((name for name in names if len(name) > 1), key=len, reverse=True)


def _paragraphs(text: str) -> Iterable[Span]:
    for paragraph in paragraphs(text):
        long = paragraph.end - paragraph.start > _LONG_LINE
        rows = lines(text[paragraph.start : paragraph.end]) if long else ()
        if any(row.end - row.start > _LONG_LINE for row in rows):
            yield from (Span(row.start + paragraph.start, row.end + paragraph.start) for row in rows)
        else:
            yield paragraph


def _without(text: str, paragraph: Span, taken: Sequence[Span]) -> Iterable[Span]:
    start = paragraph.start
    # The rest is not sliced: where all is furniture, that would take time with the square of its length.
    for place in range(bisect_right(taken, start, key=lambda item: item.end), len(taken)):
        item = taken[place]
        if item.start >= paragraph.end:
            break
        piece = trim(text, start, max(start, item.start))
        if piece.start < piece.end:
            yield piece
        start = item.end
    piece = trim(text, start, max(start, paragraph.end))
    if piece.start < piece.end and start < paragraph.end:
        yield piece
