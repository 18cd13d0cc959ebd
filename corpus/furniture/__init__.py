"""
Which spans are furniture: navigation, breadcrumbs, share footers, comments, contact lines, mailing chrome.

Precision first: furniture is never ranked and never shown, so a sentence of the statement that is marked here can never
be found again. Lines are judged alone (`lines`, `contacts`, `phrases.tsv`), then by their neighbours (`regions`), then
sentence by sentence (`sentence_rules`). Title, subtitle and date line are not furniture.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from corpus.canonical import fold_word
from corpus.furniture.contacts import address_lines, contact_block, contact_part, is_contact_line
from corpus.furniture.lines import breadcrumbs, line_furniture
from corpus.furniture.regions import Marks, mail_headers, menus, other_posts, reader_comments
from corpus.furniture.rows import Row, is_continued, rows_of
from corpus.furniture.sentence_rules import furniture_part, inside_quotation, sentence_furniture
from corpus.models import Furniture, FurnitureKind, Span
from corpus.sentences import sentences, trim

__all__ = ["find_furniture"]

_Found = tuple[Span, FurnitureKind]


def find_furniture(text: str, *, title: str | None = None, chrome: Sequence[Furniture] = ()) -> list[Furniture]:
    """
    The furniture of a text, ascending and disjoint, with `chrome` merged in.

    Args:
        text: Canonical text.
        title: The statement's title where it is known; never furniture, and what a breadcrumb repeats.
        chrome: Spans that the markup has already shown to be furniture; they win where both speak.
    """
    rows = rows_of(text)
    found = _lines(text, rows, title)
    taken = [span for span, _ in found] + [piece.span for piece in chrome]
    return _merged(text, [*found, *_sentences(text, rows, title, taken)], chrome)


def _lines(text: str, rows: list[Row], title: str | None) -> list[_Found]:
    marks, parts = _marks(text, rows, title)
    marks |= menus(rows, title) | other_posts(rows) | mail_headers(rows)
    marks |= dict.fromkeys(breadcrumbs(rows, title), "breadcrumb")
    marks |= dict.fromkeys(address_lines(rows, marks), "contact")
    marks |= reader_comments(rows, len(text), marks)
    heading = next((n for n, row in enumerate(rows) if title and row.folded == fold_word(title)), None)
    return [(parts.get(n, rows[n].span), marks[n]) for n in sorted(marks) if n != heading]


def _marks(text: str, rows: list[Row], title: str | None) -> tuple[Marks, dict[int, Span]]:
    """Lines that are furniture by themselves, and where only a part of the line is, that part."""
    marks: Marks = {}
    parts: dict[int, Span] = {}
    for n, row in enumerate(rows):
        if is_continued(text, rows[n - 1] if n else None, row, rows[n + 1] if n + 1 < len(rows) else None):
            continue
        block = contact_block(rows, n)
        if block:
            marks |= dict.fromkeys(range(n, n + block), "contact")
        elif is_contact_line(row):
            parts[n], marks[n] = contact_part(row), "contact"
        elif n not in marks and (alone := line_furniture(row)):
            parts[n], marks[n] = alone
    return marks, parts


def _sentences(text: str, rows: list[Row], title: str | None, taken: list[Span]) -> Iterable[_Found]:
    """Sentences that are furniture, outside the lines that are already known to be."""
    heading = fold_word(title or "")
    covered = sorted(taken)
    place = 0
    for span in sentences(text):
        while place < len(covered) and covered[place].end <= span.start:
            place += 1
        if place < len(covered) and covered[place].overlaps(span):
            continue
        raw = text[span.start : span.end]
        kind = sentence_furniture(raw)
        if kind and not inside_quotation(text, span) and fold_word(raw) != heading:
            yield Span(span.start, span.start + furniture_part(raw)), kind


def _merged(text: str, found: Iterable[_Found], chrome: Sequence[Furniture]) -> list[Furniture]:
    """Everything in one ascending, disjoint list; a kind that says something wins over "other"."""
    vague = [(piece.span, piece.kind) for piece in chrome if piece.kind == "other"]
    telling = [(piece.span, piece.kind) for piece in chrome if piece.kind != "other"]
    merged: list[_Found] = []
    for claims in (telling, list(found), vague):
        merged = sorted([*merged, *_beside(text, claims, [span for span, _ in merged])])
    return [Furniture(start=span.start, end=span.end, kind=kind) for span, kind in merged]


def _beside(text: str, claims: Sequence[_Found], taken: Sequence[Span]) -> Iterable[_Found]:
    """What these claims leave when `taken`, ascending and disjoint, and each claim before are cut out."""
    reached = 0
    for (start, end), kind in sorted(claims):
        start = max(start, reached)
        reached = max(reached, end)
        first = bisect_right(taken, start, key=lambda span: span.end)
        for span in taken[first:]:
            if span.start >= end:
                break
            yield from _piece(text, start, span.start, kind)
            start = span.end
        yield from _piece(text, start, end, kind)


def _piece(text: str, start: int, end: int, kind: FurnitureKind) -> Iterable[_Found]:
    span = trim(text, start, max(start, end))
    if span.start < span.end:
        yield span, kind
